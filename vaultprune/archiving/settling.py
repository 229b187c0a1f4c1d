"""An interrupted unit in, the unit settled out: from what lies on disk alone, as often as anyone likes.

Back by default: the note to where it was, the links to what they were. Forward on demand. Whatever a person wrote in
the meantime stays, in its place or in both, and is told.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from typing import Literal

from vaultprune.archiving.carrying import earlier_image, leave_no_empty_folders, remove_if_empty, rewrite
from vaultprune.archiving.exchanging import Changed, fresh_time, put, set_apart
from vaultprune.archiving.journal import Journal
from vaultprune.archiving.paths import Seen, digest, look, make_folders, opened
from vaultprune.archiving.records import Edit, Unit, image_of
from vaultprune.archiving.spans import applied, found_again, inverse
from vaultprune.archiving.swapped import held, late_of, put_back
from vaultprune.model import NotePath
from vaultprune.words import safe

Ending = Literal["done", "aborted"]
_TRIES = 5


class Settling:
    """The settling of one unit: `run` does it, `remarks` are what there is to tell, `wrote` what was written."""

    def __init__(self, journal: Journal, unit: Unit, forward: bool = False) -> None:
        self.journal = journal
        self.unit = unit
        self.forward = forward
        self.remarks: list[str] = []
        self.wrote: list[tuple[NotePath, str]] = []

    def run(self) -> Ending:
        """Settle it. It is not written down as ended yet; stopped anywhere, it can be run again."""
        self._give_back()
        if self._stays_moved():
            self._move_on()
            for edit in self.unit.edits:
                self._rewrite(edit, forward=True)
            leave_no_empty_folders(self.journal, self.unit.move)
            self._one_name_each()
            return "done"
        for edit in reversed(self.unit.edits):
            self._rewrite(edit, forward=False)
        self._move_back()
        remove_if_empty(self.journal.disk, self.unit.folders)
        self._one_name_each()
        return "aborted"

    # --- what an editor saved at the moment of a swap ---------------------------------------------

    def _give_back(self) -> None:
        """Whoever was stopped between a swap and the look after it may have an editor's words in the journal."""
        for found in late_of(self.journal, self.unit):
            self._clear(found.path)
            if put_back(self.journal, found, held(self.unit, found.path)):
                self.remarks.append(f"what was saved in {safe(found.path)} at that very moment is back in it")

    def _clear(self, path: str) -> None:
        """Put an empty file apart, which only reserves a name."""
        seen = look(self.journal.disk, path) if path else None
        if seen is not None and seen.sha256 == digest(b"") and digest(b"") not in held(self.unit, path):
            self._set_apart(path, digest(b""))

    # --- where the note is ----------------------------------------------------------------------

    def _places(self) -> tuple[Seen | None, Seen | None]:
        """What stands at both ends of the move. Empty files, which only reserve a name, are taken away first.

        Where the note itself is empty, what tells it from a reservation is which file it is.
        """
        move = self.unit.move
        found = []
        for path in (move.source, move.target):
            seen = look(self.journal.disk, path)
            empty = seen is not None and seen.sha256 == digest(b"")
            if seen is not None and empty and (self.unit.image.size or not self._original(seen)):
                self._set_apart(path, digest(b""))
                seen = None
            found.append(seen)
        return found[0], found[1]

    def _ours(self, seen: Seen | None) -> bool:
        """Whether these are the note's bytes: as it was, or with its own links rewritten."""
        return seen is not None and seen.sha256 in self._texts

    @property
    def _texts(self) -> frozenset[str]:
        own = self.unit.own_edit
        return frozenset({self.unit.image.sha256} | ({own.after} if own else set()))

    def _original(self, seen: Seen) -> bool:
        """Whether this is the very file, under whatever name."""
        return (seen.dev, seen.ino) == (self.unit.dev, self.unit.ino)

    def _stays_moved(self) -> bool:
        """Which way it goes. Where a person changed the note after it had moved, it stays where they found it."""
        source, target = self._places()
        was, now = safe(self.unit.move.source), safe(self.unit.move.target)
        if target is None:
            return self.forward and (source is None or self._ours(source))
        if self._ours(target):
            if source is not None and not self._ours(source):
                self.remarks.append(f"there is a new {was}; the note stays in {now}, too")
                return True
            return self.forward
        if source is None:
            self.remarks.append(f"{now} was edited after it had moved, and stays there")
            return True
        if self._ours(source):
            self.remarks.append(f"{now} is another file by now; the note stays where it was")
            return False
        self.remarks.append(f"{was} and {now} were both edited; both stay")
        return self._original(target)

    # --- moving ---------------------------------------------------------------------------------

    def _move_back(self) -> None:
        source, target = self._places()
        if source is None and target is None:
            self._from_journal(self.unit.move.source)
        elif source is None:
            self._rename(self.unit.move.target, self.unit.move.source)
        elif target is not None and self._ours(source) and self._ours(target):
            if self._original(target) and not self._original(source):
                self._set_apart(self.unit.move.source, *self._texts)
                self._rename(self.unit.move.target, self.unit.move.source)
            else:
                self._set_apart(self.unit.move.target, *self._texts)

    def _move_on(self) -> None:
        source, target = self._places()
        if source is None and target is None:
            self._from_journal(self.unit.move.target)
        elif target is None:
            self._rename(self.unit.move.source, self.unit.move.target)
        elif source is not None and self._ours(source) and self._ours(target):
            if self._original(source) and not self._original(target):
                self._set_apart(self.unit.move.target, *self._texts)
                self._rename(self.unit.move.source, self.unit.move.target)
            else:
                self._set_apart(self.unit.move.source, *self._texts)

    def _rename(self, path: str, to_path: str) -> None:
        parts, to_parts = path.split("/"), to_path.split("/")
        make_folders(self.journal.disk, to_parts[:-1])
        with opened(self.journal.disk, parts[:-1]) as folder, opened(self.journal.disk, to_parts[:-1]) as to_folder:
            self.journal.disk.move(folder, parts[-1], to_folder, to_parts[-1])
            self.journal.disk.sync(to_folder)
            self.journal.disk.sync(folder)

    def _set_apart(self, path: str, *expected: str) -> None:
        """Put a reservation of ours, or one of two copies, into the journal; `Changed` if it is none of these."""
        set_apart(self.journal, self.unit, path, expected)

    def _from_journal(self, path: str) -> None:
        image = self.unit.image
        make_folders(self.journal.disk, path.split("/")[:-1])
        put(self.journal, self.unit, path, None, self.journal.bytes_of(image.sha256), image, old_mtime=True)
        self.remarks.append(f"{safe(path)} was written anew from the journal")

    def _one_name_each(self) -> None:
        """A disk that tears a rename apart leaves one file under two names. The one in the journal is let go.

        Else nobody could tell the file from one that a person has linked to, which is left alone.
        """
        journal = self.journal
        for path in (self.unit.move.source, self.unit.move.target, *(edit.path for edit in self.unit.edits)):
            seen = look(journal.disk, path)
            if seen is None or seen.links < 2:
                continue
            for name in os.listdir(journal.swap):
                status = os.stat(name, dir_fd=journal.swap, follow_symlinks=False)
                if (status.st_dev, status.st_ino) == (seen.dev, seen.ino):
                    journal.disk.unlink(journal.swap, name)
                    journal.disk.sync(journal.swap)

    # --- links ----------------------------------------------------------------------------------

    def _rewrite(self, edit: Edit, forward: bool) -> None:
        seen = look(self.journal.disk, edit.path)
        if seen is not None and seen.sha256 == digest(b"") and digest(b"") not in (edit.before.sha256, edit.after):
            self._set_apart(edit.path, digest(b""))  # a name reserved, or a file that was emptied: no words in it
            seen = None
        if seen is None and edit.path == self.unit.move.target:
            return  # the note itself: it is put where it belongs as a note
        wanted = edit.after if forward else edit.before.sha256
        other = edit.before.sha256 if forward else edit.after
        if seen is not None and seen.sha256 == wanted:
            return
        if seen is not None and seen.sha256 == other:
            self._put(edit, forward)
        elif seen is None:
            self._put_into_the_gap(edit, forward)
        elif seen.sha256:
            self._edited(edit, seen, forward)
        else:
            self.remarks.append(f"{safe(edit.path)} is not a plain file any more and was left alone")

    def _put(self, edit: Edit, forward: bool) -> None:
        if forward:
            rewrite(self.journal, self.unit, edit)
        else:
            data = self.journal.bytes_of(edit.before.sha256)
            mtime = not fresh_time(edit.path)
            put(self.journal, self.unit, edit.path, edit.after, data, edit.before, old_mtime=mtime)

    def _put_into_the_gap(self, edit: Edit, forward: bool) -> None:
        """Nothing stands there: stopped between the two steps where names cannot be swapped, or deleted since."""
        then = earlier_image(self.journal, self.unit, edit) if forward else edit.before
        data = self.journal.bytes_of(edit.after if forward else edit.before.sha256)
        make_folders(self.journal.disk, edit.path.split("/")[:-1])
        mtime = then is not None and not fresh_time(edit.path)
        put(self.journal, self.unit, edit.path, None, data, then or edit.before, old_mtime=mtime)

    def _edited(self, edit: Edit, seen: Seen, forward: bool) -> None:
        """Somebody wrote in it: only our links are looked for, and only they change."""
        after = with_links_put_right(self.journal, edit, seen.data, forward)
        if after == seen.data:
            self.remarks.append(f"{safe(edit.path)} was edited and was left alone")
            return
        self.journal.keep(seen.data)
        self.journal.keep(after)
        self.journal.keep_durably()
        try:
            put(self.journal, self.unit, edit.path, seen.sha256, after, image_of(seen), old_mtime=False)
        except Changed:
            self.remarks.append(f"{safe(edit.path)} is being edited and was left alone")
            return
        self.wrote.append((edit.path, digest(after)))
        self.remarks.append(f"{safe(edit.path)} was edited; its links were put right and nothing else")


def with_links_put_right(journal: Journal, edit: Edit, data: bytes, forward: bool) -> bytes:
    """What somebody made of a file, with those of our links that are still in it as they read after the move.

    Not `forward`: as they read before it.
    """
    written = journal.bytes_of(edit.before.sha256 if forward else edit.after)
    here, _ = found_again(written, edit.spans if forward else inverse(edit.spans), data)
    return applied(data, here)


def settle(
    journal: Journal, unit: Unit, forward: bool = False, why: Sequence[str] = ()
) -> tuple[Ending, tuple[str, ...]]:
    """Settle a unit and write down how it ended. `OSError` if the disk does not let us; it can be tried again."""
    for _ in range(_TRIES):
        work = Settling(journal, unit, forward)
        try:
            ending = work.run()
        except (Changed, FileExistsError):
            continue  # somebody was at work at this very moment: look again
        remarks = (*why, *work.remarks)
        journal.end(unit, ending, remarks, tuple(work.wrote))
        return ending, remarks
    raise OSError(errno.EBUSY, "the files are being changed all the time")

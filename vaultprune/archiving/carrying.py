"""One note's move and the link rewrites it needs in; the unit carried out, in the order that loses nothing.

A look at everything, B keep the bytes, C make the intent durable, D make folders, E look again and move, F rewrite
links, G write down that it is done. Up to C nothing in the vault has changed; from C on, whoever finds the unit can
tell from the disk alone what is left to do (`settling`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vaultprune.archiving.exchanging import Changed, fresh_time, put
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import Journal
from vaultprune.archiving.paths import IN_THE_WAY, Seen, digest, look, look_in, make_folders, note_parts, opened
from vaultprune.archiving.records import Edit, Image, Unit, image_of
from vaultprune.archiving.spans import applied
from vaultprune.model import Move, NotePath, Span
from vaultprune.moving import key, too_long
from vaultprune.words import safe


@dataclass(frozen=True, slots=True)
class ToRewrite:
    """A file whose links change together with a move: where it lies, what it must hold, what changes in that."""

    path: NotePath
    sha256: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A unit that could be carried out when it was looked at, with all bytes that it needs kept."""

    move: Move
    image: Image
    dev: int
    ino: int
    folders: tuple[str, ...]
    edits: tuple[Edit, ...]
    data: tuple[bytes, ...]

    def unit(
        self,
        name: str,
        kind: Literal["archive", "return"],
        plan: str,
        at: datetime,
        device: str,
        together: tuple[NotePath, ...] = (),
    ) -> Unit:
        """The intent."""
        there = (self.dev, self.ino)
        return Unit(name, kind, plan, at, device, self.move, self.image, *there, self.folders, self.edits, together)


def look_at(disk: Disk, dev: int, move: Move, rewrites: Sequence[ToRewrite]) -> Draft:
    """Everything that a unit needs, read and checked; `Changed` with the reason if it cannot be carried out.

    `dev` is the file system of the journal. Nothing is written.
    """
    source = _note(disk, dev, move)
    folders = _free_place(disk, dev, move)
    edits: list[Edit] = []
    data = [source.data]
    for wanted in rewrites:
        seen = source if wanted.path == move.source else _rewritable(disk, dev, wanted)
        if seen.sha256 != wanted.sha256:
            raise Changed(f"{safe(wanted.path)}, whose link to it would change, was edited since the plan was made")
        try:
            after = applied(seen.data, wanted.spans)
        except ValueError as error:
            raise Changed(f"{safe(wanted.path)}: {error}") from None
        path = move.target if wanted.path == move.source else wanted.path
        spans = tuple(sorted(wanted.spans, key=lambda span: span.start))
        edits.append(Edit(path, image_of(seen), digest(after), len(after), spans))
        data += (seen.data, after)
    _room(disk, sum(map(len, data)))
    return Draft(move, image_of(source), source.dev, source.ino, folders, tuple(edits), tuple(data))


def _note(disk: Disk, dev: int, move: Move) -> Seen:
    note_parts(move.source)
    seen = look(disk, move.source)
    if seen is None:
        raise Changed("it is no longer there")
    _plain(seen, dev, "it")
    if seen.sha256 != move.sha256:
        raise Changed("it was edited since the plan was made")
    return seen


def _rewritable(disk: Disk, dev: int, wanted: ToRewrite) -> Seen:
    note_parts(wanted.path)
    seen = look(disk, wanted.path)
    if seen is None:
        raise Changed(f"{safe(wanted.path)}, whose link to it would change, is no longer there")
    _plain(seen, dev, safe(wanted.path))
    if seen.uid != os.geteuid() and os.geteuid() != 0:
        raise Changed(f"{safe(wanted.path)}, whose link to it would change, belongs to another user")
    return seen


def _plain(seen: Seen, dev: int, name: str) -> None:
    if not seen.sha256:
        raise Changed(f"{name} is not a plain file, or behind a symlink")
    if seen.links > 1:
        raise Changed(f"{name} has a second name (a hard link)")
    if seen.dev != dev:
        raise Changed(f"{name} lies on another file system")


def _free_place(disk: Disk, dev: int, move: Move) -> tuple[str, ...]:
    """The folders that are missing on the way to the target; `Changed` if it cannot go there."""
    parts = note_parts(move.target)
    if why := too_long(move.target, "its path" if move.undoes else "its path in the archive"):
        raise Changed(why)
    handle = disk.root()
    try:
        for number, part in enumerate(parts):
            taken = _alike(handle, part)
            shown = safe("/".join((*parts[:number], taken or part)))
            if number == len(parts) - 1:
                # at home it may lie beside a name that is the same elsewhere; where it is here, the disk says so
                if taken == part or (taken is not None and not move.undoes):
                    raise Changed(f"there is a {shown} already")
                return ()
            if taken is None:
                return tuple("/".join(parts[: n + 1]) for n in range(number, len(parts) - 1))
            if taken != part:
                raise Changed(f"there is a folder {shown}, which differs only in its spelling")
            try:
                inner = disk.open_folder(handle, part)
            except OSError as error:
                if error.errno in IN_THE_WAY:
                    raise Changed(f"{shown} is a symlink or a file, not a folder") from None
                raise
            os.close(handle)
            handle = inner
            if os.fstat(handle).st_dev != dev:
                raise Changed(f"{shown} lies on another file system")
    finally:
        os.close(handle)
    return ()


def _alike(folder: int, name: str) -> str | None:
    """The name itself if it is in the folder, else one that some system would take for the same."""
    names = os.listdir(folder)
    if name in names:
        return name
    wanted = key(name)
    return next((other for other in names if key(other) == wanted), None)


def _room(disk: Disk, size: int) -> None:
    with opened(disk, ()) as root:
        free = os.statvfs(root)
    if free.f_bavail * free.f_frsize < 3 * size:
        raise Changed("there is too little room on the disk")


# --- the unit, carried out --------------------------------------------------------------------------


def carry(journal: Journal, unit: Unit, data: Sequence[bytes]) -> None:
    """B to F. `Changed` or `OSError` if it had to stop; whoever calls settles the unit then, and ends it."""
    for piece in data:
        journal.keep(piece)
    journal.keep_durably()
    journal.intend(unit)
    make_folders(journal.disk, unit.move.target.split("/")[:-1])
    _move(journal, unit)
    for edit in unit.edits:
        rewrite(journal, unit, edit)


def _move(journal: Journal, unit: Unit) -> None:
    move, disk = unit.move, journal.disk
    source, target = move.source.split("/"), move.target.split("/")
    with opened(disk, source[:-1]) as folder, opened(disk, target[:-1]) as to_folder:
        seen = look_in(disk, folder, source[-1])
        if seen is None or (seen.dev, seen.ino, seen.size, seen.sha256) != (
            unit.dev,
            unit.ino,
            unit.image.size,
            unit.image.sha256,
        ):
            raise Changed("it was edited at this very moment")
        try:
            disk.move(folder, source[-1], to_folder, target[-1])
        except FileExistsError:
            raise Changed(f"something else has appeared at {safe(move.target)}") from None
        disk.sync(to_folder)
        disk.sync(folder)


def rewrite(journal: Journal, unit: Unit, edit: Edit) -> None:
    """Put the bytes after into a file that holds the bytes before.

    If these are bytes that the file had before, when the tool rewrote it, it gets the modified time of then.
    """
    then = earlier_image(journal, unit, edit)
    like = then or edit.before
    data = journal.bytes_of(edit.after)
    put(journal, unit, edit.path, edit.before.sha256, data, like, then is not None and not fresh_time(edit.path))


def earlier_image(journal: Journal, unit: Unit, edit: Edit) -> Image | None:
    """How the file was dressed when it last held the bytes that it gets now, if the journal knows."""
    return journal.dressed_before(edit.path, edit.after) if unit.kind == "return" else None


def remove_if_empty(disk: Disk, folders: Sequence[str]) -> None:
    """Take away folders that we made, the innermost first, as long as nothing is in them."""
    for path in sorted(folders, key=lambda path: path.count("/"), reverse=True):
        parts = path.split("/")
        try:
            with opened(disk, parts[:-1]) as folder:
                inner = disk.open_folder(folder, parts[-1])
                empty = not os.listdir(inner)
                os.close(inner)
                if empty:
                    disk.rmdir(folder, parts[-1])
                    disk.sync(folder)
        except OSError:  # gone, or in use: it stays
            continue


def leave_no_empty_folders(journal: Journal, move: Move) -> None:
    """When a note comes back: take away the folders that were made for it, or for others that lay there with it."""
    if not move.undoes:
        return
    batch = move.undoes.rsplit("-", 1)[0]
    entries = [entry for entry in journal.known().entries if entry.state == "done"]
    made = {
        folder for entry in entries if not entry.undone or entry.unit.batch == batch for folder in entry.unit.folders
    }
    remove_if_empty(journal.disk, [folder for folder in made if move.source.startswith(f"{folder}/")])

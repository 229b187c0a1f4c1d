"""The text of one of our own notes in, that note on disk out: whole or not at all, and never over anybody's words.

The checklist note of a review is written anew from time to time, and people tick and write in it. So it is exchanged
like a note whose link changes: only if it still is what was read, in one step, and what it was stays in the journal.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from vaultprune.archiving.device import device_id
from vaultprune.archiving.exchanging import Changed, put
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import Journal, open_journal
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.paths import Seen, digest, look, make_folders, note_parts
from vaultprune.archiving.records import Image, image_of
from vaultprune.archiving.rows import unsettled
from vaultprune.archiving.swapped import OWN_NOTE
from vaultprune.errors import CannotStart, Refused
from vaultprune.words import safe

_NEW_FILE = 0o644
_UNCHANGED = "Nothing has been changed."


@dataclass(frozen=True, slots=True)
class _Round:
    """What files in the journal's `swap/` are named after when the note is exchanged: another name each time."""

    id: str = field(default_factory=lambda: f"{OWN_NOTE}{secrets.token_hex(4)}")


def write_own_note(
    vault: Path, path: str, text: str, before: str | None, *, device: str | None = None, disk: Disk | None = None
) -> None:
    """Let the note at `path` hold this text, if it is what was read: `before` is the SHA-256 of that, None for nothing.

    Durable on return, and what stood there before lies in the journal. Raises `Refused` where it is not what was read,
    is no plain file, or an interrupted run waits; `Locked`; and `CannotStart` if the disk does not let us. The note is
    then as it was.
    """
    parts = note_parts(path)
    disk = disk or Disk(vault)
    with locked(disk):
        try:
            with open_journal(disk, device or device_id()) as journal:
                if waiting := unsettled(journal.entries()):
                    stopped = safe(waiting[0].unit.move.source)
                    raise Refused(f"a run was interrupted at {stopped}: vaultprune recover. {_UNCHANGED}")
                make_folders(disk, parts[:-1])
                _exchange(journal, path, text.encode(), _as_read(journal, path, before), before)
        except Changed as error:
            raise Refused(f"{error}, so it was left as it is. {_UNCHANGED}") from None
        except OSError as error:
            raise CannotStart(f"{safe(path)} could not be written: {said(error)}.") from None


def _as_read(journal: Journal, path: str, before: str | None) -> Seen | None:
    """What stands there, if it is what was read."""
    seen = look(journal.disk, path)
    if seen is not None and seen.links > 1:
        _forget_second_name(journal, seen)
        seen = look(journal.disk, path)
    if seen is not None and (not seen.sha256 or seen.links > 1):
        raise Refused(f"{safe(path)} is no plain file, or has a second name. {_UNCHANGED}")
    if (None if seen is None else seen.sha256) != before:
        raise Changed(f"{safe(path)} was changed meanwhile")
    return seen


def _forget_second_name(journal: Journal, seen: Seen) -> None:
    """After a power cut in the middle of a swap, the note may still go by its old name in the journal as well."""
    for name in os.listdir(journal.swap):
        status = os.stat(name, dir_fd=journal.swap, follow_symlinks=False)
        if name.startswith(OWN_NOTE) and (status.st_dev, status.st_ino) == (seen.dev, seen.ino):
            journal.disk.unlink(journal.swap, name)
            journal.disk.sync(journal.swap)


def _exchange(journal: Journal, path: str, text: bytes, there: Seen | None, before: str | None) -> None:
    if before == digest(text):
        return
    if there is not None:
        # what a swap takes out lies in one folder and is named in another: no disk promises to keep both in step
        journal.keep(there.data)
        journal.keep_durably()
    like = image_of(there) if there is not None else Image("", 0, _NEW_FILE, os.geteuid(), os.getegid(), 0)
    put(journal, _Round(), path, before, text, like, old_mtime=False)

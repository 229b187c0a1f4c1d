"""The archive's own note in, that note on disk out: written once, never over anything, and taken away with the archive.

It is the one file that the program adds to what people see of their vault.
"""

from __future__ import annotations

import os
from pathlib import Path

from vaultprune.archiving.carrying import remove_if_empty
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import JOURNAL, read_entries
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.paths import digest, look, look_in, make_folders, note_parts, opened
from vaultprune.errors import CannotStart
from vaultprune.words import safe

NAME = "About this archive.md"
_DRAFT = "about.draft"


def write_about(vault: Path, folder: str, text: str, disk: Disk | None = None) -> bool:
    """Put the note into the archive's folder, whole or not at all. False if something of that name is there already."""
    path = f"{folder}/{NAME}"
    parts = note_parts(path)
    disk = disk or Disk(vault)
    with locked(disk):
        try:
            if look(disk, path) is not None:
                return False
            with opened(disk, JOURNAL) as journal:
                if look_in(disk, journal, _DRAFT) is not None:
                    disk.unlink(journal, _DRAFT)  # of a run that was stopped here
                file = disk.create(journal, _DRAFT)
                try:
                    disk.write(file, text.encode())
                    disk.sync(file)
                finally:
                    os.close(file)
                make_folders(disk, parts[:-1])
                with opened(disk, parts[:-1]) as archive:
                    disk.move(journal, _DRAFT, archive, NAME)
                    disk.sync(archive)  # the draft's own name may come back: it is cleared away before the next
        except FileExistsError:
            return False
        except OSError as error:
            raise CannotStart(f"{safe(path)} could not be written: {said(error)}.") from None
    return True


def take_about_away(vault: Path, folder: str, text: str) -> bool:
    """Take the note away again where nothing else is left in the archive and nobody wrote in it. False if it stays.

    It goes into the journal's folder, and the archive's own folder goes as well if the program made it.
    """
    parts = note_parts(f"{folder}/{NAME}")
    disk = Disk(vault)
    with locked(disk):
        try:
            with opened(disk, parts[:-1]) as archive, opened(disk, JOURNAL) as journal:
                if os.listdir(archive) != [NAME] or not _is_ours(disk, archive, NAME, text):
                    return False
                if look_in(disk, journal, NAME) is not None:
                    disk.unlink(journal, NAME)  # the same text, from an earlier time
                disk.move(archive, NAME, journal, NAME)
                if not _is_ours(disk, journal, NAME, text):  # somebody wrote in it at this very moment
                    disk.move(journal, NAME, archive, NAME)
                    return False
            # not made durable: should the note come back after a power cut, or be gone, no word of anybody's is in it
            entries, _ = read_entries(disk)
            made = {made for entry in entries for made in entry.unit.folders}
            above = ["/".join(parts[:count]) for count in range(1, len(parts))]
            remove_if_empty(disk, [path for path in above if path in made])
        except OSError:
            return False  # a note too many is no reason to stop
    return True


def _is_ours(disk: Disk, folder: int, name: str, text: str) -> bool:
    seen = look_in(disk, folder, name)
    return seen is not None and seen.sha256 == digest(text.encode())

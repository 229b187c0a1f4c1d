"""A line in, that line durable in a file of the tool's own out: what is appended, never moved and never overwritten."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vaultprune.archiving.files import CAN_KEEP_OUT_SYMLINKS, Disk
from vaultprune.archiving.paths import IN_THE_WAY, make_folders, opened, own_parts
from vaultprune.errors import CannotStart, Refused
from vaultprune.words import safe


def append_line(vault: Path, relative: str, line: str, disk: Disk | None = None) -> None:
    """Add one line to a file below the vault's `.vaultprune/`, creating the file and its folders as needed.

    What is in the file stays as it is; a torn last line is closed first. On return the line is on disk. Raises
    `Refused` if a symlink or anything but a plain file stands in the way, `CannotStart` if the disk says no, and
    `ValueError` for a path elsewhere or a text of several lines: that would be our own mistake.
    """
    parts = own_parts(relative)
    if "\n" in line:
        raise ValueError("one line at a time")
    if not CAN_KEEP_OUT_SYMLINKS:
        raise Refused("this system cannot keep symlinks out of a path; nothing has been changed.")
    disk = disk or Disk(vault)
    try:
        make_folders(disk, parts[:-1])
        with opened(disk, parts[:-1]) as folder, _plain_file(disk, folder, parts[-1], relative) as file:
            size = os.fstat(file).st_size
            torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
            disk.write(file, (b"\n" if torn else b"") + line.encode() + b"\n")
            disk.sync(file)
            disk.sync(folder)
    except OSError as error:
        says = error.strerror or str(error)
        raise CannotStart(f"{safe(relative)} cannot be written: {says[:1].lower()}{says[1:]}.") from None


@contextmanager
def _plain_file(disk: Disk, folder: int, name: str, shown: str) -> Iterator[int]:
    """An open handle for appending to a file that has this one name only."""
    try:
        handle = disk.open_append(folder, name)
    except OSError as error:
        if error.errno in IN_THE_WAY:
            raise Refused(f"{safe(shown)} is not a plain file; nothing has been written.") from None
        raise
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            raise Refused(f"{safe(shown)} is not a plain file; nothing has been written.")
        yield handle
    finally:
        os.close(handle)

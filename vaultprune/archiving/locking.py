"""A vault in, the sole right to change it out: one run at a time, by a lock that the system itself takes back."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vaultprune.archiving.files import CAN_KEEP_OUT_SYMLINKS, Disk, get_ready
from vaultprune.archiving.journal import JOURNAL
from vaultprune.archiving.paths import IN_THE_WAY, look_in, make_folders, opened
from vaultprune.errors import CannotStart, Locked, Refused

_LOCKS = "/proc/locks"


@contextmanager
def locked(disk: Disk) -> Iterator[None]:
    """Hold the vault's lock. `Locked` if another run holds it, `Refused` if this system has no such thing.

    The system lets go of it when the process ends, however it ends; the file itself stays and means nothing.
    """
    if not CAN_KEEP_OUT_SYMLINKS:
        raise Refused("this system cannot keep symlinks out of a path; nothing has been changed.")
    import fcntl

    get_ready()
    try:
        make_folders(disk, JOURNAL)
        with opened(disk, JOURNAL) as folder:
            _keep_out_of_git(disk, folder)
            file = disk.open_append(folder, "lock")
    except OSError as error:
        if error.errno in IN_THE_WAY:
            raise Refused("the journal's lock is a symlink or no plain file; nothing has been changed.") from None
        raise CannotStart(f"the journal cannot be written: {said(error)}. Nothing has been changed.") from None
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                raise Locked("another run is at work in this vault. Nothing has been changed.") from None
            raise Refused("this file system has no locks; nothing has been changed.") from None
        yield
    finally:
        os.close(file)


def busy(vault: Path) -> bool:
    """Whether a run holds the vault's lock now, as far as the system's own list tells. The lock is not touched.

    To try the lock would be to hold it for a moment, and whoever wants to write in that moment would be refused.
    """
    try:
        lock = os.stat(os.path.join(vault, *JOURNAL, "lock"), follow_symlinks=False)
        with open(_LOCKS, encoding="ascii", errors="replace") as held:
            return any(_is_of(line.split(), lock) for line in held)
    except OSError:  # nothing was ever locked here, or this system has no such list
        return False


def _is_of(words: list[str], lock: os.stat_result) -> bool:
    """Whether a line such as `1: FLOCK ADVISORY WRITE 4711 08:01:131 0 EOF` is about this file."""
    if len(words) < 6 or words[1] != "FLOCK":
        return False
    major, minor, number = (*words[5].split(":"), "", "")[:3]
    if number != str(lock.st_ino):
        return False
    # some file systems (btrfs) give files another device number than the list does
    return words[4] != str(os.getpid()) and (
        f"{major}:{minor}" == f"{os.major(lock.st_dev):02x}:{os.minor(lock.st_dev):02x}" or os.major(lock.st_dev) == 0
    )


def _keep_out_of_git(disk: Disk, folder: int) -> None:
    ignoring = look_in(disk, folder, ".gitignore")
    if ignoring is not None and b"*" in ignoring.data:
        return
    file = disk.open_append(folder, ".gitignore")
    try:
        disk.write(file, b"\n*\n" if ignoring is not None and ignoring.size else b"*\n")
        disk.sync(file)
    finally:
        os.close(file)
    disk.sync(folder)


def said(error: OSError) -> str:
    """What the system says, in the middle of a sentence."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]

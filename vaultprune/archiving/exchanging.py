"""New bytes for a file in, the file exchanged for them out, unless somebody else wrote to it in between.

The new file is written whole beside the journal, dressed like the old one, made durable, and then the two swap names
in one step. What was swapped out is looked at: if it is not what we expected, an editor was quicker, and it goes back.
The file that was swapped out stays in the journal, so that even an editor that writes to it later loses nothing.
"""

from __future__ import annotations

import errno
import os

from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import Journal, Named
from vaultprune.archiving.paths import Seen, digest, look_in, opened
from vaultprune.archiving.records import Image
from vaultprune.words import safe

_TRIES = 5


class Changed(Exception):
    """Something is not as it was when the plan was made; the message says what, for people."""


def put(
    journal: Journal, unit: Named, path: str, expected: str | None, data: bytes, like: Image, old_mtime: bool
) -> None:
    """Let `path` hold `data`, if it holds the bytes called `expected` now (None: if nothing is there).

    The new file gets mode, owner and attributes of `like`, and its modified time too if `old_mtime` says so. Raises
    `Changed`, with the vault as it was, if something else is there. Durable on return.
    """
    parts = path.split("/")
    with opened(journal.disk, parts[:-1]) as folder:
        ours, file = journal.temporary(unit)
        try:
            journal.disk.write(file, data)
            dress(journal.disk, file, like, old_mtime)
            journal.disk.sync(file)
        finally:
            os.close(file)
        if expected is None:
            _appear(journal, ours, folder, parts[-1], path)
        else:
            _swap(journal, ours, digest(data), folder, parts[-1], expected, path)
        journal.disk.sync(folder)
        journal.disk.sync(journal.swap)


def dress(disk: Disk, file: int, like: Image, old_mtime: bool) -> None:
    """Give a new file owner, mode, attributes and perhaps the time of another."""
    status = os.fstat(file)
    if (status.st_uid, status.st_gid) != (like.uid, like.gid):
        disk.set_owner(file, like.uid, like.gid)
    disk.set_mode(file, like.mode)
    for name, value in like.attributes:
        try:
            disk.set_attribute(file, name, value)
        except OSError as error:
            # labels that the system itself gives are not ours to set
            if name.startswith("user.") or error.errno not in (errno.EPERM, errno.ENOTSUP):
                raise
    if old_mtime:
        disk.set_mtime(file, like.mtime_ns)


def _appear(journal: Journal, ours: str, folder: int, name: str, path: str) -> None:
    try:
        journal.disk.move(journal.swap, ours, folder, name)
    except FileExistsError:
        raise Changed(f"something else has appeared at {safe(path)}") from None


def _swap(journal: Journal, ours: str, after: str, folder: int, name: str, expected: str, path: str) -> None:
    disk = journal.disk
    if not _is(look_in(disk, folder, name), expected):
        raise Changed(f"{safe(path)} was edited meanwhile")
    if not disk.exchange(journal.swap, ours, folder, name):
        _swap_in_two_steps(journal, ours, folder, name, expected, path)
        return
    known = {after}
    taken = look_in(disk, journal.swap, ours)
    if _is(taken, expected):
        return
    for _ in range(_TRIES):  # somebody wrote in between: the newest of what they wrote goes back
        known.add(taken.sha256 if taken else "")
        disk.exchange(journal.swap, ours, folder, name)
        taken = look_in(disk, journal.swap, ours)
        if taken is not None and taken.sha256 in known:
            break
    disk.sync(folder)
    disk.sync(journal.swap)
    raise Changed(f"{safe(path)} was edited at this very moment")


def _swap_in_two_steps(journal: Journal, ours: str, folder: int, name: str, expected: str, path: str) -> None:
    """Where two names cannot be swapped at once: the old file moves to the journal, then the new one takes its place.

    For a moment nothing stands there. Whoever is stopped then finds the intent, and the old file in the journal.
    """
    disk = journal.disk
    aside = f"{ours}.old"
    disk.move(folder, name, journal.swap, aside)
    try:
        if not _is(look_in(disk, journal.swap, aside), expected):
            raise Changed(f"{safe(path)} was edited at this very moment")
        _appear(journal, ours, folder, name, path)
    except (Changed, OSError):
        # what somebody wrote at the old name meanwhile stays; ours then stays in the journal
        if look_in(disk, folder, name) is None:
            disk.move(journal.swap, aside, folder, name)
            disk.sync(folder)
            disk.sync(journal.swap)
        raise


def _is(seen: Seen | None, sha256: str) -> bool:
    return seen is not None and seen.sha256 == sha256


def fresh_time(path: str) -> bool:
    """Whether a file put back wants a new time all the same: of two canvases, sync programs keep the newer."""
    return path.lower().endswith(".canvas")

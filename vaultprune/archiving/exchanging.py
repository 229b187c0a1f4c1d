"""New bytes for a file in, the file exchanged for them out, unless somebody else wrote to it in between.

The new file is written whole beside the journal, dressed like the old one, made durable, and then the two swap names
in one step. What was swapped out is looked at: if it is not what we expected, an editor was quicker, and it goes back.
The file that was swapped out stays in the journal, so that even an editor that writes to it later loses nothing; and
whoever is stopped before the look gives it back later (`give_back`).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection
from dataclasses import dataclass

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
        ours, file = journal.temporary(unit, path)
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
    taken = look_in(disk, journal.swap, ours)
    if _is(taken, expected):
        return
    _newest_back(journal, ours, folder, name, taken, {after})
    raise Changed(f"{safe(path)} was edited at this very moment")


def _newest_back(journal: Journal, inside: str, folder: int, name: str, taken: Seen | None, known: set[str]) -> None:
    """Somebody wrote in between: the newest of what they wrote, of which none is `known`, goes back to its place."""
    for _ in range(_TRIES):
        known.add(taken.sha256 if taken else "")
        journal.disk.exchange(journal.swap, inside, folder, name)
        taken = look_in(journal.disk, journal.swap, inside)
        if taken is not None and taken.sha256 in known:
            break
    journal.disk.sync(folder)
    journal.disk.sync(journal.swap)


def _swap_in_two_steps(journal: Journal, ours: str, folder: int, name: str, expected: str, path: str) -> None:
    """Where two names cannot be swapped at once: the old file moves to the journal, then the new one takes its place.

    For a moment nothing stands there. Whoever is stopped then finds the intent, and the old file in the journal.
    """
    disk = journal.disk
    aside = journal.move_in(named_after(ours), path, folder, name)
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


def give_back(journal: Journal, inside: str, path: str, sha256: str, ours: Collection[str]) -> bool:
    """Let a file of `swap/`, which holds the bytes called `sha256`, stand at `path` again. False if it stays there.

    It takes the place of one of `ours`, by their digests, or an empty place; nothing else is ever put out of the way.
    """
    disk, parts = journal.disk, path.split("/")
    try:
        with opened(disk, parts[:-1]) as folder:
            there = look_in(disk, folder, parts[-1])
            if there is None:
                disk.move(journal.swap, inside, folder, parts[-1])
            elif there.sha256 not in ours:
                return False
            elif disk.exchange(journal.swap, inside, folder, parts[-1]):
                taken = look_in(disk, journal.swap, inside)
                if taken is None or taken.sha256 not in ours:
                    _newest_back(journal, inside, folder, parts[-1], taken, {sha256})
                    return False
            else:
                set_apart(journal, named_after(inside), path, ours)
                disk.move(journal.swap, inside, folder, parts[-1])
            disk.sync(folder)
            disk.sync(journal.swap)
    except (Changed, FileExistsError, FileNotFoundError):
        return False  # somebody was quicker, or there is no folder any more
    return True


def set_apart(journal: Journal, unit: Named, path: str, expected: Collection[str]) -> None:
    """Put a file of our own, or one of two copies, into the journal: even this is not a deletion.

    Raises `Changed`, with the file in its place, if it is none of those `expected`: somebody wrote to it meanwhile.
    """
    disk, parts = journal.disk, path.split("/")
    with opened(disk, parts[:-1]) as folder:
        inside = journal.move_in(unit, path, folder, parts[-1])
        disk.sync(journal.swap)
        disk.sync(folder)
        taken = look_in(disk, journal.swap, inside)
        if taken is not None and taken.sha256 in expected:
            return
        disk.move(journal.swap, inside, folder, parts[-1])
        disk.sync(folder)
        disk.sync(journal.swap)
    raise Changed(f"{safe(path)} was edited at this very moment")


def named_after(inside: str) -> Named:
    """Whoever a file in `swap/` is named after."""
    return _Owner(inside.split(".")[0])


@dataclass(frozen=True, slots=True)
class _Owner:
    id: str


def _is(seen: Seen | None, sha256: str) -> bool:
    return seen is not None and seen.sha256 == sha256


def fresh_time(path: str) -> bool:
    """Whether a file put back wants a new time all the same: of two canvases, sync programs keep the newer."""
    return path.lower().endswith(".canvas")

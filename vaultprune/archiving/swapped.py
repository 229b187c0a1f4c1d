"""A journal in, the files in its `swap/` that hold what nobody else does out.

Mostly a file there is the old one of two that were swapped, or a new one that was not swapped yet: both are known by
the record. What is neither was saved by an editor, between the look before the swap and the one after it, or later.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from vaultprune.archiving.exchanging import give_back
from vaultprune.archiving.journal import Journal, tag
from vaultprune.archiving.paths import Seen, digest, look, look_in
from vaultprune.archiving.records import Unit

SETTINGS = "settings-"
"""How the names of files begin that no unit, but setting up put there."""
OWN_NOTE = "review-"
"""How those begin that were the checklist note of a review once, or were to be it."""
NOTHING = digest(b"")
"""What an empty file holds: mostly it reserves a name."""


@dataclass(frozen=True, slots=True)
class Late:
    """A file in `swap/`: its name there, the unit it belongs to, the path it stood at ("" where no record tells)."""

    name: str
    unit: Unit | None
    path: str
    seen: Seen


def late(journal: Journal, names: Collection[str], units: Mapping[str, Unit]) -> Iterator[Late]:
    """Those of the files whose bytes no record knows, of each unit the newest first.

    Those of setting up are not among them, nor are earlier checklist notes: what was ticked there is ticked again.
    The names are to be read before the units: whoever is at work meanwhile writes the record of a file before the file.
    What was read and put right before it was swapped lies in `blobs/` and is known by that, unless there still stands
    in its place what the unit itself put there.
    """
    for name in sorted(names, key=_newest_first):
        unit = units.get(_owner(name))
        if not name.startswith((SETTINGS, OWN_NOTE)) and (unit is None or not _as_it_was(journal, name, unit)):
            yield from _look_at(journal, name, unit, frozenset())


def late_of(journal: Journal, unit: Unit) -> Iterator[Late]:
    """Those of one unit that was interrupted; each is read, whatever its size and time say.

    Where nothing stands in its place, it may have been stopped between the two steps of a swap: then all count that
    the unit did not write itself.
    """
    for name in sorted(os.listdir(journal.swap), key=_newest_first):
        if _owner(name) == unit.id:
            yield from _look_at(journal, name, unit, frozenset({"", NOTHING}))


def _look_at(journal: Journal, name: str, unit: Unit | None, gaps: frozenset[str]) -> Iterator[Late]:
    seen = look_in(journal.disk, journal.swap, name)
    if seen is None or not seen.sha256 or not seen.data.strip(b"\0"):
        return
    path = "" if unit is None else path_of(name, unit)
    if unit is not None and of_the_unit(journal, unit, seen):
        return
    if not _kept(journal, seen.sha256) or (unit is not None and _stands(journal, path) in held(unit, path) | gaps):
        yield Late(name, unit, path, seen)


def of_the_unit(journal: Journal, unit: Unit, seen: Seen) -> bool:
    """Whether a file holds what its unit keeps or writes, or the beginning of that: the rest was not written yet."""
    if seen.sha256 in unit.images or seen.sha256 == NOTHING:
        return True
    blobs = (look_in(journal.disk, journal.blobs, sha256) for sha256 in unit.images)
    return begins(seen.data, (blob.data for blob in blobs if blob is not None))


def begins(data: bytes, texts: Iterable[bytes]) -> bool:
    """Whether these bytes are the beginning of a text. A disk may fill up with zeros what it was not given yet."""
    begun = data.rstrip(b"\0")
    return any(text.startswith(begun) for text in texts)


def held(unit: Unit, path: str) -> frozenset[str]:
    """The digests of what stands at a path before and after this unit."""
    found = {digest for edit in unit.edits if edit.path == path for digest in (edit.before.sha256, edit.after)}
    return frozenset(found | ({unit.image.sha256} if path in (unit.move.source, unit.move.target) else set()))


def path_of(name: str, unit: Unit) -> str:
    """The path of the vault that a file was made for, or came from; "" if it is none of its unit's."""
    tags = name.split(".")[2:3]
    every = (unit.move.source, unit.move.target, *(edit.path for edit in unit.edits))
    return next((path for path in every if [tag(path)] == tags), "")


def put_back(journal: Journal, found: Late, ours: Collection[str]) -> bool:
    """Let what an editor saved take its place again, where one of `ours` stands there or nothing. Else False."""
    return bool(found.path) and give_back(journal, found.name, found.path, found.seen.sha256, ours)


def _stands(journal: Journal, path: str) -> str:
    seen = look(journal.disk, path) if path else None
    return seen.sha256 if seen is not None else ""


def _kept(journal: Journal, sha256: str) -> bool:
    try:
        os.stat(sha256, dir_fd=journal.blobs, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _as_it_was(journal: Journal, name: str, unit: Unit) -> bool:
    """Whether nobody wrote to a file since the unit looked at it, by its size and time: to read each takes longer."""
    try:
        status = os.stat(name, dir_fd=journal.swap, follow_symlinks=False)
    except FileNotFoundError:  # somebody is at work, and has put it where it belongs
        return True
    there = (status.st_size, status.st_mtime_ns)
    return any((edit.before.size, edit.before.mtime_ns) == there for edit in unit.edits)


def _owner(name: str) -> str:
    return name.split(".")[0]


def _newest_first(name: str) -> tuple[str, int, str]:
    owner, number, *_ = (*name.split("."), "")
    return owner, -int(number) if number.isdecimal() else 0, name

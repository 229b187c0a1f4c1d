"""A vault in; what the tool keeps in it listed, or, on demand alone, what is old of it taken away."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vaultprune.archiving.device import device_id, known_device
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import APART, ENDINGS, Journal, looked_into, open_journal
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.paths import OWN_FOLDER, look_in
from vaultprune.archiving.records import Entry, Unit
from vaultprune.archiving.rows import unsettled
from vaultprune.archiving.swapped import OWN_NOTE, of_the_unit
from vaultprune.errors import CannotStart, Refused
from vaultprune.words import safe


@dataclass(frozen=True, slots=True)
class Cleared:
    """What `gc` took away. `kept` are swapped-out files with bytes that are nowhere else: they stay."""

    units: int
    files: int
    size: int
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clearing:
    """What `gc` would take away: the ended units, oldest first, and how many files of what size."""

    units: tuple[Entry, ...] = ()
    files: int = 0
    size: int = 0
    kept: tuple[str, ...] = ()


def would_clear(vault: Path, older_than: datetime, *, device: str | None = None) -> Clearing:
    """What `gc` would do now. Nothing is written, and no lock is needed."""
    disk, device = Disk(vault), device or known_device()
    if device is None:
        return Clearing()
    try:
        with looked_into(disk, device) as journal:
            going = _going(journal, older_than)
            size = sum(map(journal.size_of, going.files))
            return Clearing(going.units, len(going.files), size, going.kept)
    except FileNotFoundError:  # no run has ever been here
        return Clearing()
    except OSError as error:
        raise CannotStart(f"the journal cannot be read: {said(error)}. Nothing has been changed.") from None


def gc(vault: Path, older_than: datetime, *, device: str | None = None, disk: Disk | None = None) -> Cleared:
    """Forget this device's ended units from before `older_than`, and the bytes that no younger unit needs.

    They cannot be undone afterwards; the notes themselves are not touched. Never called by itself. Stopped anywhere,
    it can be called again.
    """
    disk = disk or Disk(vault)
    with locked(disk):
        try:
            with open_journal(disk, device or device_id()) as journal:
                if waiting := unsettled(journal.entries()):
                    raise Refused(f"a run was interrupted at {safe(waiting[0].unit.move.source)}: vaultprune recover.")
                going = _going(journal, older_than)
                size = sum(map(journal.size_of, going.files))
                journal.take_away(going.steps)
                return Cleared(len(going.units), len(going.files), size, going.kept)
        except OSError as error:
            raise CannotStart(f"the journal cannot be cleared: {said(error)}.") from None


@dataclass(frozen=True, slots=True)
class _Going:
    """The files that go, as (folder, name), in the steps in which they have to; what of `swap/` stays."""

    units: tuple[Entry, ...]
    steps: tuple[tuple[tuple[str, str], ...], ...]
    kept: tuple[str, ...]

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """All of them."""
        return tuple(file for step in self.steps for file in step)


def _going(journal: Journal, older_than: datetime) -> _Going:
    entries = journal.entries()
    old = tuple(entry for entry in entries if entry.unit.at < older_than and entry.state != "pending")
    needed = frozenset[str]().union(*(entry.unit.images for entry in entries if entry not in old))
    gone = {f"{entry.unit.id}.intent": entry.unit for entry in old}
    names = sorted(os.listdir(journal.units))
    intents = [name for name in names if name in gone]
    # an ending without its intent means nothing, but an intent without its ending would be an interrupted run; so
    # would the first note of a row without the others
    first = [name for name in intents if gone[name].together[:1] == (gone[name].move.source,)]
    known = {name.removesuffix(".intent") for name in names if name.endswith(".intent") and name not in gone}
    endings = [name for name in names if _ends(name) not in (None, *known) or ".tmp" in name]
    swapped, kept = _swapped(journal, [entry.unit for entry in old])
    swapped += _own_notes(journal, older_than)
    # what was kept before an editor's words were put right tells later that these are known
    blobs = [name for name in sorted(os.listdir(journal.blobs)) if name not in needed and name not in kept.values()]
    steps = (
        ("units", first),
        ("units", [name for name in intents if name not in first]),
        ("units", endings),
        ("swap", swapped),
        ("blobs", blobs),
    )
    return _Going(old, tuple(tuple((folder, name) for name in step) for folder, step in steps if step), tuple(kept))


def _swapped(journal: Journal, old: list[Unit]) -> tuple[list[str], dict[str, str]]:
    """The files in `swap/` of these units that go, and those that stay, with their digests."""
    units = {unit.id: unit for unit in old}
    goes: list[str] = []
    kept: dict[str, str] = {}
    for name in sorted(os.listdir(journal.swap)):
        unit = units.get(name.split(".")[0])
        if unit is not None:
            seen = look_in(journal.disk, journal.swap, name)
            if seen is not None and of_the_unit(journal, unit, seen):
                goes.append(name)
            else:  # an editor wrote this after it was swapped out
                kept[name] = "" if seen is None else seen.sha256
    return goes, kept


def _own_notes(journal: Journal, older_than: datetime) -> list[str]:
    """The checklist notes in `swap/` that were last written to before that: a later one was put in their place."""
    before = older_than.timestamp() * 1e9
    return [
        name
        for name in sorted(os.listdir(journal.swap))
        if name.startswith(OWN_NOTE) and os.stat(name, dir_fd=journal.swap, follow_symlinks=False).st_mtime_ns < before
    ]


def _ends(name: str) -> str | None:
    """The unit whose ending this file is."""
    return next((name.removesuffix(ending) for ending in (*ENDINGS, APART) if name.endswith(ending)), None)


# --- what is kept, and where ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the vault where the tool keeps something."""

    path: str
    what: str
    files: int
    size: int


_WHAT = {
    "config.toml": "the settings",
    "decisions": "what you decided, one file for each device",
    "journal": "the record of what was moved and rewritten",
    "rehearsal": "throw-away notes of a rehearsal that was interrupted",
    "blobs": "the bytes from before, of notes and links",
    "swap": "the files that were swapped for rewritten ones",
}
_APART = ("blobs", "swap")
"""What a journal holds most of, each told by itself."""


def places(vault: Path) -> tuple[Place, ...]:
    """Everything in this vault that is the tool's own, the archive itself not among it. Nothing is written."""
    own = vault / OWN_FOLDER
    found = []
    try:
        names = sorted(os.listdir(own))
    except OSError:
        return ()
    for name in names:
        files, size = _count(own / name)
        place = f"{OWN_FOLDER}/{name}"
        below = [Place(f"{place}/*/{part}", _WHAT[part], *_sum((own / name).glob(f"*/{part}"))) for part in _APART]
        files, size = files - sum(each.files for each in below), size - sum(each.size for each in below)
        found.append(Place(place, _WHAT.get(name, "something else"), files, size))
        found += [each for each in below if each.files]
    return tuple(found)


def _sum(places: Iterable[Path]) -> tuple[int, int]:
    counted = [_count(place) for place in places]
    return sum(files for files, _ in counted), sum(size for _, size in counted)


def _count(place: Path) -> tuple[int, int]:
    if not place.is_dir() or place.is_symlink():
        return 1, place.lstat().st_size
    files, size = 0, 0
    for folder, _, names in os.walk(place):
        for name in names:
            files += 1
            size += os.lstat(os.path.join(folder, name)).st_size
    return files, size

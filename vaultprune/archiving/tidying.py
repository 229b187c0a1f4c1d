"""A vault in; what the tool keeps in it listed, or, on demand alone, what is old of it taken away."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vaultprune.archiving.device import device_id
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import APART, ENDINGS, Journal, open_journal
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.paths import OWN_FOLDER, digest, look_in
from vaultprune.archiving.records import Unit
from vaultprune.archiving.rows import unsettled
from vaultprune.errors import CannotStart, Refused
from vaultprune.words import safe


@dataclass(frozen=True, slots=True)
class Cleared:
    """What `gc` took away. `kept` are swapped-out files with bytes that are nowhere else: they stay."""

    units: int
    files: int
    size: int
    kept: tuple[str, ...] = ()


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
                return _clear(journal, older_than)
        except OSError as error:
            raise CannotStart(f"the journal cannot be cleared: {said(error)}.") from None


def _clear(journal: Journal, older_than: datetime) -> Cleared:
    entries = journal.entries()
    old = [entry.unit for entry in entries if entry.unit.at < older_than]
    young = [entry.unit for entry in entries if entry.unit.at >= older_than]
    sweep = _Sweep(journal.disk)
    # an ending without its intent means nothing, but an intent without its ending would be an interrupted run; so
    # would the first note of a row without the others
    for units in ([unit for unit in old if unit.together[:1] == (unit.move.source,)], old):
        sweep.remove(journal.units, {f"{unit.id}.intent" for unit in units}.__contains__)
        journal.disk.sync(journal.units)
    known = {name.removesuffix(".intent") for name in os.listdir(journal.units) if name.endswith(".intent")}
    sweep.remove(journal.units, lambda name: _ends(name) not in (None, *known))
    sweep.remove(journal.units, lambda name: ".tmp" in name)
    journal.disk.sync(journal.units)
    needed = frozenset[str]().union(*(unit.images for unit in young))
    kept = _clear_swapped(journal, sweep, old)
    sweep.remove(journal.blobs, lambda name: name not in needed)
    journal.disk.sync(journal.blobs)
    return Cleared(len(old), sweep.files, sweep.size, tuple(kept))


def _clear_swapped(journal: Journal, sweep: _Sweep, old: list[Unit]) -> list[str]:
    images = {unit.id: unit.images | {digest(b"")} for unit in old}
    kept: list[str] = []

    def goes(name: str) -> bool:
        unit = images.get(name.split(".")[0])
        if unit is None:
            return False
        seen = look_in(journal.disk, journal.swap, name)
        if seen is not None and seen.sha256 in unit:
            return True
        kept.append(name)  # an editor wrote to it after it was swapped out
        return False

    sweep.remove(journal.swap, goes)
    journal.disk.sync(journal.swap)
    return kept


def _ends(name: str) -> str | None:
    """The unit whose ending this file is."""
    return next((name.removesuffix(ending) for ending in (*ENDINGS, APART) if name.endswith(ending)), None)


@dataclass(slots=True)
class _Sweep:
    disk: Disk
    files: int = 0
    size: int = 0

    def remove(self, folder: int, goes: Callable[[str], bool]) -> None:
        for name in sorted(os.listdir(folder)):
            if goes(name):
                self.size += os.stat(name, dir_fd=folder, follow_symlinks=False).st_size
                self.disk.unlink(folder, name)
                self.files += 1


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
}


_IMAGES = frozenset({"blobs", "swap"})


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
        below = [_count(place) for place in sorted((own / name).glob("*/*")) if place.name in _IMAGES]
        images, their_size = sum(many for many, _ in below), sum(bytes_ for _, bytes_ in below)
        place = f"{OWN_FOLDER}/{name}"
        found.append(Place(place, _WHAT.get(name, "something else"), files - images, size - their_size))
        if images:
            found.append(Place(f"{place}/*/blobs", "the bytes from before, of notes and links", images, their_size))
    return tuple(found)


def _count(place: Path) -> tuple[int, int]:
    if not place.is_dir() or place.is_symlink():
        return 1, place.lstat().st_size
    files, size = 0, 0
    for folder, _, names in os.walk(place):
        for name in names:
            files += 1
            size += os.lstat(os.path.join(folder, name)).st_size
    return files, size

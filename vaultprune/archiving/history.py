"""A vault in, what its journals remember out. Nothing is written, and no lock is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Literal

from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import JOURNAL, read_entries
from vaultprune.archiving.paths import look
from vaultprune.archiving.records import Entry
from vaultprune.model import NotePath


@dataclass(frozen=True, slots=True)
class Batch:
    """One run: what it set out to do, note by note, and what became of it."""

    id: str
    at: datetime
    device: str
    kind: Literal["archive", "return"]
    entries: tuple[Entry, ...]

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The notes that it moved and that nothing has taken back since."""
        return tuple(entry for entry in self.entries if entry.state == "done" and not entry.undone)


def batches(vault: Path) -> tuple[Batch, ...]:
    """Every run that the journals in this vault know of, oldest first, other devices' among them."""
    entries, _ = read_entries(Disk(vault))
    found = []
    ordered = sorted(entries, key=lambda entry: (entry.unit.at, entry.unit.device, entry.unit.order))
    for (device, batch), group in groupby(ordered, key=lambda entry: (entry.unit.device, entry.unit.batch)):
        units = tuple(group)
        found.append(Batch(batch, units[0].unit.at, device, units[0].unit.kind, units))
    return tuple(found)


def damaged(vault: Path) -> tuple[str, ...]:
    """What in the journals cannot be read, one line each."""
    return read_entries(Disk(vault))[1]


def own_writes(vault: Path) -> frozenset[tuple[NotePath, str]]:
    """(path, SHA-256) of everything the tool itself wrote into notes: whoever finds just this has found no use.

    A note that was rewritten and then moved stands here under both paths.
    """
    entries, _ = read_entries(Disk(vault))
    found: set[tuple[NotePath, str]] = set()
    for entry in entries:
        found.update((edit.path, edit.after) for edit in entry.unit.edits)
        found.update(entry.wrote)
        move = entry.unit.move
        if (move.source, move.sha256) in found:
            found.add((move.target, move.sha256))
    return frozenset(found)


def own_moves(vault: Path) -> tuple[tuple[NotePath, NotePath], ...]:
    """(from, to) of every note that the tool moved, there and back, in the order in which it did."""
    entries, _ = read_entries(Disk(vault))
    return tuple((entry.unit.move.source, entry.unit.move.target) for entry in entries if entry.state == "done")


def before_own_write(vault: Path, sha256: str) -> Iterator[bytes]:
    """The bytes that a note held before the tool rewrote it to what has this digest, and those before that, if kept.

    Bytes that were cleared away since are passed over.
    """
    disk = Disk(vault)
    entries, _ = read_entries(disk)
    waiting, known = [sha256], {sha256}
    while waiting:
        wanted = waiting.pop()
        for entry in entries:
            unit = entry.unit
            for edit in unit.edits:
                wrote = {edit.after, *(sha for path, sha in entry.wrote if path == edit.path)}
                before = edit.before.sha256
                if wanted not in wrote or before in known:
                    continue
                known.add(before)
                waiting.append(before)
                kept = look(disk, "/".join((*JOURNAL, unit.device, "blobs", before)))
                if kept is not None and kept.sha256 == before:
                    yield kept.data

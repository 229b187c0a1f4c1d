"""A vault's folder in, what its journals know out: what lies in the archive, what waits, how it was at the last run."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from vaultprune.archiving import Batch, Entry, batches, own_writes, pending, strays
from vaultprune.archiving.runs import RunRecord, read_runs
from vaultprune.guards import Past
from vaultprune.model import File, NotePath, Snapshot, Stray
from vaultprune.reading.surroundings import contents_of
from vaultprune.revival import Aside, CameBack, Needs, SetAside, came_back, needed_again
from vaultprune.vault import Vault


@dataclass(frozen=True)
class Journals:
    """The journals of a vault, each read once and only when asked for. Nothing is written."""

    folder: Path

    @cached_property
    def batches(self) -> tuple[Batch, ...]:
        """Every run, oldest first."""
        return batches(self.folder)

    @cached_property
    def runs(self) -> tuple[RunRecord, ...]:
        """What was noted down of the runs, oldest first."""
        return read_runs(self.folder)

    @cached_property
    def archived(self) -> tuple[Entry, ...]:
        """Every note that was ever set aside, in order, those that came back among them."""
        return tuple(
            entry
            for batch in self.batches
            for entry in batch.entries
            if entry.unit.kind == "archive" and entry.state == "done"
        )

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The notes that were set aside and not taken back."""
        return tuple(entry for entry in self.archived if not entry.undone)

    def came_back(self, vault: Vault) -> CameBack:
        """How many notes came back within a year, and of how many; those among them that a person moved by hand."""
        now = vault.snapshot.taken_at
        return came_back(self.set_aside({file.path for file in vault.snapshot.files}, now), now)

    def set_aside(self, files: Collection[NotePath], now: datetime) -> tuple[SetAside, ...]:
        """Every note that was ever set aside, with when it came back; by hand, going by the `files` of now, is now."""
        back = {
            entry.unit.move.undoes: entry.unit.at
            for batch in self.batches
            for entry in batch.entries
            if entry.state == "done" and entry.unit.move.undoes
        }
        by_hand = {
            entry.unit.id: now
            for entry in self.standing
            if entry.unit.move.target not in files and entry.unit.move.source in files
        }
        back = {**by_hand, **back}
        return tuple(
            SetAside(each.unit.batch + each.unit.device, each.unit.at, back.get(each.unit.id), each.unit.move.source)
            for each in self.archived
        )

    @property
    def last_archive(self) -> Batch | None:
        """The last run that set notes aside of which something is left there."""
        found = [batch for batch in self.batches if batch.kind == "archive" and batch.standing]
        return found[-1] if found else None

    @cached_property
    def pending(self) -> NotePath | None:
        """The note at which a run of this device was interrupted, if one was."""
        waiting = pending(self.folder)
        return waiting[0].unit.move.source if waiting else None

    @cached_property
    def strays(self) -> tuple[Stray, ...]:
        """Words of a person that lie in a journal alone."""
        return strays(self.folder)

    def past(self) -> Past:
        """What the guards want to know of it."""
        last = self.runs[-1] if self.runs else None
        return Past(
            pending=self.pending,
            known=frozenset(entry.unit.move.target for entry in self.archived),
            archived_before=bool(self.archived or self.runs),
            notes=None if last is None else last.notes,
            day=None if last is None else last.at.date(),
        )

    def asides(self) -> tuple[Aside, ...]:
        """The notes that lie in the archive, as the journals tell."""
        links: dict[NotePath, Mapping[NotePath, int]] = {}
        for run in self.runs:
            links.update(run.links)
        return tuple(_aside(entry, links) for entry in self.standing)

    def needs(self, vault: Vault) -> Needs:
        """What of the archive is needed again."""
        if not self.standing and not vault.archived:
            return Needs()
        files = Files(self.folder, vault.snapshot)
        return needed_again(vault, self.asides(), files.digest, own_writes(self.folder))


def _aside(entry: Entry, links: Mapping[NotePath, Mapping[NotePath, int]]) -> Aside:
    unit = entry.unit
    left_as = unit.own_edit.after if unit.own_edit else unit.image.sha256
    return Aside(unit.move.source, unit.move.target, unit.at, unit.image.sha256, left_as, links.get(unit.move.target))


@dataclass(frozen=True)
class Files:
    """The files of a snapshot as they are on disk now."""

    folder: Path
    snapshot: Snapshot

    @cached_property
    def _index(self) -> Mapping[NotePath, File]:
        return {file.path: file for file in self.snapshot.files}

    def contents(self, path: NotePath) -> bytes | None:
        """The bytes of a file; None if it is not there or cannot be read whole."""
        file = self._index.get(path)
        return None if file is None else contents_of(self.folder, file)

    def digest(self, path: NotePath) -> str | None:
        """What those bytes are known by."""
        data = self.contents(path)
        return None if data is None else hashlib.sha256(data).hexdigest()

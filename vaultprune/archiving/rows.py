"""The moves of a plan that belong together in, an outcome for each out: all of them are carried out, or none.

Between the moves of one row some link leads elsewhere. So all are looked at before the first, and should a later one
fail after all, those before it come back by units of their own: whoever is stopped in between finds in the journal that
the row is not whole (`open_row`), and `recover` takes the rest of it back.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from vaultprune.archiving.carrying import Draft, carry, leave_no_empty_folders, look_at
from vaultprune.archiving.exchanging import Changed
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import Journal
from vaultprune.archiving.locking import said
from vaultprune.archiving.progress import Progress, due_of, goes_with
from vaultprune.archiving.records import Damaged, Entry, Unit
from vaultprune.archiving.returning import plan_taking_back
from vaultprune.archiving.settling import settle
from vaultprune.errors import Refused
from vaultprune.model import Move, NotePath, Outcome, Plan

_DISK_IS_ILL = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS})
"""After these, trying the next note would only make it worse."""
WAITS = "a note before it waits for vaultprune recover"
UNCONFIRMED = "the disk did not confirm what was written last"
PARTED = "a note that goes with it stays, and it could not be taken back: a link between them may lead elsewhere"


def staying(progress: Progress, disk: Disk, dev: int, row: Sequence[Move]) -> tuple[Outcome, ...]:
    """An outcome for each move of a row if any of them could not be carried out now; nothing if all can."""
    found: dict[NotePath, Outcome] = {}
    for move in row:
        try:
            now, _, wanted = progress.next(move)
            look_at(disk, dev, now, wanted)
        except (Changed, Refused) as error:
            found[move.source] = Outcome(move, "skipped", str(error))
        except OSError as error:
            found[move.source] = Outcome(move, "failed", f"the disk says: {said(error)}")
    if not found:
        return ()
    with_it = goes_with(found)
    return tuple(found.get(move.source) or Outcome(move, "skipped", with_it) for move in row)


@dataclass(slots=True)
class Carrying:
    """A run under way. `stop` says why no further move is begun, "" while all is well."""

    journal: Journal
    plan: Plan
    at: datetime
    batch: str
    stop: str = ""
    number: int = 0
    _progress: Progress = field(init=False)
    _kinds: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._progress = Progress(due_of(self.plan))
        self._kinds = {entry.unit.id: entry.unit.kind for entry in self.journal.known().entries}

    def row(self, row: Sequence[Move]) -> tuple[Outcome, ...]:
        """Carry out moves that belong together, or one alone."""
        first, self.number = self.number + 1, self.number + len(row)
        before = self._progress.as_now() if len(row) > 1 else self._progress
        outcomes = list(staying(self._progress, self.journal.disk, self.journal.dev, row)) if len(row) > 1 else []
        if not outcomes:
            outcomes = self._one_by_one(row, first)
        if len(row) > 1 and {outcome.what for outcome in outcomes} != {"done"}:
            done = [outcome for outcome in outcomes if outcome.what == "done"]
            if done and self.stop != WAITS:
                self._back_again(outcomes, before)
        self._progress.left.update(outcome.move.source for outcome in outcomes if outcome.what != "done")
        return tuple(outcomes)

    def _one_by_one(self, row: Sequence[Move], first: int) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for number, move in enumerate(row, first):
            if any(outcome.what != "done" for outcome in outcomes) or self.stop:
                stays = [outcome.move.source for outcome in outcomes if outcome.what != "done"]
                outcomes.append(Outcome(move, "skipped", goes_with(stays) if stays else self.stop))
            else:
                outcomes.append(self._one(move, row, number))
        return outcomes

    def _one(self, move: Move, row: Sequence[Move], number: int) -> Outcome:
        """Carry out one move; `stop` is set where no further one can be."""
        journal = self.journal
        try:
            now, due, wanted = self._progress.next(move)
            draft = look_at(journal.disk, journal.dev, now, wanted)
        except (Changed, Refused) as error:
            return Outcome(move, "skipped", str(error))
        except OSError as error:
            return Outcome(move, "failed", f"the disk says: {said(error)}")
        unit = self._unit(draft, row, number)
        outcome = Outcome(move, "done", rewritten=tuple(edit.path for edit in unit.edits))
        try:
            carry(journal, unit, draft.data)
            leave_no_empty_folders(journal, move)
            if not journal.end(unit, "done"):
                self.stop = UNCONFIRMED
                outcome = replace(outcome, remarks=(UNCONFIRMED,))
        except (Changed, Damaged, Refused) as error:
            outcome = self._taken_back(unit, Outcome(move, "skipped", str(error)))
        except OSError as error:
            outcome = self._taken_back(unit, Outcome(move, "failed", f"the disk says: {said(error)}"))
            if error.errno in _DISK_IS_ILL:
                self.stop = self.stop or f"the disk says: {said(error)}"
        if outcome.what == "done":
            self._progress.did(move, due, draft)
        return outcome

    def _unit(self, draft: Draft, row: Sequence[Move], number: int) -> Unit:
        kind: Literal["archive", "return"] = "archive"
        if self._kinds.get(draft.move.undoes) == "archive":
            kind = "return"
        together = tuple(move.source for move in row) if len(row) > 1 else ()
        name = f"{self.batch}-{number:04d}"
        return draft.unit(name, kind, self.plan.id, self.at, self.journal.device, together)

    def _taken_back(self, unit: Unit, outcome: Outcome) -> Outcome:
        """What stopped halfway goes back to how it was; if even that fails, it waits for `recover` and all stops."""
        try:
            if not self.journal.intended(unit):
                return outcome
            ending, remarks = settle(self.journal, unit, why=(outcome.why,))
        except (OSError, Damaged) as error:
            says = said(error) if isinstance(error, OSError) else str(error)
            self.stop = WAITS
            why = f"{outcome.why}; taking it back failed as well ({says}): vaultprune recover"
            return replace(outcome, what="failed", why=why)
        if ending == "done":  # somebody edited it at its new place, and there it stays
            return replace(outcome, what="done", why="", remarks=remarks)
        return replace(outcome, remarks=remarks[1:])

    def _back_again(self, outcomes: list[Outcome], before: Progress) -> None:
        """Those of a row that were moved come back, since another one stays. The outcomes are put right."""
        with_it = goes_with([outcome.move.source for outcome in outcomes if outcome.what != "done"])
        try:
            self.journal.look_again()
            parted = take_row_back(self.journal, open_row(self.journal.known().entries), self.at)
        except (OSError, Damaged):
            self.stop = WAITS
            return
        for place, outcome in enumerate(outcomes):
            if outcome.what != "done":
                continue
            if outcome.move.source in parted:
                outcomes[place] = replace(outcome, remarks=(*outcome.remarks, PARTED))
            else:
                outcomes[place] = Outcome(outcome.move, "skipped", with_it)
        if parted:
            self.stop = "the notes before it could not be kept together"
        else:
            self._progress = before


def open_row(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The notes of the last row that were moved and not taken back, if others of the row never were.

    `entries` are those of one device. A row that could not be made whole again was let go, and is not open; neither is
    one that is being cleared away, of which the first goes first.
    """
    grouped = [entry for entry in entries if entry.unit.together]
    if not grouped:
        return ()
    last = max(grouped, key=lambda entry: entry.unit.order).unit
    row = [entry for entry in grouped if entry.unit.batch == last.batch and entry.unit.together == last.together]
    done = {entry.unit.move.source for entry in row if entry.state == "done"}
    if last.together[0] not in done or done == set(last.together) or any(entry.apart for entry in row):
        return ()
    return tuple(entry for entry in row if entry.state == "done" and not entry.undone)


def unsettled(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """What an interrupted run of one device left: the unit it was at, and what is there of a row that is not whole."""
    return (*(entry for entry in entries if entry.state == "pending"), *open_row(entries))


def take_row_back(journal: Journal, row: Sequence[Entry], at: datetime) -> frozenset[NotePath]:
    """Bring the notes of an open row back; the sources of those that could not be, where someone else stands there.

    `OSError` where the disk does not let us: then the row stays open, and it can be tried again.
    """
    plan = plan_taking_back(journal.disk, journal.known().entries, row)
    carrying = Carrying(journal, plan, at, journal.next_batch(plan.id))
    home: set[NotePath] = set()
    for move in plan.moves:
        [outcome] = carrying.row((move,))
        if outcome.what == "failed" or carrying.stop:
            raise OSError(errno.EIO, outcome.why or carrying.stop)
        if outcome.what == "done":
            home.add(move.target)
    parted = frozenset(entry.unit.move.source for entry in row) - home
    if parted:
        journal.let_go(row[-1].unit)
    return parted

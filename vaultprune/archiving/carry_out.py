"""A plan in, an outcome for every move out: one unit a note, one after another, each whole or not at all."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Literal, TypeAlias

from vaultprune.archiving.carrying import Draft, ToRewrite, carry, leave_no_empty_folders, look_at
from vaultprune.archiving.device import device_id
from vaultprune.archiving.exchanging import Changed
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import Journal, open_journal
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.records import Damaged, Unit
from vaultprune.archiving.settling import settle
from vaultprune.archiving.spans import shifted
from vaultprune.errors import CannotStart, Refused
from vaultprune.model import Move, NotePath, Outcome, Plan, Rewrite, Skipped, Span
from vaultprune.moving import check_plan
from vaultprune.words import safe

_DISK_IS_ILL = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS})
"""After these, trying the next note would only make it worse."""
WAITS = "a note before it waits for vaultprune recover"
UNCONFIRMED = "the disk did not confirm what was written last"


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to. `pending`: the last unit could be neither finished nor taken back, and waits for `recover`.

    `batch` is "" if nothing was begun. `interrupted`: somebody stopped it between two notes.
    """

    batch: str
    outcomes: tuple[Outcome, ...]
    interrupted: bool = False
    pending: bool = False

    def count(self, what: Literal["done", "skipped", "failed"]) -> int:
        """How many moves came out like that."""
        return sum(outcome.what == what for outcome in self.outcomes)


Due: TypeAlias = tuple[tuple[Rewrite, tuple[Span, ...]], ...]
"""The files, and the spans in each, that are rewritten together with one move."""


def _due(plan: Plan) -> dict[NotePath, Due]:
    """What goes with each move: a span goes with the last of the moves that it is due to."""
    order = {move.source: number for number, move in enumerate(plan.moves)}
    found: dict[NotePath, list[tuple[Rewrite, tuple[Span, ...]]]] = {}
    for rewrite in plan.rewrites:
        by_move: dict[NotePath, list[Span]] = {}
        for span in rewrite.spans:
            by_move.setdefault(max(span.because, key=order.__getitem__), []).append(span)
        for source, spans in by_move.items():
            found.setdefault(source, []).append((rewrite, tuple(spans)))
    return {source: tuple(pairs) for source, pairs in found.items()}


@dataclass(slots=True)
class _Progress:
    """What the moves so far did to the plan's paths: where each file lies, what it holds, which spans are done."""

    plan: Plan
    due: dict[NotePath, Due]
    where: dict[NotePath, NotePath] = field(default_factory=dict)
    holds: dict[NotePath, str] = field(default_factory=dict)
    spans: dict[NotePath, tuple[Span, ...]] = field(default_factory=dict)
    left: set[NotePath] = field(default_factory=set)

    def next(self, move: Move) -> tuple[Move, Due, tuple[ToRewrite, ...]]:
        """A move as it has to be carried out now, and the rewrites that go with it."""
        due = self.due.get(move.source, ())
        wanted: list[ToRewrite] = []
        for rewrite, spans in due:
            if stays := {path for span in spans for path in span.because} & self.left:
                raise Changed(f"it goes with {safe(min(stays))}, which stays")
            done = self.spans.get(rewrite.path, ())
            path = self.where.get(rewrite.path, rewrite.path)
            holds = self.holds.get(rewrite.path, rewrite.sha256)
            wanted.append(ToRewrite(path, holds, shifted(spans, done)))
        holds = self.holds.get(move.source, move.sha256)
        return replace(move, sha256=holds), due, tuple(wanted)

    def did(self, move: Move, due: Due, draft: Draft) -> None:
        """A move was carried out."""
        self.where[move.source] = move.target
        for (rewrite, spans), edit in zip(due, draft.edits, strict=True):
            self.spans[rewrite.path] = (*self.spans.get(rewrite.path, ()), *spans)
            self.holds[rewrite.path] = edit.after


def carry_out(
    vault: Path,
    plan: Plan,
    at: datetime,
    *,
    device: str | None = None,
    disk: Disk | None = None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> Run:
    """Carry out a plan. Every move gets one outcome, in the plan's order; one that fails does not stop the others.

    `at` is when, for the journal. `tell` hears of each outcome as it comes. A stop (Ctrl-C) is heard after the note
    at hand. Raises `Locked`, `Refused` while an interrupted run waits, and `CannotStart` if there can be no journal;
    then nothing has been changed.
    """
    check_plan(plan)
    if at.utcoffset() is None:
        raise ValueError("the journal needs a time with an offset")
    if not plan.moves:
        return Run("", ())
    disk = disk or Disk(vault)
    device = device or device_id()
    with locked(disk), _journal(disk, device) as journal:
        if waiting := [entry for entry in journal.known().entries if entry.state == "pending"]:
            shown = safe(waiting[0].unit.move.source)
            raise Refused(f"a run was interrupted at {shown}: vaultprune recover. Nothing has been changed.")
        return _run(journal, plan, at, tell)


@contextmanager
def _journal(disk: Disk, device: str) -> Iterator[Journal]:
    with ExitStack() as stack:
        try:
            journal = stack.enter_context(open_journal(disk, device))
            journal.known()
        except OSError as error:
            raise CannotStart(f"the journal cannot be written: {said(error)}. Nothing has been changed.") from None
        yield journal


def _run(journal: Journal, plan: Plan, at: datetime, tell: Callable[[Outcome], None]) -> Run:
    batch = journal.next_batch(plan.id)
    kinds = {entry.unit.id: entry.unit.kind for entry in journal.known().entries}
    progress = _Progress(plan, _due(plan))
    outcomes: list[Outcome] = []
    stop = ""
    waits = False
    with heard_later() as stopped:
        for number, move in enumerate(plan.moves, 1):
            if not stop and stopped:
                stop = "the run was stopped before it"
            if stop:
                outcome = Outcome(move, "skipped", stop)
            else:
                kind: Literal["archive", "return"] = "return" if kinds.get(move.undoes) == "archive" else "archive"
                outcome, stop = _one(journal, progress, move, f"{batch}-{number:04d}", kind, at)
                waits = stop == WAITS
            if outcome.what != "done":
                progress.left.add(move.source)
            outcomes.append(outcome)
            tell(outcome)
    begun = waits or any(outcome.what == "done" for outcome in outcomes)
    return Run(batch if begun else "", tuple(outcomes), bool(stopped), waits)


def _one(
    journal: Journal, progress: _Progress, move: Move, name: str, kind: Literal["archive", "return"], at: datetime
) -> tuple[Outcome, str]:
    """Carry out one move; and why no further one can be, if so."""
    stop = ""
    try:
        now, due, wanted = progress.next(move)
        draft = look_at(journal.disk, journal.dev, now, wanted)
    except (Changed, Refused) as error:
        return Outcome(move, "skipped", str(error)), ""
    except OSError as error:
        return Outcome(move, "failed", f"the disk says: {said(error)}"), ""
    unit = draft.unit(name, kind, progress.plan.id, at, journal.device)
    outcome = Outcome(move, "done", rewritten=tuple(edit.path for edit in unit.edits))
    try:
        carry(journal, unit, draft.data)
        leave_no_empty_folders(journal, move)
        if not journal.end(unit, "done"):
            stop = UNCONFIRMED
            outcome = replace(outcome, remarks=(UNCONFIRMED,))
    except (Changed, Damaged, Refused) as error:
        outcome, stop = _taken_back(journal, unit, Outcome(move, "skipped", str(error)))
    except OSError as error:
        outcome, stop = _taken_back(journal, unit, Outcome(move, "failed", f"the disk says: {said(error)}"))
        if error.errno in _DISK_IS_ILL:
            stop = stop or f"the disk says: {said(error)}"
    if outcome.what == "done":
        progress.did(move, due, draft)
    return outcome, stop


def _taken_back(journal: Journal, unit: Unit, outcome: Outcome) -> tuple[Outcome, str]:
    """What stopped halfway goes back to how it was; if even that fails, it waits for `recover` and all else stops."""
    try:
        if not journal.intended(unit):
            return outcome, ""
        ending, remarks = settle(journal, unit, why=(outcome.why,))
    except (OSError, Damaged) as error:
        says = said(error) if isinstance(error, OSError) else str(error)
        why = f"{outcome.why}; taking it back failed as well ({says}): vaultprune recover"
        return replace(outcome, what="failed", why=why), WAITS
    if ending == "done":  # somebody edited it at its new place, and there it stays
        return replace(outcome, what="done", why="", remarks=remarks), ""
    return replace(outcome, remarks=remarks[1:]), ""


def check(vault: Path, plan: Plan) -> tuple[Skipped, ...]:
    """The moves of a plan that would be skipped if it were carried out now, and why. Nothing is written."""
    check_plan(plan)
    disk = Disk(vault)
    progress = _Progress(plan, _due(plan))
    found: list[Skipped] = []
    dev = vault.stat().st_dev
    for move in plan.moves:
        try:
            _, due, _ = progress.next(move)
            # as they lie now: earlier moves of the plan have not happened
            wanted = tuple(ToRewrite(rewrite.path, rewrite.sha256, spans) for rewrite, spans in due)
            look_at(disk, dev, move, wanted)
        except (Changed, Refused) as error:
            found.append(Skipped(move.source, str(error)))
            progress.left.add(move.source)
        except OSError as error:
            found.append(Skipped(move.source, f"the disk says: {said(error)}"))
            progress.left.add(move.source)
    return tuple(found)


@contextmanager
def heard_later() -> Iterator[list[int]]:
    """Hear Ctrl-C and requests to end, but go on: what was heard stands in the list, and is for the caller to heed."""
    heard: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield heard
        return

    def hear(number: int, frame: FrameType | None) -> None:
        heard.append(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)

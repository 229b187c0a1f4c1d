"""A plan in, an outcome for every move out: one unit a note, one after another, each whole or not at all."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Literal

from vaultprune.archiving.device import device_id
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import Journal, open_journal
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.progress import Progress, due_of
from vaultprune.archiving.rows import WAITS, Carrying, staying, unsettled
from vaultprune.errors import CannotStart, Refused
from vaultprune.model import Outcome, Plan, Skipped
from vaultprune.moving import check_plan, rows
from vaultprune.words import safe


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

    Moves that belong together (`Plan.together`) are carried out all or none. `at` is when, for the journal. `tell`
    hears of each outcome as it comes. A stop (Ctrl-C) is heard after the note at hand and those that go with it.
    Raises `Locked`, `Refused` while an interrupted run waits, and `CannotStart` if there can be no journal; then
    nothing has been changed.
    """
    check_plan(plan)
    if at.utcoffset() is None:
        raise ValueError("the journal needs a time with an offset")
    if not plan.moves:
        return Run("", ())
    disk = disk or Disk(vault)
    device = device or device_id()
    with locked(disk), _journal(disk, device) as journal:
        if waiting := unsettled(journal.known().entries):
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
    carrying = Carrying(journal, plan, at, journal.next_batch(plan.id))
    outcomes: list[Outcome] = []
    with heard_later() as stopped:
        for row in rows(plan):
            if not carrying.stop and stopped:
                carrying.stop = "the run was stopped before it"
            stop = carrying.stop
            made = [Outcome(move, "skipped", stop) for move in row] if stop else carrying.row(row)
            for outcome in made:
                outcomes.append(outcome)
                tell(outcome)
    waits = carrying.stop == WAITS
    begun = waits or any(outcome.what == "done" for outcome in outcomes)
    return Run(carrying.batch if begun else "", tuple(outcomes), bool(stopped), waits)


def check(vault: Path, plan: Plan) -> tuple[Skipped, ...]:
    """The moves of a plan that would be skipped if it were carried out now, and why. Nothing is written."""
    check_plan(plan)
    disk = Disk(vault)
    dev = vault.stat().st_dev
    progress = Progress(due_of(plan))  # of which nothing is done: earlier moves of the plan have not happened
    found: list[Skipped] = []
    for row in rows(plan):
        stays = [Skipped(outcome.move.source, outcome.why) for outcome in staying(progress, disk, dev, row)]
        progress.left.update(skipped.path for skipped in stays)
        found += stays
    return tuple(found)


@contextmanager
def heard_later() -> Iterator[list[int]]:
    """Hear Ctrl-C and requests to end, but go on: what was heard stands in the list, and is for the caller to heed.

    Whoever hears later around this hears it as well.
    """
    ear = _Ear()
    if threading.current_thread() is not threading.main_thread():
        yield ear.heard
        return
    before = {number: signal.signal(number, ear.hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ear.heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
            around = getattr(handler, "__self__", None)
            if number in ear.heard and isinstance(around, _Ear):
                around.heard.append(number)


class _Ear:
    def __init__(self) -> None:
        self.heard: list[int] = []

    def hear(self, number: int, frame: FrameType | None) -> None:
        self.heard.append(number)

"""The disk answers any change with any error, once or for good: what is told is true, and nothing is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archiving.breaking import FailingDisk
from tests.archiving.test_crashes import set_aside
from tests.archiving.worlds import (
    AT,
    DEVICE,
    FOUR,
    FULL,
    ROW,
    TWO,
    World,
    check_as_it_must_be,
    fresh,
    kept,
    say,
    state,
    texts,
)
from vaultprune.archiving.carry_out import Run, carry_out
from vaultprune.archiving.files import Disk
from vaultprune.archiving.recovery import pending, recover
from vaultprune.archiving.returning import plan_return
from vaultprune.errors import CannotStart, Refused

KINDS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT", "EXDEV", "ENAMETOOLONG", "EBUSY", "EINVAL", "EPERM")
GOES_ON: dict[str, Callable[[str], bool]] = {
    "once": lambda call: False,
    "for good": lambda call: True,
    "for every write": lambda call: call in ("write", "create", "mkdir"),
    "for every sync": lambda call: call == "sync",
}


def changes(world: World, archived: bool) -> int:
    with fresh() as vault:
        world.build(vault)
        if archived:
            carry_out(vault, world.plan(), AT, device=DEVICE)
        disk = Disk(vault)
        plan = plan_return(vault, batch="1") if archived else world.plan()
        carry_out(vault, plan, AT, device=DEVICE, disk=disk)
        return disk.calls


def attempt(world: World, archived: bool, at: int, number: int, goes_on: Callable[[str], bool]) -> None:
    with fresh() as vault:
        world.build(vault)
        before = state(vault)
        if archived:
            carry_out(vault, world.plan(), AT, device=DEVICE)
        plan = plan_return(vault, batch="1") if archived else world.plan()
        standing = {source for source, _ in world.moves} if archived else set()
        disk = FailingDisk(vault, at, number, goes_on)
        run: Run | None = None
        try:
            run = carry_out(vault, plan, AT, device=DEVICE, disk=disk)
        except (CannotStart, Refused):
            assert not pending(vault, DEVICE)
            assert texts(state(vault)) == world.after(standing)
        assert set(world.files.values()) <= kept(vault)
        if run is not None:
            check_told(vault, world, run, archived)
        recover(vault, device=DEVICE)
        assert set(world.files.values()) <= kept(vault)
        away = set_aside(vault)
        assert world.whole(away)
        check_as_it_must_be(vault, world, before, away)


def check_told(vault: Path, world: World, run: Run, archived: bool) -> None:
    """Every move has an outcome, and each is what lies there."""
    assert len(run.outcomes) == len(world.moves)
    assert run.pending == bool(pending(vault, DEVICE))
    for outcome in run.outcomes:
        assert (outcome.why == "") == (outcome.what == "done")
        there, gone = (vault / path for path in (outcome.move.target, outcome.move.source))
        if outcome.what == "done":
            assert there.exists()
            assert not gone.exists()
        elif not run.pending:
            assert gone.exists()
            assert not there.exists()
    if not run.pending:
        done = {outcome.move.source for outcome in run.outcomes if outcome.what == "done"}
        homes = {target: source for source, target in world.moves}
        left = {source for source, _ in world.moves} - {homes.get(path, path) for path in done} if archived else done
        assert texts(state(vault)) == world.after(left)


@pytest.mark.parametrize("how", GOES_ON)
@pytest.mark.parametrize("archived", [False, True], ids=["archive", "undo"])
def test_an_error_at_any_change_is_told_truly_and_loses_nothing(archived: bool, how: str) -> None:
    world = FOUR if FULL else TWO
    last = changes(world, archived)
    step = 1 if FULL else 8
    runs = 0
    for kind, name in enumerate(KINDS):
        for at in range(1 + kind % step, last + 1, step):
            attempt(world, archived, at, getattr(errno, name), GOES_ON[how])
            runs += 1
    say(f"errors of {len(KINDS)} kinds, {how}: {runs} runs of {'undo' if archived else 'archive'}, 0 lost, all told")


@pytest.mark.parametrize("how", GOES_ON)
def test_an_error_among_notes_that_belong_together_leaves_all_of_them_or_none(how: str) -> None:
    last, step, runs = changes(ROW, archived=False), 1 if FULL else 8, 0
    for kind, name in enumerate(KINDS):
        for at in range(1 + kind % step, last + 1, step):
            attempt(ROW, False, at, getattr(errno, name), GOES_ON[how])
            runs += 1
    say(f"errors of {len(KINDS)} kinds among notes that belong together, {how}: {runs} runs, 0 lost, all told")


def test_one_note_that_fails_does_not_stop_the_others() -> None:
    """An error at the first note's own rename; the second is set aside all the same."""
    with fresh() as vault:
        TWO.build(vault)
        seen: list[str] = []

        class Watching(Disk):
            def before(self, call: str) -> None:
                super().before(call)
                seen.append(call)

        with fresh() as other:
            TWO.build(other)
            carry_out(other, TWO.plan(), AT, device=DEVICE, disk=Watching(other))
        run = carry_out(
            vault, TWO.plan(), AT, device=DEVICE, disk=FailingDisk(vault, seen.index("move") + 1, errno.EBUSY)
        )

        assert [outcome.what for outcome in run.outcomes] == ["failed", "done"]
        assert run.outcomes[0].why == "the disk says: device or resource busy"
        assert texts(state(vault)) == TWO.after(["b/Y.md"])


def test_a_disk_that_takes_three_bytes_at_a_time_gets_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.write
    monkeypatch.setattr(os, "write", lambda file, data: whole(file, bytes(data)[:3]))
    with fresh() as vault:
        FOUR.build(vault)

        carry_out(vault, FOUR.plan(), AT, device=DEVICE)

        assert texts(state(vault)) == FOUR.after(path for path, _ in FOUR.moves)

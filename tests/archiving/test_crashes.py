"""The machine is stopped before every single change there is, and recovery too; nothing may be lost."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.archiving.breaking import BusyDisk, Stop, StoppingDisk
from tests.archiving.worlds import AT, DEVICE, FOUR, FULL, ROW, TWO, World, check_as_it_must_be, fresh, kept, say, state
from vaultprune.archiving import files
from vaultprune.archiving.carry_out import carry_out
from vaultprune.archiving.files import Disk
from vaultprune.archiving.history import batches
from vaultprune.archiving.recovery import pending, recover
from vaultprune.archiving.rehearsal import rehearse
from vaultprune.archiving.returning import plan_return
from vaultprune.archiving.strays import strays
from vaultprune.archiving.tidying import gc

NEVER = 10**9
Action = Callable[[Path, World, Disk], object]


def archive(vault: Path, world: World, disk: Disk) -> object:
    return carry_out(vault, world.plan(), AT, device=DEVICE, disk=disk)


def undo(vault: Path, world: World, disk: Disk) -> object:
    return carry_out(vault, plan_return(vault, batch="1"), AT, device=DEVICE, disk=disk)


def restore_one(vault: Path, world: World, disk: Disk) -> object:
    plan = plan_return(vault, notes=[world.moves[0][0]])
    return carry_out(vault, plan, AT, device=DEVICE, disk=disk)


def archived(vault: Path, world: World) -> None:
    carry_out(vault, world.plan(), AT, device=DEVICE)


def nothing(vault: Path, world: World) -> None:
    pass


def set_aside(vault: Path) -> set[str]:
    """The notes that, after all that the journal says is done, lie in the archive."""
    assert pending(vault, DEVICE) == ()
    standing = (entry for batch in batches(vault) for entry in batch.standing if entry.unit.kind == "archive")
    return {entry.unit.move.source for entry in standing}


class Sweep:
    """One action on one world, stopped before every change, and recovery stopped before every `step`-th of its own."""

    def __init__(
        self,
        world: World,
        prepare: Callable[[Path, World], None],
        action: Action,
        forward: bool,
        disk: type[StoppingDisk] = StoppingDisk,
    ) -> None:
        self.world = world
        self.disk = disk
        self.prepare = prepare
        self.action = action
        self.forward = forward
        self.points = 0
        self.in_recovery = 0

    def run(self, step: int) -> None:
        for torn in (False, True):
            at = 1
            while (changes := self.once(at, torn)) is not None:
                self.points += 1
                if not torn:
                    for inner in range(1 + at % step, changes + 1, step):
                        self.once(at, torn, inner)
                        self.in_recovery += 1
                at += 1
        assert self.points > 100

    def once(self, at: int, torn: bool, inner: int = NEVER) -> int | None:
        """How many changes recovery made; None if the action was through before it could be stopped."""
        world = self.world
        with fresh() as vault:
            world.build(vault)
            before = state(vault)
            originals = set(world.files.values())
            self.prepare(vault, world)
            try:
                self.action(vault, world, self.disk(vault, at, torn))
            except Stop:
                pass
            else:
                return None
            assert originals <= kept(vault)
            disk = StoppingDisk(vault, inner)
            try:
                settled = recover(vault, forward=self.forward, device=DEVICE, disk=disk)
            except Stop:
                assert originals <= kept(vault)
                settled = recover(vault, forward=self.forward, device=DEVICE)
            row = {path for group in world.together for path in group}
            endings = {unit.ending for unit in settled if not row & {unit.unit.move.source, unit.unit.move.target}}
            assert endings <= {"done" if self.forward else "aborted"}
            assert originals <= kept(vault)
            away = set_aside(vault)
            assert world.whole(away)
            check_as_it_must_be(vault, world, before, away, exact=not away)
            assert strays(vault, DEVICE) == ()
            if inner == NEVER or at % 7 == inner % 7:
                then = state(vault)
                assert recover(vault, device=DEVICE) == ()
                assert state(vault) == then
            return disk.calls


@pytest.fixture(params=["new", "old"])
def kind_of_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """`old`: a file system that can neither rename without replacing nor swap two names, like exFAT or FUSE."""
    if request.param == "old":

        def refuses(folder: int, name: str, to_folder: int, to_name: str, flag: int) -> None:
            raise OSError(errno.EINVAL, "not here")

        monkeypatch.setattr(files, "_renameat", refuses)
    return str(request.param)


@pytest.mark.parametrize("forward", [False, True], ids=["back", "forward"])
@pytest.mark.parametrize(
    ("prepare", "action"),
    [
        pytest.param(nothing, archive, id="archive"),
        pytest.param(archived, undo, id="undo"),
        pytest.param(archived, restore_one, id="restore"),
    ],
)
def test_stopped_anywhere_nothing_is_lost_and_recovery_puts_it_right(
    kind_of_disk: str, prepare: Callable[[Path, World], None], action: Action, forward: bool
) -> None:
    every = Sweep(TWO, prepare, action, forward)
    chief = action is archive and not forward
    every.run(step=1 if FULL or (chief and kind_of_disk == "new") else 6)
    four = Sweep(FOUR, prepare, action, forward)
    if FULL or chief:
        four.run(step=(1 if chief else 12) if FULL else 120)

    say(
        f"stopped in {action.__name__}, {kind_of_disk} disk, {'forward' if forward else 'back'}: "
        f"{every.points + four.points} points, and {every.in_recovery + four.in_recovery} in the recovery after them"
    )


@pytest.mark.parametrize("forward", [False, True], ids=["back", "forward"])
@pytest.mark.parametrize("disk", [StoppingDisk, BusyDisk], ids=["all go well", "one fails"])
def test_stopped_anywhere_what_belongs_together_is_set_aside_together(
    kind_of_disk: str, forward: bool, disk: type[StoppingDisk]
) -> None:
    sweep = Sweep(ROW, nothing, archive, forward, disk)
    sweep.run(step=5 if FULL else 9)

    say(
        f"stopped among notes that belong together, {kind_of_disk} disk, {'forward' if forward else 'back'}: "
        f"{sweep.points} points, and {sweep.in_recovery} in the recovery after them"
    )


def test_clearing_up_can_be_stopped_anywhere_and_makes_no_run_look_interrupted() -> None:
    at, stopped = 0, True
    while stopped:
        at += 1
        with fresh() as vault:
            TWO.build(vault)
            carry_out(vault, TWO.plan(), AT, device=DEVICE)
            carry_out(vault, plan_return(vault, notes=["a/X.md"]), AT + timedelta(days=9), device=DEVICE)
            before = state(vault)
            try:
                gc(vault, AT + timedelta(days=1), device=DEVICE, disk=StoppingDisk(vault, at))
                stopped = False
            except Stop:
                pass
            assert pending(vault, DEVICE) == ()
            gc(vault, AT + timedelta(days=1), device=DEVICE)
            assert state(vault) == before
            [batch] = batches(vault)
            back = carry_out(vault, plan_return(vault, batch=batch.id), AT + timedelta(days=10), device=DEVICE)
            assert back.count("done") == 1
    say(f"stopped in clearing up: {at} points")
    assert at > 10


def test_a_rehearsal_can_be_stopped_anywhere() -> None:
    at, stopped = 0, True
    while stopped:
        at += 1 if FULL else 13
        with fresh() as vault:
            TWO.build(vault)
            before = state(vault)
            try:
                rehearse(vault, StoppingDisk(vault, at))
                stopped = False
            except Stop:
                pass
            assert state(vault) == before
            assert rehearse(vault) == ()
            assert state(vault) == before

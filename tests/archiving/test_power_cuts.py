"""The power goes after every operation, on three models of a disk; whatever is left must be enough."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archiving.breaking import Stop, StoppingDisk
from tests.archiving.power import Model, RecordingDisk, Wreck, wrecks
from tests.archiving.test_crashes import kind_of_disk as kind_of_disk
from tests.archiving.test_crashes import set_aside
from tests.archiving.worlds import (
    AT,
    BUSY,
    DEVICE,
    FOUR,
    FULL,
    ROW,
    TWO,
    State,
    World,
    check_as_it_must_be,
    fresh,
    kept,
    say,
    state,
    texts,
)
from vaultprune.archiving.carry_out import carry_out
from vaultprune.archiving.recovery import recover
from vaultprune.archiving.returning import plan_return
from vaultprune.archiving.strays import strays
from vaultprune.model import Outcome

Told = list[tuple[int, Outcome]]
Action = Callable[[Path, World, RecordingDisk, Told], None]


def archive(vault: Path, world: World, disk: RecordingDisk, told: Told) -> None:
    carry_out(
        vault, world.plan(), AT, device=DEVICE, disk=disk, tell=lambda outcome: told.append((len(disk.ops), outcome))
    )


def undo(vault: Path, world: World, disk: RecordingDisk, told: Told) -> None:
    plan = plan_return(vault, batch="1")
    carry_out(vault, plan, AT, device=DEVICE, disk=disk, tell=lambda outcome: told.append((len(disk.ops), outcome)))


def recovery(vault: Path, world: World, disk: RecordingDisk, told: Told) -> None:
    recover(vault, device=DEVICE, disk=disk)


def recovery_forward(vault: Path, world: World, disk: RecordingDisk, told: Told) -> None:
    recover(vault, forward=True, device=DEVICE, disk=disk)


def archived(vault: Path, world: World) -> None:
    carry_out(vault, world.plan(), AT, device=DEVICE)


def stopped(at: int) -> Callable[[Path, World], None]:
    def prepare(vault: Path, world: World) -> None:
        with pytest.raises(Stop):
            carry_out(vault, world.plan(), AT, device=DEVICE, disk=StoppingDisk(vault, at))

    return prepare


def nothing(vault: Path, world: World) -> None:
    pass


def check(wreck: Wreck, disk: RecordingDisk, world: World, before: State, told: set[str], home: set[str]) -> None:
    """Recovery makes a whole vault of it, and what was told to be done is done."""
    with fresh() as vault:
        vault.rmdir()
        wreck.put(disk.root_folder, vault)
        assert set(world.files.values()) <= kept(vault)
        recover(vault, device=DEVICE)
        assert set(world.files.values()) <= kept(vault)
        assert all((vault / path).stat().st_nlink == 1 for path in texts(state(vault)))
        done = set_aside(vault)
        assert told <= done
        assert not home & done
        assert world.whole(done)
        check_as_it_must_be(vault, world, before, done)
        assert strays(vault, DEVICE) == ()


def cut(world: World, prepare: Callable[[Path, World], None], action: Action, model: Model, most: int) -> int:
    """How many states were tried."""
    chance = random.Random(f"{action.__name__} {model}")
    tried = 0
    with fresh() as vault:
        world.build(vault)
        before = state(vault)
        prepare(vault, world)
        disk = RecordingDisk(vault)
        told: Told = []
        action(vault, world, disk, told)
        homes = dict(world.moves)
        for at in range(len(disk.ops) + 1):
            by_then: list[str] = [
                outcome.move.source for when, outcome in told if when <= at and outcome.what == "done"
            ]
            away: set[str] = {path for path in by_then if path in homes}
            back = {source for source, target in world.moves if target in by_then}
            for wreck in wrecks(disk, at, model, most, chance):
                check(wreck, disk, world, before, away, back)
                tried += 1
    return tried


def turning_points(world: World) -> list[int]:
    """Before and after each change by which a name comes to stand for something else."""
    with fresh() as vault:
        disk = StoppingDisk(world.build(vault), 10**9)
        carry_out(vault, world.plan(), AT, device=DEVICE, disk=disk)
    begun = disk.seen.index("replace") + 10  # not those by which the journal itself is set up
    named = [n for n, call in enumerate(disk.seen, 1) if call in ("move", "exchange", "replace") and n > begun]
    return sorted({at for n in named for at in (n, n + 1)})


@pytest.mark.parametrize("model", ["A", "B", "C"])
def test_whatever_a_power_cut_leaves_is_enough(kind_of_disk: str, model: Model) -> None:
    some = 24 if FULL else 2
    new = kind_of_disk == "new"
    tried = cut(FOUR if FULL or new else TWO, nothing, archive, model, some)
    if FULL or new:
        tried += cut(TWO, archived, undo, model, some)
        tried += cut(ROW, nothing, archive, model, max(1, some // 4))
    for at in turning_points(BUSY)[:: 1 if FULL else 4]:
        for action in (recovery, recovery_forward):
            tried += cut(BUSY, stopped(at), action, model, some)

    say(f"power cuts, {kind_of_disk} disk, model {model}: {tried} states, 0 lost")
    assert tried > 100

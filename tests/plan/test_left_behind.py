"""Random vaults in which notes of a plan stay, at the last moment: every link still means what it meant."""

from __future__ import annotations

import errno
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.archiving.worlds import fresh
from tests.build import read_tree, write_tree
from tests.plan.random_vaults import World, world
from tests.plan.worlds import AT, differences, garden, meanings, planned, snapshot
from vaultprune.archiving.carry_out import Run, carry_out, check
from vaultprune.archiving.files import Disk
from vaultprune.archiving.returning import plan_return
from vaultprune.model import Plan
from vaultprune.revival import homeward

VAULTS = 3_000 if os.environ.get("VAULTPRUNE_TORTURE") == "1" else 250
DEVICE = "0123abcd"


class Busy(Disk):
    """A disk on which some notes cannot be moved, the first time that it is tried."""

    def __init__(self, vault: Path, targets: set[str]) -> None:
        super().__init__(vault)
        self.targets = targets

    def move(self, folder: int, name: str, to_folder: int, to_name: str) -> None:
        there = os.path.relpath(os.readlink(f"/proc/self/fd/{to_folder}"), os.path.realpath(self.vault))
        path = os.path.normpath(f"{there}/{to_name}")
        if path in self.targets:
            self.targets.remove(path)
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        super().move(folder, name, to_folder, to_name)


def notes(vault: Path) -> dict[str, bytes]:
    return {path: data for path, data in read_tree(vault).items() if not path.startswith(".vaultprune/")}


def lawful(before: dict[str, bytes], vault: Path, plan: Plan, run: Run) -> list[str]:
    """The links that lead elsewhere now."""
    moved = tuple(outcome.move for outcome in run.outcomes if outcome.what == "done")
    return differences(meanings(snapshot(before)), meanings(snapshot(notes(vault))), replace(plan, moves=moved))


def spoil(random: Random, vault: Path, plan: Plan) -> set[str]:
    """Edit some of the notes, give others a second name; and the targets of those that cannot be moved."""
    busy: set[str] = set()
    for move in plan.moves:
        how = random.random()
        if how < 0.15:
            with (vault / move.source).open("ab") as file:
                file.write(b" .")
        elif how < 0.25:
            os.link(vault / move.source, vault.parent / f"second-{len(list(vault.parent.iterdir()))}")
        elif how < 0.45:
            busy.add(move.target)
    return busy


def set_aside(random: Random, vault: Path, made: World, counts: Counter[str]) -> Run:
    write_tree(vault, made.files)
    plan = planned(made.files, *made.chosen)
    busy = spoil(random, vault, plan)
    before = notes(vault)
    said = {skipped.path for skipped in check(vault, plan)}
    run = carry_out(vault, plan, AT, device=DEVICE, disk=Busy(vault, busy))

    assert not run.pending
    assert lawful(before, vault, plan, run) == []
    left = {outcome.move.source for outcome in run.outcomes if outcome.what != "done"}
    assert said <= left
    for group in plan.together:
        assert left.issuperset(group) or left.isdisjoint(group)
    counts["groups"] += len(plan.together)
    counts["left"] += len(left)
    counts["moved"] += run.count("done")
    return run


def test_every_link_means_the_same_file_whichever_notes_stay() -> None:
    counts: Counter[str] = Counter()
    for seed in range(VAULTS):
        random = Random(seed)
        with fresh() as vault:
            made = world(seed)
            run = set_aside(random, vault, made, counts)
            if run.count("done"):
                before = notes(vault)
                back = plan_return(vault, batch=run.batch)
                carry_out(vault, back, AT, device=DEVICE)
                untouched = {path: data for path, data in notes(vault).items() if not data.endswith(b" .")}
                assert untouched.items() <= made.files.items(), f"seed {seed}"
                assert len(notes(vault)) == len(before) == len(made.files)
    print(f"\n{VAULTS} random vaults: {dict(counts)}")
    assert counts["groups"] > VAULTS / 10
    assert counts["left"] > VAULTS / 2


def test_every_link_means_the_same_file_whichever_notes_come_back() -> None:
    counts: Counter[str] = Counter()
    for seed in range(VAULTS):
        random = Random(seed)
        with fresh() as vault:
            made = world(seed)
            write_tree(vault, made.files)
            plan = planned(made.files, *made.chosen)
            carry_out(vault, plan, AT, device=DEVICE)
            asked = [move.target for move in plan.moves if random.random() < 0.6]
            if not asked:
                continue
            back = plan_return(vault, notes=asked)
            now = notes(vault)
            back = homeward(back, garden(now), now.get)
            busy = spoil(random, vault, back)
            before = notes(vault)
            run = carry_out(vault, back, AT, device=DEVICE, disk=Busy(vault, busy))
            told = [warning for warning in back.warnings if "in a way that is not rewritten" in warning]
            assert told or lawful(before, vault, back, run) == [], f"seed {seed}"
            left = {outcome.move.source for outcome in run.outcomes if outcome.what != "done"}
            assert all(left.issuperset(group) or left.isdisjoint(group) for group in back.together)
            counts["told"] += len(told)
            counts["groups"] += len(back.together)
            counts["back"] += run.count("done")
            counts["left"] += len(run.outcomes) - run.count("done")
    print(f"\n{VAULTS} random vaults: {dict(counts)}")
    assert counts["groups"] > VAULTS / 20
    assert counts["told"] < VAULTS / 50

"""Several runs at once, and runs that are killed: each look is remembered whole or not at all."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ledger.worlds import World, day, text
from vaultprune.model import NotePath

ROOT = Path(__file__).parents[2]


def ready(world: World, name: str, first: int, times: int) -> subprocess.Popen[bytes]:
    """A process that begins when it is told to."""
    words = [str(world.vault), str(world.home), name, str(first), str(times)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.child", *words], cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def begin(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.write(b"\n")
    process.stdin.flush()


def test_several_runs_at_once(tmp_path: Path) -> None:
    """They begin the ledger together, and every look of every run is in it."""
    world = World(tmp_path, {f"n{n}.md": text(n) for n in range(30)})
    runs = [ready(world, name, 6000, 40) for name in ("one", "two", "three")]
    for run in runs:
        begin(run)
    for run in runs:
        _, said = run.communicate(timeout=120)
        assert (run.returncode, said) == (0, b"")

    known = world.recall(6100)
    assert (known.odd, world.ledger().aside()) == (None, ())
    assert set(known.looks) >= {day(6039)}
    assert {known.notes[NotePath(f"{name}.md")].edits != () for name in ("one", "two", "three")} == {True}
    assert {seen.edits for path, seen in known.notes.items() if path.startswith("n")} == {()}


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment(tmp_path: Path, seed: int) -> None:
    world = World(tmp_path, {f"n{n}.md": text(n) for n in range(200)})
    world.look(5000)
    chance = random.Random(seed)
    first = 6000
    for _ in range(3):
        run = ready(world, "busy", first, 500)
        begin(run)
        assert run.stdout is not None
        run.stdout.readline()  # it is at work
        time.sleep(chance.random() * 0.3)
        run.kill()
        out, _ = run.communicate()
        told = [first, *map(int, out.split())]
        known = world.recall(20000)

        assert known.odd is None
        assert set(known.looks) >= {day(number) for number in told}  # what was said to be done is done
        assert {seen.same_since for path, seen in known.notes.items() if path.startswith("n")} == {day(5000)}
        first += 600

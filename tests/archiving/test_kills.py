"""Real processes, really killed (or given an error) at one system call after the other, by strace."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archiving.breaking import Stop, StoppingDisk
from tests.archiving.test_crashes import set_aside
from tests.archiving.worlds import AT, DEVICE, FULL, TWO, State, World, check_as_it_must_be, fresh, kept, say, state
from vaultprune.archiving.carry_out import carry_out
from vaultprune.archiving.recovery import pending, recover

ROOT = Path(__file__).parents[2]
CALLS_TEXT = """
openat mkdirat write fsync renameat2 renameat rename unlinkat fchmod fsetxattr utimensat flock read close
"""
CALLS = CALLS_TEXT.split()
ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT", "EBUSY", "EPERM", "ENOMEM", "EMFILE", "ENOENT")
CAN_FAIL = [call for call in CALLS if call not in ("rename", "close")]

Point = tuple[str, int]


def archived(vault: Path, world: World) -> None:
    carry_out(vault, world.plan(), AT, device=DEVICE)


def stopped(vault: Path, world: World) -> None:
    with pytest.raises(Stop):
        carry_out(vault, world.plan(), AT, device=DEVICE, disk=StoppingDisk(vault, 62))


def nothing(vault: Path, world: World) -> None:
    pass


ACTIONS: dict[str, Callable[[Path, World], None]] = {"archive": nothing, "undo": archived, "recover": stopped}


def traced(vault: Path, action: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = ["strace", "-f", *options, sys.executable, "-S", "-m", "tests.archiving.child", str(vault), action]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(vault), "PYTHONHASHSEED": "0"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def strace() -> None:
    """Skips, with a message, where no process can be traced; has the modules compiled, so that all runs are alike."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not there: nothing was really killed")
    tried = subprocess.run(["strace", "-e", "trace=none", "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        pytest.skip(f"strace may not trace here: nothing was really killed ({tried.stderr.strip()[:80]})")
    with fresh() as vault:
        traced(vault, "recover", "-o", "/dev/null", "-e", "trace=none")


def points(action: str) -> list[Point]:
    """Every system call that the action makes in the vault: (name, its number among those of that name)."""
    with fresh() as vault:
        TWO.build(vault)
        ACTIONS[action](vault, TWO)
        log = vault.parent / "log"
        done = traced(vault, action, "-o", str(log), "-e", f"trace={','.join(CALLS)}")
        assert done.returncode == 0, done.stderr
        before: Counter[str] = Counter()
        found: list[Point] = []
        begun = False
        for line in log.read_text().splitlines():
            name = line.split(None, 1)[1].split("(")[0]
            if name in CALLS:
                before[name] += 1
                begun = begun or (name == "openat" and f'"{vault}"' in line)
                if begun and "write(1," not in line:
                    found.append((name, before[name]))
        return found


def check(vault: Path, before: State) -> None:
    originals = set(TWO.files.values())
    assert originals <= kept(vault)
    recover(vault, device=DEVICE)
    assert originals <= kept(vault)
    check_as_it_must_be(vault, TWO, before, set_aside(vault))


def share(found: list[Point], count: int) -> list[Point]:
    """So many of them, evenly spread, each kind of call among them."""
    if FULL or len(found) <= count:
        return found
    firsts = {name: (name, number) for name, number in reversed(found)}
    return sorted({*firsts.values(), *found[:: max(1, len(found) // (count - len(firsts)))]}, key=found.index)


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize(("action", "count"), [("archive", 60), ("undo", 30), ("recover", 20)])
def test_a_process_killed_at_any_system_call_loses_nothing(action: str, count: int) -> None:
    found = share(points(action), count)
    killed = 0
    for name, number in found:
        with fresh() as vault:
            TWO.build(vault)
            before = state(vault)
            ACTIONS[action](vault, TWO)
            done = traced(vault, action, "-o", "/dev/null", "-e", f"inject={name}:signal=SIGKILL:when={number}")
            killed += done.returncode in (-9, 137)
            check(vault, before)
    say(f"killed at a system call: {action}, {killed} of {len(found)} points, 0 lost")
    assert killed == len(found)
    assert killed >= (100 if FULL else count // 2)


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("action", ["archive", "undo"])
def test_an_error_from_any_system_call_is_told_and_loses_nothing(action: str) -> None:
    chance = random.Random(action)
    found = [(point, error) for point in points(action) if point[0] in CAN_FAIL for error in ERRORS]
    chosen = chance.sample(found, 300 if FULL else 15)
    for (name, number), error in chosen:
        with fresh() as vault:
            TWO.build(vault)
            before = state(vault)
            ACTIONS[action](vault, TWO)
            standing = set_aside(vault)
            done = traced(vault, action, "-o", "/dev/null", "-e", f"inject={name}:error={error}:when={number}")
            assert done.returncode == 0, done.stderr
            said = json.loads(done.stdout)
            waits = bool(pending(vault, DEVICE))
            if said.get("warnings"):  # told beforehand that a link would not be put right: bytes that seemed to be gone
                assert set(TWO.files.values()) <= kept(vault)
                continue
            check(vault, before)
            if not waits and "done" in said:
                homes = {target: source for source, target in TWO.moves}
                moved = {homes.get(path, path) for path in said["done"]}
                assert not said["pending"]
                assert set_aside(vault) == (moved if action == "archive" else standing - moved)
    say(f"errors given by the system itself: {action}, {len(chosen)} runs, 0 lost, all told")

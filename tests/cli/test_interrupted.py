"""Ctrl-C, in real processes and by real signals: one line, the promised code, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.archives import BOX, boxes, facts
from tests.cli.worlds import ROOT, Tool

SAID = b"vaultprune: interrupted. Nothing has been changed.\n"

PRESSED = """
import os, signal, sys
from vaultprune.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)
at, seen = int(sys.argv[1]), 0

def watch(event, arguments):
    global seen
    if event in ("import", "open", "os.scandir", "sqlite3.connect"):
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(watch)
del sys.argv[1]
try:
    main()
finally:
    if not at:
        os.write(2, b"SEEN %d" % seen)
"""
"""A process that gets Ctrl-C when it imports, opens or lists something for the n-th time."""

READING: tuple[tuple[str, ...], ...] = (
    (),
    ("report",),
    ("explain", "Quiet 1"),
    ("links",),
    ("keep", "--list"),
    ("archive", "Quiet 1", "--dry-run"),
    ("undo", "--dry-run"),
    ("revive",),
    ("recover",),
    ("backtest",),
    ("observe",),
    ("config", "show"),
    ("doctor",),
    ("doctor", "--verify"),
    ("doctor", "--places"),
    ("init", "--dry-run"),
    ("gc", "--older-than", "1y", "--dry-run"),
    ("forget", "Quiet 1", "--dry-run"),
    ("--help",),
)


def pressed(vault: Path, at: int, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", PRESSED, str(at), *arguments],
        cwd=vault,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return boxes(tmp_path / "Garden")


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_command_that_reads_ends_with_one_line(vault: Path, arguments: tuple[str, ...]) -> None:
    before = facts(vault)
    whole = pressed(vault, 0, arguments).stderr
    many = int(whole.rpartition(b"SEEN ")[2])

    for at in (1, many // 4, many // 2, many - many // 8):
        done = pressed(vault, at, arguments)
        assert (done.returncode, done.stderr) == (130, SAID), f"at {at} of {many}"
    assert facts(vault) == before


def test_it_is_said_that_something_had_been_changed(tool: Tool, vault: Path) -> None:
    """The rehearsal before the first archive writes, and takes away again."""
    script = """
import os, signal, sys
from vaultprune.archiving import Disk
from vaultprune.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)
exchange = Disk.exchange

def pressed(self, *names):
    os.kill(os.getpid(), signal.SIGINT)
    return exchange(self, *names)

Disk.exchange = pressed
sys.argv[1:] = ["doctor", "--rehearse"]
main()
"""
    before = facts(vault)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=vault,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )

    assert done.returncode == 130
    assert (
        done.stderr
        == b"vaultprune: interrupted. What was changed until then is whole. Where things stand: vaultprune\n"
    )
    assert not list(vault.glob(".vaultprune/rehearsal"))
    assert facts(vault) == before
    assert tool("doctor", vault, "--rehearse").code == 0


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        pytest.param(("keep", "Quiet 1", "Quiet 2"), 2, id="keep"),
        pytest.param(("forget", "Leitner box", "--yes"), 0, id="forget"),
    ],
)
def test_what_was_begun_beside_moving_notes_is_finished(
    tool: Tool, vault: Path, arguments: tuple[str, ...], result: int
) -> None:
    assert tool("keep", vault, "Leitner box").code == 0
    assert tool("keep", vault, "--forget", "Leitner box").code == 0
    script = """
import os, signal, sys
from vaultprune.archiving import Disk
from vaultprune.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)
before = Disk.before

def pressed(self, call):
    os.kill(os.getpid(), signal.SIGINT)
    before(self, call)

Disk.before = pressed
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=vault,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    lines = [line for place in vault.glob(".vaultprune/decisions/*.jsonl") for line in place.read_text().splitlines()]

    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    assert len([line for line in lines if "Quiet" in line]) == result
    assert len([line for line in lines if BOX in line]) == (0 if arguments[0] == "forget" else 2)


def test_where_it_is_ignored_it_stays_ignored(vault: Path) -> None:
    """As a shell does for what it starts in the background."""
    script = PRESSED.replace("signal.default_int_handler", "signal.SIG_IGN")
    done = subprocess.run(
        [sys.executable, "-c", script, "20", "report"],
        cwd=vault,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"4 notes are suggested" in done.stdout

"""A question on a real terminal, and the ways in which nobody answers it."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.archives import answering, boxes, facts
from tests.cli.worlds import ROOT

UNCHANGED = "Nothing has been changed.\n"
END_OF_FILE = b"\x04"


def asked(vault: Path, then: Callable[[subprocess.Popen[bytes], int], None]) -> tuple[int, str]:
    """Its exit code and what was seen of a command that asked something, and to which `then` happened."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "vaultprune", "archive", "Quiet 1"],
        cwd=vault,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"},
        start_new_session=True,  # so that a hang-up is the end of the terminal, and no signal
        # whoever started the tests in the background has it ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    os.close(theirs)
    seen = b""
    while not seen.rstrip(b" ").endswith(b"[y/N]"):
        seen += os.read(ours, 65536)
    then(process, ours)
    try:
        while chunk := os.read(ours, 65536):
            seen += chunk
    except OSError:
        pass  # this is how a terminal says that nobody writes any more, or that it is gone
    return process.wait(timeout=60), seen.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "typed", [pytest.param(END_OF_FILE, id="nothing"), pytest.param(b"y" + 2 * END_OF_FILE, id="a yes without Enter")]
)
def test_an_answer_that_ends_before_it_is_given_is_nobody_to_ask(tmp_path: Path, typed: bytes) -> None:
    vault = boxes(tmp_path / "Garden")
    before = facts(vault)

    code, seen = asked(vault, lambda _, terminal: (os.write(terminal, typed), None)[1])

    assert code == 2
    assert "there is nobody to ask" in seen
    assert seen.endswith(UNCHANGED)
    assert facts(vault) == before


def test_a_terminal_that_goes_away_is_nobody_to_ask(tmp_path: Path) -> None:
    vault = boxes(tmp_path / "Garden")
    before = facts(vault)

    code, _ = asked(vault, lambda _, terminal: os.close(terminal))

    assert code == 2
    assert facts(vault) == before


def test_an_interruption_at_the_question_changes_nothing(tmp_path: Path) -> None:
    vault = boxes(tmp_path / "Garden")
    before = facts(vault)

    sent, _ = asked(vault, lambda process, _: process.send_signal(signal.SIGINT))
    pressed = answering(["archive", "Quiet 1"], vault, [], stop=True)

    assert (sent, pressed.code) == (130, 130)
    assert pressed.seen.endswith(UNCHANGED)
    assert facts(vault) == before

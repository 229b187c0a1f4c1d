from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from tests.cli.archives import BOX, MAP, answering, boxes, facts
from tests.cli.test_recover import killed_halfway
from tests.cli.worlds import Tool, in_a_process
from tests.reading.folders import everything

UNCHANGED = "Nothing has been changed.\n"


@pytest.fixture
def vault(tool: Tool, tmp_path: Path) -> Path:
    """A vault with a run of long ago, of which two notes lie in the archive, and a run of today."""
    vault = boxes(tmp_path / "Garden")
    assert tool("archive", vault, "Leitner box", "Quiet 1", "--yes", "--now", "2020-01-05").code == 0
    assert tool("archive", vault, "Quiet 2", "--yes").code == 0
    return vault


def blobs(vault: Path) -> int:
    return len(list(vault.glob(".vaultprune/journal/*/blobs/*")))


def test_what_would_go_is_shown_with_what_follows(tool: Tool, vault: Path) -> None:
    before = everything(vault)
    shown = tool("gc", "--older-than", "1y", "--dry-run", here=vault)
    said = " ".join(shown.out.split())

    assert (shown.code, shown.err) == (0, "")
    assert "of 1 run of this device from before" in said
    assert "  5 Jan 2020, 2 notes set aside\n" in shown.out
    assert "2 notes of these runs still lie in the archive." in said
    assert "  Archive/Ideas/Quiet 1.md\n" in shown.out
    assert "After that 1 run can still be undone" in said
    assert "vaultprune gc --older-than 1y" in shown.out
    assert shown.out.endswith(UNCHANGED)
    assert everything(vault) == before


def test_what_is_old_goes_and_nothing_else(tool: Tool, vault: Path) -> None:
    before, kept = facts(vault), blobs(vault)
    done = tool("gc", vault, "--older-than", "1y", "--yes")
    again = tool("gc", vault, "--older-than", "1y", "--yes")

    assert done.code == 0
    assert "Now 1 run can still be undone" in " ".join(done.out.split())
    assert facts(vault) == before
    assert 0 < blobs(vault) < kept
    assert again.out.endswith(UNCHANGED)
    assert tool("restore", vault, "Quiet 1", "--yes").code == 2
    assert tool("undo", vault, "--yes").code == 0
    assert (vault / "Ideas/Quiet 2.md").exists()
    assert not (vault / BOX).exists()
    assert (vault / MAP).exists()


def test_nothing_goes_that_is_younger(tool: Tool, vault: Path) -> None:
    before = everything(vault)
    done = tool("gc", vault, "--older-than", "99y", "--yes")

    assert (done.code, done.err) == (0, "")
    assert "Nothing is kept of a run of this device from before" in " ".join(done.out.split())
    assert everything(vault) == before


def test_it_asks_and_no_is_no(vault: Path) -> None:
    before = everything(vault)
    no = answering(["gc", "--older-than", "1y"], vault, ["n"])
    nobody = in_a_process(["gc", "--older-than", "1y"], vault)

    assert (no.code, nobody.returncode) == (0, 2)
    assert "Clear that away? [y/N]" in no.seen
    assert everything(vault) == before
    assert answering(["gc", "--older-than", "1y"], vault, ["y"]).code == 0
    assert everything(vault) != before


@pytest.mark.parametrize("span", [[], ["--older-than", "long"], ["--older-than", "0d"], ["--older-than", "9999y"]])
def test_how_old_must_be_said(tool: Tool, vault: Path, span: list[str]) -> None:
    done = tool("gc", vault, *span, "--yes")

    assert done.code == 2
    assert done.err.endswith(UNCHANGED)


def test_an_interrupted_run_comes_first(tool: Tool, tmp_path: Path) -> None:
    vault = killed_halfway(boxes(tmp_path / "Garden"))
    before = everything(vault)
    shown = tool("gc", vault, "--older-than", "1d", "--dry-run")
    done = tool("gc", vault, "--older-than", "1d", "--yes")

    assert (shown.code, done.code) == (0, 0)  # nothing of it is a day old
    assert "vaultprune recover" in " ".join(shown.out.split())
    assert everything(vault) == before


def test_while_an_older_one_waits_nothing_is_cleared(tool: Tool, vault: Path) -> None:
    for ending in sorted(vault.glob(".vaultprune/journal/*/units/2-*.done")):
        ending.unlink()
    done = tool("gc", vault, "--older-than", "1y", "--yes")

    assert done.code == 4
    assert "pending-recovery" in done.err
    assert done.err.endswith(UNCHANGED)


def test_it_waits_for_nobody(tool: Tool, vault: Path) -> None:
    with open(vault / ".vaultprune/journal/lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = tool("gc", vault, "--older-than", "1y", "--yes")

    assert done.code == 5
    assert done.err.endswith(UNCHANGED)


def test_where_nothing_ever_happened_nothing_is_made(tool: Tool, tmp_path: Path) -> None:
    vault = boxes(tmp_path / "Garden")
    before = everything(vault)

    assert tool("gc", vault, "--older-than", "1y", "--yes").code == 0
    assert everything(vault) == before

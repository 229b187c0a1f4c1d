from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from tests.cli.archives import BOX, MAP, answering, boxes, facts
from tests.cli.test_recover import killed_halfway
from tests.cli.worlds import Tool, in_a_process
from tests.reading.folders import everything
from vaultprune.state import cache_file

UNCHANGED = "Nothing has been changed.\n"


@pytest.fixture
def vault(tool: Tool, tmp_path: Path) -> Path:
    vault = boxes(tmp_path / "Garden")
    assert tool("archive", vault, "Leitner box", "Quiet 1", "--yes").code == 0
    assert tool("keep", vault, "Map").code == 0
    assert tool("report", vault).code == 0
    return vault


def holding(vault: Path, words: bytes) -> list[Path]:
    """The files below `.vaultprune/` in which these words stand."""
    found = [path for path in (vault / ".vaultprune").rglob("*") if path.is_file()]
    return [path for path in found if words in path.read_bytes()]


def test_what_is_kept_is_shown_with_what_is_out_of_reach(tool: Tool, vault: Path) -> None:
    before = everything(vault)
    shown = tool("forget", "Leitner box", "--dry-run", here=vault)
    said = " ".join(shown.out.split())

    assert (shown.code, shown.err) == (0, "")
    assert "also known as Archive/Ideas/Leitner box" in said
    assert "the record of 1 move of it and its texts from before" in said
    assert "the cache of this vault, whole" in said
    assert "It lies in the archive. Afterwards a person can bring it back, no longer a command" in said
    assert "the note itself: Archive/Ideas/Leitner box.md" in said
    assert "backups" in said
    assert 'vaultprune forget "Ideas/Leitner box.md"' in shown.out
    assert shown.out.endswith(UNCHANGED)
    assert everything(vault) == before


def test_all_of_it_goes_and_the_note_stays(tool: Tool, vault: Path) -> None:
    before = facts(vault)
    assert holding(vault, b"Boxes. See")
    assert os.path.exists(cache_file(vault))
    done = tool("forget", vault, "Leitner box", "--yes")

    assert (done.code, done.err) == (0, "")
    assert "Taken away:" in done.out
    assert facts(vault) == before
    assert not holding(vault, b"Boxes. See")
    assert not os.path.exists(cache_file(vault))
    assert tool("undo", vault, "--yes").code == 0  # the other note of that run
    assert (vault / "Ideas/Quiet 1.md").exists()
    assert not (vault / BOX).exists()


def test_what_this_machine_saw_of_it_goes_too(tool: Tool, tmp_path: Path, home: Path) -> None:
    vault = boxes(tmp_path / "Garden")
    assert tool("observe", vault).code == 0
    (place,) = home.glob("data/vaultprune/ledger/*.sqlite")
    assert b"Quiet 3" in place.read_bytes()
    shown = tool("forget", vault, "Quiet 3", "--dry-run")
    done = tool("forget", vault, "Quiet 3", "--yes")

    assert "what this machine saw of it" in shown.out
    assert done.code == 0
    assert b"Quiet 3" not in place.read_bytes()
    assert b"Quiet 2" in place.read_bytes()


def test_a_note_that_is_gone_can_be_forgotten(tool: Tool, vault: Path) -> None:
    (vault / MAP).unlink()
    shown = " ".join(tool("forget", vault, "Map", "--dry-run").out.split())
    assert tool("forget", vault, "Map", "--yes").code == 0

    assert "the note itself" not in shown
    assert "1 line about it among the decisions of this device" in shown
    assert not holding(vault, b"Maps/Map.md") or all(path.suffix != ".jsonl" for path in holding(vault, b'"keep"'))
    assert not holding(vault, b"|boxes]]\n- [[Leitner box]]")


def test_it_asks_and_no_is_no(vault: Path) -> None:
    before = everything(vault)
    no = answering(["forget", "Map"], vault, ["n"])
    nobody = in_a_process(["forget", "Map"], vault)

    assert (no.code, nobody.returncode) == (0, 2)
    assert "Take that away? [y/N]" in no.seen
    assert everything(vault) == before
    assert answering(["forget", "Map"], vault, ["y"]).code == 0
    assert not list((vault / ".vaultprune/decisions").glob("*.jsonl")) or not holding(vault, b'"keep"')


def test_a_note_that_nothing_is_kept_of_changes_nothing(tool: Tool, tmp_path: Path) -> None:
    vault = boxes(tmp_path / "Garden")
    before = everything(vault)
    done = tool("forget", vault, "Quiet 3", "--yes")

    assert done.code == 0
    assert "Nothing is kept of it here." in done.out
    assert done.out.endswith(UNCHANGED)
    assert everything(vault) == before


@pytest.mark.parametrize("names", [["No such note"], ["Quiet 1", "Quiet 2"]])
def test_one_note_must_be_meant(tool: Tool, vault: Path, names: list[str]) -> None:
    before = everything(vault)
    done = tool("forget", "--vault", vault, *names, "--yes")

    assert (done.code, done.out) == (2, "")
    assert everything(vault) == before


def test_an_interrupted_run_comes_first(tool: Tool, tmp_path: Path) -> None:
    vault = killed_halfway(boxes(tmp_path / "Garden"))
    before = everything(vault)
    done = tool("forget", vault, "Ideas/Leitner box.md", "--yes")

    assert done.code == 4
    assert "vaultprune recover" in done.err
    assert done.err.endswith(UNCHANGED)
    assert everything(vault) == before


def test_it_waits_for_nobody(tool: Tool, vault: Path) -> None:
    with open(vault / ".vaultprune/journal/lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = tool("forget", vault, "Map", "--yes")

    assert done.code == 5
    assert done.err.endswith(UNCHANGED)

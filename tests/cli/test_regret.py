"""Where many notes came back, fewer are suggested, and it is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.worlds import Tool, garden

NOW = ("--now", "2026-11-20")


@pytest.fixture
def vault(tool: Tool, tmp_path: Path) -> Path:
    """Twelve of twenty quiet notes are set aside, and six of these come back four days later."""
    folder = garden(tmp_path / "Garden", suggested=20)
    plan = json.loads(
        tool("archive", folder, "--top", "12", "--now", "2026-11-10", "--dry-run", "--format", "json").out
    )
    tool("archive", folder, "--top", "12", "--now", "2026-11-10", "--yes", "--approve", plan["id"])
    back = [move["from"] for move in plan["moves"]][:6]
    assert tool("restore", folder, *back, "--now", "2026-11-14", "--yes").code == 0
    return folder


def suggested(tool: Tool, *options: str | Path) -> int:
    return int(json.loads(tool("report", *options, *NOW, "--format", "json").out)["summary"]["archive"])


def test_the_report_suggests_fewer_and_says_why(tool: Tool, vault: Path) -> None:
    said = " ".join(tool("report", vault, *NOW).out.split())

    assert suggested(tool, vault) == 1
    assert "Of 12 notes set aside in the last year, 6 came back." in said
    assert "Since so many came back, at most 1 is suggested instead of 5." in said
    assert "All: vaultprune report --budget 5" in said


def test_where_things_stand_says_so_too(tool: Tool, vault: Path) -> None:
    said = " ".join(tool("--vault", vault, *NOW).out.split())

    assert "6 notes were set aside on 10 Nov 2026. Of 12 notes set aside in the last year, 6 came back." in said
    assert "at most 1 is suggested instead of 5" in said


def test_a_budget_that_was_asked_for_is_kept(tool: Tool, vault: Path) -> None:
    assert suggested(tool, vault, "--budget", "5") == 5
    assert "Since so many" not in tool("report", vault, *NOW, "--budget", "5").out


def test_archive_and_explain_go_by_the_same_budget(tool: Tool, vault: Path) -> None:
    plan = json.loads(tool("archive", vault, *NOW, "--dry-run", "--format", "json").out)
    explained = tool("explain", vault, "Quiet 20", *NOW).out

    assert len(plan["moves"]) == 1
    assert "beyond the budget of 1" in explained


def test_a_note_that_somebody_moved_back_by_hand_came_back_as_well(tool: Tool, vault: Path) -> None:
    archived = next((vault / "Archive/Ideas").glob("Quiet *.md"))
    archived.rename(vault / "Ideas" / archived.name)

    assert "7 came back." in tool("report", vault, *NOW).out

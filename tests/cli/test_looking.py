"""A report looks at the vault and remembers, unless it is told not to; and it goes on if it cannot."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.build import read_tree
from tests.cli.worlds import Tool, a_note, garden
from vaultprune.config import Config
from vaultprune.ledger import Ledger
from vaultprune.model import Observed
from vaultprune.reading import read_vault


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return garden(tmp_path / "Garden")


def known(vault: Path, days: int = 0) -> Observed:
    """What the ledger will tell in so many days."""
    when = datetime.now().astimezone() + timedelta(days=days)
    return Ledger(vault, archive="Archive").recall(read_vault(vault, Config(dates=("property",)), when))


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_a_report_remembers_what_it_saw_and_said(tool: Tool, vault: Path, form: str) -> None:
    before = read_tree(vault)
    assert tool("report", vault, "--format", form).err == ""
    assert read_tree(vault) == before

    later = known(vault, 7).notes
    assert len(later) == 43
    suggested = {path for path, seen in later.items() if seen.suggested}
    assert suggested == {"Ideas/Quiet 1.md", "Ideas/Quiet 2.md", "Ideas/Quiet 3.md"}
    assert suggested < {path for path, seen in later.items() if seen.weak}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["report", "--no-observe"], id="on request"),
        pytest.param(["report", "--now", "2026-11-20"], id="with another clock"),
        pytest.param(["explain", "Quiet 1"], id="explain"),
        pytest.param(["links"], id="links"),
        pytest.param(["archive", "--dry-run"], id="a dry run"),
        pytest.param([], id="alone"),
    ],
)
def test_nothing_is_remembered(tool: Tool, vault: Path, home: Path, words: list[str]) -> None:
    tool(*words, here=vault)

    assert [path for path in read_tree(home) if path.endswith(".sqlite") and not path.startswith(".cache")] == []


@pytest.mark.parametrize("words", [["--budget", "2"], ["--in", "Ideas"], ["--rule", "plain"], ["--protect", "x"]])
def test_a_report_of_another_kind_says_nothing_of_the_weeks(tool: Tool, vault: Path, words: list[str]) -> None:
    tool("report", vault, *words)

    later = known(vault, 7).notes
    assert len(later) == 43
    assert {seen.weak for seen in later.values()} == {()}


def test_a_second_report_of_the_same_day_is_the_same_and_writes_nothing(tool: Tool, vault: Path, home: Path) -> None:
    first = tool("report", vault)
    before = {path: data for path, data in read_tree(home).items() if path.startswith("data/")}

    assert tool("report", vault).out == first.out
    assert tool("report", vault, "--no-cache").out == first.out
    assert {path: data for path, data in read_tree(home).items() if path.startswith("data/")} == before


def test_a_page_made_without_looking_does_not_stand_for_one_that_looks(tool: Tool, vault: Path) -> None:
    tool("report", vault)
    tool("report", vault, "--no-observe")
    for file in Ledger(vault).place.parent.iterdir():
        file.unlink()
    tool("report", vault, "--no-observe")
    assert known(vault).absent is not None
    tool("report", vault)

    assert {path for path, seen in known(vault, 7).notes.items() if seen.suggested} != set()


def test_where_it_cannot_be_remembered_the_report_goes_on(tool: Tool, vault: Path, home: Path) -> None:
    plain = tool("report", vault, "--no-observe")
    (home / "data").write_text("a file in the way", encoding="utf-8")

    done = tool("report", vault)

    assert (done.code, done.out) == (0, plain.out)
    assert done.err.count("\n") == 1
    assert done.err.startswith("vaultprune: what was seen in this run cannot be remembered: ")
    assert tool("report", vault, "--quiet").err == ""


def test_a_damaged_ledger_is_said_once(tool: Tool, vault: Path) -> None:
    tool("report", vault)
    Ledger(vault).place.write_bytes(b"garbage" * 1000)

    assert "was damaged and was begun anew" in tool("report", vault).err
    assert tool("report", vault).err == ""


def test_what_was_edited_between_two_reports_is_an_edit(tool: Tool, vault: Path) -> None:
    tool("report", vault)
    (vault / "Ideas/Quiet 1.md").write_text(a_note("other words"), encoding="utf-8")
    tool("report", vault)

    assert [path for path, seen in known(vault).notes.items() if seen.edits] == ["Ideas/Quiet 1.md"]


def test_to_open_a_note_while_its_review_is_out_is_no_use_of_it(tool: Tool, vault: Path) -> None:
    tool("observe", vault)
    assert tool("review", vault, "--note").code == 0
    opened = {"lastOpenFiles": ["Ideas/Quiet 1.md", "Work/Alive 07.md"]}
    (vault / ".obsidian/workspace.json").write_text(json.dumps(opened), encoding="utf-8")
    tool("observe", vault)

    later = known(vault).notes
    assert {path for path, seen in later.items() if seen.opened} == {"Work/Alive 07.md"}


@pytest.mark.parametrize(
    "option", [pytest.param("--dry-run", id="only printed"), pytest.param("--no-observe", id="on request")]
)
def test_a_review_that_is_not_remembered(tool: Tool, vault: Path, option: str) -> None:
    tool("observe", vault)

    assert tool("review", vault, "--note", option).code == 0

    assert not any(seen.suggested for seen in known(vault, 7).notes.values())

from __future__ import annotations

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.build import read_tree
from tests.cli.worlds import Tool, a_note, garden
from vaultprune.cli.when import day_after
from vaultprune.errors import CannotStart


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return garden(tmp_path / "Garden", {"Tagged.md": a_note("#topic/one"), "Work/In front.md": a_note()})


def decisions(vault: Path) -> list[dict[str, str]]:
    files = sorted((vault / ".vaultprune/decisions").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def verdict(tool: Tool, vault: Path, path: str) -> dict[str, object]:
    said = json.loads(tool("report", vault, "--format", "json").out)
    found: dict[str, object] = next(note for note in said["notes"] if note["path"] == path)
    return found


def test_a_note_is_kept_and_nothing_but_the_decision_is_written(tool: Tool, vault: Path) -> None:
    before = read_tree(vault)

    done = tool("keep", "Quiet 1", "--because", "exam", here=vault)

    after = read_tree(vault)
    [new] = set(after) - set(before)
    assert {path: after[path] for path in before} == before
    assert new.startswith(".vaultprune/decisions/")
    assert done.code == 0
    assert done.out == (
        "Kept: Ideas/Quiet 1.\n"
        "Written down in .vaultprune/decisions/; no note was touched.\n"
        'Take it back: vaultprune keep "Quiet 1" --forget\n'
    )
    [said] = decisions(vault)
    assert (said["what"], said["scope"], said["name"], said["because"]) == ("keep", "note", "Ideas/Quiet 1.md", "exam")
    assert said["body"]
    kept = verdict(tool, vault, "Ideas/Quiet 1.md")
    assert kept["verdict"] == "protected"
    assert kept["protections"] == [{"code": "decision", "says": "you keep it: exam"}]


@pytest.mark.parametrize(
    ("arguments", "path", "scope", "name"),
    [
        pytest.param(["--in", "ideas/"], "Ideas/Quiet 2.md", "folder", "Ideas", id="a folder, as it is spelt on disk"),
        pytest.param(["--tag", "#topic"], "Tagged.md", "tag", "topic", id="a tag"),
    ],
)
def test_many_notes_are_kept_at_once_and_given_free_again(
    tool: Tool, vault: Path, arguments: list[str], path: str, scope: str, name: str
) -> None:
    assert tool("keep", *arguments, here=vault).code == 0
    assert (decisions(vault)[-1]["scope"], decisions(vault)[-1]["name"]) == (scope, name)
    assert verdict(tool, vault, path)["verdict"] == "protected"

    assert tool("keep", *arguments, "--forget").code == 0
    assert verdict(tool, vault, path)["verdict"] != "protected"


def test_several_notes_are_named_at_once(tool: Tool, vault: Path) -> None:
    done = tool("keep", "Quiet 1", "Ideas/Quiet 2.md", "[[Quiet 1]]", here=vault)

    assert done.out.startswith(
        "Kept: Ideas/Quiet 1.\nKept: Ideas/Quiet 2.\nWritten down in .vaultprune/decisions/; the"
    )
    assert [said["name"] for said in decisions(vault)] == ["Ideas/Quiet 1.md", "Ideas/Quiet 2.md"]


def test_one_name_that_is_wrong_keeps_none(tool: Tool, vault: Path) -> None:
    done = tool("keep", "Quiet 1", "Quiet 99", here=vault)

    assert done.code == 2
    assert not (vault / ".vaultprune/decisions").exists()


def test_a_keep_may_end(tool: Tool, vault: Path) -> None:
    assert tool("keep", "Quiet 1", "--for", "30d", here=vault).code == 0

    today = datetime.now().astimezone().date()
    assert decisions(vault)[0]["until"] == (today + timedelta(days=30)).isoformat()
    later = (today + timedelta(days=31)).isoformat()
    said = json.loads(tool("report", vault, "--now", later, "--format", "json").out)
    assert next(note for note in said["notes"] if note["path"] == "Ideas/Quiet 1.md")["protections"] == []


@pytest.mark.parametrize(
    ("span", "day"),
    [
        pytest.param("30d", "2024-03-01", id="days"),
        pytest.param("2w", "2024-02-14", id="weeks"),
        pytest.param("1mo", "2024-02-29", id="a month that has no such day ends with its last"),
        pytest.param("6mo", "2024-07-31", id="calendar months"),
        pytest.param("12MO", "2025-01-31", id="over the end of the year"),
        pytest.param("1y", "2025-01-31", id="a year"),
    ],
)
def test_a_span_ends_on_a_day(span: str, day: str) -> None:
    assert day_after(date(2024, 1, 31), span) == date.fromisoformat(day)


@pytest.mark.parametrize("span", ["", "6", "6m", "0d", "-1d", "1.5y", "9999y", "soon", "6mo later"])
def test_what_is_no_span_is_refused(span: str) -> None:
    with pytest.raises(CannotStart, match="--for"):
        day_after(date(2024, 1, 31), span)


def test_a_dry_run_prints_the_very_line_and_writes_nothing(tool: Tool, vault: Path, home: Path) -> None:
    before = read_tree(vault)

    done = tool("keep", "Quiet 1", "--for", "1y", "--dry-run", here=vault)

    said = json.loads(done.out)
    assert (said["schema"], said["what"], said["name"]) == (1, "keep", "Ideas/Quiet 1.md")
    assert read_tree(vault) == before
    assert read_tree(home) == {}


def test_the_list_shows_what_is_in_force_and_what_is_about_nothing_any_more(tool: Tool, vault: Path) -> None:
    tool("keep", "Quiet 1", "--because", "exam", here=vault)
    tool("keep", "Quiet 2")
    tool("keep", "--in", "Work")
    tool("keep", "Quiet 3", "--forget")
    (vault / "Ideas/Quiet 1.md").rename(vault / "Ideas/New name.md")
    (vault / "Ideas/Quiet 2.md").unlink()

    done = tool("keep", "--list")

    assert "2 decisions are in force\n  Ideas/Quiet 1, now Ideas/New name\n    because: exam\n" in done.out
    assert "  the folder Work/, 41 notes\n\n1 decision concerns no note any more\n  Ideas/Quiet 2\n" in done.out
    assert done.out.endswith("\nNothing has been changed.\n")
    assert tool("keep", "Quiet 2", "--forget").code == 2
    assert tool("keep", "Ideas/Quiet 2", "--forget").code == 0
    assert "concerns no note" not in tool("keep", "--list").out


def test_a_decision_goes_along_with_a_note_that_was_renamed_and_then_edited(tool: Tool, vault: Path) -> None:
    tool("keep", "Quiet 1", "--because", "exam", here=vault)
    tool("observe")
    (vault / "Ideas/Quiet 1.md").rename(vault / "Ideas/New name.md")
    tool("observe")
    (vault / "Ideas/New name.md").write_text(a_note("Quite other words.", edited="2022-01-02"), encoding="utf-8")

    assert "  Ideas/Quiet 1, now Ideas/New name\n    because: exam\n" in tool("keep", "--list").out
    assert "you keep it: exam" in tool("explain", "New name").out
    assert "New name" not in tool("report").out
    assert tool("keep", "New name", "--forget").out.startswith("Withdrawn: Ideas/Quiet 1, now Ideas/New name.")
    assert "New name" in tool("report").out


def test_an_empty_list_is_short(tool: Tool, vault: Path) -> None:
    assert tool("keep", vault, "--list").out.endswith("No decision is in force.\nNothing has been changed.\n")


def test_what_is_kept_with_its_folder_is_withdrawn_with_it(tool: Tool, vault: Path) -> None:
    tool("keep", "--in", "Ideas", here=vault)

    done = tool("keep", "Quiet 1", "--forget")

    assert done.code == 2
    assert (
        '"Quiet 1" is kept with the folder Ideas/. To withdraw that: vaultprune keep --in "Ideas" --forget' in done.err
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param([], "it is not clear what to keep", id="nothing"),
        pytest.param(["Quiet 1", "--in", "Ideas"], "it is not clear what to keep", id="a note and a folder"),
        pytest.param(["--list", "Quiet 1"], "--list stands alone", id="the list of a note"),
        pytest.param(["Quiet 1", "--forget", "--for", "1y"], "--forget takes neither", id="to forget for a year"),
        pytest.param(["Quiet 1", "--forget"], 'nothing is decided for "Quiet 1"', id="to forget what is not decided"),
        pytest.param(["--in", "Idees"], 'no note lies in a folder "Idees". Did you mean "Ideas"?', id="no such folder"),
        pytest.param(["--tag", "topik"], 'no note carries "#topik"', id="no such tag"),
        pytest.param(["Quiet 1", "--now", "2026-01-01"], "with --now nothing is decided", id="at another time"),
        pytest.param(["Quiet 1", "--for", "ever"], '--for: "ever" is no span of time', id="no span"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_is_written(
    tool: Tool, vault: Path, arguments: list[str], says: str
) -> None:
    before = read_tree(vault)

    done = tool("keep", *arguments, here=vault)

    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert done.err.startswith("vaultprune: ")
    assert read_tree(vault) == before


def test_in_a_vault_inside_another_nothing_is_written(tool: Tool, vault: Path) -> None:
    inner = garden(vault / "Inner")
    before = read_tree(vault)

    for more in ([], ["--dry-run"]):
        done = tool("keep", "Quiet 1", *more, here=inner)
        assert (done.code, done.out) == (4, "")
        assert "lies inside another vault" in done.err
    assert read_tree(vault) == before


def test_a_symlink_in_the_way_is_refused(tool: Tool, vault: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    os.symlink(elsewhere, vault / ".vaultprune/decisions")

    assert tool("keep", "Quiet 1", here=vault).code == 4
    assert read_tree(elsewhere) == {}

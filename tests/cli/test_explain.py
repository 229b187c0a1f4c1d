from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.worlds import NOW, Tool, a_note, garden

WORLD = {
    "Studies/Interleaving (2019).md": a_note(edited="2023-09-02"),
    "Studies/Plan.md": a_note(
        "Once more:\ncompare [[Interleaving (2019)]] with spacing before the exam", edited="2024-03-14"
    ),
    "Studies/Tasks.md": a_note("- [ ] one thing", edited="2023-01-01"),
    "Home.md": a_note("[a path](./Studies/Interleaving%20(2019).md)", edited="2026-11-01"),
    "A/Same.md": a_note(),
    "B/Same.md": a_note(),
    "Archive/Old.md": a_note(),
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return garden(tmp_path / "Garden", WORLD)


def explain(tool: Tool, vault: Path, *arguments: str) -> str:
    done = tool("explain", *arguments, "--now", NOW, here=vault)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_a_suggested_note_has_its_page(tool: Tool, vault: Path) -> None:
    out = explain(tool, vault, "Quiet 1")

    assert re.match(r"Quiet 1 {40,}suggested, \d(st|nd|rd) of 4\nIdeas/Quiet 1, 25 words, created 4 May 2019\n\n", out)
    assert "What links here: no other note.\nWhat protects it: nothing. Looked for: a keep of yours, " in out
    assert (
        "If it were set aside\n  no other note becomes an orphan\nWhat would keep it\n  any edit to its text\n" in out
    )
    assert 'Ask again in half a year vaultprune keep "Quiet 1" --for 6mo\n\nNothing has been changed.\n' in out


@pytest.mark.parametrize("note", ["Quiet 1", "Alive 01", "Tasks", "Interleaving (2019)"])
def test_the_weights_add_up_as_shown(tool: Tool, vault: Path, note: str) -> None:
    table = explain(tool, vault, note).split("What was seen", 1)[1].split("that is,", 1)[0]
    figures = [round(float(figure) * 10) for figure in re.findall(r" ([+-]?\d+\.\d)$", table, re.MULTILINE)]

    assert len(figures) > 3
    assert sum(figures[:-1]) == figures[-1]


def test_what_links_here_is_shown_with_the_words_around_it(tool: Tool, vault: Path) -> None:
    out = explain(tool, vault, "Interleaving (2019)")

    assert (
        "What links here\n"
        "  Home, line 5\n"
        '     "[a path](./Studies/Interleaving%20(2019).md)"\n'
        "  Studies/Plan, line 6\n"
        '     "compare [[Interleaving (2019)]] with spacing before the exam"\n'
    ) in out
    assert "  1 link is rewritten to go on working, in Home\n  the link in Plan goes on working, unchanged\n" in out


def test_a_kept_note_tells_what_would_weaken_it(tool: Tool, vault: Path) -> None:
    out = explain(tool, vault, "Alive 05")

    assert re.match(r"Alive 05 +kept, rank \d+ of \d+\n", out)
    assert "What would weaken it\n  no edit to its text; until 4 Feb 2027 it is not suggested in any case\n" in out
    assert "silence in the notes that link here, Alive 04 first of all" in out
    assert "What would keep it" not in out


def test_a_protected_note_tells_what_it_would_be(tool: Tool, vault: Path) -> None:
    out = explain(tool, vault, "Tasks")

    assert re.match(
        r"Tasks +protected\nStudies/Tasks, .*\nProtected by an open task \(line 5\); without that: \w+\.\n", out
    )
    assert "What protects it\n  an open task (line 5)\n" in out


def test_a_watched_note_tells_why_not_now(tool: Tool, vault: Path) -> None:
    out = explain(tool, vault, "Quiet 1", "--budget", "0")

    assert re.match(r"Quiet 1 +watched, rank \d of \d+\n.*\nNot suggested now: beyond the budget of 0\.\n", out)


def test_a_query_makes_something_that_could_not_be_told(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", {"Q.md": a_note('```dataview\nLIST FROM "Ideas"\n```', edited="2026-11-01")})

    assert "  Could not tell: whether your dataview query lists it.\n" in explain(tool, vault, "Quiet 1")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("Studies/Interleaving (2019).md", id="its path"),
        pytest.param("studies/interleaving (2019)", id="its path, any case, without .md"),
        pytest.param("/Studies/Interleaving (2019)", id="its path from the vault's root"),
        pytest.param("Interleaving (2019)", id="its name"),
        pytest.param("[[Interleaving (2019)]]", id="a wikilink"),
        pytest.param("![[Interleaving (2019)#Part|shown]]", id="an embed with all there can be"),
    ],
)
def test_a_note_can_be_named_in_many_ways(tool: Tool, vault: Path, typed: str) -> None:
    assert explain(tool, vault, typed).startswith("Interleaving (2019)")


@pytest.mark.parametrize("typed", ["Plan.md", "./Plan.md", "Plan", "../Studies/Plan.md"])
def test_a_note_can_be_named_by_its_path_from_here(tool: Tool, vault: Path, typed: str) -> None:
    assert tool("explain", typed, "--now", NOW, here=vault / "Studies").out.startswith("Plan")


def test_the_first_of_two_arguments_is_the_vault(tool: Tool, vault: Path) -> None:
    done = tool("explain", vault, "Plan", "--now", NOW)

    assert done.code == 0
    assert done.out.startswith("Plan")


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        pytest.param("Same", ["A/Same.md", "B/Same.md"], id="two of the name"),
        pytest.param("Interleving (2019)", ["Studies/Interleaving (2019).md"], id="misspelt"),
        pytest.param("interleaving", ["Studies/Interleaving (2019).md"], id="a part of the name"),
    ],
)
def test_what_else_might_be_meant_is_listed_ready_to_paste(
    tool: Tool, vault: Path, typed: str, choices: list[str]
) -> None:
    done = tool("explain", typed, here=vault)

    assert done.code == 2
    assert done.out == ""
    assert re.findall(r"^  vaultprune explain \"(.*)\"$", done.err, re.MULTILINE) == choices
    assert done.err.endswith("\nNothing has been changed.\n")
    assert all(tool("explain", choice).code == 0 for choice in choices)


def test_the_readings_of_a_path_are_told_apart(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", {"Note.md": a_note(), "Sub/Note.md": a_note()})

    done = tool("explain", "Note.md", here=vault / "Sub")

    assert done.code == 2
    assert re.findall(r"^  vaultprune explain \"(.*)\"$", done.err, re.MULTILINE) == ["/Note.md", "/Sub/Note.md"]
    assert tool("explain", "/Note.md").out.split("\n")[1].startswith("Note, ")
    assert tool("explain", "./Note.md").out.split("\n")[1].startswith("Sub/Note, ")


def test_a_note_without_a_verdict_says_why_it_has_none(tool: Tool, vault: Path) -> None:
    archived = tool("explain", "Archive/Old", here=vault)
    left_out = tool("explain", "Plan", "--except", "Studies/")

    assert (archived.code, left_out.code) == (2, 2)
    assert '"Archive/Old" lies in Archive/, and notes there get no verdict.' in archived.err
    assert '"Studies/Plan" is left out by --except' in left_out.err

"""A review in the terminal, held on a real one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.build import write_tree
from tests.cli.archives import CTRL_C, CTRL_D, Answered, dialogue, facts, sha256
from tests.cli.worlds import PROSE, Tool, a_note

ASKS = ("?]", "12]", "to stop:")
QUIET = ("Ideas/Quiet 1.md", "Ideas/Quiet 2.md", "Ideas/Quiet 3.md")


def ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()


def quiet_garden(folder: Path, more: Mapping[str, str | bytes] | None = None, *, suggested: int = 3) -> Path:
    """A vault in which, whatever day it is, `suggested` notes are long quiet and forty others alive."""
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": "{}",
        ".vaultprune/config.toml": f'dates = ["property"]\nbudget = {suggested + len(more or {})}\n',
    }
    for number in range(suggested):
        files[f"Ideas/Quiet {number + 1}.md"] = a_note(f"{PROSE} {number}", edited=ago(1800 - number))
    for number in range(40):
        linked = f"Written with [[Alive {(number + 1) % 40:02d}]] in mind."
        files[f"Work/Alive {number:02d}.md"] = a_note(linked, edited=ago(number % 9 + 1))
    return write_tree(folder, {**files, **(more or {})})


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return quiet_garden(tmp_path / "Garden")


def review(vault: Path, *lines: str, options: Sequence[str] = (), columns: int = 80, **environment: str) -> Answered:
    """A review in which these lines are typed."""
    return dialogue(
        ["review", "--tty", *options], vault, lines, asks=ASKS, columns=columns, environment={**environment}
    )


def written(vault: Path) -> list[dict[str, Any]]:
    files = sorted((vault / ".vaultprune/decisions").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def told(vault: Path) -> list[tuple[str, str]]:
    return [(said["what"], said["name"]) for said in written(vault)]


def test_each_suggestion_is_asked_about_and_the_answers_are_written_down(vault: Path) -> None:
    before = facts(vault)

    held = review(vault, "a", "k for the exam", "s", "6", "")

    assert held.code == 0
    assert told(vault) == [("archive", QUIET[0]), ("keep", QUIET[1]), ("keep", QUIET[2])]
    aside, kept, put_off = written(vault)
    assert aside["sha256"] == sha256(vault / QUIET[0])
    assert (kept["because"], "until" in kept) == ("for the exam", False)
    assert date.fromisoformat(put_off["until"]) > date.today() + timedelta(days=150)
    assert "Decided: 1 to be set aside, 1 kept, 1 put off.\n" in held.seen
    assert "Carry it out vaultprune apply\n" in held.seen
    assert held.seen.endswith("\nNothing has been moved.\n")
    assert facts(vault) == before


def test_a_review_says_where_it_stands_before_it_asks(vault: Path) -> None:
    seen = review(vault, "q").seen

    assert re.search(r"^43 notes, 40 links\. Dates from properties, trusted for all\n?\s*43 notes\.", seen, re.M)
    assert "3 of about 10 quiet notes, the clearest first.\n" in seen
    assert "\n1 of 3  Quiet 1\nIn Ideas/, " in seen
    assert "no other note links here.\n" in seen
    assert f"\n| {PROSE[:40]}" in seen
    assert "\nIf it were set aside:\n  no other note becomes an orphan\n" in seen


def test_what_was_decided_is_carried_out_by_apply(vault: Path, tool: Tool) -> None:
    review(vault, "a", "q")

    assert tool("apply", vault, "--yes").code == 0
    assert (vault / "Archive" / QUIET[0]).exists()


def test_a_review_goes_on_where_the_last_one_ended(vault: Path) -> None:
    review(vault, "a", "q")

    held = review(vault, "b", "u", "w", "q")

    assert "1 note waits to be set aside, as you decided: vaultprune apply\n" in held.seen
    assert "The first is decided already; b goes back there.\n" in held.seen
    assert held.seen.index("2 of 3  Quiet 2") < held.seen.index("1 of 3  Quiet 1")
    assert re.search(r"^Decided on .*: to be set aside\.$", held.seen, re.M)
    assert "There is nothing to take back" in held.seen
    assert told(vault) == [("archive", QUIET[0]), ("forget", QUIET[0])]


def test_nobody_to_ask_is_said(vault: Path, tool: Tool) -> None:
    done = tool("review", "--tty", here=vault)

    assert (done.code, done.out) == (2, "")
    assert "there is nobody to ask" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        pytest.param(
            ["--tty", "--now", "2026-11-20"], 2, "with --now nothing is decided", id="with a clock that is set"
        ),
        pytest.param([], 2, "review takes --tty", id="without a surface"),
    ],
)
def test_what_cannot_be_meant_is_said(vault: Path, tool: Tool, options: list[str], code: int, says: str) -> None:
    done = tool("review", *options, here=vault)

    assert done.code == code
    assert says in done.err
    assert not (vault / ".vaultprune/decisions").exists()


def test_nothing_to_suggest_is_the_short_report(tmp_path: Path) -> None:
    vault = quiet_garden(tmp_path / "Garden", suggested=0)

    held = review(vault, options=["--budget", "0"])

    assert held.code == 0
    assert "Nothing to suggest: " in held.seen
    assert held.seen.endswith("Nothing has been changed.\n")


def test_a_vault_inside_another_is_not_decided_on(tmp_path: Path) -> None:
    quiet_garden(tmp_path / "Garden")
    inner = quiet_garden(tmp_path / "Garden/Inner")

    held = review(inner)

    assert held.code == 4
    assert "lies inside another vault" in held.seen


@pytest.mark.parametrize(
    ("lines", "code", "decided"),
    [
        pytest.param(["a", "q"], 0, 1, id="q"),
        pytest.param(["a", CTRL_D], 0, 1, id="the end of input"),
        pytest.param(["a", CTRL_C], 130, 1, id="an interruption"),
        pytest.param([CTRL_C], 130, 0, id="an interruption at the first question"),
        pytest.param(["s", CTRL_C], 130, 0, id="an interruption while the months are asked for"),
        pytest.param(["v", CTRL_D], 0, 0, id="the end of input while a text is shown"),
    ],
)
def test_however_it_ends_what_was_decided_stays(tmp_path: Path, lines: list[str], code: int, decided: int) -> None:
    vault = quiet_garden(tmp_path / "Garden", {"Ideas/Long.md": a_note("line\n" * 80, edited=ago(3000))})
    before = facts(vault)

    held = review(vault, *lines)

    assert held.code == code
    assert len(written(vault)) == decided
    assert ("Decided: 1 to be set aside." in held.seen) == bool(decided)
    assert ("Nothing was decided." in held.seen) == (not decided)
    assert held.seen.endswith("Nothing has been moved.\n")
    assert "Traceback" not in held.seen
    assert facts(vault) == before

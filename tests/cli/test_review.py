"""A review in the terminal, held on a real one."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.build import write_tree
from tests.cli.archives import CTRL_C, CTRL_D, HANG_UP, Answered, dialogue, facts, sha256
from tests.cli.test_terminal import NASTY
from tests.cli.worlds import PROSE, Tool, a_note
from vaultprune.archiving import record_decision
from vaultprune.cli.places import Place
from vaultprune.cli.reviewing import sought
from vaultprune.cli.reviewing.sought import write_down
from vaultprune.model import Decision
from vaultprune.words import width

ASKS = ("?]", "12]", "to stop:")
QUIET = ("Ideas/Quiet 1.md", "Ideas/Quiet 2.md", "Ideas/Quiet 3.md")


def ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()


def quiet_garden(
    folder: Path, more: Mapping[str, str | bytes] | None = None, *, suggested: int = 3, alive: int = 40
) -> Path:
    """A vault in which, whatever day it is, `suggested` notes are long quiet and `alive` others are not."""
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": "{}",
        ".vaultprune/config.toml": f'dates = ["property"]\nbudget = {suggested + len(more or {})}\n',
    }
    for number in range(suggested):
        files[f"Ideas/Quiet {number + 1}.md"] = a_note(f"{PROSE} {number}", edited=ago(1800 - number))
    for number in range(alive):
        linked = f"Written with [[Alive {(number + 1) % alive:02d}]] in mind."
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
    assert "Carry it out  vaultprune apply\n" in held.seen
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
    assert "The first is decided on already; b goes back there.\n" in held.seen
    assert held.seen.index("2 of 3  Quiet 2") < held.seen.index("1 of 3  Quiet 1")
    assert re.search(r"^Decided on .*: to be set aside\.$", held.seen, re.M)
    assert "There is nothing to take back" in held.seen
    assert told(vault) == [("archive", QUIET[0]), ("forget", QUIET[0])]


def test_nobody_to_ask_is_said(vault: Path, tool: Tool) -> None:
    done = tool("review", "--tty", here=vault)

    assert (done.code, done.out) == (2, "")
    assert "there is nobody to ask" in done.err
    assert done.err.count("\n") == 1


def test_with_the_clock_set_nothing_can_be_decided(vault: Path, tool: Tool) -> None:
    done = tool("review", "--tty", "--now", "2026-11-20", here=vault)

    assert done.code == 2
    assert "with --now nothing is decided" in done.err
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
    told, moved, last = held.seen.partition("Nothing has been moved.\n")
    assert told
    assert moved
    assert last.startswith("vaultprune: interrupted. ") == (code == 130)
    assert ("Nothing has been changed." in last) == (code == 130 and not decided)
    assert "Traceback" not in held.seen
    assert facts(vault) == before


def test_a_terminal_that_goes_away_costs_no_decision(vault: Path) -> None:
    held = review(vault, "a", "k", HANG_UP)

    assert held.code != 0
    assert told(vault) == [("archive", QUIET[0]), ("keep", QUIET[1])]


def test_every_key_does_what_the_help_says(tmp_path: Path) -> None:
    long = a_note("line\n" * 60 + "end\n", edited=ago(3000))
    vault = quiet_garden(tmp_path / "Garden", {"Ideas/Long.md": long})

    seen = review(vault, "?", "o", "v", "", "", "x", "n", "b", "a", "u", "w", "b", "archive", "s", "no", "q").seen

    assert "  s  snooze: asked again after 1, 3, 6 or 12 months, as in s6; s alone asks\n" in seen
    assert f"\nobsidian://open?vault=Garden&file=Ideas%2FLong.md\n{vault}/Ideas/Long.md\n" in seen
    assert seen.count("Enter for more, q to stop: ") == 2
    assert seen.count("| line\n") == 8 * 3 + 60  # its card was shown three times, and once its whole text
    assert "| end\n" in seen
    assert "That is none of the keys.\n" in seen
    assert "To be set aside.\n" in seen
    assert "Taken back.\n" in seen
    assert "Nothing is decided of this note.\n" in seen
    assert "This is the first.\n" in seen
    assert "Not put off: it takes 1, 3, 6 or 12 months.\n" in seen
    assert told(vault) == [("archive", "Ideas/Long.md"), ("forget", "Ideas/Long.md"), ("archive", "Ideas/Long.md")]


def test_the_last_answer_can_be_taken_back(vault: Path) -> None:
    seen = review(vault, "n", "n", "k", "u", "", "").seen

    assert "That was the last of 3." in seen
    assert told(vault) == [("keep", QUIET[2]), ("forget", QUIET[2])]
    assert "Nothing was decided." in seen


def test_what_was_decided_is_about_the_note_as_it_was_shown(vault: Path, tool: Tool) -> None:
    note = vault / QUIET[0]
    shown = sha256(note)

    def typed() -> Iterator[str]:
        with note.open("a", encoding="utf-8") as file:
            file.write("One more thought.\n")
        yield from ("v", "a", "q")

    held = dialogue(["review", "--tty"], vault, typed(), asks=ASKS)

    assert "It was edited since this review began.\n" in held.seen
    assert "| One more thought.\n" in held.seen
    assert written(vault)[0]["sha256"] == shown
    assert tool("apply", vault, "--yes").code == 3
    assert note.exists()


def test_options_choose_what_is_asked_about(vault: Path) -> None:
    assert "1 of 1  Quiet 1\n" in review(vault, "q", options=["--limit", "1"]).seen
    assert "1 of 1  Quiet 2\n" in review(vault, "q", options=["--except", "Ideas/Quiet [13].md", "--budget", "1"]).seen


def test_the_command_to_go_on_asks_for_the_same(vault: Path) -> None:
    seen = review(vault, "q", options=["--budget", "3", "--protect", "a b", "--protect", "c", "--limit", "2"]).seen

    assert 'Go on vaultprune review --tty --budget 3 --protect "a b" --protect c --limit 2\n' in seen


def test_what_is_no_text_is_none_of_the_keys(vault: Path) -> None:
    seen = review(vault, "k \udcff", "a", "q", PYTHONIOENCODING="utf-8:strict").seen

    assert "That is none of the keys.\na archive, k keep, " in seen
    assert told(vault) == [("archive", QUIET[0])]


def test_an_interruption_is_heard_when_all_is_written_down(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(folder: Path, decision: Decision) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        record_decision(folder, decision)

    monkeypatch.setattr(sought, "record_decision", interrupted)
    now = datetime.now().astimezone()

    stopped = write_down(Place(vault), [Decision(now, "forget", "note", "A.md"), Decision(now, "keep", "note", "B.md")])

    assert stopped
    assert told(vault) == [("forget", "A.md"), ("keep", "B.md")]


@pytest.mark.parametrize("columns", [40, 80])
def test_nothing_from_a_vault_reaches_the_terminal_raw_or_wide(tmp_path: Path, columns: int) -> None:
    nasty: dict[str, str | bytes] = {
        f"{title[:70]}.md": a_note(f"{title}\n{title * 2}", edited=ago(3000 + number))
        for number, title in enumerate(NASTY)
    }
    nasty["Red.md"] = a_note(NASTY[0], edited=ago(4000))  # a note with brackets in its name is not suggested
    vault = quiet_garden(tmp_path / "Garden", nasty, alive=150)

    held = review(vault, *(["v", ""] * 12), "", columns=columns, TERM="xterm", NO_COLOR="1")

    assert held.code == 0
    assert "That was the last of " in held.seen
    assert "\\x1b[31mred" in held.seen
    assert max(width(line) for line in held.seen.split("\n")) <= columns
    assert not [char for char in held.seen if (ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) <= 0x9F]
    assert not re.search("[\u200e\u200f\u2028-\u202e\u2066-\u2069]", held.seen)


def test_bold_only_repeats_what_the_words_say(vault: Path) -> None:
    bold = review(vault, "q", TERM="xterm").seen
    plain = review(vault, "q", options=["--no-color"], TERM="xterm").seen

    assert "\x1b[1m1 of 3  Quiet 1\x1b[0m" in bold
    assert re.sub(r"\x1b\[[01]m", "", bold) == plain


def test_a_decision_that_cannot_be_written_down_is_none(vault: Path) -> None:
    (vault / ".vaultprune/decisions").write_text("in the way")

    held = review(vault, "a", "k")

    assert held.code != 0
    assert "Nothing was decided." in held.seen
    assert "vaultprune: .vaultprune/decisions" in held.seen
    assert "Traceback" not in held.seen

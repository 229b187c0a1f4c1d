from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest

from tests.build import read_tree, write_tree
from tests.cli.worlds import NOW, Tool, a_note, garden

HEADING = re.compile(r"Garden, [A-Z][a-z]{2} 20 Nov 2026")


def test_the_suggestions_come_first_with_a_sentence_each(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden")

    done = tool("report", vault, "--now", NOW)

    assert done.code == 0
    assert done.err == ""
    lines = done.out.split("\n")
    assert HEADING.fullmatch(lines[0])
    assert "3 notes are suggested for the archive, the clearest first." in lines
    assert re.search(
        r"\n  1  Ideas/Quiet \d\n     Not edited since 2 \w{3} 2022; no other note links here\.\n", done.out
    )
    assert done.out.endswith("\nNothing has been changed.\n")


def test_every_note_is_counted_once(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", {"Open.md": a_note("- [ ] call them"), "2024-05-01.md": a_note()})

    out = tool("report", vault, "--now", NOW).out

    heading = re.search(r"^([\d,]+) notes?, [\d,]+ links?\.", out, re.MULTILINE)
    assert heading is not None
    suggested = int(re.search(r"^(\d+) notes? (?:is|are) suggested", out, re.MULTILINE)[1])  # type: ignore[index]
    others = {word: int(many) for many, word in re.findall(r"^(\d+) (?:is|are) (watched|protected|kept) ", out, re.M)}
    assert suggested + sum(others.values()) == int(heading[1]) == 45
    joined = " ".join(out.split())
    protected = re.search(r"\d are protected (.*?) 3\d are kept", joined)
    assert protected is not None
    assert others["protected"] == sum(int(many) for many in re.findall(r"(?:^|, )(\d+) ", protected[1]))


def test_the_commands_at_the_end_can_be_run(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden")
    out = tool("report", "--now", NOW, here=vault).out
    commands = re.findall(r"^(?:Ask why|Never this one) +vaultprune (explain|keep) \"([^\"]+)\"$", out, re.MULTILINE)

    assert [command for command, _ in commands] == ["explain", "keep"]
    assert [tool(command, name).code for command, name in commands] == [0, 0]


def test_a_vault_that_had_to_be_named_is_named_in_the_commands(tool: Tool, tmp_path: Path) -> None:
    garden(tmp_path / "Garden")

    out = tool("report", "Garden", "--now", NOW, here=tmp_path).out

    assert re.search(r'^Ask why +vaultprune explain "Quiet \d" --vault Garden$', out, re.MULTILINE)


def test_the_list_is_cut_with_the_option_that_shows_the_rest(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", suggested=6)

    cut = tool("report", vault, "--now", NOW, "--budget", "5", "--limit", "2").out
    whole = tool("report", vault, "--now", NOW, "--budget", "5", "--limit", "5").out

    assert "     ... and 3 more: --limit 5\n" in cut
    assert "more:" not in whole
    assert "beyond the budget of 5" in whole


def test_no_news_is_four_lines(tool: Tool, tmp_path: Path) -> None:
    done = tool("report", garden(tmp_path / "Garden"), "--now", NOW, "--budget", "0")

    lines = done.out.rstrip("\n").split("\n")
    assert lines[-2:] == [
        "Nothing to suggest: 0 notes are protected, 10 watched, 33 kept.",
        "Nothing has been changed.",
    ]
    assert len(lines) == 4


def test_an_empty_vault_is_no_error(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "Empty/.obsidian").mkdir(parents=True)

    done = tool("report", tmp_path / "Empty", "--now", NOW)

    assert done.code == 0
    assert "0 notes" in done.out
    assert done.out.endswith("Nothing has been changed.\n")


def test_without_believable_dates_nothing_is_suggested_and_the_links_are_told(tool: Tool, tmp_path: Path) -> None:
    vault = write_tree(tmp_path / "Garden", {".obsidian/app.json": "{}"})
    for number in range(30):
        file = vault / f"Note {number}.md"
        file.write_text(f"About [[Note {number // 2}]] and [[Nowhere {number}]].", encoding="utf-8")
        os.utime(file, (1_700_000_000, 1_700_000_000))

    done = tool("report", vault, "--now", NOW)

    assert done.code == 0
    assert "Nothing is suggested, since it cannot be told which notes you work on." in done.out
    assert "What would help, the best first\n" in done.out
    assert re.search(r"What links alone can tell: \d+ orphans? \(\d+ of them isolated\), 0 dead ends, 30\s", done.out)
    assert "suggested for the archive" not in done.out
    assert tool("report", vault, "--now", NOW, "--check", "any").code == 0
    assert json.loads(tool("report", vault, "--now", NOW, "--format", "json").out)["evidence"]["abstains"] is True


def test_archived_notes_are_said_and_not_judged(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", {"Archive/Old.md": a_note("[[Quiet 1]]"), "Archive/Older.md": a_note()})

    done = tool("report", vault, "--now", NOW)
    said = json.loads(tool("report", vault, "--now", NOW, "--format", "json").out)

    assert "2 more notes lie in Archive/. Their links keep no other note alive.\n" in done.out
    assert said["summary"]["archived"] == 2
    assert not [note for note in said["notes"] if note["path"].startswith("Archive/")]
    assert next(note for note in said["notes"] if note["path"] == "Ideas/Quiet 1.md")["backlinks"] == 0


def test_odd_files_are_named_with_the_command_that_lists_them(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", {"Broken.md": "---\na: [1\n---\n"})

    done = tool("report", here=vault)

    assert "1 file could not be read as it should: Broken. The list: vaultprune links\n" in done.out


@pytest.mark.parametrize("form", ["text", "json", "markdown", "csv"])
def test_a_report_leaves_the_vault_untouched(tool: Tool, tmp_path: Path, form: str) -> None:
    vault = garden(tmp_path / "Garden")

    def state() -> object:
        times = {str(path): (path.lstat().st_mtime_ns, path.lstat().st_ctime_ns) for path in (vault, *vault.rglob("*"))}
        return read_tree(vault), times

    before = state()

    assert tool("report", vault, "--format", form).code == 0
    assert state() == before


def test_markdown_is_a_note_of_our_own_that_links_to_nothing(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden")
    out = tool("report", vault, "--now", NOW, "--format", "markdown").out
    (vault / "Report.md").write_text(out, encoding="utf-8")

    said = json.loads(tool("report", vault, "--now", NOW, "--format", "json").out)
    links = json.loads(tool("links", vault, "--format", "json").out)

    assert out.startswith('---\nvaultprune-report: "2026-11-20T')
    assert "\n1. `Ideas/Quiet " in out
    report = next(note for note in said["notes"] if note["path"] == "Report.md")
    assert [held["code"] for held in report["protections"]] == ["own-note"]
    assert next(note for note in links["notes"] if note["path"] == "Report.md")["links"] == []


def test_csv_has_one_row_for_each_note(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / "Garden", {"=cmd.md": a_note(), "-1.md": a_note(), "a,b.md": a_note()})

    rows = list(csv.DictReader(io.StringIO(tool("report", vault, "--now", NOW, "--format", "csv").out)))

    assert len(rows) == 46
    assert {"'=cmd.md", "'-1.md", "a,b.md"} <= {row["path"] for row in rows}
    assert rows[0]["verdict"] == "archive"
    assert float(rows[0]["score"]) < 0


@pytest.mark.parametrize(
    ("options", "judged"),
    [
        pytest.param(["--in", "Ideas"], 3, id="in a folder"),
        pytest.param(["--in", "ideas/"], 3, id="in a folder, any case"),
        pytest.param(["--except", "Ideas/*"], 40, id="except a glob"),
        pytest.param(["--except", "Ideas/*", "--except", "Work/Alive 0*"], 30, id="except two globs"),
    ],
)
def test_some_notes_are_judged_and_links_are_read_everywhere(
    tool: Tool, tmp_path: Path, options: list[str], judged: int
) -> None:
    vault = garden(tmp_path / "Garden")

    said = json.loads(tool("report", vault, "--now", NOW, "--format", "json", *options).out)
    text = tool("report", vault, "--now", NOW, *options).out

    assert len(said["notes"]) == said["summary"]["notes"] == judged
    assert f"{judged} of 43 notes looked at" in text
    assert all(note["backlinks"] == 1 for note in said["notes"] if note["path"].startswith("Work/"))


def test_a_status_named_on_the_command_line_adds_to_the_config(tool: Tool, tmp_path: Path) -> None:
    files = {"One.md": a_note(status="evergreen"), "Two.md": a_note(status="seed")}
    config = 'dates = ["property"]\nprotect = ["evergreen"]\n'
    vault = garden(tmp_path / "Garden", {**files, ".vaultprune/config.toml": config})

    said = json.loads(tool("report", vault, "--now", NOW, "--protect", "seed", "--format", "json").out)

    held = {note["path"] for note in said["notes"] if note["protections"]}
    assert {"One.md", "Two.md"} <= held
    assert said["settings"]["protect"] == ["evergreen", "seed"]


@pytest.mark.parametrize(
    ("command_line", "environment", "in_force"),
    [
        pytest.param(None, None, 2, id="the config over the default"),
        pytest.param(None, "3", 3, id="the environment over the config"),
        pytest.param("4", "3", 4, id="the command line over both"),
    ],
)
def test_the_nearest_setting_wins(
    tool: Tool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command_line: str | None,
    environment: str | None,
    in_force: int,
) -> None:
    vault = garden(tmp_path / "Garden", {".vaultprune/config.toml": 'dates = ["property"]\nbudget = 2\n'})
    if environment:
        monkeypatch.setenv("VAULTPRUNE_BUDGET", environment)
    options = ["--budget", command_line] if command_line else []

    said = json.loads(tool("report", vault, "--now", NOW, "--format", "json", *options).out)

    assert said["settings"]["budget"] == in_force


def test_the_plain_rule_can_be_chosen(tool: Tool, tmp_path: Path) -> None:
    done = tool("report", garden(tmp_path / "Garden"), "--now", NOW, "--rule", "plain", "--budget", "100%")

    assert done.code == 0
    assert "3 notes are suggested" in done.out


def test_no_cache_and_no_observe_are_understood(tool: Tool, tmp_path: Path) -> None:
    assert tool("report", garden(tmp_path / "Garden"), "--no-cache", "--no-observe", "--quiet").code == 0

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.backtest.worlds import LONE, THEN, garden, later
from tests.build import write_tree
from tests.cli.test_json import fits
from tests.cli.worlds import ROOT, Tool, in_a_process
from tests.reading.folders import everything
from tests.reading.repositories import Repository
from vaultprune.config import Config
from vaultprune.ledger import Ledger
from vaultprune.model import NotePath
from vaultprune.reading import read_vault
from vaultprune.reading.git_commands import Git
from vaultprune.reading.git_line import Line
from vaultprune.reports.backtest_figures import about

NOW = "2024-07-15"
CORPUS = os.environ.get("VAULTPRUNE_CORPUS")
OPTIONS = ("--budget", "4", "--windows", "1", "--now", NOW)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repository = garden(tmp_path_factory.mktemp("backtest") / "Garden")
    later(repository)
    return repository.root


@pytest.fixture
def document(tool: Tool, vault: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tool("backtest", vault, *OPTIONS, "--format", "json").out)
    return found


def test_the_page_in_the_docs_is_what_is_printed(tool: Tool, vault: Path) -> None:
    page = (ROOT / "docs/backtest.md").read_text("utf-8")
    (shown,) = re.findall(r"^```text\n\$ vaultprune (.*?)\n(.*?)^```", page, re.S | re.M)

    done = tool(*shown[0].split(), here=vault.parent)

    assert (done.code, done.err) == (0, "")
    assert without_chances(done.out) == without_chances(shown[1])


def without_chances(page: str) -> str:
    """The page but for the one figure that hangs on the formula; the others are worked out by hand."""
    return re.sub(r"stated for them then, .*? of the", "stated for them then, some of the", page)


def test_it_is_said_in_natural_counts(tool: Tool, vault: Path) -> None:
    lines = tool("backtest", vault, *OPTIONS).out.split("\n")

    start = lines.index("Of 4 suggested         1 was edited or newly linked to within half a year")
    assert lines[start + 1 : start + 4] == [
        "of the 4 oldest        2",
        "of 4 without backlinks 1, the oldest of them taken first",
        "of 4 taken at random   about 2",
    ]
    assert max(map(len, lines)) <= 80
    assert lines[-2:] == ["Nothing has been changed.", ""]


def test_the_note_that_would_have_been_missed_is_named(tool: Tool, vault: Path) -> None:
    out = " ".join(tool("backtest", vault, *OPTIONS).out.split())

    assert (
        "1 Ideas/Lone 0 Suggested on 31 Dec 2023, when it had not been edited since 6 Feb 2023; edited on 3 Feb 2024."
    ) in out


def test_a_limit_cuts_the_names_and_says_so(tool: Tool, vault: Path) -> None:
    out = tool("backtest", vault, *OPTIONS, "--limit", "0").out

    assert "     ... and 1 more: --limit 1\n" in out
    assert "Ideas/Lone 0" not in out


@pytest.mark.parametrize(
    ("options", "suggested"),
    [
        pytest.param(("--budget", "0"), 0, id="no budget"),
        pytest.param(("--budget", "2"), 2, id="a small budget"),
        pytest.param(("--in", "Ideas", "--budget", "9"), 1, id="one folder"),
        pytest.param(("--except", "Ideas/", "--budget", "9"), 4, id="but one folder"),
        pytest.param(("--min-confidence", "1"), 0, id="more sure than anything is"),
        pytest.param(("--rule", "plain", "--budget", "9"), 4, id="the plain rule"),
    ],
)
def test_the_options_choose_as_in_the_report(tool: Tool, vault: Path, options: tuple[str, ...], suggested: int) -> None:
    done = tool("backtest", vault, "--now", NOW, "--windows", "1", "--format", "json", *options)

    assert json.loads(done.out)["summary"]["suggested"] == suggested


def test_where_nothing_would_have_been_suggested_it_says_so(tool: Tool, vault: Path) -> None:
    done = tool("backtest", vault, "--now", NOW, "--budget", "0")

    assert done.code == 0
    assert "Nothing would have been suggested on any day that counts" in done.out
    assert "Of 0" not in done.out


def test_the_document_fits_its_schema(document: dict[str, Any]) -> None:
    fits(document, "backtest")


def test_the_document_tells_each_suggestion_and_its_fate(document: dict[str, Any]) -> None:
    assert list(document)[:3] == ["schema", "vault", "taken_at"]
    assert document["history"] == {"since": "2023-01-02", "until": "2024-06-28"}
    *_, window = document["windows"]
    assert window["at"].startswith(f"{THEN}T23:59:59")
    assert {each["path"]: each["fate"] for each in window["suggestions"]} == dict(
        zip(LONE, ("edited", "gone", "set-aside", "quiet"), strict=True)
    )
    assert window["needed"] == {"suggested": 1, "oldest": 2.0, "orphans": 1.0, "random": 1.5}
    summary = document["summary"]
    assert summary["needed"]["suggested"] == sum(each["needed"]["suggested"] for each in document["windows"])
    assert summary["interval"]["low"] < 1 / 4 < summary["interval"]["high"]


def test_no_absolute_path_stands_in_it(tool: Tool, vault: Path) -> None:
    for form in ("json", "csv"):
        assert str(vault.parent) not in tool("backtest", vault, *OPTIONS, "--format", form).out


def test_the_table_has_a_row_for_each_suggestion(tool: Tool, vault: Path, document: dict[str, Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(tool("backtest", vault, *OPTIONS, "--format", "csv").out)))

    assert [(row["at"], row["path"], row["fate"]) for row in rows] == [
        (window["at"][:10], each["path"], each["fate"])
        for window in document["windows"]
        for each in window["suggestions"]
    ]


@pytest.mark.parametrize("name", [None, "luissimas", "eolas", "aglaia"])
def test_each_day_suggests_what_the_report_does_on_a_copy_of_its_commit(
    tool: Tool, vault: Path, tmp_path: Path, name: str | None
) -> None:
    if name is not None:
        if CORPUS is None or not os.path.isdir(os.path.join(CORPUS, name, ".git")):
            pytest.skip(f"VAULTPRUNE_CORPUS names no folder with the history of {name}")
        vault = Path(CORPUS) / name
    replayed = json.loads(tool("backtest", vault, "--windows", "3", "--format", "json").out)["windows"]

    assert replayed
    for window in replayed:
        copy = copied(vault, datetime.fromisoformat(window["at"]), tmp_path / "copy")
        reported = json.loads(tool("report", copy, "--now", window["at"], "--no-cache", "--format", "json").out)
        assert len(reported["notes"]) == window["notes"]
        assert [(each["path"], each["rank"], each["retention"]) for each in window["suggestions"]] == [
            (each["path"], each["rank"], each["retention"])
            for each in reported["notes"]
            if each["verdict"] == "archive"
        ]


def copied(vault: Path, moment: datetime, to: Path) -> Path:
    """A copy of a repository as it was at a moment; a mirror may lack large attachments, which are left out."""
    commit = Line.of(Git.here(vault)).at(moment.timestamp())
    assert commit is not None
    shutil.rmtree(to, ignore_errors=True)
    for command in (
        ("clone", "-q", "--no-checkout", str(vault), str(to)),
        ("-C", str(to), "update-ref", "--no-deref", "HEAD", commit),
        ("-C", str(to), "checkout", "-q", "-f", commit),
    ):
        subprocess.run(["git", *command], check=command[2] != "checkout", capture_output=True)
    return to


def test_it_changes_nothing_and_writes_where_it_is_told(tool: Tool, vault: Path, tmp_path: Path) -> None:
    before = everything(vault)

    assert tool("backtest", vault, *OPTIONS, "--output", tmp_path / "b.txt").out == ""
    refused = tool("backtest", vault, *OPTIONS, "--output", vault / "b.txt")

    assert (tmp_path / "b.txt").read_text("utf-8").endswith("Nothing has been changed.\n")
    assert refused.code == 2
    assert everything(vault) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(("sample_vault",), 'the setting "dates" leaves git out', id="the sample vault"),
        pytest.param(("docs",), None, id="a folder without notes of such an age"),
        pytest.param(("sample_vault", "--format", "jsn"), 'Did you mean "json"?', id="a form it does not know"),
        pytest.param(("sample_vault", "--windows", "0"), "--windows", id="no windows"),
    ],
)
def test_what_cannot_be_replayed_ends_with_2(tool: Tool, arguments: tuple[str, ...], says: str | None) -> None:
    done = tool("backtest", *arguments, here=ROOT)

    assert done.code == 2
    assert done.out == ""
    assert says is None or says in done.err


def test_a_folder_that_held_notes_only_now_and_then_has_nothing_to_replay(tool: Tool, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "Whole")
    repository.commit("2023-01-01", {"Part/A.md": "a", "B.md": "b"})
    repository.commit("2023-01-02", {"Part/A.md": None})
    repository.commit("2024-06-28", {"Part/A.md": "a again"})

    done = tool("backtest", tmp_path / "Whole/Part", "--now", NOW)

    assert (done.code, done.out) == (2, "")
    assert "on none of the days half a year apart did this folder hold notes" in done.err


def watched(folder: Path, until: date) -> Path:
    """A vault without git that was looked at every week from January; two notes were suggested in February."""
    names = ("A", "B", *(f"Busy {number}" for number in range(9)))
    suggested = [NotePath("A.md"), NotePath("B.md")]
    vault = write_tree(folder, {f"{name}.md": f"About {name}.\n" for name in names})
    ledger = Ledger(vault, archive="Archive")
    for week in range(60):
        day = date(2026, 1, 5) + timedelta(days=7 * week)
        if day > until:
            break
        moment = datetime.combine(day, time(12), UTC)
        (vault / f"Busy {week % 9}.md").write_text(f"About {week} things, and one more.\n", encoding="utf-8")
        if week == 15:
            (vault / "B.md").write_text("About B, taken up again.\n", encoding="utf-8")
        for note in vault.glob("*.md"):
            if week == 0 or note.stat().st_mtime > moment.timestamp():
                os.utime(note, (moment.timestamp() - 3600,) * 2)
        ledger.observe(read_vault(vault, Config(dates=("property",)), moment))
        if week == 6:
            ledger.remember_round(day.toordinal(), suggested, suggested)
    return vault


def test_without_git_the_ledger_tells_what_became_of_its_own_suggestions(tool: Tool, tmp_path: Path) -> None:
    vault = watched(tmp_path / "Garden", date(2026, 11, 20))

    done = tool("backtest", vault, "--now", "2026-11-20")

    assert (done.code, done.err) == (0, "")
    lines = done.out.split("\n")
    assert lines[0] == "Garden, as this machine saw it"
    assert "Of 2 suggested       1 was edited or newly linked to within half a year" in lines
    assert "  1  B" in lines
    document = json.loads(tool("backtest", vault, "--now", "2026-11-20", "--format", "json").out)
    fits(document, "backtest")
    assert document["source"] == "ledger"


def test_a_ledger_that_is_too_young_says_when_it_will_do(tool: Tool, tmp_path: Path) -> None:
    vault = watched(tmp_path / "Garden", date(2026, 6, 1))

    done = tool("backtest", vault, "--now", "2026-06-01")

    assert (done.code, done.out) == (2, "")
    assert "has no git history" in done.err
    assert "The suggestions that this machine remembers are old enough on 21 Aug 2026." in done.err


def test_a_misspelt_folder_is_a_slip_and_no_wish(tool: Tool, vault: Path) -> None:
    done = tool("backtest", vault, "--in", "Idees", "--now", NOW)

    assert done.code == 2
    assert 'no note lies in a folder "Idees"' in done.err


def test_it_runs_in_a_process_of_its_own(vault: Path) -> None:
    done = in_a_process(["backtest", vault, *OPTIONS], ROOT)

    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.startswith(b"Garden, replayed from its git history\n")


@pytest.mark.parametrize(
    ("number", "says"),
    [(0, "0"), (2.0, "2"), (0.3, "fewer than 1"), (1.5, "about 2"), (3.06, "about 3"), (1234.0, "1,234")],
)
def test_an_expectation_is_said_as_a_count(number: float, says: str) -> None:
    assert about(number) == says

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.build import write_tree
from tests.cli.pages import holds_for_every_page, root, words_of
from tests.cli.test_backtest import copied
from tests.cli.test_json import fits
from tests.cli.worlds import ROOT, Tool, in_a_process
from tests.reading.folders import everything
from tests.reading.repositories import LONG, Repository
from vaultprune.config import Config
from vaultprune.counting import counted
from vaultprune.ledger import Ledger
from vaultprune.reading import read_vault
from vaultprune.vault import judged_notes, open_index

NOW = "2024-01-15"
CORPUS = os.environ.get("VAULTPRUNE_CORPUS")
COUNTS = ("notes", "orphans", "isolated", "dead_ends", "unresolved", "archived")
FLOWS = ("new", "from_archive", "to_archive", "gone")


def garden(root: Path) -> Repository:
    """A vault of a year and a bit in git, whose figures can be worked out by hand.

    Its quarters end on 14 Apr, 14 Jul, 14 Oct and 14 Jan. In the first one comes, one is edited, two linked to. In the
    second a note is renamed, one deleted, and one made. In the third that one is edited, and sixty
    come in at once, all of which are formatted. In the fourth one goes to the archive, one comes back from it.
    """
    repository = Repository(root)
    repository.git("config", "gc.auto", "0")
    start = {
        f"Start {number}.md": f"The start of number {number}, [[Start 0]] and [[Nowhere]].\n" for number in range(4)
    }
    repository.commit("2022-12-20", {**start, "Archive/Old.md": LONG, ".obsidian/app.json": "{}"})
    repository.commit("2023-02-01", {"One.md": "A note about one thing.\n"})
    repository.commit(
        "2023-02-10", {"Start 1.md": "The start of number 1 was not right: see [[One]] and [[Start 2]].\n"}
    )
    repository.move("2023-05-01", "Start 2.md", "Deep/Second.md")
    repository.commit("2023-05-02", {"Start 3.md": None})
    repository.commit("2023-06-20", {"Two.md": "Something else, which has its own words.\n"})
    imported = {f"Import/{number:02d}.md": f"Word {number} and {number * 7}.\n" for number in range(60)}
    repository.commit("2023-07-31", {"Two.md": "Something else, which has its own words. And one more thing.\n"})
    repository.commit("2023-08-01", dict(imported))
    repository.commit("2023-08-15", {path: text.replace(" and ", "\n\nand ") for path, text in imported.items()})
    repository.move("2023-11-01", "One.md", "Archive/One.md")
    repository.move("2023-11-02", "Archive/Old.md", "Old.md")
    repository.commit("2024-01-14", {"Old.md": LONG + "Taken up again, and much to say about it.\n"})
    return repository


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden(tmp_path_factory.mktemp("trend") / "Garden").root


def document(tool: Tool, vault: Path, *options: str) -> dict[str, Any]:
    done = tool("trend", vault, "--format", "json", *options)
    assert (done.code, done.err) == (0, "")
    found: dict[str, Any] = json.loads(done.out)
    fits(found, "trend")
    return found


def adds_up(moments: list[dict[str, Any]]) -> None:
    for before, moment in pairwise(moments):
        new, back, archived, gone = (moment["since_before"][flow] for flow in FLOWS)
        assert moment["notes"] == before["notes"] + new + back - archived - gone


def test_the_figures_are_those_that_can_be_worked_out(tool: Tool, vault: Path) -> None:
    found = document(tool, vault, "--now", NOW)

    assert (found["source"], found["since"], found["missing"]) == ("git", "2022-12-20", None)
    moments = found["moments"]
    assert [moment["at"][:10] for moment in moments] == [
        "2023-01-14", "2023-04-14", "2023-07-14", "2023-10-14", "2024-01-14",
    ]  # fmt: skip
    assert [moment["notes"] for moment in moments] == [4, 5, 5, 65, 65]
    told = [moment["since_before"] for moment in moments[1:]]
    assert [[change[flow] for flow in FLOWS] for change in told] == [
        [1, 0, 0, 0],
        [1, 0, 0, 1],
        [60, 0, 0, 0],
        [0, 1, 1, 0],
    ]
    assert [change["at_once"] for change in told] == [0, 0, 60, 0]
    assert [change["edited"] for change in told] == [1, 0, 1, 1]
    assert [change["linked"] for change in told] == [2, 0, 0, 0]
    assert [change["moved"] for change in told] == [0, 1, 0, 0]
    assert moments[0]["since_before"] is None
    # 25 days, then 115 are known, which are too few; what came in as an import, or was formatted, was not edited
    assert [moment["edited_lately"] for moment in moments] == [None, None, 3, 1, 2]
    adds_up(moments)


def test_the_page_in_the_docs_is_what_is_printed(tool: Tool, vault: Path) -> None:
    page = (ROOT / "docs/trend.md").read_text("utf-8")
    (shown,) = re.findall(r"^```text\n\$ vaultprune (.*?)\n(.*?)^```", page, re.S | re.M)

    done = tool(*shown[0].split(), here=vault.parent)

    assert (done.code, done.err, done.out) == (0, "", shown[1])


@pytest.mark.parametrize("name", [None, "luissimas", "eolas", "aglaia"])
def test_each_moment_is_what_the_report_says_on_a_copy_of_its_commit(
    tool: Tool, vault: Path, tmp_path: Path, name: str | None
) -> None:
    if name is not None:
        if CORPUS is None or not os.path.isdir(os.path.join(CORPUS, name, ".git")):
            pytest.skip(f"VAULTPRUNE_CORPUS names no folder with the history of {name}")
        vault = Path(CORPUS) / name
    clock = () if name else ("--now", NOW)
    moments = document(tool, vault, *clock, "--windows", "4")["moments"]

    assert len(moments) == 5
    adds_up(moments)
    for moment in moments:
        copy = copied(vault, datetime.fromisoformat(moment["at"]), tmp_path / "copy")
        reported = json.loads(tool("report", copy, "--now", moment["at"], "--no-cache", "--format", "json").out)
        known = COUNTS if is_whole(copy) else [key for key in COUNTS if key != "unresolved"]
        assert {key: moment[key] for key in known} == {key: reported["summary"][key] for key in known}


def is_whole(copy: Path) -> bool:
    """Whether every file of the commit is there: links to attachments that a mirror lacks lead nowhere in the copy."""
    told = subprocess.run(["git", "-C", copy, "status", "--short", "-uno"], check=True, capture_output=True)
    return not told.stdout


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_to_a_vault_it_adds_up(tool: Tool, tmp_path: Path, seed: int) -> None:
    chance, repository, here = Random(seed), Repository(tmp_path / "Garden"), ["0.md"]
    repository.commit("2023-01-01", {"0.md": LONG})
    for step in range(1, 40):
        day = str(date(2023, 1, 1) + timedelta(days=9 * step))
        note = chance.choice(here)
        what = chance.choice(["make", "make", "edit", "move", "archive", "restore", "remove"])
        name, lies_aside = note.rpartition("/")[2], note.startswith("Archive/")
        if what == "make":
            here.append(f"{step}.md")
            repository.commit(day, {f"{step}.md": f"{LONG}All about {step}, [[{chance.randrange(40)}]].\n"})
        elif what == "edit":
            repository.commit(day, {note: (repository.root / note).read_text("utf-8") + f"More on day {step}.\n"})
        elif what == "remove" and len(here) > 1:
            here.remove(note)
            repository.commit(day, {note: None})
        elif what == "move" or (what == "archive" and not lies_aside) or (what == "restore" and lies_aside):
            to = {"move": f"{step}/{name}", "archive": f"Archive/{name}", "restore": name}[what]
            here[here.index(note)] = to
            repository.move(day, note, to)

    moments = document(tool, repository.root, "--now", "2024-01-15", "--every", "month", "--windows", "11")["moments"]

    assert len(moments) == 12
    adds_up(moments)
    assert moments[-1]["notes"] == sum(not note.startswith("Archive/") for note in here)
    assert sum(moment["since_before"]["edited"] for moment in moments[1:])


def test_a_note_that_takes_over_a_name_is_another(tool: Tool, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "Garden")
    repository.commit("2023-01-01", {"A.md": LONG, "B.md": "b"})
    repository.move("2023-02-01", "A.md", "Old A.md")
    repository.commit("2023-02-02", {"A.md": "Something else altogether, under the old name.\n"})
    repository.commit("2023-07-10", {"B.md": "b, edited"})

    (*_, last) = document(tool, repository.root, "--now", "2023-07-10", "--every", "half-year")["moments"]

    told = last["since_before"]
    assert (told["new"], told["gone"], told["moved"], told["edited"]) == (1, 0, 1, 1)


def test_what_matters_is_said_first_in_sentences(tool: Tool, vault: Path) -> None:
    out = tool("trend", vault, "--now", NOW).out

    lines = out.split("\n")
    assert lines[0] == "Garden over time"
    assert max(map(len, lines)) <= 80
    said = " ".join(out.split())
    assert (
        "Since 14 Jan 2023 the vault grew from 4 to 65 notes: 62 new, 1 back from the archive, 1 gone and 1 moved"
        in said
    )
    assert "2 of the 65, 3 in 100, had been made or edited within 180 days; on 14 Jul 2023 it was 60 in 100." in said
    assert "\nQuarter by quarter\n  14 Jan 2023  4 notes, 3 orphans\n" in out
    assert "60 new (60 at once)" in out
    assert "60 notes came in at once on 1 Aug 2023: an import." in said
    assert "Once a note was renamed or moved, which makes it neither new nor gone." in said
    assert out.endswith("\n\nNothing has been changed.\n")


@pytest.mark.parametrize(
    ("options", "days"),
    [
        pytest.param(("--every", "half-year"), ["2023-01-14", "2023-07-14", "2024-01-14"], id="half-years"),
        pytest.param(("--every", "year"), ["2023-01-14", "2024-01-14"], id="years"),
        pytest.param(("--windows", "1"), ["2023-10-14", "2024-01-14"], id="one quarter"),
        pytest.param(("--every", "month", "--windows", "2"), ["2023-11-14", "2023-12-14", "2024-01-14"], id="months"),
        pytest.param(("--now", "2023-03-01", "--windows", "2"), ["2023-01-10", "2023-02-10"], id="young: months"),
    ],
)
def test_the_moments_are_as_far_apart_as_was_asked_for(
    tool: Tool, vault: Path, options: tuple[str, ...], days: list[str]
) -> None:
    clock = () if "--now" in options else ("--now", NOW)

    assert [moment["at"][:10] for moment in document(tool, vault, *options, *clock)["moments"]] == days


def test_a_folder_alone_can_be_looked_at(tool: Tool, vault: Path) -> None:
    moments = document(tool, vault, "--now", NOW, "--in", "Import")["moments"]

    assert [moment["notes"] for moment in moments] == [0, 0, 0, 60, 60]
    adds_up(moments)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        pytest.param(("--in", "Imports"), 'no note lies in a folder "Imports". Did you mean "Import"?', id="a folder"),
        pytest.param(
            ("--every", "quater"), '--every takes month, quarter, half-year or year, not "quater".', id="a period"
        ),
        pytest.param(("--format", "markdown"), "--format takes text, json, html or csv", id="a form"),
        pytest.param(("--windows", "0"), "--windows", id="no period"),
    ],
)
def test_what_cannot_be_meant_ends_with_2(tool: Tool, vault: Path, options: tuple[str, ...], says: str) -> None:
    done = tool("trend", vault, "--now", NOW, *options)

    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_the_table_has_a_row_for_each_moment(tool: Tool, vault: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(tool("trend", vault, "--now", NOW, "--format", "csv").out)))

    moments = document(tool, vault, "--now", NOW)["moments"]
    assert [row["day"] for row in rows] == [moment["at"][:10] for moment in moments]
    assert [row["orphans"] for row in rows] == [str(moment["orphans"]) for moment in moments]
    assert [row["edited"] for row in rows] == ["", "1", "0", "1", "1"]


def test_it_changes_and_remembers_nothing(tool: Tool, vault: Path, home: Path, tmp_path: Path) -> None:
    plain = write_tree(tmp_path / "Plain", {"A.md": "[[B]]", "B.md": "b"})
    before = everything(vault), everything(plain), everything(home)

    for each in (vault, plain):
        for form in ("text", "json", "html", "csv"):
            assert tool("trend", each, "--format", form).code == 0

    assert (everything(vault), everything(plain), everything(home)) == before
    assert tool("trend", vault, "--output", vault / "x.txt").code == 2


def test_it_runs_in_a_process_of_its_own(vault: Path) -> None:
    done = in_a_process(["trend", vault, "--now", NOW], ROOT)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"Garden over time\nSince 14 Jan 2023 the vault grew from 4 to 65 notes")


def test_a_vault_that_is_not_committed_to_any_more_says_until_when(tool: Tool, vault: Path) -> None:
    said = " ".join(tool("trend", vault, "--now", "2025-06-01").out.split())

    assert "From 14 Jan 2023 to 14 Jan 2024 the vault grew from 4 to 65 notes" in said
    assert "Nothing has been committed after 14 Jan 2024." in said


# --- where git tells nothing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "missing", "ready"),
    [
        pytest.param(None, "it has no git history", "2026-12-20", id="no repository"),
        pytest.param(20, "its git history spans 20 days only", "2026-12-02", id="a young one"),
        pytest.param(0, "its git history spans 0 days only", "2026-12-20", id="one commit"),
    ],
)
def test_where_nothing_reaches_back_it_says_what_is_missing_and_until_when(
    tool: Tool, tmp_path: Path, days: int | None, missing: str, ready: str
) -> None:
    vault = write_tree(tmp_path / "Garden", {"A.md": "[[B]]", "B.md": "b"})
    today = date(2026, 11, 20)
    if days is not None:
        repository = Repository(vault)
        repository.commit(str(date(2026, 11, 2) if days else today), {})
        if days:
            repository.commit("2026-11-22", {"B.md": "b, edited"})
            today = date(2026, 11, 25)

    found = document(tool, vault, "--now", str(today))
    out = " ".join(tool("trend", vault, "--now", str(today)).out.split())

    assert (found["source"], found["missing"], found["ready"]) == (None, missing, ready)
    (moment,) = found["moments"]
    assert (moment["notes"], moment["orphans"], moment["since_before"]) == (2, 1, None)
    assert "2 notes today: 1 orphan (0 of them isolated), 1 dead end, 0 unresolved links." in out
    assert f"There is nothing to compare that with: {missing}, and this machine has not seen it yet." in out
    assert "Since" not in out


def looked_after(folder: Path, until: date) -> Path:
    """A vault without git that was looked at every week from January on; once a month a report counted."""
    names = ("A", "B", "C", "Old")
    vault = write_tree(folder, {f"{name}.md": f"All about {name}, as it were.\n" for name in names})
    ledger = Ledger(vault, archive="Archive")
    for week in range(60):
        today = date(2026, 1, 5) + timedelta(days=7 * week)
        if today > until:
            break
        if week == 5:
            (vault / "A.md").write_text("All about A, and [[B]] as well.\n", encoding="utf-8")
            (vault / "New.md").write_text("New, and long enough to be known again.\n", encoding="utf-8")
        if week == 20:
            (vault / "C.md").unlink()
            (vault / "New.md").rename(vault / "Newer.md")
        if week == 25:
            (vault / "B.md").write_text("All about B, once more.\n", encoding="utf-8")
        if week == 30:
            (vault / "Archive").mkdir()
            (vault / "Old.md").rename(vault / "Archive/Old.md")
        moment = datetime.combine(today, time(12), UTC)
        for note in vault.rglob("*.md"):
            if week == 0 or note.stat().st_mtime > moment.timestamp():
                os.utime(note, (moment.timestamp() - 3600,) * 2)
        snapshot = read_vault(vault, Config(dates=("property",)), moment)
        ledger.observe(snapshot)
        if week == 28:
            index = open_index(snapshot, Config())
            paths = [note.path for note in snapshot.notes]
            ledger.remember_round(today.toordinal(), paths, paths[:2], counted(index, judged_notes(index)))
    return vault


def test_without_git_the_looks_of_this_machine_tell(tool: Tool, tmp_path: Path) -> None:
    vault = looked_after(tmp_path / "Garden", date(2026, 11, 20))

    found = document(tool, vault, "--now", "2026-11-20")

    assert (found["source"], found["since"]) == ("ledger", "2026-01-05")
    moments = found["moments"]
    assert [moment["at"][:10] for moment in moments] == ["2026-02-20", "2026-05-20", "2026-08-20", "2026-11-20"]
    assert [moment["notes"] for moment in moments] == [5, 5, 3, 3]
    told = [moment["since_before"] for moment in moments[1:]]
    assert [[change[flow] for flow in FLOWS] for change in told] == [[0, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]]
    assert [change["moved"] for change in told] == [0, 1, 0]
    assert [change["suggested"] for change in told] == [None, 2, None]
    assert [moment["edited_lately"] for moment in moments] == [None, None, 1, 1]
    # only a report counts what hangs on links, and today is counted anew
    assert [moment["orphans"] for moment in moments] == [None, None, 3, 2]
    adds_up(moments)
    page = tool("trend", vault, "--now", "2026-11-20", "--format", "html").out
    holds_for_every_page(page)
    assert "20 Aug 2026 3 3 2 3 0 1 0 1 20 Jul 2026" in " ".join(" ".join(root(page).itertext()).split())
    assert [moment["counted_on"] for moment in moments] == [None, None, "2026-07-20", "2026-11-20"]
    assert "2 are orphans, 1 fewer than on 20 Jul 2026." in " ".join(
        tool("trend", vault, "--now", "2026-11-20").out.split()
    )


def test_looks_that_do_not_reach_back_are_no_past(tool: Tool, tmp_path: Path) -> None:
    vault = looked_after(tmp_path / "Garden", date(2026, 1, 20))

    found = document(tool, vault, "--now", "2026-01-20")

    assert (found["source"], found["since"], found["ready"]) == (None, "2026-01-05", "2026-02-05")
    assert len(found["moments"]) == 1


def test_a_report_counts_for_the_times_to_come(tool: Tool, tmp_path: Path) -> None:
    vault = write_tree(tmp_path / "Garden", {"A.md": "[[B]] [[Nowhere]]", "B.md": "b"})
    assert tool("report", vault).code == 0

    watched = Ledger(vault, archive="Archive").watched()

    assert watched is not None
    ((_, counts),) = watched.counts.items()
    assert counts._asdict() == {
        "notes": 2, "orphans": 1, "isolated": 0, "dead_ends": 1, "unresolved": 1, "archived": 0, "links": 2,
    }  # fmt: skip


def test_what_was_set_aside_and_came_back_is_told(tool: Tool, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "Garden")
    today = datetime.now(UTC)
    for months in (5, 4, 3, 2):
        notes = {f"Note {months} {number:02d}.md": f"{LONG} {months} {number}" for number in range(15)}
        notes["Elsewhere/Far.md"] = f"{LONG} {months}"
        repository.commit((today - timedelta(days=31 * months)).strftime("%Y-%m-%d"), dict(notes))
    for name in ("Note 2 01", "Note 2 02", "Note 2 03"):
        assert tool("archive", repository.root, name, "--yes").code == 0
    assert tool("restore", repository.root, "Note 2 02", "--yes").code == 0
    repository.commit(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000"), {})

    found = document(tool, repository.root)

    # each of the three was a run of its own; the one that came back at once was tried out
    assert found["summary"] == {"suggested": None, "set_aside": 2, "came_back": 0}
    assert found["moments"][-1]["since_before"]["to_archive"] == 2
    assert document(tool, repository.root, "--in", "Elsewhere")["summary"]["set_aside"] == 0
    assert "Of 2 notes set aside, none came back." in " ".join(tool("trend", repository.root).out.split())


# --- the page -----------------------------------------------------------------------------------------


def test_the_page_is_whole_and_its_pictures_say_what_they_show(tool: Tool, tmp_path: Path) -> None:
    vault = garden(tmp_path / '<b>x & "y"').root
    page = tool("trend", vault, "--now", NOW, "--format", "html").out

    holds_for_every_page(page)
    assert root(page).findtext(".//h1") == '<b>x & "y" over time'
    pictures = list(root(page).iter("svg"))
    assert len(pictures) >= 10
    names = [element.attrib["id"] for element in root(page).iter() if "id" in element.attrib]
    assert len(names) == len(set(names))
    for picture in pictures:
        assert picture.findtext("title")
        assert re.search(r"\d+ \w{3} 202\d: ", picture.findtext("desc") or "")
    assert "14 Jan 2023: 4. 14 Apr 2023: 5. 14 Jul 2023: 5. 14 Oct 2023: 65. 14 Jan 2024: 65." in {
        picture.findtext("desc") for picture in pictures
    }


def test_the_page_says_what_the_terminal_says(tool: Tool, vault: Path) -> None:
    out = " ".join(tool("trend", vault, "--now", NOW).out.split())
    page = words_of(root(tool("trend", vault, "--now", NOW, "--format", "html").out))

    sentences = re.findall(r"(?:Since|60 notes came|An edit|What is not)[^.]*\.", out)
    assert len(sentences) == 4
    for sentence in sentences:
        assert sentence in page


def test_where_nothing_reaches_back_there_is_a_page_too(tool: Tool, tmp_path: Path) -> None:
    page = tool("trend", write_tree(tmp_path / "Garden", {"A.md": "a"}), "--format", "html").out

    holds_for_every_page(page)
    assert "There is nothing to compare that with" in words_of(root(page))

"""`weekly`: it looks and remembers, touches no note, and says no more than what is new."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.build import read_tree, write_tree
from tests.cli.archives import boxes
from tests.cli.test_json import fits
from tests.cli.test_recover import killed_halfway
from tests.cli.worlds import PROSE, Tool, a_note, garden, in_a_process
from tests.reading.folders import everything
from vaultprune.ledger import Ledger
from vaultprune.ledger.recalling import monday
from vaultprune.model import NotePath
from vaultprune.schedule.log import Log

NOT_CHANGED = "Nothing in the vault has been changed.\n"
WRITTEN = 'Only "Review" was written; nothing else in the vault has been changed.'
TODAY = date.today()
LATELY = (TODAY - timedelta(3)).isoformat()
LAST_WEEK = monday(TODAY.toordinal()) - 4


def lively(folder: Path) -> Path:
    """A vault in which three notes are long quiet, and forty were written in lately, whatever the day is."""
    more: dict[str, str | bytes] = {}
    for number in range(40):
        linked = f"Written with [[Alive {(number + 1) % 40:02d}]] in mind."
        more[f"Work/Alive {number:02d}.md"] = a_note(linked, edited=(TODAY - timedelta(number % 9 + 1)).isoformat())
    return garden(folder, more)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return lively(tmp_path / "Garden")


def suggested_in(vault: Path, day: int, names: list[str]) -> None:
    """A report of that day suggested these notes."""
    Ledger(vault, archive="Archive").remember_round(day, [], [NotePath(f"{name}.md") for name in names])


def all_but_the_note(vault: Path) -> dict[str, tuple[object, ...]]:
    """Everything in a vault but the review note, and the journal in which the program keeps what it was before."""
    found = everything(vault)
    for name in [".", "Review.md", ".vaultprune", *(name for name in found if name.startswith(".vaultprune/journal"))]:
        found.pop(name, None)
    return found


def one_line(text: str) -> str:
    return " ".join(text.split())


# --- what it says -------------------------------------------------------------------------------------


def test_the_first_look(tool: Tool, vault: Path) -> None:
    done = tool("weekly", vault)

    assert (done.code, done.err) == (0, "")
    said = one_line(done.out)
    assert "Looked at 43 notes for the first time; from today on it is remembered what changes." in said
    assert '3 notes are suggested. They are listed in "Review".' in said
    assert said.endswith(WRITTEN)
    assert done.out.count("\n\n") == 2


def test_an_unchanged_week_is_one_sentence(tool: Tool, vault: Path) -> None:
    tool("observe", vault)
    suggested_in(vault, LAST_WEEK, [f"Ideas/Quiet {number}" for number in (1, 2, 3)])

    same = r"Garden, \w{3} \d+ \w{3} \d{4}: 3 notes are suggested, the same as last week"
    assert re.fullmatch(
        rf"{same}\. Nothing in the vault has been changed\.", one_line(tool("weekly", vault, "--no-note").out)
    )
    assert re.fullmatch(rf'{same}, listed in "Review"\. {re.escape(WRITTEN)}', one_line(tool("weekly", vault).out))
    tool("weekly", vault)  # now the review itself is one of the notes that it counts
    done = tool("weekly", vault)
    assert re.fullmatch(rf'{same}, listed in "Review"\. Nothing in the vault has been changed\.', one_line(done.out))
    assert done.out.count("\n") <= 3


def test_no_suggestion_last_week_and_none_now_is_one_sentence_too(tool: Tool, tmp_path: Path) -> None:
    vault = lively(tmp_path / "Garden")
    for quiet in (vault / "Ideas").iterdir():
        quiet.unlink()
    tool("observe", vault)
    suggested_in(vault, LAST_WEEK - 21, [])

    said = one_line(tool("weekly", vault).out)

    assert re.search(r": nothing to suggest, as in the week of \d+ \w+ \d{4}\. Nothing in the vault", said)


def test_what_is_new_is_told(tool: Tool, vault: Path) -> None:
    tool("observe", vault)
    suggested_in(vault, LAST_WEEK, ["Ideas/Quiet 1", "Work/Alive 01"])
    write_tree(vault, {"Work/New.md": a_note("new", edited=LATELY)})

    said = one_line(tool("weekly", vault).out)

    assert ": 1 new." in said
    assert "3 notes are suggested, 2 of them for the first time; 1 of the week before is not any more." in said


def test_quiet_says_nothing_at_all(tool: Tool, vault: Path) -> None:
    done = tool("weekly", vault, "--quiet")

    assert (done.code, done.out, done.err) == (0, "", "")
    assert Log(vault).last_success() is not None


def test_where_nothing_can_be_told_from_the_dates_it_says_so(tool: Tool, tmp_path: Path) -> None:
    vault = write_tree(tmp_path / "Copy", {".obsidian/app.json": "{}", "a.md": PROSE, "b.md": PROSE})

    assert "Nothing is suggested, since it cannot be told which notes you work on." in one_line(
        tool("weekly", vault).out
    )


def test_what_waits_is_told_and_left_waiting(tool: Tool, vault: Path) -> None:
    assert tool("archive", "Quiet 1", "--vault", vault, "--yes").code == 0
    write_tree(vault, {"Work/Links.md": a_note("[[Quiet 1]]", edited=LATELY)})
    before = all_but_the_note(vault)

    done = tool("weekly", vault)

    assert "1 archived note is linked to again: vaultprune revive" in one_line(done.out)
    assert all_but_the_note(vault) == before
    told = json.loads(tool("weekly", vault, "--format", "json").out)
    assert told["waiting"]["needed_again"] == ["Archive/Ideas/Quiet 1.md"]


def test_an_interrupted_run_is_told_and_left_to_a_person(tool: Tool, tmp_path: Path) -> None:
    vault = killed_halfway(boxes(tmp_path / "Garden"))
    before = everything(vault)

    done = tool("weekly", vault)

    assert done.code == 0
    assert "A run was interrupted at Ideas/Leitner box: vaultprune recover" in one_line(done.out)
    assert everything(vault) == before
    told = json.loads(tool("weekly", vault, "--format", "json").out)
    fits(told, "weekly")
    assert told["waiting"]["interrupted_at"] == "Ideas/Leitner box.md"


# --- for programs -------------------------------------------------------------------------------------


def test_the_document_fits_its_schema(tool: Tool, vault: Path) -> None:
    tool("observe", vault)
    suggested_in(vault, LAST_WEEK, ["Ideas/Quiet 1"])

    done = tool("weekly", vault, "--format", "json")

    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    fits(told, "weekly")
    year, week, _ = TODAY.isocalendar()
    assert (told["week"], told["result"]) == (f"{year}-W{week:02}", "done")
    assert told["suggested"] == [f"Ideas/Quiet {number}.md" for number in (1, 2, 3)]
    assert told["first_time"] == ["Ideas/Quiet 2.md", "Ideas/Quiet 3.md"]
    assert str(vault) not in done.out


def test_a_refusal_fits_it_as_well(tool: Tool, vault: Path) -> None:
    write_tree(vault, {".git/MERGE_HEAD": ""})

    done = tool("weekly", vault, "--format", "json")

    assert done.code == 4
    told = json.loads(done.out)
    fits(told, "weekly")
    assert [guard["name"] for guard in told["guards"]] == ["git-busy"]
    told["suggested"] = []
    with pytest.raises(AssertionError):
        fits(told, "weekly")


# --- what it may touch --------------------------------------------------------------------------------


@pytest.mark.parametrize("with_note", [True, False], ids=["with the note", "without"])
def test_the_vault_stays_as_it_is_to_the_byte_the_name_and_the_time(tool: Tool, vault: Path, with_note: bool) -> None:
    tool("archive", "Quiet 1", "--vault", vault, "--yes")
    write_tree(vault, {".obsidian/workspace.json": '{"lastOpenFiles": []}', "Broken.md": b"---\na: [\n---\n\xff\0"})
    look = all_but_the_note if with_note else everything
    before = look(vault)

    for form in ("text", "json"):
        assert tool("weekly", vault, "--format", form, *(() if with_note else ("--no-note",))).code == 0

    assert look(vault) == before
    assert (vault / "Review.md").exists() is with_note


def test_outside_it_writes_ledger_log_and_cache_alone(tool: Tool, vault: Path, home: Path) -> None:
    before = read_tree(home).keys()

    tool("weekly", vault, "--no-note")

    new = {path.rsplit("/", 1)[0] for path in read_tree(home).keys() - before}
    assert new == {"data/vaultprune/ledger", "data/vaultprune/weekly", ".cache/vaultprune"}


def test_a_dry_run_writes_nothing_anywhere(tool: Tool, vault: Path, home: Path) -> None:
    tool("weekly", vault)
    before = everything(vault), read_tree(home)

    done = tool("weekly", vault, "--dry-run")

    assert (done.code, done.err) == (0, "")
    assert "3 notes are suggested" in one_line(done.out)
    assert (everything(vault), read_tree(home)) == before


def test_it_asks_nobody_and_opens_nothing(vault: Path) -> None:
    done = in_a_process(["weekly"], vault, {"BROWSER": "false", "DISPLAY": ""})

    assert (done.returncode, done.stderr) == (0, b"")


def test_it_uses_no_network(tool: Tool, vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("something wants to use the network")

    monkeypatch.setattr("socket.socket.connect", refused)
    monkeypatch.setattr("socket.socket.bind", refused)
    monkeypatch.setattr("socket.getaddrinfo", refused)

    assert tool("weekly", vault).code == 0


def test_a_second_run_of_the_week_takes_the_place_of_the_first(tool: Tool, vault: Path) -> None:
    ledger = Ledger(vault, archive="Archive")
    tool("weekly", vault)
    first = ledger.weeks_before(TODAY.toordinal() + 7)
    (vault / "Ideas/Quiet 2.md").write_text(a_note("written in again", edited=LATELY), encoding="utf-8")
    tool("weekly", vault)
    second = ledger.weeks_before(TODAY.toordinal() + 7)

    assert first is not None
    assert second is not None
    assert first.last == second.last == monday(TODAY.toordinal())
    assert first.suggested - second.suggested == {"Ideas/Quiet 2.md"}
    assert second.ever == second.suggested
    assert ledger.weeks_before(TODAY.toordinal()) is None


def test_what_was_asked_for_once_is_no_round_of_the_week(tool: Tool, vault: Path) -> None:
    tool("weekly", vault, "--budget", "1")
    assert Ledger(vault, archive="Archive").weeks_before(TODAY.toordinal() + 7) is None

    tool("weekly", vault, "--no-observe")
    assert Ledger(vault, archive="Archive").weeks_before(TODAY.toordinal() + 7) is None


# --- the review note ----------------------------------------------------------------------------------


def tick(vault: Path, many: int = 1) -> None:
    review = vault / "Review.md"
    review.write_text(review.read_text(encoding="utf-8").replace("\n- [ ]", "\n- [x]", many), encoding="utf-8")


def test_the_suggestions_stand_in_the_review_note_and_apply_reads_its_ticks(tool: Tool, vault: Path) -> None:
    tool("weekly", vault)
    assert (vault / "Review.md").read_text(encoding="utf-8").count("\n- [ ] ") == 3

    tick(vault)
    assert tool("apply", "--vault", vault, "--yes").code == 0
    assert (vault / "Archive/Ideas/Quiet 1.md").exists()


def test_a_second_run_leaves_a_note_alone_that_reads_like_that_already(tool: Tool, vault: Path) -> None:
    tool("weekly", vault)
    tool("weekly", vault)  # now the review itself is one of the notes that it counts
    before = everything(vault)

    assert one_line(tool("weekly", vault).out).endswith(NOT_CHANGED.strip())
    told = json.loads(tool("weekly", vault, "--format", "json").out)

    assert told["note"] == {"path": "Review.md", "written": False, "why_not": None}
    assert everything(vault) == before


def test_the_note_is_never_written_anew_while_ticks_wait(tool: Tool, vault: Path) -> None:
    tool("weekly", vault)
    tick(vault, 2)
    (vault / "Ideas/Quiet 3.md").write_text(a_note("written in again", edited=LATELY), encoding="utf-8")
    before = everything(vault)

    done = tool("weekly", vault)

    assert done.code == 0
    said = one_line(done.out)
    assert '2 boxes are ticked in "Review": vaultprune apply' in said
    assert '"Review" is not written anew while boxes in it are ticked.' in said
    assert said.endswith(NOT_CHANGED.strip())
    assert everything(vault) == before
    told = json.loads(tool("weekly", vault, "--format", "json").out)
    fits(told, "weekly")
    assert told["note"]["written"] is False


def test_a_note_of_that_name_that_is_somebody_elses_is_left_and_told(tool: Tool, vault: Path) -> None:
    write_tree(vault, {"Review.md": "my own words\n"})
    before = everything(vault)

    done = tool("weekly", vault)

    assert done.code == 0
    assert '"Review" was left as it is, because there is a note "Review" that vaultprune did not write' in one_line(
        done.out
    )
    assert everything(vault) == before
    assert "vaultprune did not write" in Log(vault).runs()[-1].says


def test_a_note_that_cannot_be_written_is_told_and_what_was_seen_remembered(tool: Tool, vault: Path) -> None:
    write_tree(vault, {".vaultprune/journal": "a file where the folder should be"})

    done = tool("weekly", vault)

    assert done.code == 3
    assert '"Review" was not written: ' in one_line(done.out)
    assert done.out.endswith(NOT_CHANGED)
    (run,) = Log(vault).runs()
    assert (run.ended, run.code, run.suggested) == ("done", 3, 3)
    assert "was not written" in run.says
    assert Ledger(vault, archive="Archive").weeks_before(TODAY.toordinal() + 7) is not None


def test_where_nothing_is_suggested_no_note_is_made(tool: Tool, vault: Path) -> None:
    assert tool("weekly", vault, "--in", "Work").code == 0
    assert not (vault / "Review.md").exists()


def test_a_dry_run_says_what_would_be_written(tool: Tool, vault: Path) -> None:
    said = one_line(tool("weekly", vault, "--dry-run").out)

    assert said.endswith('Only "Review" would be written; nothing else in the vault has been changed.')
    assert not (vault / "Review.md").exists()


# --- guards -------------------------------------------------------------------------------------------


def _half_there(vault: Path, home: Path) -> None:
    for number in range(20):
        (vault / f"Work/Alive {number:02d}.md").unlink()


def _merging(vault: Path, home: Path) -> None:
    write_tree(vault, {".git/MERGE_HEAD": ""})


def _in_the_cloud(vault: Path, home: Path) -> None:
    (vault / "Work/Alive 07.md").rename(vault / "Work/.Alive 07.md.icloud")


@pytest.mark.parametrize(
    ("harm", "guard"),
    [
        pytest.param(_half_there, "smaller-vault", id="half synced"),
        pytest.param(_merging, "git-busy", id="in the middle of a merge"),
        pytest.param(_in_the_cloud, "cloud-placeholders", id="not downloaded"),
    ],
)
def test_a_vault_that_looks_other_than_it_is_stops_it(
    tool: Tool, vault: Path, home: Path, harm: Callable[[Path, Path], None], guard: str
) -> None:
    tool("weekly", vault)
    harm(vault, home)
    ledger = Ledger(vault, archive="Archive").place
    before = everything(vault), ledger.read_bytes()

    done = tool("weekly", vault)

    assert (done.code, done.out) == (4, "")
    assert f"(guard: {guard})" in done.err
    assert done.err.endswith("Nothing has been changed.\n")
    assert (everything(vault), ledger.read_bytes()) == before
    last = Log(vault).runs()[-1]
    assert (last.ended, last.code) == ("refused", 4)
    assert guard in last.says

    approve = re.search(r"--approve (\w{8})", one_line(done.err))
    assert approve is not None
    assert tool("weekly", vault, "--approve", "12345678").code == 4
    assert tool("weekly", vault, "--approve", approve[1]).code == 0
    if guard == "smaller-vault":  # from here on this is the vault
        assert tool("weekly", vault).code == 0


def test_the_counts_of_the_last_run_that_went_well_are_gone_by(tool: Tool, vault: Path, home: Path) -> None:
    tool("weekly", vault)
    _half_there(vault, home)

    assert [tool("weekly", vault).code for _ in range(3)] == [4, 4, 4]


@contextmanager
def held(place: Path) -> Iterator[None]:
    """Somebody else has this file locked."""
    import subprocess
    import sys

    holds = f"import fcntl, sys; f = open({str(place)!r}, 'a'); fcntl.flock(f, fcntl.LOCK_EX); print('.', flush=True)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{holds}; sys.stdin.read()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.read(1)
        yield
        other.communicate()


def test_another_run_at_work_is_left_in_peace(tool: Tool, vault: Path) -> None:
    tool("archive", "Quiet 1", "--vault", vault, "--yes")
    before = everything(vault)

    with held(vault / ".vaultprune/journal/lock"):
        done = tool("weekly", vault)

    assert (done.code, done.out) == (5, "")
    assert done.err == "vaultprune: another run is at work in this vault. Nothing has been changed.\n"
    assert everything(vault) == before
    assert [run.ended for run in Log(vault).runs()] == ["busy"]


def test_two_weekly_runs_do_not_go_on_at_once(tool: Tool, vault: Path) -> None:
    tool("weekly", vault)
    runs = Log(vault).runs()

    with held(Log(vault).place.with_suffix(".lock")):
        done = tool("weekly", vault)

    assert done.code == 5
    assert Log(vault).runs() == runs  # one writer


# --- the log ------------------------------------------------------------------------------------------


def test_a_run_that_went_wrong_is_written_down_and_told(tool: Tool, vault: Path) -> None:
    tool("weekly", vault)
    (vault / ".vaultprune/config.toml").write_text("protectt = 1\n", encoding="utf-8")

    done = tool("weekly", vault)

    assert done.code == 2
    last = Log(vault).runs()[-1]
    assert (last.ended, last.code) == ("failed", 2)
    assert "protectt" in last.says


def test_a_vault_that_is_gone_is_written_down_if_it_was_ever_looked_at(tool: Tool, vault: Path, home: Path) -> None:
    assert tool("weekly", vault.with_name("Typo")).code == 2
    assert not (home / "data/vaultprune/weekly").exists()
    tool("weekly", vault)
    vault.rename(vault.with_name("Elsewhere"))

    assert tool("weekly", "--vault", vault).code == 2

    last = Log(vault).runs()[-1]
    assert (last.ended, last.code) == ("failed", 2)
    assert last.says == "there is no vault any more"


def test_a_log_that_cannot_be_written_is_told_and_stops_nothing(tool: Tool, vault: Path, home: Path) -> None:
    write_tree(home, {"data/vaultprune/weekly": "a file where the folder should be"})

    done = tool("weekly", vault)

    assert done.code == 0
    assert "this run cannot be written down" in done.err


def test_what_was_seen_is_counted_and_dated(tool: Tool, vault: Path) -> None:
    before = datetime.now().astimezone().replace(microsecond=0)
    tool("weekly", vault)

    (run,) = Log(vault).runs()

    assert before <= run.at <= datetime.now().astimezone()
    assert (run.ended, run.code, run.notes, run.suggested, run.says) == ("done", 0, 43, 3, "")


def test_a_folder_that_may_not_be_read_is_told_by_its_cause(tmp_path: Path) -> None:
    from tests.reading.folders import as_an_ordinary_user

    with as_an_ordinary_user() as folder:
        vault = folder / "Garden"
        vault.mkdir()
        vault.chmod(0)
        from vaultprune.cli.places import Place
        from vaultprune.cli.weekly.the_week import _must_be_readable
        from vaultprune.errors import CannotStart

        with pytest.raises(CannotStart, match='"Garden" cannot be read: permission denied'):
            _must_be_readable(Place(vault))
        assert os.path.isdir(vault)

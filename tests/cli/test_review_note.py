"""The review as a note in the vault: written by `review --note`, ticked by a person, carried out by `apply`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.build import write_tree
from tests.cli.archives import answering, facts, plan_of, sha256
from tests.cli.test_review import QUIET, quiet_garden, written
from tests.cli.worlds import PROSE, ROOT, Tool, a_note
from vaultprune.archiving import record_decision
from vaultprune.model import Decision

REVIEW = "Review.md"
PARTS = {"aside": "", "keep": "-k", "later": "-s"}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return quiet_garden(tmp_path / "Garden")


@pytest.fixture
def reviewed(tool: Tool, vault: Path) -> Path:
    """A vault in which three notes stand in the review."""
    assert tool("review", vault, "--note").code == 0
    return vault


def tick(vault: Path, number: int, part: str = "aside", mark: str = "x", note: str = REVIEW) -> None:
    """Tick a box of the n-th note of the review, as a click in the app does."""
    place = vault / note
    lines = place.read_text(encoding="utf-8").split("\n")
    tasks = [at for at, line in enumerate(lines) if "^vp-" in line]
    at = tasks[3 * (number - 1) + list(PARTS).index(part)]
    lines[at] = lines[at].replace("[ ]", f"[{mark}]", 1)
    place.write_text("\n".join(lines), encoding="utf-8")


def told(vault: Path) -> list[tuple[str, str]]:
    return [(said["what"], said["name"]) for said in written(vault)]


def without(found: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """What lies in a vault, but for these files and the tool's own folder; the vault's own folder changes with them."""
    return {path: fact for path, fact in found.items() if path not in names and not path.startswith(".vaultprune")}


# --- writing it -------------------------------------------------------------------------------------


def test_the_suggestions_stand_in_a_note_and_nothing_else_is_touched(tool: Tool, vault: Path) -> None:
    before = facts(vault)

    done = tool("review", "--note", here=vault)

    assert done.code == 0, done.err
    assert '3 notes stand in "Review", each with boxes to tick. No other note was touched.' in done.out
    assert done.out.endswith("Carry out what is ticked vaultprune apply\n")
    text = (vault / REVIEW).read_text(encoding="utf-8")
    assert text.startswith('---\nvaultprune-review: "')
    assert [f"[[{path[6:-3]}]], in Ideas/ - " in text for path in QUIET] == [True] * 3
    assert text.count("- [ ] ") == 9
    assert without(facts(vault), REVIEW) == without(before)
    assert written(vault) == []


def test_a_dry_run_prints_that_note_and_writes_nothing(tool: Tool, vault: Path) -> None:
    before = facts(vault)

    printed = tool("review", vault, "--note", "--dry-run")

    assert printed.code == 0
    assert facts(vault) == before
    assert tool("review", vault, "--note").code == 0
    assert (vault / REVIEW).read_text(encoding="utf-8") == printed.out


def test_it_lies_where_the_settings_say(tool: Tool, vault: Path) -> None:
    with (vault / ".vaultprune/config.toml").open("a") as file:
        file.write('review_note = "Meta/Tools/What to keep"\n')

    assert 'in "Meta/Tools/What to keep"' in tool("review", vault, "--note").out

    assert "vaultprune-review" in (vault / "Meta/Tools/What to keep.md").read_text(encoding="utf-8")


def test_it_is_replaced_while_nothing_is_ticked_and_the_old_one_is_kept(tool: Tool, reviewed: Path) -> None:
    old = (reviewed / REVIEW).read_text(encoding="utf-8") + "\nMy own words.\n"
    (reviewed / REVIEW).write_text(old, encoding="utf-8")

    assert tool("review", reviewed, "--note", "--limit", "2").code == 0

    new = (reviewed / REVIEW).read_text(encoding="utf-8")
    assert (new.count("- [ ] "), "My own words." in new) == (6, False)
    assert old in [path.read_text(encoding="utf-8") for path in reviewed.glob(".vaultprune/journal/*/swap/*")]


def test_while_boxes_are_ticked_it_stays_as_it_is(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    tick(reviewed, 2, "keep")
    before = facts(reviewed)

    refused = tool("review", reviewed, "--note")

    assert refused.code == 4
    assert '2 boxes are ticked in "Review" (guard: ticked-boxes).' in refused.err
    assert "vaultprune apply" in refused.err
    assert refused.err.endswith("Nothing has been changed.\n")
    assert facts(reviewed) == before
    assert '2 boxes are ticked in "Review"' in tool("review", reviewed, "--note", "--dry-run").err


def test_a_tick_that_nothing_can_follow_from_does_not_hold_it_up(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    (reviewed / QUIET[0]).unlink()
    tick(reviewed, 2)
    with (reviewed / QUIET[1]).open("a") as file:
        file.write("One more thought.\n")

    assert tool("review", reviewed, "--note").code == 0


@pytest.mark.parametrize(
    ("files", "settings", "says"),
    [
        pytest.param({REVIEW: "my words\n"}, "", 'a note "Review" that vaultprune did not write', id="somebody's note"),
        pytest.param({"review.md": "my words\n"}, "", "that vaultprune did not write", id="one in other letters"),
        pytest.param(
            {REVIEW: "---\nvaultprune-report: x\n---\n"}, "", "vaultprune did not write", id="another note of ours"
        ),
        pytest.param({"Maps/Review.md": "mine\n"}, "", 'links to "Review" lead to "Maps/Review"', id="links stolen"),
        pytest.param({}, 'review_note = "Archive/Review"\n', "would lie in the archive", id="in the archive"),
    ],
)
def test_where_it_would_be_in_the_way_it_is_not_written(
    tool: Tool, vault: Path, files: Mapping[str, str], settings: str, says: str
) -> None:
    write_tree(vault, files)
    with (vault / ".vaultprune/config.toml").open("a") as file:
        file.write(settings)
    before = facts(vault)

    refused = tool("review", vault, "--note")

    assert refused.code == 4
    assert says in refused.err
    assert "review_note" in refused.err
    assert "(guard: review-note)" in refused.err
    assert refused.err.endswith("Nothing has been changed.\n")
    assert facts(vault) == before


def test_an_empty_note_of_that_name_is_taken(tool: Tool, vault: Path) -> None:
    write_tree(vault, {REVIEW: ""})

    assert tool("review", vault, "--note").code == 0

    assert "vaultprune-review" in (vault / REVIEW).read_text(encoding="utf-8")


def test_nothing_is_written_through_a_symlink(tool: Tool, reviewed: Path, tmp_path: Path) -> None:
    (reviewed / REVIEW).rename(tmp_path / "elsewhere.md")
    (reviewed / REVIEW).symlink_to(tmp_path / "elsewhere.md")
    before = (tmp_path / "elsewhere.md").read_bytes()

    refused = tool("review", reviewed, "--note", "--limit", "1")

    assert refused.code == 4, refused.out
    assert refused.err.endswith("Nothing has been changed.\n")
    assert (tmp_path / "elsewhere.md").read_bytes() == before


def test_where_nothing_is_suggested_no_note_is_made_and_an_old_one_says_so(tool: Tool, reviewed: Path) -> None:
    asked = ("review", reviewed, "--note", "--budget", "0")

    assert tool(*asked).code == 0
    assert "Nothing waits for you here." in (reviewed / REVIEW).read_text(encoding="utf-8")
    (reviewed / REVIEW).unlink()
    nothing = tool(*asked)

    assert nothing.code == 0
    assert "Nothing to suggest" in nothing.out
    assert not (reviewed / REVIEW).exists()


def test_in_a_vault_inside_another_nothing_is_written(tool: Tool, vault: Path) -> None:
    inner = write_tree(vault / "Inner", {".obsidian/app.json": "{}", "Note.md": "words"})

    assert tool("review", inner, "--note").code == 4
    assert not (inner / REVIEW).exists()


def test_a_vault_that_looks_half_there_needs_an_approval(tool: Tool, vault: Path) -> None:
    assert tool("archive", vault, "Quiet 1", "--yes").code == 0
    for number in range(20, 40):
        (vault / f"Work/Alive {number}.md").unlink()

    refused = tool("review", vault, "--note")

    assert refused.code == 4
    assert "(guard: smaller-vault)" in refused.err
    approve = refused.err.split("--approve ")[1].split(":")[0].split()[0]
    assert tool("review", vault, "--note", "--approve", "00000000").code == 4
    assert tool("review", vault, "--note", "--approve", approve).code == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--note", "--port", "8080"), "go with the local page"),
        (("--tty", "--no-open"), "go with the local page"),
        (("--note", "--tty"), "one at a time"),
        (("--tty", "--dry-run"), "go with --note"),
        (("--note", "--now", "2026-11-20"), "with --now nothing is decided"),
    ],
)
def test_what_cannot_be_meant_is_said(tool: Tool, vault: Path, options: tuple[str, ...], says: str) -> None:
    before = facts(vault)

    refused = tool("review", vault, *options)

    assert (refused.code, says in refused.err) == (2, True)
    assert facts(vault) == before


# --- carrying out what is ticked ----------------------------------------------------------------------


def test_what_is_ticked_is_done_and_can_be_taken_back(tool: Tool, reviewed: Path) -> None:
    before = facts(reviewed)
    tick(reviewed, 1)
    tick(reviewed, 2, "keep")

    done = tool("apply", reviewed, "--yes")

    assert done.code == 0, done.err
    assert "1 note moves below Archive/" in done.out
    assert "1 note is kept." in done.out
    assert "1 note set aside. Take it back: vaultprune undo" in done.out
    assert done.out.endswith('1 note is left in "Review", not ticked.\n')
    assert (reviewed / "Archive" / QUIET[0]).exists()
    assert told(reviewed) == [("keep", QUIET[1])]
    text = (reviewed / REVIEW).read_text(encoding="utf-8")
    assert ["[[Quiet 1]]" in text, "[[Quiet 2]]" in text, "[[Quiet 3]]" in text] == [False, False, True]
    assert "[x]" not in text
    assert tool("undo", reviewed, "--yes").code == 0
    assert without(facts(reviewed), REVIEW) == without(before, REVIEW)


def test_later_is_a_decision_of_six_months_and_nothing_moves(tool: Tool, reviewed: Path) -> None:
    before = facts(reviewed)
    tick(reviewed, 1, "later")
    tick(reviewed, 2, mark=">")
    tick(reviewed, 3, mark="-")

    done = tool("apply", reviewed, "--yes")

    assert done.code == 0
    assert "No note was moved." in done.out
    assert told(reviewed) == [("keep", path) for path in QUIET]
    assert ["until" in said for said in written(reviewed)] == [True, True, False]
    assert without(facts(reviewed), REVIEW) == without(before, REVIEW)
    assert "Nothing waits for you here." in (reviewed / REVIEW).read_text(encoding="utf-8")
    assert 'Nothing is left in "Review".' in done.out
    assert "Nothing that you decided waits" in tool("apply", reviewed).out


def test_the_dry_run_tells_the_same_and_writes_nothing(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    tick(reviewed, 2, "later")
    tick(reviewed, 3)
    tick(reviewed, 3, "keep")
    before = facts(reviewed)

    plan = plan_of(tool, "apply", reviewed)
    page = tool("apply", reviewed, "--dry-run")

    jsonschema.validate(plan, json.loads((ROOT / "docs/plan.schema.json").read_text(encoding="utf-8")))
    assert [move["from"] for move in plan["moves"]] == [QUIET[0]]
    assert [(each["what"], each["path"]) for each in plan["decisions"]] == [("keep", QUIET[1])]
    assert plan["warnings"] == ["Ideas/Quiet 3: two boxes are ticked, so nothing is decided"]
    assert "Ideas/Quiet 3: two boxes are ticked, so nothing is decided" in page.out
    assert page.out.endswith("Nothing has been changed.\n")
    assert facts(reviewed) == before
    done = json.loads(tool("apply", reviewed, "--yes", "--format", "json").out)
    assert (done["id"], [each["what"] for each in done["outcomes"]]) == (plan["id"], ["done"])


def test_without_a_tick_the_note_is_left_as_it_is(tool: Tool, reviewed: Path) -> None:
    before = facts(reviewed)

    assert "Nothing that you decided waits" in tool("apply", reviewed, "--yes").out

    assert facts(reviewed) == before


def test_nobody_there_to_ask_means_nothing_is_done(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    tick(reviewed, 2, "keep")
    before = facts(reviewed)

    assert tool("apply", reviewed).code == 2
    said = answering(["apply", reviewed], reviewed, ["n"])

    assert "Set 1 note aside?" in said.seen
    assert facts(reviewed) == before


def test_a_note_that_was_edited_after_the_tick_stays_and_is_named(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    tick(reviewed, 2)
    with (reviewed / QUIET[0]).open("a") as file:
        file.write("One more thought.\n")
    edited = (reviewed / QUIET[0]).read_bytes()

    done = tool("apply", reviewed, "--yes")

    assert done.code == 3
    assert f"{QUIET[0]}: it was edited after you decided" in done.out
    assert (reviewed / QUIET[0]).read_bytes() == edited
    assert (reviewed / "Archive" / QUIET[1]).exists()
    assert '1 note is left in "Review", not ticked.' in done.out


def test_a_protected_note_stays_and_is_named(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    marks = {"items": [{"type": "file", "path": QUIET[0]}]}
    (reviewed / ".obsidian/bookmarks.json").write_text(json.dumps(marks))
    before = facts(reviewed)

    done = tool("apply", reviewed, "--yes")

    assert done.code == 3
    assert QUIET[0] in done.out
    assert "protected: a bookmark" in done.out
    assert facts(reviewed) == before


def test_a_note_is_found_under_its_new_name(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    tick(reviewed, 2, "keep")
    (reviewed / QUIET[0]).rename(reviewed / "Ideas/Renamed.md")
    (reviewed / QUIET[1]).rename(reviewed / "Work/Moved.md")

    assert tool("apply", reviewed, "--yes").code == 0

    assert (reviewed / "Archive/Ideas/Renamed.md").exists()
    assert told(reviewed) == [("keep", "Work/Moved.md")]


def test_a_note_that_is_gone_is_told_and_the_rest_is_done(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    (reviewed / QUIET[0]).unlink()

    alone = tool("apply", reviewed, "--yes")
    tick(reviewed, 2)
    both = tool("apply", reviewed, "--yes")

    assert "Nothing that you decided waits" in alone.out
    assert "1 ticked box is about a note that cannot be found any more." in alone.out
    assert "Write the review anew" in alone.out
    assert "1 ticked box is about a note that cannot be found any more" in both.out
    assert (reviewed / "Archive" / QUIET[1]).exists()


def test_two_boxes_for_one_note_decide_nothing(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    tick(reviewed, 1, "keep")
    before = facts(reviewed)

    done = tool("apply", reviewed, "--yes")

    assert done.code == 0
    assert "Ideas/Quiet 1: two boxes are ticked, so nothing is decided." in done.out
    assert "Write the review anew" not in done.out
    assert facts(reviewed) == before
    assert tool("review", reviewed, "--note").code == 4


def test_what_is_ticked_in_a_copy_too_is_done_and_what_is_not_is_left(tool: Tool, reviewed: Path) -> None:
    copy = "Review (Conflicted copy phone 202611201804).md"
    tick(reviewed, 1)
    (reviewed / copy).write_bytes((reviewed / REVIEW).read_bytes())
    tick(reviewed, 2)
    tick(reviewed, 3, "keep", note=copy)

    done = tool("apply", reviewed, "--yes")

    assert done.code == 0
    assert (reviewed / "Archive" / QUIET[0]).exists()
    assert (reviewed / QUIET[1]).exists()
    assert written(reviewed) == []
    assert "is a copy of the review: a tick counts if it is in both" in " ".join(done.out.split())
    assert "Ideas/Quiet 2: its box stands there more than once, and not each is ticked" in " ".join(done.out.split())


def test_a_review_of_an_earlier_round_is_left_alone(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1, "keep")
    (reviewed / REVIEW).rename(reviewed / "Review of last week.md")

    refused = tool("review", reviewed, "--note")
    nothing = tool("apply", reviewed, "--yes")

    assert refused.code == 4
    assert 'the review lies in "Review of last week", and boxes are ticked in it' in refused.err
    told_so = '1 box is ticked in "Review of last week", and left alone: the place of the review is "Review".'
    assert told_so in " ".join(nothing.out.split())
    assert written(reviewed) == []


def test_what_was_asked_beyond_the_budget_is_left_too(tool: Tool, tmp_path: Path) -> None:
    vault = quiet_garden(tmp_path / "Garden", suggested=8)
    assert tool("review", vault, "--note", "--budget", "9").code == 0
    (vault / ".vaultprune/config.toml").write_text('dates = ["property"]\nbudget = 2\n')
    tick(vault, 1)

    assert '7 notes are left in "Review", not ticked.' in tool("apply", vault, "--yes").out


def test_a_keep_under_a_new_name_withdraws_what_waited_under_the_old_one(tool: Tool, reviewed: Path) -> None:
    assert tool("observe", reviewed).code == 0
    tick(reviewed, 1, "keep")
    at = datetime.now().astimezone() - timedelta(minutes=5)
    record_decision(reviewed, Decision(at, "archive", "note", QUIET[0], file_digest=sha256(reviewed / QUIET[0])))
    (reviewed / QUIET[0]).rename(reviewed / "Ideas/Renamed.md")
    assert tool("observe", reviewed).code == 0

    done = tool("apply", reviewed, "--yes")

    assert done.code == 0, done.err
    assert "1 note is kept. No note was moved." in done.out
    assert told(reviewed)[1:] == [("forget", QUIET[0]), ("keep", "Ideas/Renamed.md")]


def test_a_decision_that_waits_gives_way_to_a_keep_in_the_note(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1, "keep")
    tick(reviewed, 2)
    tick(reviewed, 2, "later")
    for path in QUIET[:2]:
        at = datetime.now().astimezone() - timedelta(minutes=5)
        record_decision(reviewed, Decision(at, "archive", "note", path, file_digest=sha256(reviewed / path)))

    done = tool("apply", reviewed, "--yes")

    assert done.code == 0, done.err
    assert (reviewed / QUIET[0]).exists()
    assert (reviewed / QUIET[1]).exists()
    assert ("keep", QUIET[0]) in told(reviewed)


def test_with_the_clock_set_only_the_record_of_the_archive_is_written(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    tick(reviewed, 2, "keep")
    before = (reviewed / REVIEW).read_bytes()

    done = tool("apply", reviewed, "--yes", "--now", "2027-01-01")

    assert done.code == 0
    assert (reviewed / "Archive" / QUIET[0]).exists()
    assert written(reviewed) == []
    assert (reviewed / REVIEW).read_bytes() == before


def test_links_of_the_note_by_path_are_no_edit_of_it(tool: Tool, tmp_path: Path) -> None:
    twins = {"Ideas/Twin.md": a_note(PROSE, edited="2015-01-01"), "Work/Twin.md": a_note("[[Alive 01]]")}
    vault = quiet_garden(tmp_path / "Garden", twins)
    assert tool("review", vault, "--note").code == 0
    lines = (vault / REVIEW).read_text(encoding="utf-8").split("\n")
    place = next(place for place, line in enumerate(lines) if "[[Ideas/Twin|Twin]]" in line)
    lines[place] = lines[place].replace("[ ]", "[x]", 1)
    (vault / REVIEW).write_text("\n".join(lines), encoding="utf-8")

    done = tool("apply", vault, "--yes")

    assert done.code == 0, done.err
    assert (vault / "Archive/Ideas/Twin.md").exists()
    assert 'are left in "Review"' in done.out
    assert "[x]" not in (vault / REVIEW).read_text(encoding="utf-8")


# --- what others say ----------------------------------------------------------------------------------


def test_report_and_status_say_that_boxes_are_ticked_also_from_memory(tool: Tool, reviewed: Path) -> None:
    assert "ticked" not in tool("report", here=reviewed).out + tool(here=reviewed).out
    tick(reviewed, 1)
    once = [tool("report", here=reviewed).out, tool(here=reviewed).out]
    tick(reviewed, 3, "later")
    twice = [tool("report", here=reviewed).out, tool(here=reviewed).out]

    assert ['1 box is ticked in "Review": vaultprune apply\n' in out for out in once] == [True, True]
    assert ['2 boxes are ticked in "Review": vaultprune apply\n' in out for out in twice] == [True, True]


def test_every_other_note_gets_the_verdict_that_it_gets_without_it(tool: Tool, vault: Path) -> None:
    def said() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        report = json.loads(tool("report", vault, "--format", "json", "--no-observe").out)
        links = json.loads(tool("links", vault, "--format", "json").out)
        return (
            [note for note in report["notes"] if note["path"] != REVIEW],
            [note for note in links["notes"] if note["path"] != REVIEW],
        )

    before = said()
    assert tool("review", vault, "--note").code == 0

    assert said() == before


def test_it_is_protected_and_reading_leaves_it_alone(tool: Tool, reviewed: Path) -> None:
    tick(reviewed, 1)
    os.utime(reviewed / REVIEW, ns=(1, 1_400_000_000_000_000_000))
    before = facts(reviewed)

    report = json.loads(tool("report", reviewed, "--format", "json", "--no-observe").out)
    for command in (["report"], ["links"], ["doctor"], ["explain", "Review"], ["apply", "--dry-run"]):
        assert tool(command[0], "--vault", reviewed, *command[1:]).code == 0

    [ours] = [note for note in report["notes"] if note["path"] == REVIEW]
    assert ours["verdict"] == "protected"
    assert "own-note" in [held["code"] for held in ours["protections"]]
    assert facts(reviewed) == before


def test_that_it_was_written_or_ticked_is_no_edit(tool: Tool, reviewed: Path) -> None:
    assert tool("observe", reviewed).code == 0
    tick(reviewed, 1)
    assert "as they were at the look" in " ".join(tool("observe", reviewed).out.split())
    tick(reviewed, 1, mark=" ")
    with (reviewed / QUIET[0]).open("a") as file:
        file.write("One more thought.\n")

    assert "1 edited" in tool("observe", reviewed).out

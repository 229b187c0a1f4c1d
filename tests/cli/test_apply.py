from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.archives import BOX, MAP, answering, boxes, facts, plan_of, sha256
from tests.cli.worlds import NOW, ROOT, Tool
from vaultprune.archiving import record_decision
from vaultprune.model import Decision, DecisionKind

ASIDE = f"Archive/{BOX}"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return boxes(tmp_path / "Garden")


def decide(vault: Path, *paths: str, what: DecisionKind = "archive", digest: str | None = None) -> None:
    """Somebody looked at these notes as they are now, and decided."""
    for path in paths:
        seen = digest or sha256(vault / path)
        at = datetime.now().astimezone() - timedelta(minutes=5)
        record_decision(vault, Decision(at, what, "note", path, file_digest=seen, body_digest="not known"))


def decisions(vault: Path) -> list[dict[str, Any]]:
    files = sorted((vault / ".vaultprune/decisions").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_what_was_decided_is_set_aside_and_can_be_taken_back(tool: Tool, vault: Path) -> None:
    before = facts(vault)
    decide(vault, BOX, "Ideas/Quiet 1.md")

    done = tool("apply", "--yes", here=vault)

    assert done.code == 0, done.err
    assert "2 notes move below Archive/" in done.out
    assert "2 notes set aside, 3 links rewritten. Take it back: vaultprune undo" in done.out
    assert (vault / ASIDE).exists()
    assert not (vault / BOX).exists()
    assert tool("undo", vault, "--yes").code == 0
    after = facts(vault)
    del before["Board.canvas"], after["Board.canvas"]  # it gets a fresh time, since sync lets the newest win
    assert after == before


def test_the_dry_run_prints_the_very_plan(tool: Tool, vault: Path) -> None:
    decide(vault, BOX)
    before = facts(vault)

    plan = plan_of(tool, "apply", vault)
    page = tool("apply", "--dry-run", here=vault)
    schema = json.loads((ROOT / "docs/plan.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(plan, schema)

    assert facts(vault) == before
    assert [move["from"] for move in plan["moves"]] == [BOX]
    assert f"Plan {plan['id']} for Garden" in page.out
    assert "Carry it out vaultprune apply\n" in page.out
    assert page.out.endswith("Nothing has been changed.\n")
    ran = json.loads(tool("apply", vault, "--yes", "--format", "json").out)
    assert (ran["id"], ran["moves"]) == (plan["id"], plan["moves"])


def test_a_note_that_was_edited_after_the_decision_stays(tool: Tool, vault: Path) -> None:
    decide(vault, BOX, "Ideas/Quiet 1.md")
    with (vault / BOX).open("a", encoding="utf-8") as file:
        file.write("One more thought.\n")
    edited = (vault / BOX).read_bytes()

    done = tool("apply", vault, "--yes")

    assert done.code == 3
    assert f"{BOX}: it was edited after you decided" in done.out
    assert (vault / BOX).read_bytes() == edited
    assert not (vault / "Ideas/Quiet 1.md").exists()


def test_a_link_that_was_rewritten_by_ourselves_is_no_edit(tool: Tool, vault: Path) -> None:
    decide(vault, MAP)
    assert tool("archive", vault, "Leitner box", "--yes").code == 0
    assert b"Archive/Ideas" in (vault / MAP).read_bytes()

    done = tool("apply", vault, "--yes")

    assert done.code == 0, done.out
    assert (vault / "Archive" / MAP).exists()


def test_a_note_is_followed_under_its_new_name(tool: Tool, vault: Path) -> None:
    tool("observe", vault)
    decide(vault, BOX)
    (vault / BOX).rename(vault / "Ideas/Boxes of Leitner.md")
    tool("observe", vault)

    plan = plan_of(tool, "apply", vault)

    assert [move["from"] for move in plan["moves"]] == ["Ideas/Boxes of Leitner.md"]


def test_what_was_carried_out_waits_no_longer_and_is_not_done_twice(tool: Tool, vault: Path) -> None:
    decide(vault, BOX)
    assert tool("apply", vault, "--yes").code == 0

    assert decisions(vault)[-1]["what"] == "forget"
    assert decisions(vault)[-1]["reason"] == "archived"
    again = tool("apply", vault, "--yes")
    assert again.code == 0
    assert "Nothing that you decided waits to be carried out." in again.out
    assert tool("undo", vault, "--yes").code == 0
    assert "Nothing that you decided waits" in tool("apply", vault).out


def test_what_was_set_aside_by_name_waits_no_longer(tool: Tool, vault: Path) -> None:
    decide(vault, BOX)
    assert tool("archive", vault, "Leitner box", "--yes").code == 0

    assert "Nothing that you decided waits" in tool("apply", vault).out


def test_with_the_clock_set_only_the_record_of_the_archive_is_written(tool: Tool, vault: Path) -> None:
    decide(vault, BOX)
    before = decisions(vault)

    assert tool("apply", vault, "--yes", "--now", NOW).code == 0

    assert decisions(vault) == before
    assert "Nothing that you decided waits" in tool("apply", vault).out


def test_a_decision_can_be_withdrawn(tool: Tool, vault: Path) -> None:
    decide(vault, BOX)
    listed = tool("keep", vault, "--list").out
    assert "1 decision waits to be carried out\n  Ideas/Leitner box, to be set aside\n" in listed
    assert "Carry it out" in listed

    assert tool("keep", vault, "Leitner box", "--forget").code == 0

    assert "Nothing that you decided waits" in tool("apply", vault).out


def test_a_later_keep_is_the_last_word(tool: Tool, vault: Path) -> None:
    decide(vault, BOX)
    assert tool("keep", vault, "Leitner box").code == 0

    assert "Nothing that you decided waits" in tool("apply", vault).out


def test_a_keep_under_the_new_name_counts_for_what_was_decided_under_the_old(tool: Tool, vault: Path) -> None:
    tool("observe", vault)
    decide(vault, BOX)
    (vault / BOX).rename(vault / "Ideas/Renamed.md")
    tool("observe", vault)
    assert "1 note moves" in tool("apply", vault, "--dry-run").out

    assert tool("keep", vault, "Renamed").code == 0

    assert [(said["what"], said["name"]) for said in decisions(vault)[1:]] == [
        ("forget", BOX),
        ("keep", "Ideas/Renamed.md"),
    ]
    assert "Nothing that you decided waits" in tool("apply", vault).out


def test_a_protected_note_stays(tool: Tool, vault: Path) -> None:
    decide(vault, "Ideas/Task.md")

    done = tool("apply", vault, "--yes")

    assert done.code == 3
    assert "Ideas/Task.md" in done.out
    assert "protected: an open task" in done.out


def test_report_and_status_say_that_something_waits(tool: Tool, vault: Path) -> None:
    decide(vault, BOX)

    for done in (tool("report", here=vault), tool()):
        assert "1 note waits to be set aside, as you decided: vaultprune apply" in done.out


def test_what_is_about_no_note_any_more_is_told_by_the_doctor(tool: Tool, vault: Path) -> None:
    decide(vault, BOX)
    (vault / BOX).unlink()

    assert "1 decision concerns no note any more" in tool("keep", vault, "--list").out
    assert "1 decision of yours is about nothing that is there now." in tool("doctor", vault).out


def test_without_a_terminal_and_without_yes_nothing_is_changed(tool: Tool, vault: Path) -> None:
    decide(vault, BOX)
    before = facts(vault)

    done = tool("apply", vault)

    assert done.code == 2
    assert "there is nobody to ask" in done.err
    assert "1 note moves below Archive/" in done.out
    assert facts(vault) == before


def test_on_a_terminal_it_asks_and_takes_no_for_an_answer(vault: Path) -> None:
    decide(vault, BOX)
    before = facts(vault)

    said = answering(["apply", vault], vault, ["n"])

    assert "Set 1 note aside and rewrite 3 links? [y/N]" in said.seen
    assert said.seen.rstrip().endswith("Nothing has been changed.")
    assert facts(vault) == before


def test_nothing_waiting_is_a_whole_plan_for_scripts(tool: Tool, vault: Path) -> None:
    plan = plan_of(tool, "apply", vault)

    assert (plan["moves"], plan["rewrites"], plan["skipped"]) == ([], [], [])


def test_a_file_for_the_plan_goes_with_a_dry_run(tool: Tool, vault: Path, tmp_path: Path) -> None:
    decide(vault, BOX)
    out = tmp_path / "plan.json"

    assert tool("apply", vault, "--output", out).code == 2
    assert tool("apply", vault, "--dry-run", "--format", "json", "--output", out).code == 0

    assert json.loads(out.read_text(encoding="utf-8"))["moves"][0]["from"] == BOX
    assert tool("archive", vault, "--plan", out, "--yes").code == 0
    assert os.path.exists(vault / ASIDE)

"""What the commands beside reports tell programs: each document fits its schema, stands alone, and is true."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.archives import BOX, MAP, boxes, facts
from tests.cli.test_json import Json, fits
from tests.cli.test_recover import killed_halfway
from tests.cli.worlds import NOW, Tool, in_a_process
from tests.reading.folders import everything


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return boxes(tmp_path / "Garden")


def told(tool: Tool, name: str, *arguments: str | Path) -> Json:
    command = () if name == "status" else (name,)
    done = tool(*command, *arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found: Json = json.loads(done.out)
    fits(found, name)
    return found


# --- where things stand -------------------------------------------------------------------------------


def test_where_things_stand_says_what_the_report_says(tool: Tool, vault: Path) -> None:
    found = told(tool, "status", "--vault", vault, "--now", NOW)
    report = json.loads(tool("report", vault, "--now", NOW, "--format", "json").out)

    assert found["summary"] == report["summary"]
    assert found["evidence"] == report["evidence"]
    assert found["suggested"] == [note["path"] for note in report["notes"] if note["verdict"] == "archive"]
    assert found["waiting"] == {
        "to_set_aside": [],
        "ticked": 0,
        "interrupted": None,
        "saved_meanwhile": [],
        "needed": [],
        "returned": [],
        "odd": None,
    }
    assert found["last_archive"] is None


def test_where_things_stand_says_what_waits(tool: Tool, vault: Path) -> None:
    with open(vault / MAP, "ab") as note:
        assert tool("archive", vault, "Leitner box", "Quiet 1", "--yes").code == 0
        note.write(b"and mine\n")
    (vault / "Work/Alive 00.md").write_text("[[Archive/Ideas/Leitner box]] and [[Quiet 1]]\n")
    assert tool("keep", vault, "Quiet 2").code == 0
    found = told(tool, "status", "--vault", vault)

    assert found["last_archive"]["notes"] == 2
    assert [each["path"] for each in found["waiting"]["saved_meanwhile"]] == [MAP]
    assert found["waiting"]["needed"] == [BOX, "Ideas/Quiet 1.md"]
    assert found["decisions"] == 1


def test_where_things_stand_names_the_note_at_which_a_run_was_interrupted(tool: Tool, vault: Path) -> None:
    assert told(tool, "status", "--vault", killed_halfway(vault))["waiting"]["interrupted"] == BOX


def test_the_format_of_a_command_goes_behind_it(tool: Tool, vault: Path) -> None:
    done = tool("--format", "json", "report", vault)

    assert (done.code, done.out) == (2, "")
    assert "options go behind the command" in done.err


# --- what was decided ---------------------------------------------------------------------------------


def test_the_list_of_decisions(tool: Tool, vault: Path) -> None:
    assert tool("keep", vault, "Quiet 1", "--for", "6mo", "--because", "for the talk").code == 0
    assert tool("keep", vault, "--in", "Work").code == 0
    (vault / "Ideas/Quiet 1.md").write_text("rewritten whole\n")
    (vault / "Ideas/Quiet 1.md").rename(vault / "Elsewhere.md")
    first, second = told(tool, "keep", vault, "--list")["decisions"]

    assert (first["what"], first["scope"], first["name"]) == ("keep", "note", "Ideas/Quiet 1.md")
    assert (first["because"], first["notes"], first["waits"]) == ("for the talk", [], False)
    assert first["until"] > NOW
    assert (second["scope"], second["name"], len(second["notes"]), second["until"]) == ("folder", "Work", 40, None)
    done = tool("keep", vault, "Quiet 2", "--format", "json")
    assert (done.code, done.err) == (2, "vaultprune: --format is for --list. Nothing has been changed.\n")


# --- what is cleared and forgotten --------------------------------------------------------------------


def test_clearing_up_before_and_after(tool: Tool, vault: Path) -> None:
    assert tool("archive", vault, "Leitner box", "--yes", "--now", "2020-01-05").code == 0
    before = everything(vault)
    shown = told(tool, "gc", vault, "--older-than", "1d", "--dry-run")
    nobody = in_a_process(["gc", "--older-than", "1d", "--format", "json"], vault)
    assert everything(vault) == before
    done = told(tool, "gc", vault, "--older-than", "1d", "--yes")

    assert nobody.returncode == 2
    assert json.loads(nobody.stdout) == shown
    assert (shown["done"], done["done"]) == (False, True)
    assert {**shown, "done": True} == done
    assert shown["back_by_hand_only"] == [f"Archive/{BOX}"]
    assert [(run["kind"], run["notes"], run["standing"]) for run in shown["runs"]] == [("archive", 1, 1)]
    assert shown["files"] > 5
    assert told(tool, "gc", vault, "--older-than", "1d", "--dry-run")["files"] == 0


def test_forgetting_before_and_after(tool: Tool, vault: Path) -> None:
    assert tool("archive", vault, "Leitner box", "--yes").code == 0
    assert tool("keep", vault, "Quiet 1").code == 0
    before = everything(vault)
    shown = told(tool, "forget", vault, "Leitner box", "--dry-run")
    assert everything(vault) == before
    done = told(tool, "forget", vault, "Leitner box", "--yes")

    assert {**shown, "done": True} == done
    assert (shown["note"], shown["names"]) == (BOX, [f"Archive/{BOX}", BOX])
    assert shown["goes"]["moves"] == 1
    assert shown["in_archive"]
    assert told(tool, "forget", vault, "Leitner box", "--dry-run")["goes"]["files"] == 0


@pytest.mark.parametrize("arguments", [("gc", "--older-than", "1d"), ("forget", "Quiet 1")])
def test_what_holds_it_back_is_in_the_document(tool: Tool, vault: Path, arguments: tuple[str, ...]) -> None:
    copy = killed_halfway(vault)
    found = told(tool, arguments[0], *arguments[1:], "--vault", copy, "--dry-run")

    assert [guard["name"] for guard in found["guards"]] == ["pending-recovery"]


# --- setting up ---------------------------------------------------------------------------------------


def test_what_setting_up_would_write(tool: Tool, tmp_path: Path, vault: Path) -> None:
    (vault / ".vaultprune/config.toml").unlink()
    before = facts(tmp_path)
    shown = told(tool, "init", vault, "--dry-run")
    assert facts(tmp_path) == before
    assert tool("init", vault, "--yes").code == 0
    again = told(tool, "init", vault, "--dry-run")
    back = told(tool, "init", vault, "--undo", "--dry-run")

    assert shown["config"]["path"] == ".vaultprune/config.toml"
    assert "id = " in shown["config"]["text"]
    assert shown["app"]["entry"] == "Archive/"
    assert any(line.startswith("+") for line in shown["app"]["lines"])
    assert (again["config"], again["app"], len(again["there"])) == (None, None, 2)
    assert (back["undo"], back["app"]["exact"]) == (True, True)
    done = tool("init", vault, "--yes", "--format", "json")
    assert (done.code, done.out) == (2, "")

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.archives import BOX, MAP, answering, boxes, facts, links, plan_of, units
from tests.cli.worlds import Tool, a_note, in_a_process

UNCHANGED = "Nothing has been changed.\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return boxes(tmp_path / "Garden")


def set_aside(tool: Tool, vault: Path, *names: str) -> None:
    done = tool("archive", vault, *names, "--yes")
    assert done.code == 0, done.out + done.err


def test_archive_and_undo_are_nothing(tool: Tool, vault: Path) -> None:
    before, led = facts(vault), links(tool, vault)
    set_aside(tool, vault, "Leitner box", "Quiet 1", "Quiet 2")
    between = facts(vault)
    done = tool("undo", vault, "--yes")
    after = facts(vault)
    for known in (before, after):  # of two canvases a sync program keeps the newer, so that one gets a new time
        known.pop("Board.canvas")

    assert done.code == 0
    assert "3 notes brought back, 3 links rewritten. Take it back: vaultprune undo --batch 2-" in done.out
    assert between != before
    assert after == before
    assert links(tool, vault) == led


def test_a_canvas_comes_back_with_its_bytes_and_a_fresh_time(tool: Tool, vault: Path) -> None:
    mode, time_ns, data = facts(vault)["Board.canvas"]
    set_aside(tool, vault, "Leitner box")
    tool("undo", vault, "--yes")
    again = facts(vault)["Board.canvas"]

    assert (again[0], again[2]) == (mode, data)
    assert again[1] != time_ns


def test_what_came_back_is_kept_for_half_a_year(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Quiet 1")
    tool("undo", vault, "--yes")
    report = json.loads(tool("report", vault, "--format", "json").out)
    found = next(note for note in report["notes"] if note["path"] == "Ideas/Quiet 1.md")

    assert found["verdict"] == "protected"
    assert found["protections"][0]["says"].startswith("brought back from the archive until ")


def test_one_run_after_another_is_put_back_the_last_first(tool: Tool, vault: Path) -> None:
    before = facts(vault)
    set_aside(tool, vault, "Quiet 1")
    set_aside(tool, vault, "Quiet 2")

    assert tool("undo", vault, "--yes").code == 0
    assert (vault / "Ideas/Quiet 2.md").exists()
    assert not (vault / "Ideas/Quiet 1.md").exists()
    assert tool("undo", vault, "--yes").code == 0
    assert facts(vault) == before
    last = tool("undo", vault, "--yes")
    assert last.code == 2
    assert last.err.endswith(UNCHANGED)


def test_the_last_run_is_the_last_one_whatever_its_clock_said(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Quiet 1")
    set_aside(tool, vault, "Quiet 2", "--now", "2026-06-01")
    tool("undo", vault, "--yes")

    assert (vault / "Ideas/Quiet 2.md").exists()
    assert not (vault / "Ideas/Quiet 1.md").exists()


def test_a_batch_is_named_by_its_id_and_an_unknown_one_lists_those_there_are(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Quiet 1")
    set_aside(tool, vault, "Quiet 2")
    unknown = tool("undo", vault, "--batch", "9-00000000", "--yes")
    batch = next(line.split("--batch ")[1].split()[0] for line in unknown.err.splitlines() if "--batch 1-" in line)

    assert unknown.code == 2
    assert unknown.err.endswith(UNCHANGED)
    assert tool("undo", vault, "--batch", batch, "--yes").code == 0
    assert (vault / "Ideas/Quiet 1.md").exists()
    assert not (vault / "Ideas/Quiet 2.md").exists()


def test_an_undo_is_undone_by_the_command_it_ends_with(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Leitner box")
    aside = {path: known[-1] for path, known in facts(vault).items()}
    done = tool("undo", vault, "--yes")
    words = done.out.strip().rsplit("vaultprune ", 1)[1].split()
    again = tool(*words, "--yes")

    assert again.code == 0
    assert "1 note set aside" in again.out
    assert {path: known[-1] for path, known in facts(vault).items()} == aside


def test_a_dry_run_is_the_plan_that_is_carried_out(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Leitner box")
    before = facts(vault)
    plan = plan_of(tool, "undo", vault)
    shown = tool("undo", vault, "--dry-run")
    assert facts(vault) == before
    tool("undo", vault, "--yes")

    assert shown.out.endswith(UNCHANGED)
    assert "1 note goes back to its place:\n" in shown.out
    assert units(vault)[-1]["plan"] == plan["id"]
    assert (units(vault)[-1]["from"], units(vault)[-1]["to"]) == (plan["moves"][0]["from"], plan["moves"][0]["to"])


def test_what_somebody_wrote_since_stays(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Leitner box")
    archived, linker = vault / f"Archive/{BOX}", vault / MAP
    archived.write_bytes(archived.read_bytes() + b"More of it.\n")
    linker.write_bytes(b"A first line.\n" + linker.read_bytes().replace(b"boxes", b"my boxes") + b"A last line.\n")
    done = tool("undo", vault, "--yes")

    assert done.code == 0
    assert "was edited since; it comes back as it is now" in " ".join(done.out.split())
    assert (vault / BOX).read_bytes().endswith(b"[pic](../assets/pic.png).\nMore of it.\n")
    assert b"[b](../Ideas/Leitner%20box.md)" in linker.read_bytes()
    assert linker.read_bytes().startswith(b"A first line.\n")
    assert b"my boxes" in linker.read_bytes()


def test_a_link_to_the_archive_written_since_follows_the_note_home(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Leitner box")
    (vault / "Maps/New.md").write_text(
        "[[Archive/Ideas/Leitner box|x]] [y](../Archive/Ideas/Leitner%20box.md#a) `[[z]]`"
    )
    tool("undo", vault, "--yes")

    assert [target for _, target in links(tool, vault)["Maps/New.md"]] == [BOX, BOX]
    assert (vault / "Maps/New.md").read_text().endswith("Leitner%20box.md#a) `[[z]]`")


def test_nothing_is_overwritten(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Leitner box", "Quiet 1")
    (vault / BOX).write_text("a new one")
    done = tool("undo", vault, "--yes")

    assert done.code == 3
    assert (vault / BOX).read_text() == "a new one"
    assert (vault / f"Archive/{BOX}").exists()
    assert (vault / "Ideas/Quiet 1.md").exists()
    assert "1 note brought back" in done.out
    assert "1 note left alone" in done.out


def test_a_note_comes_home_beside_a_name_that_differs_only_in_case(tool: Tool, vault: Path) -> None:
    beside = vault / "Ideas/leitner BOX.md"
    beside.write_text("another note")
    if (vault / BOX).read_text() == "another note":
        return  # this file system holds no two such names
    set_aside(tool, vault, "Ideas/Leitner box.md")

    assert tool("undo", vault, "--yes").code == 0
    assert beside.read_text() == "another note"
    assert (vault / BOX).read_text() != "another note"


def test_a_folder_that_is_gone_is_made_again(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Held", "--even-protected")
    (vault / "Lone").mkdir()
    (vault / "Lone/Only.md").write_text(a_note("alone"))
    set_aside(tool, vault, "Only")
    (vault / "Lone").rmdir()

    assert tool("undo", vault, "--yes").code == 0
    assert (vault / "Lone/Only.md").exists()


def test_a_note_taken_out_of_the_archive_by_hand_is_told(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Quiet 1", "Quiet 2")
    (vault / "Archive/Ideas/Quiet 1.md").rename(vault / "Ideas/Quiet 1.md")
    (vault / "Archive/Ideas/Quiet 2.md").unlink()
    done = tool("undo", vault, "--yes")
    said = " ".join(done.out.split())

    assert done.code == 3
    assert "Quiet 1.md: it is back in its old place, with the same text" in said
    assert "Quiet 2.md: it is no longer there; its text is kept in .vaultprune/journal/" in said
    assert done.out.endswith(UNCHANGED)


def test_nobody_to_ask_is_no_yes(vault: Path, tool: Tool) -> None:
    set_aside(tool, vault, "Quiet 1")
    before = facts(vault)
    done = in_a_process(["undo"], vault)

    assert done.returncode == 2
    assert b"Ideas/Quiet 1.md" in done.stdout
    assert done.stderr.decode().endswith(UNCHANGED)
    assert facts(vault) == before


def test_somebody_is_asked(vault: Path, tool: Tool) -> None:
    set_aside(tool, vault, "Leitner box")
    before = facts(vault)
    no, unchanged = answering(["undo"], vault, ["n"]), facts(vault)
    yes = answering(["undo"], vault, ["yes"])

    assert "Bring 1 note back and rewrite 3 links? [y/N]" in no.seen
    assert no.seen.endswith(UNCHANGED)
    assert unchanged == before
    assert (yes.code, (vault / BOX).exists()) == (0, True)


def test_a_merge_holds_it_back_as_well(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Quiet 1")
    (vault / ".git").mkdir()
    (vault / ".git/MERGE_HEAD").write_text("x")
    plan = plan_of(tool, "undo", vault)
    held = tool("undo", vault, "--yes")

    assert held.code == 4
    assert "git-busy" in held.err
    assert tool("undo", vault, "--yes", "--approve", plan["id"]).code == 0


def test_the_archive_note_goes_with_the_last_note_unless_somebody_wrote_in_it(tool: Tool, vault: Path) -> None:
    about = vault / "Archive/About this archive.md"
    set_aside(tool, vault, "Quiet 1")
    set_aside(tool, vault, "Quiet 2")
    tool("undo", vault, "--yes")
    assert about.exists()
    about.write_text(about.read_text() + "mine")
    tool("undo", vault, "--yes")

    assert about.read_text().endswith("mine")


def test_status_and_report_tell_of_the_last_run(tool: Tool, vault: Path) -> None:
    set_aside(tool, vault, "Quiet 1", "Quiet 2")
    tool("restore", vault, "Quiet 1", "--yes")
    said = " ".join(tool("--vault", vault).out.split())

    assert "1 note was set aside on" in said
    assert "Of 2 notes set aside in the last year, 1 came back. Take it back: vaultprune undo" in said

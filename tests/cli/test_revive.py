from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.archives import MAP, answering, boxes, facts, plan_of
from tests.cli.worlds import Tool, in_a_process

UNCHANGED = "Nothing has been changed.\n"


@pytest.fixture
def vault(tmp_path: Path, tool: Tool) -> Path:
    vault = boxes(tmp_path / "Garden")
    done = tool("archive", vault, "Leitner box", "Quiet 1", "Quiet 2", "--yes")
    assert done.code == 0, done.err
    return vault


def said(tool: Tool, vault: Path) -> str:
    done = tool("revive", vault)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith(UNCHANGED)
    return " ".join(done.out.split())


def add(path: Path, text: str) -> None:
    path.write_bytes(path.read_bytes() + text.encode() if path.exists() else text.encode())


def test_right_after_the_archive_nothing_is_needed(tool: Tool, vault: Path) -> None:
    assert "No archived note is needed again." in said(tool, vault)
    assert "3 notes in the archive." in said(tool, vault)


def test_an_edit_of_what_linked_before_is_no_new_link(tool: Tool, vault: Path) -> None:
    add(vault / MAP, "\nmore words\n")

    assert "No archived note is needed again." in said(tool, vault)


def test_a_source_that_was_renamed_is_no_new_link(tool: Tool, vault: Path) -> None:
    (vault / MAP).rename(vault / "Maps/Chart.md")

    assert "No archived note is needed again." in said(tool, vault)


def test_a_link_between_two_archived_notes_keeps_none_alive(tool: Tool, vault: Path) -> None:
    add(vault / "Archive/Ideas/Quiet 2.md", "[[Quiet 1]]")
    text = said(tool, vault)

    assert "1 archived note is needed again." in text
    assert "Ideas/Quiet 2 Edited since it was set aside." in text


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        pytest.param("New.md", "[[Quiet 1]]", 'Linked to anew from "New".', id="a link by name"),
        pytest.param(
            "New.md", "![[Archive/Ideas/Quiet 1#a|b]]", 'Linked to anew from "New".', id="an embed by its path"
        ),
        pytest.param("New.md", "---\nup: '[[Quiet 1]]'\n---\n", 'Linked to anew from "New".', id="a property"),
        pytest.param(
            "New.canvas",
            json.dumps({"nodes": [{"id": "1", "type": "file", "file": "Archive/Ideas/Quiet 1.md"}], "edges": []}),
            'Linked to anew from "New.canvas".',
            id="a canvas",
        ),
        pytest.param(
            "Maps/New.md", "[a](../Ideas/Quiet%201.md)", "Asked for by an unresolved link", id="the path of old"
        ),
        pytest.param("Archive/Ideas/Quiet 1.md", "more", "Edited since it was set aside.", id="an edit"),
    ],
)
def test_it_is_needed_again(tool: Tool, vault: Path, path: str, text: str, says: str) -> None:
    add(vault / path, text)
    found = said(tool, vault)

    assert "1 archived note is needed again." in found
    assert f"Ideas/Quiet 1 {says}" in found
    assert "vaultprune revive --yes" in found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("`[[Quiet 1]]`", id="in code"),
        pytest.param("obsidian://open?vault=Garden&file=Quiet%201", id="a kind that the app does not count"),
        pytest.param("---\nvaultprune-review: x\n---\n[[Quiet 1]]", id="a note of the program's own"),
    ],
)
def test_it_is_not_needed_for_what_is_no_link(tool: Tool, vault: Path, text: str) -> None:
    add(vault / "New.md", text)

    assert "No archived note is needed again." in said(tool, vault)


def test_one_more_link_from_the_same_file_counts(tool: Tool, vault: Path) -> None:
    add(vault / MAP, "\nand [[Leitner box]] again\n")

    assert 'Ideas/Leitner box Linked to anew from "Map".' in said(tool, vault)


def test_an_open_tab_is_a_need(tool: Tool, vault: Path) -> None:
    leaf = {"type": "leaf", "state": {"type": "markdown", "state": {"file": "Archive/Ideas/Quiet 1.md"}}}
    (vault / ".obsidian/workspace.json").write_text(json.dumps({"main": {"type": "split", "children": [leaf]}}))

    assert "Ideas/Quiet 1 Open in a tab." in said(tool, vault)


def test_a_note_that_nobody_set_aside_is_told_and_left(tool: Tool, vault: Path) -> None:
    (vault / "Archive/Mine.md").write_text("mine")
    leaf = {"type": "leaf", "state": {"type": "markdown", "state": {"file": "Archive/Mine.md"}}}
    (vault / ".obsidian/workspace.json").write_text(json.dumps({"main": {"type": "split", "children": [leaf]}}))
    before = facts(vault)
    found = said(tool, vault)
    tool("revive", vault, "--yes")

    assert "Mine Open in a tab. Vaultprune did not put it there: move Archive/Mine.md by hand." in found
    assert "revive --yes" not in found
    assert facts(vault) == before


def test_a_copy_that_a_sync_program_brought_back_is_no_use(tool: Tool, vault: Path) -> None:
    archived = vault / "Archive/Ideas/Quiet 1.md"
    (vault / "Ideas/Quiet 1.md").write_bytes(archived.read_bytes())
    found = said(tool, vault)
    status = " ".join(tool("--vault", vault).out.split())
    report = " ".join(tool("report", vault).out.split())
    line = (
        "1 archived note is back in its old place, with unchanged text. "
        "A sync program did that, not you: vaultprune doctor"
    )

    assert "No archived note is needed again." in found
    for page in (found, status, report):
        assert line in page
    assert "came back" not in found


def test_another_note_in_the_old_place_is_told_and_left(tool: Tool, vault: Path) -> None:
    (vault / "Ideas/Quiet 1.md").write_text("something else")

    assert "1 archived note has another note in the old place, which is left alone: Ideas/Quiet 1" in said(tool, vault)


def test_status_and_report_tell_what_is_needed_and_nothing_when_nothing_is(tool: Tool, vault: Path) -> None:
    quiet = [tool("--vault", vault).out, tool("report", vault).out]
    add(vault / "New.md", "[[Quiet 1]] and [[Quiet 2]]")
    told = [" ".join(page.split()) for page in (tool("--vault", vault).out, tool("report", vault).out)]

    assert all("revive" not in page for page in quiet)
    assert all("2 archived notes are linked to again: vaultprune revive" in page for page in told)
    assert json.loads(tool("report", vault, "--format", "json").out)["summary"]["notes"]


def test_revive_brings_them_back_and_keeps_them(tool: Tool, vault: Path) -> None:
    add(vault / "New.md", "[x](Archive/Ideas/Quiet%201.md)")
    plan = plan_of(tool, "revive", vault)
    done = tool("revive", vault, "--yes")
    report = json.loads(tool("report", vault, "--format", "json").out)
    note = next(note for note in report["notes"] if note["path"] == "Ideas/Quiet 1.md")

    assert [move["to"] for move in plan["moves"]] == ["Ideas/Quiet 1.md"]
    assert done.code == 0
    assert "1 note brought back, 1 link rewritten." in done.out
    assert (vault / "New.md").read_text() == "[x](Ideas/Quiet%201.md)"
    assert (vault / "Archive/Ideas/Quiet 2.md").exists()
    assert note["verdict"] == "protected"
    assert "Of 3 notes set aside in the last year, 1 came back." in said(tool, vault)


def test_the_list_is_there_for_programs_too(tool: Tool, vault: Path) -> None:
    add(vault / "New.md", "[[Quiet 1]]")
    found = json.loads(tool("revive", vault, "--format", "json").out)

    assert found["needed"] == [
        {
            "path": "Ideas/Quiet 1.md",
            "archived": "Archive/Ideas/Quiet 1.md",
            "reasons": ['linked to anew from "New"'],
            "can_be_restored": True,
        }
    ]
    assert (found["came_back"], found["set_aside"], found["returned"]) == (0, 3, [])


def test_on_a_terminal_it_asks_before_it_brings_them_back(tool: Tool, vault: Path) -> None:
    add(vault / "New.md", "[[Quiet 1]]")
    before = facts(vault)
    listed = in_a_process(["revive"], vault)
    no, unchanged = answering(["revive", "--yes"], vault, ["n"]), facts(vault)
    yes = answering(["revive", "--yes"], vault, ["y"])

    assert listed.returncode == 0
    assert "Bring 1 note back? [y/N]" in no.seen
    assert no.seen.endswith(UNCHANGED)
    assert unchanged == before
    assert yes.code == 0
    assert (vault / "Ideas/Quiet 1.md").exists()


def test_without_a_count_of_links_an_edited_source_is_taken_for_a_need(tool: Tool, vault: Path) -> None:
    for runs in vault.glob(".vaultprune/journal/*/runs.jsonl"):
        runs.write_bytes(b"torn {\n")
    assert "No archived note is needed again." in said(tool, vault)
    add(vault / MAP, "\nmore words\n")

    assert 'Ideas/Leitner box Linked from "Map", edited since' in said(tool, vault)

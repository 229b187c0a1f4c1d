from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.archives import BOX, MAP, answering, boxes, facts, links
from tests.cli.worlds import Tool, a_note, in_a_process

UNCHANGED = "Nothing has been changed.\n"


@pytest.fixture
def vault(tmp_path: Path, tool: Tool) -> Path:
    vault = boxes(tmp_path / "Garden", {"Work/Twin.md": a_note("one"), "Other/Twin.md": a_note("two")})
    done = tool("archive", vault, "Leitner box", "Quiet 1", "Work/Twin", "Other/Twin", "--yes")
    assert done.code == 0, done.err
    return vault


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Leitner box", id="by name"),
        pytest.param("leitner BOX.md", id="in any case"),
        pytest.param("[[Leitner box#part|shown]]", id="as a wikilink"),
        pytest.param(BOX, id="by its path of old"),
        pytest.param("/Ideas/Leitner box", id="from the top"),
        pytest.param(f"Archive/{BOX}", id="by its path in the archive"),
        pytest.param("archive/ideas/leitner box", id="the same in any case"),
    ],
)
def test_a_note_is_named_in_any_way(tool: Tool, vault: Path, name: str) -> None:
    done = tool("restore", "--vault", vault, name, "--yes")

    assert done.code == 0, done.err
    assert (vault / BOX).exists()
    assert (vault / "Archive/Ideas/Quiet 1.md").exists()


def test_a_path_from_the_current_folder(tool: Tool, vault: Path) -> None:
    assert tool("restore", "Quiet 1.md", "--yes", here=vault / "Ideas").code == 0
    assert (vault / "Ideas/Quiet 1.md").exists()


def test_several_that_may_be_meant_are_listed(tool: Tool, vault: Path) -> None:
    done = tool("restore", "--vault", vault, "Twin", "--yes")

    assert done.code == 2
    assert 'restore "Work/Twin.md"' in done.err
    assert 'restore "Other/Twin.md"' in done.err
    assert done.err.endswith(UNCHANGED)


def test_a_name_that_is_nearly_right_is_helped(tool: Tool, vault: Path) -> None:
    done = tool("restore", "--vault", vault, "Leitner bax", "--yes")

    assert done.code == 2
    assert 'restore "Ideas/Leitner box.md"' in done.err


@pytest.mark.parametrize("name", ["Alive 01", "Archive/Work/Alive 01.md"])
def test_a_note_that_is_not_in_the_archive_is_no_note_to_restore(tool: Tool, vault: Path, name: str) -> None:
    before = facts(vault)
    done = tool("restore", "--vault", vault, name, "--yes")

    assert done.code == 2
    assert done.err.endswith(UNCHANGED)
    assert facts(vault) == before


def test_where_nothing_was_set_aside_that_is_said(tool: Tool, tmp_path: Path) -> None:
    done = tool("restore", "--vault", boxes(tmp_path / "Other garden"), "Quiet 1", "--yes")

    assert done.code == 2
    assert done.err.endswith(UNCHANGED)


def test_its_links_come_back_with_it_and_nothing_else_does(tool: Tool, vault: Path) -> None:
    before = links(tool, vault)
    tool("restore", "--vault", vault, "Leitner box", "--yes")
    after = links(tool, vault)

    assert b"[b](../Ideas/Leitner%20box.md)" in (vault / MAP).read_bytes()
    assert {target for _, target in after[MAP]} == {BOX}
    assert after["Board.canvas"] == [("canvas", BOX)]
    assert after[BOX] == before[f"Archive/{BOX}"]  # it leads to a note that stays in the archive


def test_edited_in_the_archive_it_comes_back_as_it_is_now(tool: Tool, vault: Path) -> None:
    archived = vault / f"Archive/{BOX}"
    archived.write_bytes(archived.read_bytes().replace(b"Boxes.", b"Boxes!"))
    done = tool("restore", "--vault", vault, "Leitner box", "--yes")

    assert done.code == 0
    assert b"Boxes! See" in (vault / BOX).read_bytes()
    assert b"](../assets/pic.png)" in (vault / BOX).read_bytes()


def test_archived_twice_each_can_be_named(tool: Tool, vault: Path) -> None:
    (vault / "Ideas/Quiet 1.md").write_text(a_note("the second"))
    assert tool("archive", "--vault", vault, "Ideas/Quiet 1.md", "--yes").code == 0
    day = datetime.now().astimezone().date().isoformat()
    newest = tool("restore", "--vault", vault, "Ideas/Quiet 1", "--yes")
    taken = tool("restore", "--vault", vault, "Archive/Ideas/Quiet 1.md", "--yes")

    assert newest.code == 0
    assert "the second" in (vault / "Ideas/Quiet 1.md").read_text()
    assert not (vault / f"Archive/Ideas (archived {day})").exists()
    assert taken.code == 3
    assert "there is a Ideas/Quiet 1.md again, with another text" in " ".join(taken.out.split())
    assert taken.out.endswith(UNCHANGED)


def test_brought_back_it_is_kept(tool: Tool, vault: Path) -> None:
    tool("restore", "--vault", vault, "Quiet 1", "--yes")
    left = tool("archive", "--vault", vault, "Quiet 1", "--yes")

    assert left.code == 3
    assert "brought back from the archive until" in " ".join(left.out.split())


def test_it_asks_and_without_anybody_it_does_nothing(tool: Tool, vault: Path) -> None:
    before = facts(vault)
    nobody = in_a_process(["restore", "Quiet 1"], vault)
    no, unchanged = answering(["restore", "Quiet 1"], vault, ["n"]), facts(vault)
    yes = answering(["restore", "Quiet 1"], vault, ["y"])

    assert nobody.returncode == 2
    assert nobody.stderr.decode().endswith(UNCHANGED)
    assert "Bring 1 note back? [y/N]" in no.seen
    assert unchanged == before
    assert yes.code == 0
    assert (vault / "Ideas/Quiet 1.md").exists()

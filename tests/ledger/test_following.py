"""A note is followed by its text when it is moved or renamed, and by nothing less."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.worlds import World, day, text
from vaultprune.ledger import Ours
from vaultprune.model import NotePath


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path, {"a.md": text("a"), "b.md": text("b"), "twin 1.md": text("t"), "twin 2.md": text("t")})
    world.look(0)
    world.write({"a.md": text("a", "edited")})
    world.look(10)
    return world


def firsts(world: World, number: int) -> dict[str, int]:
    """For each note the number of the day on which it was first seen."""
    return {path: seen.first - day(0) for path, seen in world.recall(number).notes.items()}


@pytest.mark.parametrize("to", ["A.md", "other name.md", "deep/er/a.md", "Archive/a.md"])
def test_what_is_known_goes_along(world: World, to: str) -> None:
    before = world.seen("a.md", 10)
    world.move("a.md", to)

    after = before._replace(formerly=((NotePath("a.md"), day(20)),))
    assert world.seen(to, 20) == after  # found before anybody looked again
    assert world.look(20).moved == 1
    assert world.seen(to, 25) == after
    assert NotePath("a.md") not in world.recall(20).notes


def test_there_and_back(world: World) -> None:
    for number, (path, to) in enumerate([("a.md", "x.md"), ("x.md", "y/x.md"), ("y/x.md", "a.md")], 11):
        world.move(path, to)
        assert world.look(number).moved == 1

    seen = world.seen("a.md", 14)
    assert seen.edits == ((day(0), day(10)),)
    assert seen.formerly == (("y/x.md", day(13)), ("x.md", day(12)), ("a.md", day(11)))


def test_two_notes_that_change_names_are_two_notes_that_were_edited(world: World) -> None:
    """Their names are there all along: nobody can tell, and both are kept."""
    world.move("a.md", "x.md")
    world.move("b.md", "a.md")
    world.move("x.md", "b.md")

    assert world.look(11).edited == 2


def test_a_move_with_an_edit_is_another_note(world: World) -> None:
    world.move("a.md", "x.md")
    world.write({"x.md": text("all new")})
    noticed = world.look(11)

    assert (noticed.moved, noticed.new, noticed.gone) == (0, 1, 1)
    assert firsts(world, 11)["x.md"] == 11


@pytest.mark.parametrize("body", ["", "Two words", "# Untitled\n"], ids=["empty", "two words", "a title"])
def test_a_trivial_text_is_no_sign(world: World, body: str) -> None:
    world.write({"s.md": body})
    world.look(11)
    world.move("s.md", "t.md")
    world.look(12)

    assert firsts(world, 12)["t.md"] == 12


def test_neither_is_one_of_several_with_the_same_text(world: World) -> None:
    world.move("twin 1.md", "x.md")
    world.look(11)
    assert firsts(world, 11)["x.md"] == 11

    world.write({"b copy.md": text("b")})
    world.move("b.md", "c.md")
    world.look(12)
    assert (firsts(world, 12)["c.md"], firsts(world, 12)["b copy.md"]) == (12, 12)


def test_a_whole_folder_is_followed_file_by_file(world: World) -> None:
    """By text and file name together, where the text alone says too little."""
    world.write({"old/empty.md": "", "old/t 1.md": text("t"), "old/t 2.md": text("t"), "old/n.md": text("n")})
    world.look(11)
    (world.vault / "old").rename(world.vault / "new")

    assert world.look(12).moved == 4
    assert {firsts(world, 12)[f"new/{name}.md"] for name in ("empty", "t 1", "t 2", "n")} == {11}


def test_a_copy_is_a_new_note(world: World) -> None:
    world.write({"copy.md": text("b")})
    world.look(11)

    assert (firsts(world, 11)["b.md"], firsts(world, 11)["copy.md"]) == (0, 11)


def test_a_note_that_comes_back_is_itself(world: World) -> None:
    """A vault may be half there while it is synced."""
    before = world.recall(12).notes
    kept = {path.name: path.read_text() for path in world.vault.glob("*.md")}
    for path in kept:
        world.remove(path)
    assert world.look(11).gone == 4
    assert world.recall(11).notes == {}
    world.write(kept)
    assert world.look(12).new == 0

    assert world.recall(12).notes == before


def test_so_is_one_that_comes_back_under_another_name(world: World) -> None:
    world.remove("a.md")
    world.look(11)
    world.write({"back.md": text("a", "edited")})
    world.look(12)

    assert firsts(world, 12)["back.md"] == 0


def test_one_that_comes_back_with_other_words_was_edited(world: World) -> None:
    world.remove("b.md")
    world.look(11)
    world.write({"b.md": text("b", "anew")})
    world.look(15)

    assert world.seen("b.md", 15).edits == ((day(10), day(15)),)


def test_one_that_is_gone_and_comes_back_within_a_day(tmp_path: Path) -> None:
    world = World(tmp_path, {"a.md": text("a"), "b.md": text("b")})
    world.look(0, 9)
    world.remove("a.md")
    world.look(0, 10)
    world.write({"a.md": text("a", "anew")})
    world.look(0, 11)

    assert world.seen("a.md", 0).edits == ((day(0), day(0)),)


def test_what_the_program_moved_is_followed_whatever_its_text(world: World) -> None:
    world.write({"s.md": "", "t.md": ""})
    world.look(11)
    for name in "st":
        world.move(f"{name}.md", f"Archive/{name}.md")

    def went(path: NotePath) -> NotePath:
        return NotePath(f"Archive/{path}") if path in ("s.md", "t.md") else path

    assert world.look(12, ours=Ours(went)).moved == 2
    assert firsts(world, 12)["Archive/s.md"] == 11

"""What an older copy of the vault tells: who was the same then, and who was edited since."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.worlds import PLAIN, World, at, day, text
from vaultprune.ledger import Learned
from vaultprune.model import NotePath, Seen
from vaultprune.reading import read_vault

TAKEN = -400


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A vault as it was long ago, of which a copy is made; then life goes on until somebody looks at it."""
    world = World(
        tmp_path,
        {
            "same.md": "---\nstatus: old\n---\n" + text("same"),
            "edited.md": text("edited"),
            "moved.md": text("moved"),
            "gone.md": text("gone"),
        },
    )
    world.copied(tmp_path / "Backup")
    world.write(
        {
            "same.md": "---\nstatus: new\n---\n" + text("same"),
            "edited.md": text("edited", "since", "[[same]]"),
            "new.md": text("new"),
        }
    )
    world.move("moved.md", "deep/elsewhere.md")
    world.remove("gone.md")
    world.look(0)
    return world


def learn(world: World, taken: int, folder: str = "Backup") -> Learned:
    return world.ledger().learn(read_vault(world.vault.parent / folder, PLAIN, at(50)), day(taken))


def test_it_reaches_back_to_the_day_of_the_copy(world: World) -> None:
    assert learn(world, TAKEN) == Learned(notes=4, same=2, edited=1, gone=1, new=1)

    known = world.recall(1)
    assert known.looks == (day(TAKEN), day(0), day(1))
    assert known.notes == {
        NotePath("same.md"): Seen(day(TAKEN), day(TAKEN), linked=(day(0),)),
        NotePath("edited.md"): Seen(day(TAKEN), day(0), edits=((day(TAKEN), day(0)),)),
        NotePath("deep/elsewhere.md"): Seen(day(TAKEN), day(TAKEN)),
        NotePath("new.md"): Seen(day(0), day(0)),
    }


def test_to_learn_it_twice_is_to_learn_it_once(world: World) -> None:
    learn(world, TAKEN)
    known = world.recall(1)
    learn(world, TAKEN)

    assert world.recall(1) == known


def test_an_edit_seen_since_stays_an_edit(world: World) -> None:
    world.write({"same.md": text("other words")})
    world.look(10)
    world.write({"same.md": "---\nstatus: new\n---\n" + text("same")})
    world.look(20)
    learn(world, TAKEN)

    seen = world.seen("same.md", 20)
    assert (seen.first, seen.same_since) == (day(TAKEN), day(20))
    assert seen.edits == ((day(10), day(20)), (day(0), day(10)))


def test_where_how_it_read_at_the_first_look_is_not_known_nothing_is_made_up(world: World) -> None:
    world.write({"edited.md": text("edited", "once more")})
    world.look(10)
    learn(world, TAKEN)

    assert world.seen("edited.md", 10).edits == ((day(0), day(10)),)
    assert world.seen("edited.md", 10).first == day(TAKEN)


def test_a_copy_from_between_two_looks_narrows_an_edit(world: World, tmp_path: Path) -> None:
    world.write({"edited.md": text("the end")})
    world.copied(tmp_path / "Between")
    world.look(300)
    assert world.seen("edited.md", 300).edits == ((day(0), day(300)),)

    learn(world, 20, "Between")

    assert world.seen("edited.md", 300).edits == ((day(0), day(20)),)
    assert world.seen("edited.md", 300).same_since == day(20)


@pytest.mark.parametrize("order", [(-400, -200), (-200, -400)])
def test_two_copies_in_any_order(tmp_path: Path, order: tuple[int, int]) -> None:
    """Between them the note changed, and has not since."""
    world = World(tmp_path, {"a.md": text("a"), "b.md": text("b")})
    world.copied(tmp_path / "-400")
    world.write({"a.md": text("a", "since")})
    world.copied(tmp_path / "-200")
    world.look(0)
    for taken in order:
        learn(world, taken, str(taken))

    assert world.recall(0).looks == (day(-400), day(-200), day(0))
    assert world.seen("b.md", 0) == Seen(day(-400), day(-400))
    assert world.seen("a.md", 0) == Seen(day(-400), day(-200), edits=((day(-400), day(-200)),))

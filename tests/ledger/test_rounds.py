"""What the reports of a week said is known in the weeks after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import read_tree
from tests.ledger.worlds import World, day, text
from vaultprune.ledger import CannotKeep
from vaultprune.model import NotePath

A, B, C = NotePath("a.md"), NotePath("b.md"), NotePath("c.md")


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path, {"a.md": text("a"), "b.md": text("b"), "c.md": text("c")})
    world.look(0)
    return world


def test_a_week_is_known_when_it_is_over(world: World) -> None:
    """So a second report of the same week says what the first said."""
    world.ledger().remember_round(day(3), [A, B], [A])
    assert world.seen("a.md", 6).weak == ()

    for number in (7, 10):
        world.ledger().remember_round(day(number), [A], [])
    world.ledger().remember_round(day(16), [A, C], [A])

    seen = world.seen("a.md", 21)
    assert seen.weak == (day(14), day(7), day(0))
    assert seen.suggested == (day(14), day(0))
    assert world.seen("b.md", 21).weak == (day(0),)
    assert world.seen("c.md", 21).weak == (day(14),)
    assert world.seen("a.md", 14).weak == (day(7), day(0))


def test_the_last_report_of_a_week_counts(world: World) -> None:
    world.ledger().remember_round(day(0), [A, B], [A, B])
    world.ledger().remember_round(day(6), [B, C], [B])

    assert (world.seen("a.md", 7).weak, world.seen("a.md", 7).suggested) == ((), ())
    assert (world.seen("b.md", 7).weak, world.seen("b.md", 7).suggested) == ((day(0),), (day(0),))


def test_the_same_round_again_writes_nothing(world: World) -> None:
    world.ledger().remember_round(day(3), [A, B], [A])
    before = read_tree(world.home)
    world.ledger().remember_round(day(3), [B, A], [A])

    assert read_tree(world.home) == before


def test_a_round_leaves_the_key_of_the_present_week_as_it_is(world: World) -> None:
    """Else a page that was made before it was written down could never be shown again."""
    key = world.ledger().key()
    world.ledger().remember_round(day(3), [A], [A])
    assert world.ledger().key() == key

    world.ledger().remember_round(day(10), [A], [A])
    assert world.ledger().key() == key
    world.ledger().remember_round(day(4), [B], [])  # by a clock that was set back
    assert world.ledger().key() != key


def test_it_goes_along_with_a_renamed_note(world: World) -> None:
    world.ledger().remember_round(day(3), [A], [A])
    world.move("a.md", "x.md")
    world.look(8)

    assert world.seen("x.md", 8).weak == (day(0),)


def test_without_a_look_there_is_nothing_to_remember(tmp_path: Path) -> None:
    world = World(tmp_path, {"a.md": text("a")})
    with pytest.raises(CannotKeep, match="nobody has looked"):
        world.ledger().remember_round(day(3), [A], [A])

    assert world.recall(10).absent == "nobody has looked at this vault yet"


def test_weeks_of_long_ago_are_let_go(world: World) -> None:
    world.ledger().remember_round(day(0), [A], [])
    world.ledger().remember_round(day(61 * 7), [A], [])

    assert world.seen("a.md", 62 * 7).weak == (day(61 * 7),)


def test_what_earlier_weeks_suggested_is_told_by_the_names_of_today(world: World) -> None:
    assert world.ledger().weeks_before(day(30)) is None
    world.ledger().remember_round(day(0), [A, B, C], [A, C])
    world.ledger().remember_round(day(7), [A], [A])
    assert world.ledger().weeks_before(day(6)) is None

    found = world.ledger().weeks_before(day(15))
    assert found is not None
    assert (found.last, found.suggested, found.ever) == (day(7), frozenset({A}), frozenset({A, C}))


def test_a_week_in_which_nothing_was_suggested_is_one(world: World) -> None:
    world.ledger().remember_round(day(0), [A], [A])
    world.ledger().remember_round(day(7), [], [])

    found = world.ledger().weeks_before(day(15))
    assert found is not None
    assert (found.last, found.suggested, found.ever) == (day(7), frozenset(), frozenset({A}))

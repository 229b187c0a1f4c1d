"""Days are those of the place where somebody looked; a clock that is wrong spoils nothing that is known."""

from __future__ import annotations

from datetime import timedelta, timezone
from pathlib import Path

import pytest

from tests.build import read_tree
from tests.ledger.worlds import World, day, text
from vaultprune.model import NotePath, Observed, Seen

EAST, WEST = timezone(timedelta(hours=13)), timezone(timedelta(hours=-11))


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path, {"a.md": text("a"), "b.md": text("b")})
    world.look(0)
    world.look(100)
    return world


def test_a_clock_set_back_writes_nothing(world: World) -> None:
    before = read_tree(world.home)
    world.write({"a.md": text("a", "later")})

    noticed = world.look(50)

    assert noticed.wrote is False
    assert noticed.odd == (
        "The ledger was last written on 10 Apr 2024, which lies ahead: the clock is wrong, or was. "
        "Until then nothing is remembered; vaultprune doctor --places names the file, without which it begins anew."
    )
    assert read_tree(world.home) == before
    assert world.look(101).edited == 1
    assert world.seen("a.md", 101).edits == ((day(100), day(101)),)


def test_an_hour_back_is_no_matter(world: World) -> None:
    assert world.look(100, 11).odd is None


def test_before_the_newest_look_only_what_was_known_then_is_told(world: World) -> None:
    world.write({"a.md": text("a", "more"), "c.md": text("c")})
    world.look(120)
    world.write({"a.md": text("a", "most")})
    world.look(140)
    world.write({"a.md": text("a", "unseen")})

    known = world.recall(130)

    assert known.looks == (day(0), day(100), day(120))
    assert known.notes[NotePath("a.md")] == Seen(day(0), day(120), edits=((day(100), day(120)),))
    assert world.recall(110).notes == {
        NotePath("a.md"): Seen(day(0), day(0)),
        NotePath("b.md"): Seen(day(0), day(0)),
    }
    assert world.recall(-1) == Observed()


def test_a_first_look_under_a_clock_that_lags_claims_nothing(tmp_path: Path) -> None:
    """An empty battery says 2024, the file times say that it is later."""
    world = World(tmp_path)
    (world.vault / "a.md").write_text(text("a"))  # its file time is that of now
    written = (world.vault / "a.md").stat().st_mtime
    world.look(0)

    assert NotePath("a.md") not in world.recall(10).notes
    assert world.seen("a.md", 5000).same_since >= day(0) + int(
        (written - world.snapshot(0).taken_at.timestamp()) / 86400
    )


def test_travelling_west_over_the_date_line(world: World) -> None:
    """It is the 5 Aug in the east when the plane leaves, and when it lands the 4th."""
    world.look(200, 1, zone=EAST)
    world.write({"a.md": text("a", "in the air")})
    assert world.look(199, 6, zone=WEST).edited == 1

    seen = world.recall(199, 6, WEST)
    assert seen.looks[-1] == day(199)
    assert seen.notes[NotePath("a.md")].edits == ((day(199), day(199)),)
    assert world.recall(200, 6, EAST).notes[NotePath("a.md")].edits == ((day(200), day(200)),)


def test_the_day_is_the_local_one(tmp_path: Path) -> None:
    world = World(tmp_path, {"a.md": text("a")})
    world.look(0, 23, zone=WEST)

    assert world.recall(1, zone=WEST).looks[0] == day(0)

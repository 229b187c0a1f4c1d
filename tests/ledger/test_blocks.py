"""Blocks of notes: what was written is what is read, a later block stands before an earlier one, damage is known."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.ledger.worlds import World, day, text
from vaultprune.ledger.blocks import IN_A_BLOCK, Known, blocks, entry
from vaultprune.ledger.ledger import MORE_BLOCKS
from vaultprune.ledger.records import Damaged, Record
from vaultprune.model import NotePath


def some(chance: random.Random, number: int) -> Record:
    """A record with anything in it."""

    def days() -> tuple[int, ...]:
        return tuple(sorted(chance.sample(range(730_000, 740_000), chance.choice((0, 0, 0, 1, 3)))))

    name = chance.choice(("a", "é", "日本", "\udcff", "x\ny", "", 'q"'))
    return Record(
        *(NotePath(f"{name}/{number}.md"), f"{chance.random()}", chance.choice(("", "ab")), ("one", "zwei\udc80")),
        *(chance.randrange(9), 730_000 + number, 731_000, chance.choice((None, None, 739_000))),
        *(tuple((each, each + 1) for each in days()), days(), days(), days()),
        tuple((NotePath(f"old {each}"), each) for each in days()),
    )


def read(*written: Mapping[int, Record]) -> Known:
    """What is known after these were written one after another."""
    return Known(data for each in written for data in blocks(entry(*pair) for pair in each.items()))


@pytest.mark.parametrize("seed", range(5))
def test_what_was_written_is_what_is_read(seed: int) -> None:
    chance = random.Random(seed)
    first = {number: some(chance, number) for number in range(1, chance.choice((2, 50, 2 * IN_A_BLOCK + 7)))}
    later = {number: some(chance, number) for number in (*sorted(first)[::3], len(first) + 1)}
    known, expected = read(first, later), {**first, **later}

    assert dict(known) == expected
    assert list(known) == sorted(expected)
    assert known.alive == {each.path: number for number, each in expected.items() if each.gone is None}
    assert known.dead == {each.path: number for number, each in expected.items() if each.gone is not None}
    assert {number for number in known if number not in known.told()} == {
        number for number, each in expected.items() if each[7:] == (None, (), (), (), (), ())
    }
    assert {number: (known.firsts[at], known.sinces[at]) for number, at in known.where.items()} == {
        number: (each.first, each.since) for number, each in expected.items()
    }
    again = Known(blocks(known.entries(frozenset({1}))))
    assert dict(again) == {number: each for number, each in expected.items() if number != 1}
    assert again.written == len(again)


@pytest.mark.parametrize("seed", range(20))
def test_a_block_that_cannot_be_is_known_as_such(seed: int) -> None:
    """Checksums tell of nearly all damage; what gets past them ends in nothing worse than `Damaged`."""
    chance = random.Random(seed)
    (whole,) = blocks(entry(number, some(chance, number)) for number in range(1, 9))
    cut = whole[: chance.randrange(len(whole))]
    with pytest.raises(Damaged):
        dict(Known([cut]))
    flipped = bytearray(whole)
    flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    with suppress(Damaged):
        dict(Known([bytes(flipped)]))


def test_after_many_looks_the_notes_are_written_in_order_again(tmp_path: Path) -> None:
    world = World(tmp_path, {f"n{number}.md": text(number) for number in range(5)})
    world.look(0)
    for number in range(1, 2 * MORE_BLOCKS + 10):
        world.write({f"n{number % 5}.md": text(number, "edited", number)})
        world.look(number)
        found = world.recall(number).notes
        assert found[NotePath(f"n{number % 5}.md")].edits[0] == (day(number - 1), day(number))
        assert sum(len(seen.edits) for seen in found.values()) == number

    with closing(sqlite3.connect(world.file())) as connection:
        (many,) = connection.execute("SELECT count(*) FROM parts WHERE kind = 'note'").fetchone()
    assert many <= MORE_BLOCKS

"""A look that compares only what was read again, and a ledger that is read once in a run: neither shows."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from tests.ledger.worlds import PLAIN
from tests.state.worlds import LATER, Gardener, now, small
from vaultprune.ledger import Ledger
from vaultprune.model import FORGETFUL, NotePath
from vaultprune.reading import read_vault
from vaultprune.state import Store


@pytest.mark.parametrize("seed", range(8))
def test_what_was_not_read_again_need_not_be_compared(tmp_path: Path, seed: int) -> None:
    """One ledger goes by what is remembered of the vault, sometimes by a memory of long ago; the other compares all."""
    vault, chance = small(tmp_path), random.Random(seed)
    gardener = Gardener(vault, seed)
    days = 0
    for _ in range(25):
        days += chance.choice((0, 0, 1, 30))
        for _ in range(chance.choice((0, 0, 1, 3))):
            gardener.change()
        taken_at = now() + LATER + timedelta(days=days)
        store = Store(vault, folder=tmp_path / f"cache{chance.choice((0, 0, 0, 1))}")
        quick = Ledger(vault, folder=tmp_path / "quick")
        sure = Ledger(vault, folder=tmp_path / "sure")
        remembered, read = read_vault(vault, PLAIN, taken_at, memory=store), read_vault(vault, PLAIN, taken_at)
        if chance.random() < 0.3:
            assert quick.recall(remembered) == sure.recall(read)
        noticed = quick.observe(remembered)
        assert (noticed.nothing, noticed.notes) == ((found := sure.observe(read)).nothing, found.notes)
        if noticed.wrote:
            assert noticed == found
        store.save()

        known = quick.recall(remembered)
        assert known == sure.recall(read)
        assert known == Ledger(vault, folder=tmp_path / "quick").recall(read)  # read from the disk again


def test_the_same_contents_by_another_run_are_seen(tmp_path: Path) -> None:
    """What a run has looked at is no answer any more once another run has written."""
    vault = small(tmp_path)
    snapshot = read_vault(vault, PLAIN, now() + LATER)
    mine, other = Ledger(vault, folder=tmp_path / "x"), Ledger(vault, folder=tmp_path / "x")
    mine.observe(snapshot)
    assert NotePath("Home.md") in mine.recall(snapshot).notes

    other.forget(NotePath("Home.md"))
    day = snapshot.taken_at.toordinal()
    mine.remember_round(day, [NotePath("Home.md"), NotePath("Ideas.md")], [])
    other.remember_round(day, [NotePath("Home.md"), NotePath("Ideas.md")], [])

    later = read_vault(vault, PLAIN, now() + LATER + timedelta(days=7))
    found = other.recall(later).notes
    assert found[NotePath("Home.md")].weak == ()
    assert len(found[NotePath("Ideas.md")].weak) == 1
    assert mine.recall(later) == Ledger(vault, folder=tmp_path / "x").recall(later)


def test_a_run_that_keeps_no_memory_of_the_vault_compares_all(tmp_path: Path) -> None:
    vault = small(tmp_path)
    ledger = Ledger(vault, folder=tmp_path / "x")
    store = Store(vault, folder=tmp_path / "cache")
    ledger.observe(read_vault(vault, PLAIN, now() + LATER, memory=store))
    store.save()
    (vault / "Home.md").write_text("quite other words")

    assert ledger.observe(read_vault(vault, PLAIN, now() + LATER, memory=FORGETFUL)).edited == 1

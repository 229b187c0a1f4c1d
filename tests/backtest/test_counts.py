from __future__ import annotations

import math
from itertools import combinations

import pytest

from vaultprune.backtest.chances import BINS, binned
from vaultprune.backtest.intervals import Interval, apart, share_within
from vaultprune.backtest.rankers import at_random, expected


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [
        pytest.param(0, 10, 0.0, 0.2775, id="none"),
        pytest.param(10, 10, 0.7225, 1.0, id="all"),
        pytest.param(5, 10, 0.2366, 0.7634, id="half"),
        pytest.param(2, 40, 0.0138, 0.1650, id="two of forty"),
        pytest.param(81, 263, 0.2553, 0.3662, id="a known example"),
        pytest.param(0, 0, 0.0, 1.0, id="nothing at all"),
    ],
)
def test_the_interval_of_a_count(found: int, of: int, low: float, high: float) -> None:
    interval = share_within(found, of)

    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)
    assert interval.low <= interval.share <= interval.high


def test_the_interval_of_a_difference() -> None:
    # 56 of 70 against 48 of 80: a published example of Newcombe's method
    difference = apart(share_within(56, 70), share_within(48, 80))

    assert difference == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert apart(Interval(0, 0, 0.1), Interval(0, 0, 0.1)) == pytest.approx((0, -0.1, 0.1))


AGES = {1: 5, 2: 3, 3: 3, 4: 3, 5: 9}
NEEDED = {1: True, 2: True, 3: False, 4: False, 5: True}


@pytest.mark.parametrize(
    ("how_many", "needed"),
    [
        pytest.param(0, 0.0, id="none"),
        pytest.param(1, 1 / 3, id="one of three that tie"),
        pytest.param(2, 2 / 3, id="two of three that tie"),
        pytest.param(3, 1.0, id="all that tie"),
        pytest.param(4, 2.0, id="and one more"),
        pytest.param(9, 3.0, id="more than there are"),
    ],
)
def test_notes_that_tie_count_by_their_share(how_many: int, needed: float) -> None:
    assert expected([1, 2, 3, 4, 5], NEEDED, how_many, lambda number: (AGES[number],)) == pytest.approx(needed)


@pytest.mark.parametrize("how_many", range(6))
def test_chance_is_the_mean_of_every_choice(how_many: int) -> None:
    choices = [sum(NEEDED[note] for note in chosen) for chosen in combinations(NEEDED, how_many)]

    assert at_random([1, 2, 3, 4, 5], NEEDED, how_many) == pytest.approx(sum(choices) / len(choices))


def test_bins_hold_equally_many_and_lose_none() -> None:
    told = [(number / 1000, number % 3 == 0) for number in range(777)]

    bins = binned(told)

    assert [each.notes for each in bins] == [155, 155, 156, 155, 156]
    assert sum(each.needed for each in bins) == sum(was for _, was in told)
    assert math.fsum(each.stated * each.notes for each in bins) == pytest.approx(sum(chance for chance, _ in told))
    assert [each.stated for each in bins] == sorted(each.stated for each in bins)


@pytest.mark.parametrize(("notes", "bins"), [(0, 0), (1, 1), (199, 1), (200, 2), (10_000, BINS)])
def test_few_notes_make_few_bins(notes: int, bins: int) -> None:
    assert len(binned([(0.5, True)] * notes)) == bins

"""How often setting aside was wrong at the least, and when that is much."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vaultprune.config import Budget
from vaultprune.revival import CameBack, SetAside, came_back

NOW = datetime(2026, 11, 20, 18, 4, tzinfo=UTC)


def run(days_ago: int, notes: int, *back_after: float, name: str = "") -> list[SetAside]:
    """Notes set aside so many days ago, of which some came back after so many days each."""
    at = NOW - timedelta(days=days_ago)
    back = [at + timedelta(days=days) for days in back_after]
    return [SetAside(name or str(days_ago), at, back[n] if n < len(back) else None) for n in range(notes)]


@pytest.mark.parametrize(
    ("notes", "wanted"),
    [
        pytest.param([], (0, 0), id="nothing was ever set aside"),
        pytest.param(run(30, 5), (0, 5), id="nothing came back"),
        pytest.param(run(30, 5, 0, 0.1, 9), (2, 4), id="the run itself took one back"),
        pytest.param(run(30, 5, 0.1, 9), (2, 5), id="one on the same day, one later"),
        pytest.param(run(30, 2, 0.1, 0.1), (0, 0), id="all of a run on the same day: it was tried out"),
        pytest.param(run(30, 2, 0.1, 2), (2, 2), id="all of a run, but not on one day"),
        pytest.param(run(400, 9, 3, 3), (0, 0), id="more than a year ago"),
        pytest.param([*run(300, 9, 3), *run(20, 4, 1)], (2, 13), id="two runs"),
    ],
)
def test_what_came_back_within_a_year_is_counted(notes: list[SetAside], wanted: tuple[int, int]) -> None:
    found = came_back(notes, NOW)

    assert (found.notes, found.of) == wanted


@pytest.mark.parametrize(
    ("back", "of", "divides"),
    [
        pytest.param(0, 100, 1, id="none"),
        pytest.param(9, 9, 1, id="too few to tell"),
        pytest.param(2, 10, 1, id="two of ten may be chance"),
        pytest.param(3, 10, 2, id="three of ten"),
        pytest.param(5, 10, 4, id="half"),
        pytest.param(10, 100, 1, id="a tenth of many"),
        pytest.param(17, 100, 2, id="clearly more than a tenth of many"),
        pytest.param(34, 100, 4, id="a third of many"),
        pytest.param(10, 10, 4, id="all"),
    ],
)
def test_the_budget_shrinks_where_more_came_back_than_chance_explains(back: int, of: int, divides: int) -> None:
    assert CameBack(back, of).divides == divides


def test_the_lower_end_is_that_of_wilson() -> None:
    assert CameBack(3, 10).least == pytest.approx(0.1269, abs=1e-4)
    assert CameBack(10, 10).least == pytest.approx(0.7871, abs=1e-4)


@pytest.mark.parametrize(
    ("budget", "divided", "wanted"),
    [
        pytest.param(Budget(), 1, 10, id="as it is"),
        pytest.param(Budget(), 2, 5, id="halved"),
        pytest.param(Budget(), 4, 2, id="quartered"),
        pytest.param(Budget(notes=1, chosen=True), 4, 1, id="never down to nothing"),
        pytest.param(Budget(notes=0, chosen=True), 4, 0, id="nothing stays nothing"),
        pytest.param(Budget(notes=None, share=0.1, chosen=True), 2, 20, id="a share"),
    ],
)
def test_a_budget_can_be_divided(budget: Budget, divided: int, wanted: int) -> None:
    assert Budget(budget.notes, budget.share, budget.chosen, divided).of(400) == wanted

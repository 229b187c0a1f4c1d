"""What the looks of one machine tell of the suggestions that were made: by hand, in days before today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from vaultprune.backtest import Backtest, Needed, ripe, watched
from vaultprune.config import Config
from vaultprune.model import NotePath, Observed, Seen
from vaultprune.reports import BACKTESTS
from vaultprune.reports.page import View

TODAY = date(2026, 11, 20)
WEEK = date(2026, 4, 6).toordinal()
"""A Monday; its Sunday lies 222 days back."""
SUNDAY = WEEK + 6
FIRST = SUNDAY - 200


def seen(*edits: tuple[int, int], linked: tuple[int, ...] = (), suggested: tuple[int, ...] = ()) -> Seen:
    """A note watched since long before; days are counted from the Sunday."""
    return Seen(
        first=FIRST,
        same_since=FIRST,
        edits=tuple((SUNDAY + before, SUNDAY + by) for before, by in edits),
        linked=tuple(SUNDAY + day for day in linked),
        suggested=suggested,
    )


def busy(number: int) -> Mapping[str, Seen]:
    """Notes that are edited all the time, each on days of its own."""
    return {f"Busy {each}": seen((20 + each, 21 + each), (-20, -19)) for each in range(number)}


def backtest(notes: Mapping[str, Seen], today: date = TODAY) -> Backtest | None:
    observed = Observed(
        looks=tuple(range(FIRST, today.toordinal() + 1, 7)),
        notes={NotePath(f"{name}.md"): each for name, each in notes.items()},
    )
    return watched(observed, "Garden", Config(), datetime(today.year, today.month, today.day, 12, tzinfo=UTC))


def test_the_counts_are_those_worked_out_by_hand() -> None:
    found = backtest(
        {
            "A": seen(suggested=(WEEK,)),
            "B": seen((50, 57), suggested=(WEEK,)),
            "C": seen(linked=(90,)),
            "D": seen(),
            "E": seen(),
            **busy(7),
        }
    )

    assert found is not None
    (window,) = found.windows
    # five were quiet by then; two of these, B and C, were needed; of two taken by chance 2 x 2/5 would have been
    assert (window.notes, window.eligible, window.eligible_needed) == (12, 5, 2)
    assert window.needed == Needed(1, None, None, 2 * 2 / 5)
    assert (window.at.date(), window.until.date()) == (
        date.fromordinal(SUNDAY),
        date.fromordinal(SUNDAY) + timedelta(days=180),
    )
    assert window.active_days == 8
    assert window.counts
    assert [(each.path, each.fate) for each in window.suggestions] == [("A.md", "quiet"), ("B.md", "edited")]
    assert found.source == "ledger"


@pytest.mark.parametrize(
    ("note", "fate"),
    [
        pytest.param(seen((-10, -3)), "quiet", id="edited before"),
        pytest.param(seen((-3, 4)), "edited", id="edited before or after"),
        pytest.param(seen((10, 17)), "edited", id="edited after"),
        pytest.param(seen((177, 184)), "edited", id="edited at the end or later"),
        pytest.param(seen((180, 187)), "quiet", id="edited later"),
        pytest.param(seen(linked=(0,)), "quiet", id="linked to on the day itself"),
        pytest.param(seen(linked=(180,)), "linked", id="linked to on the last day"),
        pytest.param(seen((190, 197), (10, 17), linked=(30,)), "edited", id="edited, and linked to"),
    ],
)
def test_what_may_have_fallen_into_the_half_year_counts(note: Seen, fate: str) -> None:
    suggested = Seen(note.first, note.same_since, note.edits, linked=note.linked, suggested=(WEEK,))

    found = backtest({"A": suggested, **busy(7)})

    assert found is not None
    assert [each.fate for each in found.windows[0].suggestions] == [fate]


@pytest.mark.parametrize(
    ("weeks", "chosen"),
    [
        pytest.param((WEEK,), [WEEK], id="one"),
        pytest.param((WEEK + 7, WEEK), [WEEK + 7], id="the newest of two neighbours"),
        pytest.param((WEEK + 49,), [], id="not old enough"),
        pytest.param((WEEK + 49, WEEK), [WEEK], id="one of two is old enough"),
        pytest.param((WEEK, WEEK - 189), [WEEK - 189, WEEK], id="two, half a year apart"),
        pytest.param((WEEK, WEEK - 182), [WEEK], id="two that overlap by a few days"),
        pytest.param((), [], id="none"),
    ],
)
def test_suggestions_half_a_year_apart_are_taken(weeks: tuple[int, ...], chosen: list[int]) -> None:
    found = backtest({"A": seen(suggested=weeks), **busy(7)})

    days = [] if found is None else [window.at.toordinal() - 6 for window in found.windows]
    assert days == chosen


def test_what_was_archived_by_hand_was_not_needed() -> None:
    found = backtest({"Archive/A": seen((10, 17), suggested=(WEEK,)), "Archive/B": seen(), **busy(7)})

    assert found is not None
    (window,) = found.windows
    assert [each.fate for each in window.suggestions] == ["set-aside"]
    assert (window.eligible, window.needed.suggested) == (1, 0)


def test_it_says_when_there_will_be_an_answer() -> None:
    notes = {NotePath("A.md"): seen(suggested=(WEEK + 49,)), NotePath("B.md"): seen()}

    assert ripe(Observed(notes=notes)) == date.fromordinal(WEEK + 49 + 6 + 180)
    assert ripe(Observed(notes={NotePath("B.md"): seen()})) is None


def test_every_form_can_tell_it() -> None:
    found = backtest({"A": seen(suggested=(WEEK,)), "B": seen((50, 57), suggested=(WEEK,)), **busy(7)})
    assert found is not None

    for form, name in (("json", "A.md"), ("csv", "A.md"), ("html", "<b>B</b>"), ("text", "  1  B\n")):
        assert name in BACKTESTS[form](found, View())
    assert "of the oldest</li>" not in BACKTESTS["html"](found, View())
    text = BACKTESTS["text"](found, View())
    assert text.startswith("Garden, as this machine saw it\nWatched since 24 Sep 2025. These are the suggestions")
    assert "Of 2 suggested       1 was edited or newly linked to within half a year\nof 2 taken at random" in text
    assert "oldest" not in text
    assert max(map(len, text.split("\n"))) <= 80

"""How old a day is by the vault's own clock, which runs only while somebody writes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import note
from tests.evidence.worlds import What, bare, log, weighed
from vaultprune.config import Config
from vaultprune.evidence.clock import FEWEST, Clock, clock_of
from vaultprune.model import Use

TODAY = 1000


def steadily(*stretches: range) -> tuple[int, ...]:
    return tuple(day for stretch in stretches for day in stretch)


EVERY_OTHER_DAY = steadily(range(600, 1001, 2))
WITH_A_HOLIDAY = steadily(range(600, 901, 2), range(961, 1001, 2))
GONE_SINCE = steadily(range(600, 901, 2))


@pytest.mark.parametrize(
    ("days", "day", "age"),
    [
        pytest.param(EVERY_OTHER_DAY, 900, 100, id="a steady writer's days are those of the calendar"),
        pytest.param(EVERY_OTHER_DAY, 999, 1, id="so is yesterday"),
        pytest.param(WITH_A_HOLIDAY, 900, 44, id="a holiday of sixty days ages nothing"),
        pytest.param(GONE_SINCE, 900, 0, id="nor does one that lasts"),
        pytest.param(GONE_SINCE, 800, 110, id="what was old before it is a little older"),
        pytest.param(EVERY_OTHER_DAY, 1003, 0, id="what lies ahead is new"),
        pytest.param(EVERY_OTHER_DAY, 500, 500, id="before the first day it is the calendar"),
        pytest.param(GONE_SINCE[:11], 610, 390, id="a few days are no pace"),
        pytest.param((), 900, 100, id="nothing is known"),
        pytest.param((TODAY,) * FEWEST, 900, 100, id="all of it today"),
    ],
)
def test_the_clock_counts_days_of_writing(days: tuple[int, ...], day: int, age: float) -> None:
    assert Clock(TODAY, days).age(day) == pytest.approx(age, abs=1)


@pytest.mark.parametrize(
    ("days", "day", "age"),
    [
        pytest.param(WITH_A_HOLIDAY, 900, 100, id="a holiday that is over may be one that was wiped out"),
        pytest.param(GONE_SINCE, 900, 30, id="one that lasts stops the clock after a month"),
        pytest.param(GONE_SINCE, 800, 130, id="for older notes too"),
        pytest.param((900,), 900, 30, id="a single day is enough"),
        pytest.param((990,), 900, 100, id="no pause"),
        pytest.param((900,), 950, 0, id="after the stop"),
        pytest.param((), 900, 100, id="nothing is known"),
    ],
)
def test_without_a_log_only_the_newest_day_is_certain(days: tuple[int, ...], day: int, age: float) -> None:
    assert Clock(TODAY, days, whole=False).age(day) == age


def test_a_busy_week_ages_nothing_faster_than_the_calendar() -> None:
    days = steadily(range(400, 990, 30), range(990, 1001))

    assert Clock(TODAY, days).age(995) == 5


def test_age_never_falls_as_days_go_back() -> None:
    clock = Clock(TODAY, WITH_A_HOLIDAY)
    ages = [clock.age(day) for day in range(TODAY + 5, 300, -1)]

    assert ages == sorted(ages)
    assert all(age <= max(0, TODAY - day) for age, day in zip(ages, range(TODAY + 5, 300, -1), strict=True))


@pytest.mark.parametrize(
    ("days", "found"),
    [
        pytest.param(WITH_A_HOLIDAY, (900, 961), id="a holiday that is over"),
        pytest.param(GONE_SINCE, (900, TODAY), id="one that lasts"),
        pytest.param(EVERY_OTHER_DAY, None, id="none"),
        pytest.param(steadily(range(600, 801, 2), range(861, 1001, 2)), None, id="one of long ago"),
        pytest.param(steadily(range(600, 961, 2)), (960, TODAY), id="forty days"),
        pytest.param(steadily(range(600, 975, 2)), None, id="less than a month"),
        pytest.param(steadily(range(100, 941, 28)), None, id="two months of one who writes each month"),
        pytest.param(GONE_SINCE[:5], None, id="too few days to tell"),
    ],
)
def test_a_long_pause_is_found(days: tuple[int, ...], found: tuple[int, int] | None) -> None:
    assert Clock(TODAY, days).pause(90) == found


def test_days_of_writing_are_those_that_can_be_trusted_and_are_past() -> None:
    known = Use(30, "git", None, None, 30, edit_days=(30, 20))
    doubted = Use(25, "mtime", None, None, 25, trusted=False, doubt="made up")
    ahead = Use(40, "mtime", None, None, 40)
    watched = Use(28, "ledger", None, None, 28, only_watched=True)

    assert clock_of([known, doubted, ahead, watched], 35).days == (20, 30)


def diary(*days: str) -> list[tuple[str, list[What]]]:
    """A note made on the first of these days and written in on the others."""
    return [(day, [("A", "body" if number else "created", number)]) for number, day in enumerate(days)]


WEEKLY = [str(date.fromordinal(date(2025, 1, 6).toordinal() + 7 * week)) for week in range(80)]  # to 13 Jul 2026


@pytest.mark.parametrize(
    ("days", "says"),
    [
        pytest.param(
            [*WEEKLY, "2026-11-10", "2026-11-17"],
            "Dates from git, since 6 Jan 2025, trusted for 1 note. "
            "No edit is known between 13 Jul 2026 and 10 Nov 2026; by this vault's own clock that time does not count.",
            id="over",
        ),
        pytest.param(
            WEEKLY,
            "Dates from git, since 6 Jan 2025, trusted for 1 note. "
            "No edit is known since 13 Jul 2026; by this vault's own clock that time does not count.",
            id="lasting",
        ),
    ],
)
def test_the_heading_tells_a_pause_in_one_line(days: list[str], says: str) -> None:
    evidence, _ = weighed(bare("A"), history=log(*diary(*days)))

    assert evidence.says == says


def test_without_a_log_only_a_pause_that_lasts_can_be_told() -> None:
    only = Config(dates=("property",))
    written = [note(f"N{number:02d}", edited=day) for number, day in enumerate(WEEKLY)]

    lasting, _ = weighed(*written, config=only)
    over, _ = weighed(*written, note("Z", edited="2026-11-10"), config=only)

    assert lasting.says.endswith(
        "No edit is known since 13 Jul 2026; by this vault's own clock that time does not count."
    )
    assert over.says == "Dates from properties, trusted for all 81 notes."

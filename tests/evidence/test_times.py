"""When file times tell something, and when a copy has reset them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from vaultprune.evidence.times import FileTimes, file_times

NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)


def times(*moments: str, judged: list[bool] | None = None) -> FileTimes:
    stamps = [int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 10**9) for moment in moments]
    return file_times(stamps, judged or [True] * len(stamps), NOW, UTC)


def believed(found: FileTimes) -> list[str | None]:
    return [None if day is None else date.fromordinal(day).isoformat() for day in found.days]


def spread(number: int, hours: int, start: str = "2026-01-01T06:00") -> list[str]:
    first = datetime.fromisoformat(start)
    return [(first + timedelta(hours=hours * this)).isoformat() for this in range(number)]


def test_times_on_different_days_are_believed() -> None:
    found = times("2026-01-01T10:00", "2026-02-01T10:00", "2026-03-01T10:00")

    assert believed(found) == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert found.reset is None


def test_half_of_the_notes_in_one_day_are_still_believed() -> None:
    assert None not in believed(times(*spread(5, 1), *spread(5, 48, "2024-01-01T06:00")))


@pytest.mark.parametrize(
    ("moments", "says"),
    [
        pytest.param(
            ["2026-11-18T21:14:05"] * 803 + spread(9, 100, "2020-01-01T00:00"),
            "803 of 812 files carry the time of one minute, 18 Nov 2026 21:14, when this copy was made",
            id="a clone",
        ),
        pytest.param(
            ["2026-11-18T21:14:05"] * 3,
            "all 3 files carry the time of one minute, 18 Nov 2026 21:14, when this copy was made",
            id="a small clone",
        ),
        pytest.param(
            spread(6, 2) + spread(5, 48, "2024-01-01T06:00"),
            "6 of 11 files carry the time of one day, 1 Jan 2026",
            id="a slow sync",
        ),
        pytest.param(
            spread(6, 4, "2026-01-01T20:00") + spread(5, 48, "2024-01-01T06:00"),
            "6 of 11 files carry the time of one day and night, 1 Jan 2026 to 2 Jan 2026",
            id="a sync over midnight",
        ),
    ],
)
def test_more_than_half_of_the_notes_in_one_day_were_reset(moments: list[str], says: str) -> None:
    found = times(*moments)

    assert str(found.reset) == says


def test_only_the_times_of_the_reset_are_disbelieved() -> None:
    found = times(*["2026-11-18T21:14"] * 5, "2026-11-19T21:15", "2024-05-01T10:00")

    assert believed(found) == [None] * 5 + ["2026-11-19", "2024-05-01"]


def test_times_that_lie_ahead_are_counted_and_not_believed() -> None:
    found = times("2026-11-20T20:01", "2027-01-01T00:00", "2024-05-01T10:00")

    assert believed(found) == [None, None, "2024-05-01"]
    assert (found.later, found.reset) == (2, None)


def test_a_reset_is_counted_among_the_notes_outside_the_archive() -> None:
    copied, archived = ["2026-11-18T21:14"] * 3, spread(10, 48, "2024-01-01T06:00")

    assert times(*copied, *archived, judged=[True] * 3 + [False] * 10).reset is not None
    assert times(*copied, *archived).reset is None


def test_a_file_without_a_time_is_not_believed() -> None:
    assert file_times([None, 10**40], [True, True], NOW, UTC).days == (None, None)

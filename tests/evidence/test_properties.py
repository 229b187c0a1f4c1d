"""Which properties tell when a note was changed and made."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from tests.evidence.worlds import bare
from vaultprune.config import Config
from vaultprune.evidence.properties import PropertyDays, property_days
from vaultprune.model import Note

TODAY = date(2026, 11, 20).toordinal()


def of(*notes: Note, judged: list[bool] | None = None, config: Config | None = None) -> PropertyDays:
    return property_days(notes, judged or [True] * len(notes), config or Config(), UTC, TODAY)


def iso(days: tuple[int | None, ...]) -> list[str | None]:
    return [None if day is None else date.fromordinal(day).isoformat() for day in days]


@pytest.mark.parametrize(
    "key",
    [
        "modified",
        "Modified",
        "last_modified",
        "last-modified",
        "Last Modified",
        "date_modified",
        "UPDATED",
        "file_modified",
    ],
)
def test_a_key_is_known_in_any_spelling(key: str) -> None:
    assert iso(of(bare(properties={key: "2024-07-21"})).modified) == ["2024-07-21"]


@pytest.mark.parametrize("key", ["created", "Date Created", "created_at", "creation-date", "date"])
def test_a_key_of_creation_is_known_in_any_spelling(key: str) -> None:
    found = of(bare(properties={key: "2024-07-21"}))

    assert iso(found.created) == ["2024-07-21"]
    assert iso(found.modified) == [None]


def test_a_key_from_the_settings_is_known() -> None:
    config = Config(modified_keys=("zuletzt geändert",))

    assert iso(of(bare(properties={"Zuletzt-Geändert": "2024-07-21"}), config=config).modified) == ["2024-07-21"]


def test_the_latest_of_several_changes_and_the_best_of_several_creations_count() -> None:
    several = bare(
        modified=("2024-01-01", "2024-03-01"),
        updated="2024-02-01",
        date="2019-01-01",
        created=("2020-05-01", "2020-04-01"),
    )

    assert iso(of(several).modified) == ["2024-03-01"]
    assert iso(of(several).created) == ["2020-04-01"]


def test_dates_that_lie_ahead_are_counted_and_not_believed() -> None:
    found = of(bare(modified=("2026-11-21", "2024-01-01"), created="2030-01-01"), bare("M", modified="2026-11-20"))

    assert iso(found.modified) == ["2024-01-01", "2026-11-20"]
    assert iso(found.created) == [None, None]
    assert found.later == 2


def test_a_day_written_into_most_notes_at_once_is_not_believed() -> None:
    written = [bare(f"N{number}", modified="2024-05-03") for number in range(21)]
    others = [bare(f"M{number}", modified=f"2023-01-{number:02d}") for number in range(1, 21)]

    found = of(*written, *others, bare("X"))

    assert found.modified[:21] == (None,) * 21
    assert found.was_reset == (True,) * 21 + (False,) * 21
    assert (iso((found.reset,)), found.reset_notes, found.carrying) == (["2024-05-03"], 21, 20)
    assert None not in found.modified[21:41]


@pytest.mark.parametrize(
    ("alike", "others"), [pytest.param(20, 0, id="no more than twenty"), pytest.param(30, 30, id="no more than half")]
)
def test_a_day_that_fewer_notes_share_is_believed(alike: int, others: int) -> None:
    notes = [bare(f"N{number}", modified="2024-05-03") for number in range(alike)]
    rest = [bare(f"M{number}", modified=f"20{number % 10 + 10}-01-{number % 28 + 1:02d}") for number in range(others)]

    found = of(*notes, *rest)

    assert found.reset is None
    assert None not in found.modified

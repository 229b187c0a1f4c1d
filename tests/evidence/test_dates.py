"""Which day a property's value or a note's name tells, and which values tell none."""

from __future__ import annotations

from datetime import UTC, date, timedelta, timezone, tzinfo

import pytest

from vaultprune.evidence.dates import days_in
from vaultprune.evidence.names import NameDay, name_day
from vaultprune.model import PropertyValue

EAST = timezone(timedelta(hours=9))


def days(value: PropertyValue, zone: tzinfo = UTC) -> list[str]:
    return [date.fromordinal(day).isoformat() for day in days_in(value, zone)]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("2024-07-21", id="ISO"),
        pytest.param("2024-7-21", id="ISO without a zero"),
        pytest.param("2024/07/21", id="with slashes"),
        pytest.param("2024.07.21", id="with dots"),
        pytest.param("2024-07-21T10:00", id="with a time"),
        pytest.param("2024-07-21 10:00:59", id="with a time after a blank"),
        pytest.param("2024-07-21T10:00:59.123456Z", id="with a time in UTC"),
        pytest.param("2024-07-21T23:30:00+02:00", id="with an offset"),
        pytest.param("2024-07-22T01:30:00+02:00", id="with an offset that is another day there"),
        pytest.param("2024-07-21, 10:00 PM", id="with half a day"),
        pytest.param("2024-07-21 Sunday", id="with its weekday"),
        pytest.param("2024-07-21 Sunday 10:00", id="with its weekday and a time"),
        pytest.param("Sunday 2024-07-21", id="after its weekday"),
        pytest.param("  '2024-07-21' ", id="in quotes"),
        pytest.param("20240721", id="compact"),
        pytest.param(20240721, id="compact, read as a number"),
        pytest.param("202407211030", id="a zettel's number"),
        pytest.param("20240721103059", id="a longer one"),
        pytest.param("21.07.2024", id="day first, beyond doubt"),
        pytest.param("07/21/2024", id="month first, beyond doubt"),
        pytest.param("21/07/2024 10:00", id="day first with a time"),
        pytest.param("July 21, 2024", id="in English"),
        pytest.param("Jul 21 2024", id="a short month"),
        pytest.param("21 July 2024", id="in English, day first"),
        pytest.param("21st Jul. 2024", id="a counted day"),
        pytest.param("Sunday, July 21st 2024, 10:00:00 am", id="as a linter writes it"),
        pytest.param("Sun, 21 Jul 2024 10:00:00 +0000", id="as mail writes it"),
        pytest.param(1721556000, id="seconds"),
        pytest.param("1721556000", id="seconds as a text"),
        pytest.param(1721556000.5, id="seconds and a part"),
        pytest.param(1721556000123, id="thousandths"),
        pytest.param("[[2024-07-21]]", id="a link to a daily note"),
        pytest.param("[[Journal/2024-07-21|that day]]", id="a link with a path and display text"),
        pytest.param("[[2024-07-21.md#Evening]]", id="a link to a heading"),
        pytest.param((("2024-07-21",),), id="a link without quotes, as YAML reads it"),
    ],
)
def test_a_day_is_understood(value: PropertyValue) -> None:
    assert days(value) == ["2024-07-21"]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="nothing"),
        pytest.param("", id="an empty text"),
        pytest.param(True, id="true"),
        pytest.param("yesterday", id="a word"),
        pytest.param("2024", id="a year"),
        pytest.param(2024, id="a year as a number"),
        pytest.param("2024-07", id="a month"),
        pytest.param("2024-W29", id="a week"),
        pytest.param("05/07/2024", id="May or July"),
        pytest.param("05.07.2024", id="May or July with dots"),
        pytest.param("2024-13-01", id="no such month"),
        pytest.param("2024-02-30", id="no such day"),
        pytest.param("30/30/2024", id="neither a day nor a month"),
        pytest.param("2024-07-21 in the evening", id="a day and more"),
        pytest.param("around 2024-07-21", id="more and a day"),
        pytest.param("2024-07-21 25:00", id="no such hour"),
        pytest.param("2024-07/21", id="two ways at once"),
        pytest.param("Foo 21, 2024", id="no such month's name"),
        pytest.param("{{date}}", id="a template that was never filled"),
        pytest.param("<% tp.date.now() %>", id="another one"),
        pytest.param("[[Some note]]", id="a link to another note"),
        pytest.param("1984-07-21", id="before there were notes"),
        pytest.param(631151999, id="seconds before there were notes"),
        pytest.param("0000-00-00", id="noughts"),
        pytest.param(99999999, id="eight digits that are no day"),
        pytest.param("209913011200", id="a zettel's number that is none"),
        pytest.param(12.5, id="a small number"),
        pytest.param(float("inf"), id="no number to speak of"),
        pytest.param(float("nan"), id="no number"),
        pytest.param(-1721556000, id="seconds backwards"),
        pytest.param("9999-12-31T23:59:00-12:00", id="beyond the end of the calendar"),
        pytest.param("2" * 100_000, id="digits without end"),
        pytest.param("monday " * 20_000, id="weekdays without end"),
        pytest.param((), id="an empty list"),
    ],
)
def test_what_is_no_date_for_certain_is_none(value: PropertyValue) -> None:
    assert days(value) == []


def test_every_day_of_a_list_is_told() -> None:
    assert days(("2024-07-21", "soon", "2023-01-02")) == ["2024-07-21", "2023-01-02"]


def test_a_moment_with_an_offset_is_told_as_the_day_it_was_here() -> None:
    assert days("2024-07-21T20:00:00Z", EAST) == ["2024-07-22"]
    assert days(1721592000, EAST) == ["2024-07-22"]
    assert days("2024-07-21T20:00:00", EAST) == ["2024-07-21"]


@pytest.mark.parametrize(
    ("path", "day", "whole"),
    [
        pytest.param("2024-07-21.md", "2024-07-21", True, id="a daily note"),
        pytest.param("Journal/2024/2024_07_21.MD", "2024-07-21", True, id="with underscores, in a folder"),
        pytest.param("20240721.md", "2024-07-21", True, id="compact"),
        pytest.param("21.07.2024.md", "2024-07-21", True, id="day first, beyond doubt"),
        pytest.param("2024-07-21 Dentist.md", "2024-07-21", False, id="a day and a title"),
        pytest.param("20240721 Dentist.md", "2024-07-21", False, id="a compact day and a title"),
        pytest.param("202407211030.md", "2024-07-21", False, id="a zettel's number"),
        pytest.param("20240721103059 On boxes.md", "2024-07-21", False, id="a zettel's number and a title"),
    ],
)
def test_a_name_that_begins_with_a_day_tells_it(path: str, day: str, whole: bool) -> None:
    assert name_day(path) == NameDay(date.fromisoformat(day).toordinal(), whole)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("Dentist.md", id="a title"),
        pytest.param("Dentist 2024-07-21.md", id="a day at the end"),
        pytest.param("2024-07-21/Dentist.md", id="a day in the folder's name"),
        pytest.param("2024-07.md", id="a month"),
        pytest.param("2024.md", id="a year"),
        pytest.param("05.07.2024.md", id="May or July"),
        pytest.param("2024-13-41.md", id="no such day"),
        pytest.param("2024072110.md", id="ten digits"),
        pytest.param("20240721103.md", id="eleven digits"),
        pytest.param("1789-07-14 Bastille.md", id="a day of history"),
        pytest.param(".md", id="no name"),
    ],
)
def test_other_names_tell_no_day(path: str) -> None:
    assert name_day(path) is None

"""The value of a property in, the days it names out; a text that is no date for certain names none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from vaultprune.model import PropertyValue

EARLIEST = date(1990, 1, 1).toordinal()
"""Older dates are those of events, of books and of broken clocks, not of notes."""

_LONGEST = 80
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? ?)?"
_TIME = (
    r"(?:[t ,]{1,3}(?:at )?" + _WEEKDAY + r"(?:(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r" ?(?P<half>[ap]m)? ?(?P<offset>z|utc|gmt|[+-]\d\d:?\d\d)?)?)?"
)
_SUFFIX = r"(?:st|nd|rd|th)?"
YEAR_FIRST = re.compile(_WEEKDAY + r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})" + _TIME)
YEAR_LAST = re.compile(r"(?P<first>\d{1,2})([-/.])(?P<second_>\d{1,2})\2(?P<year>\d{4})" + _TIME)
MONTH_FIRST = re.compile(
    _WEEKDAY + r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})" + _SUFFIX + r",? (?P<year>\d{4})" + _TIME
)
DAY_FIRST = re.compile(
    _WEEKDAY + r"(?P<day>\d{1,2})" + _SUFFIX + r"\.? (?P<name>[a-z]{3,9})\.?,? (?P<year>\d{4})" + _TIME
)


_PLAIN = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ](?:[01]\d|2[0-3]):[0-5]\d(?::\d\d)?)?", re.ASCII)
"""How nearly all dates are written; the other shapes read them alike, and take far longer."""


def days_in(value: PropertyValue, zone: tzinfo) -> tuple[int, ...]:
    """The days that a property names, as ordinals of local dates from 1990 on; each item of a list for itself."""
    if isinstance(value, tuple):
        return tuple([day for item in value for day in days_in(item, zone)])
    day: int | None = None
    if isinstance(value, str):
        day = _day_of_text(value, zone)
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e15:
        day = _day_of_number(f"{value:.0f}", zone)
    return () if day is None or day < EARLIEST else (day,)


def _day_of_text(text: str, zone: tzinfo) -> int | None:
    if _PLAIN.fullmatch(text):
        return calendar_day(int(text[:4]), int(text[5:7]), int(text[8:10]))
    text = text.strip().strip("\"'")
    if text.startswith("[[") and text.endswith("]]"):
        target = text[2:-2].partition("|")[0].partition("#")[0]
        text = target.rsplit("/", 1)[-1].removesuffix(".md")
    text = " ".join(text.lower().split())
    if len(text) > _LONGEST:
        return None
    if text.isdecimal():
        return _day_of_number(text, zone)
    for shape in (YEAR_FIRST, YEAR_LAST, MONTH_FIRST, DAY_FIRST):
        if match := shape.fullmatch(text):
            return _day_of_match(match, zone)
    return None


def _day_of_number(digits: str, zone: tzinfo) -> int | None:
    """Seconds or thousandths since 1970 by their length; else a calendar day with or without its time."""
    try:
        if len(digits) in (9, 10, 13):
            seconds = int(digits) / (1000 if len(digits) == 13 else 1)
            return datetime.fromtimestamp(seconds, UTC).astimezone(zone).toordinal()
    except (ValueError, OverflowError, OSError):
        return None
    return compact_day(digits)


def compact_day(digits: str) -> int | None:
    """The day of `20240721`, `202407211030` or `20240721103059`."""
    if len(digits) not in (8, 12, 14):
        return None
    hour, minute, second = (int(digits[at : at + 2] or 0) for at in (8, 10, 12))
    if hour > 23 or minute > 59 or second > 59:
        return None
    return calendar_day(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def unambiguous_day(first: int, second: int, year: int) -> int | None:
    """The day of `21.07.2024` or `07/21/2024`, where only one of the two readings is a date."""
    if first > 12 or first == second:
        return calendar_day(year, second, first)
    return calendar_day(year, first, second) if second > 12 else None


def calendar_day(year: int, month: int, day: int) -> int | None:
    """The ordinal of a date, or `None` if the calendar has no such day or it is before 1990."""
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        return None
    return ordinal if ordinal >= EARLIEST else None


def _day_of_match(match: re.Match[str], zone: tzinfo) -> int | None:
    part = match.groupdict()
    year = int(part["year"])
    if "first" in part:
        ordinal = unambiguous_day(int(part["first"]), int(part["second_"]), year)
    else:
        month = _month(part["name"]) if "name" in part else int(part["month"])
        ordinal = calendar_day(year, month, int(part["day"]))
    if ordinal is None or part["hour"] is None:
        return ordinal
    hour, minute = int(part["hour"]), int(part["minute"])
    if part["half"]:
        hour = hour % 12 + (12 if part["half"] == "pm" else 0)
    if hour > 23 or minute > 59:
        return None
    if not part["offset"]:
        return ordinal
    moment = datetime.combine(date.fromordinal(ordinal), datetime.min.time(), _offset(part["offset"]))
    try:
        return (moment + timedelta(hours=hour, minutes=minute)).astimezone(zone).toordinal()
    except OverflowError:
        return None


def _offset(text: str) -> timezone:
    if text in ("z", "utc", "gmt"):
        return UTC
    minutes = min(int(text[1:3]) * 60 + int(text[-2:]), 23 * 60)
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))


def _month(name: str) -> int:
    """1 to 12 for a month's name or what it is cut to; 0 for any other word, which is no month of the calendar."""
    for number, month in enumerate(_MONTHS, 1):
        if name in (month, month[:3], month[:4]):
            return number
    return 0

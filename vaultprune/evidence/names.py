"""The notes' paths in, the days in their names out."""

from __future__ import annotations

import re
from typing import NamedTuple

from vaultprune.evidence.dates import calendar_day, compact_day, unambiguous_day
from vaultprune.notes import Notes

ZETTEL = re.compile(r"(\d{14}|\d{12})(?!\d)")
YEAR_FIRST = re.compile(r"(\d{4})([-_.]?)(\d\d)\2(\d\d)(?!\d)")
YEAR_LAST = re.compile(r"(\d{1,2})([-_.])(\d{1,2})\2(\d{4})(?!\d)")


class NameDay(NamedTuple):
    """The day with which a name begins. `whole`: the name is nothing but this day, as that of a journal page."""

    day: int
    whole: bool


def name_days(notes: Notes, today: int) -> tuple[tuple[NameDay | None, ...], int]:
    """The day with which each note's name begins, none later than `today`; and how many there are that lie ahead."""
    found: list[NameDay | None] = [None] * len(notes)
    later = 0
    for place in notes.led_by_digit:
        name = name_day(notes.paths[place])
        if name is not None and name.day > today:
            later += 1
        else:
            found[place] = name
    return tuple(found), later


def name_day(path: str) -> NameDay | None:
    """The day with which a note's name begins: a date, or the time in a zettel's number."""
    name = path.rsplit("/", 1)[-1]
    name = name[: -len(".md")] if name.lower().endswith(".md") else name
    if not name[:1].isdecimal() or not name.isprintable():
        return None
    whole = False
    if match := ZETTEL.match(name):
        day = compact_day(match[1])
    elif match := YEAR_FIRST.match(name):
        day, whole = calendar_day(int(match[1]), int(match[3]), int(match[4])), match.end() == len(name)
    elif match := YEAR_LAST.match(name):
        day, whole = unambiguous_day(int(match[1]), int(match[3]), int(match[4])), match.end() == len(name)
    else:
        return None
    return None if day is None else NameDay(day, whole)

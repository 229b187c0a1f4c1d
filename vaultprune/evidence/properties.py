"""The notes' properties in, the days of their last change and of their creation out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from vaultprune.config import Config
from vaultprune.evidence.dates import days_in
from vaultprune.model import Note
from vaultprune.notes import Notes, Pairs

MASS = 20
"""More notes than this with the same day, and more than half of those that have any: a program wrote it."""

SEPARATORS = re.compile(r"[-_\s]+")


@dataclass(frozen=True, slots=True)
class PropertyDays:
    """For each note the day of the last change and of creation that its properties name, where they can be believed.

    `reset` is the day that a program wrote into more than half of the notes, and `reset_notes` their number;
    none of them has it as the day of its last change, and `was_reset` tells which they are. `carrying` counts the
    judged notes with a day of change that is believed; `later` the dates left out because they lie ahead.
    """

    modified: tuple[int | None, ...]
    created: tuple[int | None, ...]
    was_reset: tuple[bool, ...]
    carrying: int = 0
    reset: int | None = None
    reset_notes: int = 0
    later: int = 0


def property_days(
    notes: Sequence[Note], judged: Sequence[bool], config: Config, zone: tzinfo, today: int
) -> PropertyDays:
    """The days that the properties of these notes name, none later than `today`."""
    properties = Notes.of(notes).properties
    modified_keys = frozenset(_plain(key) for key in config.modified_keys)
    created_keys = tuple(dict.fromkeys(_plain(key) for key in config.created_keys))
    told: dict[int, tuple[int, int | None, int | None]] = {}  # by the value: many notes carry the same
    modified: list[int | None] = [None] * len(properties)
    created: list[int | None] = [None] * len(properties)
    later = 0
    for place, row in _rows(properties, {*modified_keys, *created_keys}):
        for key, value in row.items():
            if value not in told:
                told[value] = _told(days_in(properties.table[value], zone), today)
            ahead, newest, _ = told[value]
            later += ahead
            if newest is not None and key in modified_keys:
                modified[place] = max(newest, modified[place] or newest)
        for key in created_keys:
            if key in row and (oldest := told[row[key]][2]) is not None:
                created[place] = oldest
                break
    reset, reset_notes = _reset([day for day, counts in zip(modified, judged, strict=True) if counts])
    believed = tuple(None if day == reset else day for day in modified)
    carrying = sum(day is not None and counts for day, counts in zip(believed, judged, strict=True))
    was_reset = tuple(day is not None and day == reset for day in modified)
    return PropertyDays(believed, tuple(created), was_reset, carrying, reset, reset_notes, later)


def _rows(properties: Pairs, wanted: Collection[str]) -> Iterator[tuple[int, Mapping[str, int]]]:
    """For each note with a property of such a name, as names are compared, the place of each one's value."""
    plain = list(map(_plain, properties.spelt))
    meant = {number for number, name in enumerate(plain) if name in wanted}
    starts, names, values = properties.names.starts, properties.names.items, properties.values
    place, row = 0, dict[str, int]()
    for position in [at for at, name in enumerate(names) if name in meant]:
        if starts[place + 1] <= position:
            if row:
                yield place, row
            place, row = bisect_right(starts, position, place + 1) - 1, {}
        row[plain[names[position]]] = values[position]
    if row:
        yield place, row


def _told(days: Sequence[int], today: int) -> tuple[int, int | None, int | None]:
    """How many of these days lie ahead, and the newest and the oldest of the others."""
    past = [day for day in days if day <= today]
    return (len(days) - len(past), max(past), min(past)) if past else (len(days), None, None)


def no_property_days(notes: int) -> PropertyDays:
    """What the properties say of so many notes where they are not asked."""
    return PropertyDays((None,) * notes, (None,) * notes, (False,) * notes)


def _reset(days: Sequence[int | None]) -> tuple[int | None, int]:
    counted = Counter(day for day in days if day is not None)
    if not counted:
        return None, 0
    day, notes = counted.most_common(1)[0]
    return (day, notes) if notes > MASS and 2 * notes > counted.total() else (None, 0)


def _plain(key: str) -> str:
    """A property's name as it is compared: `Date-Modified`, `date_modified` and `date modified` are one."""
    return SEPARATORS.sub(" ", key).strip().casefold()

"""The notes' properties in, the days of their last change and of their creation out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from vaultprune.config import Config
from vaultprune.evidence.dates import days_in
from vaultprune.model import Note
from vaultprune.notes import Notes

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
    modified_keys = frozenset(_plain(key) for key in config.modified_keys)
    created_keys = tuple(dict.fromkeys(_plain(key) for key in config.created_keys))
    later = 0
    properties = Notes.of(notes).properties
    plain = [_plain(name) for name in properties.spelt]
    wanted = {number for number, name in enumerate(plain) if name in modified_keys or name in created_keys}
    told: dict[int, tuple[int, int | None, int | None]] = {}  # by the value: many notes carry the same
    starts, names, values = properties.names.starts, properties.names.items, properties.values
    found: dict[int, dict[str, int]] = {}
    place = 0
    for position in [at for at, name in enumerate(names) if name in wanted]:
        while starts[place + 1] <= position:
            place += 1
        found.setdefault(place, {})[plain[names[position]]] = values[position]
    modified: list[int | None] = [None] * len(properties)
    created: list[int | None] = [None] * len(properties)
    for place, row in found.items():
        for value in row.values():
            if value not in told:
                days = days_in(properties.table[value], zone)
                past = [day for day in days if day <= today]
                told[value] = len(days) - len(past), max(past, default=None), min(past, default=None)
            later += told[value][0]
        for key, value in row.items():
            newest = told[value][1]
            if key in modified_keys and newest is not None:
                modified[place] = max(newest, modified[place] or newest)
        for key in created_keys:
            if key in row and told[row[key]][2] is not None:
                created[place] = told[row[key]][2]
                break
    reset, reset_notes = _reset([day for day, counts in zip(modified, judged, strict=True) if counts])
    believed = tuple(None if day == reset else day for day in modified)
    carrying = sum(day is not None and counts for day, counts in zip(believed, judged, strict=True))
    was_reset = tuple(day is not None and day == reset for day in modified)
    return PropertyDays(believed, tuple(created), was_reset, carrying, reset, reset_notes, later)


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

"""The notes' properties in, the days of their last change and of their creation out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import pairwise

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
    modified: list[int | None] = []
    created: list[int | None] = []
    later = 0
    properties = Notes.of(notes).properties
    plain = [_plain(name) for name in properties.spelt]
    wanted = {number for number, name in enumerate(plain) if name in modified_keys or name in created_keys}
    days: dict[int, tuple[int, ...]] = {}  # by the value: many notes carry the same
    starts, names = properties.names.starts, properties.names.items
    for start, end in pairwise(starts):
        found: dict[str, tuple[int, ...]] = {}
        for position in range(start, end):
            if names[position] in wanted:
                value = properties.values[position]
                if value not in days:
                    days[value] = days_in(properties.table[value], zone)
                found[plain[names[position]]] = days[value]
        if not found:
            modified.append(None)
            created.append(None)
            continue
        later += sum(day > today for told in found.values() for day in told)
        past = {key: [day for day in told if day <= today] for key, told in found.items()}
        modified.append(max((day for key in modified_keys & past.keys() for day in past[key]), default=None))
        created.append(next((min(past[key]) for key in created_keys if past.get(key)), None))
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

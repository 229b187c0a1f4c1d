"""What this machine saw of a vault in, its figures at regular moments out, as far as its looks reach back."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from vaultprune.config import Config
from vaultprune.counting import counted
from vaultprune.model import Counts, Lived, NotePath, Watched
from vaultprune.trend.states import Key, State
from vaultprune.trend.values import Moment, Trend
from vaultprune.vault import Index, is_judged, judged_notes, within

MASS = 20
"""More new notes than this at one look, and for each day since the look before, are an import."""
SHORTLY = 31
"""Days before a moment within which a report's counts stand for it."""


def reaches_back(watched: Watched | None) -> date | None:
    """The day of the first look, if there was one."""
    return date.fromordinal(watched.looks[0]) if watched is not None and watched.looks else None


def looked_at(watched: Watched, moments: Sequence[datetime], index: Index, config: Config) -> Trend:
    """The vault at these moments by what the looks saw, and last as it lies there now (`index`).

    A look tells of a note that it is there, was edited or is gone since the look before, and dates it by its own day.
    Figures of the past that hang on links are those that a report counted then, or shortly before.
    """
    found: list[Moment] = []
    before: State | None = None
    imports = _imports(watched)
    for at in moments:
        state = _state(watched, imports, at.toordinal(), config)
        since = None if before is None else state.change(before, lambda key: key)
        on, counts = _counts_of(watched, state.day)
        found.append(Moment(at, len(state.here), counts, state.lately, since, on))
        before = state
    last = found.pop()
    now = counted(index, judged_notes(index))
    found.append(Moment(last.at, last.notes, now, last.lately, last.since))
    return Trend(index.snapshot.name, index.snapshot.taken_at, config, "ledger", reaches_back(watched), tuple(found))


def _state(watched: Watched, imports: Mapping[int, int], day: int, config: Config) -> State:
    here: dict[Key, NotePath] = {}
    aside: dict[Key, NotePath] = {}
    for number, note in watched.notes.items():
        if note.first <= day and (note.gone is None or note.gone > day):
            path = _path_on(note, day)
            if within(path, config.archive_folder):
                aside[number] = path
            elif is_judged(path, config):
                here[number] = path
    begun = watched.looks[0]
    return State(
        day=day,
        here=here,
        aside=aside,
        edits={number: _written(note, imports, begun) for number, note in watched.notes.items()},
        linked={number: note.linked for number, note in watched.notes.items()},
        imported={number: note.first for number, note in watched.notes.items() if note.first in imports},
        known_from=begun,
    )


def _written(note: Lived, imports: Mapping[int, int], begun: int) -> tuple[int, ...]:
    """The days on which a person wrote in it: to make a note is to write in it."""
    return note.edits if note.first == begun or note.first in imports else (note.first, *note.edits)


def _path_on(note: Lived, day: int) -> NotePath:
    """Where it lay on a day: a path of old holds until the day on which it was found elsewhere."""
    return next((path for path, until in note.formerly if until > day), note.path)


def _imports(watched: Watched) -> dict[int, int]:
    """The days of the looks that found an import, with how many notes came in."""
    looks = watched.looks
    found = {}
    for day, notes in Counter(note.first for note in watched.notes.values()).items():
        place = bisect_left(looks, day)
        if place and notes > max(MASS, MASS * (day - looks[place - 1])):
            found[day] = notes
    return found


def _counts_of(watched: Watched, until: int) -> tuple[date | None, Counts | None]:
    """What the newest report up to a day counted, and when, if that was not too long before."""
    days = [day for day in watched.counts if until - SHORTLY <= day <= until]
    return (date.fromordinal(max(days)), watched.counts[max(days)]) if days else (None, None)

"""The records as a look left them in, what is known of the notes under their present names out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from vaultprune.ledger.looking import Left
from vaultprune.ledger.records import About, Days, Record, Round
from vaultprune.model import NotePath, Observed, Seen, SeenNotes

REVIEW = 14
"""Days after a report suggested a note in which opening it is part of looking at the suggestions."""

SETTLED = 90
"""Days after which it is of no importance any more that a ledger was begun anew."""

WEEK = 7


def monday(day: int) -> int:
    """The Monday of a day's ISO week."""
    return day - (day - 1) % WEEK


@dataclass(frozen=True, slots=True)
class WeeksBefore:
    """Which notes earlier reports suggested, as they are called now: `suggested` in the week of the Monday `last`.

    `ever` are those of all the weeks that are kept.
    """

    last: int
    suggested: frozenset[NotePath]
    ever: frozenset[NotePath]


def weeks_before(rounds: Mapping[int, Round], alive: Mapping[NotePath, int], day: int) -> WeeksBefore | None:
    """What the rounds of the weeks before that of this day suggested; None if there were none."""
    earlier = {week: frozenset(of.suggested) for week, of in rounds.items() if week < monday(day)}
    if not earlier:
        return None
    last, ever = max(earlier), frozenset[int]().union(*earlier.values())
    called = {number: path for path, number in alive.items() if number in ever}
    return WeeksBefore(
        last, frozenset(called[number] for number in earlier[last] if number in called), frozenset(called.values())
    )


def observed(
    about: About, paths: Sequence[NotePath], left: Left, rounds: Mapping[int, Round], until: int, today: int
) -> Observed:
    """What can be said today by the looks up to the day `until`; a day that lies ahead in this time zone only is today.

    Later ones, made by a clock that was wrong or asked about from before, are left out. The round of the present week
    is not part of it: whoever asks is making it. The `paths` are those of the notes in `left`, in order.
    """
    weak: dict[int, Days] = {}
    suggested: dict[int, Days] = {}
    shown: dict[int, list[tuple[int, int]]] = {}
    for week in sorted(rounds, reverse=True):
        round_ = rounds[week]
        if week < monday(today):
            for found, numbers in ((weak, round_.weak), (suggested, round_.suggested)):
                for number in numbers:
                    found[number] = (*found.get(number, ()), week)
        for number, span in round_.shown.items():
            shown.setdefault(number, []).append(span)

    @cache  # most notes are as they were at one and the same look, and share what is said of them
    def plain(first: int, since: int, weak: Days = (), suggested: Days = ()) -> Seen | None:
        record = Record(NotePath(""), "", "", (), 0, first, since)
        return _seen(record, weak, suggested, (), until, today) if 0 < first <= until else None

    alike = {days: plain(*days) for days in set(zip(left.firsts, left.sinces, strict=True))}
    notes = list(map(alike.__getitem__, zip(left.firsts, left.sinces, strict=True)))
    marked = weak.keys() | suggested.keys()
    for place in [place for place, number in enumerate(left.numbers) if number in marked] if marked else ():
        number = left.numbers[place]
        notes[place] = plain(*(left.firsts[place], left.sinces[place]), weak.get(number, ()), suggested.get(number, ()))
    for place, record in left.told.items():
        number = left.numbers[place]
        if record.first <= until:
            of_weeks = (weak.get(number, ()), suggested.get(number, ()), shown.get(number, ()))
            notes[place] = _seen(record, *of_weeks, until, today)
    looks = tuple(dict.fromkeys(min(day, today) for day in about.looks if day <= until))
    is_old = bool(looks) and today - looks[0] >= SETTLED
    return Observed(looks=looks, notes=SeenNotes(paths, notes), odd=None if is_old else about.odd)


def _seen(
    record: Record, weak: Days, suggested: Days, shown: Sequence[tuple[int, int]], until: int, today: int
) -> Seen:
    def days(kept: Days) -> Days:
        return tuple([min(day, today) for day in reversed(kept) if day <= until]) if kept else ()

    edits = [(min(before, today), min(by, today)) for before, by in reversed(record.edits) if by <= until]
    since = record.since if record.since <= until else max((by for _, by in edits), default=record.first)
    return Seen(
        first=min(record.first, today),
        same_since=min(since, today),
        edits=tuple(edits),
        properties=days(record.changed),
        opened=tuple([day for day in days(record.opened) if not _in_review(day, shown)]),
        linked=days(record.linked),
        weak=weak,
        suggested=suggested,
        formerly=tuple((path, min(day, today)) for path, day in reversed(record.formerly)),
    )


def _in_review(day: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= day <= last + REVIEW for first, last in spans)

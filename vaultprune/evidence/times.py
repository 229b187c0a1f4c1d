"""The notes' file times in, those that can be believed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from vaultprune.words import day

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ORIGIN = datetime(1, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_FIRST, _LAST = ((limit - _EPOCH) // _MICRO for limit in (_ORIGIN + 2 * DAY, datetime(9999, 12, 30, tzinfo=UTC)))
"""Microseconds since 1970 between which every moment is a date, in whatever zone."""


@dataclass(frozen=True, slots=True)
class Reset:
    """So many of the notes got their file times at once, between two moments."""

    notes: int
    of: int
    first: datetime
    last: datetime

    def __str__(self) -> str:
        """`803 of 812 files carry the time of one minute, 18 Nov 2026 21:14, when this copy was made`."""
        which = f"all {self.of:,}" if self.notes == self.of else f"{self.notes:,} of {self.of:,}"
        carry = f"{which} files carry the time of one"
        if self.last - self.first <= MINUTE:
            return f"{carry} minute, {day(self.first)} {self.first:%H:%M}, when this copy was made"
        if self.first.date() == self.last.date():
            return f"{carry} day, {day(self.first)}"
        return f"{carry} day and night, {day(self.first)} to {day(self.last)}"


@dataclass(frozen=True, slots=True)
class FileTimes:
    """For each note the day of its file time where it can be believed, and, in `written`, believed or not.

    `reset` are the times that a copy, a clone or a sync gave to more than half of the judged notes at once: none
    of them is believed. `later` counts the judged notes whose file time lies ahead.
    """

    days: tuple[int | None, ...]
    written: tuple[int | None, ...]
    reset: Reset | None = None
    later: int = 0


def file_times(mtimes: Sequence[int | None], judged: Sequence[bool], taken_at: datetime, zone: tzinfo) -> FileTimes:
    """What the file times (nanoseconds since 1970) of the notes say, each believed or not.

    This holds for a vault of any size: in a small one that was all written in one day the notes not believed
    are in their grace anyway, and in one that was copied nothing is known.
    """
    now = (taken_at - _EPOCH) // _MICRO
    # whole numbers, since to make and compare a hundred thousand dates would take longer than all the rest
    moments = [None if mtime is None else mtime // 1000 for mtime in mtimes]
    past = [moment if moment is not None and _FIRST <= moment <= now else None for moment in moments]
    of = sum(judged)
    ordered = sorted(moment for moment, counts in zip(past, judged, strict=True) if counts and moment is not None)
    at_once = _fullest(ordered, DAY // _MICRO)
    reset: Reset | None = None
    if 2 * len(at_once) > of:
        in_a_minute = _fullest(ordered, MINUTE // _MICRO)
        shown = in_a_minute if 2 * len(in_a_minute) > of else at_once
        reset = Reset(len(shown), of, *((_EPOCH + each * _MICRO).astimezone(zone) for each in (shown[0], shown[-1])))
    written = tuple(_days(past, zone))
    days = written
    if reset is not None:
        first, last = at_once[0], at_once[-1]
        days = tuple(
            None if moment is None or first <= moment <= last else day
            for moment, day in zip(past, written, strict=True)
        )
    later = sum(
        counts and moment is not None and now < moment <= _LAST for moment, counts in zip(moments, judged, strict=True)
    )
    return FileTimes(days, written, reset, later)


def _fullest(ordered: Sequence[int], length: int) -> Sequence[int]:
    """The most of these moments that lie within one stretch of this length."""
    start, best = 0, (0, 0)
    for end, moment in enumerate(ordered):
        while moment - ordered[start] > length:
            start += 1
        if end + 1 - start > best[1] - best[0]:
            best = (start, end + 1)
    return ordered[best[0] : best[1]]


def _days(moments: Sequence[int | None], zone: tzinfo) -> Iterator[int | None]:
    """The ordinals of the local dates of these moments."""
    if isinstance(zone, timezone):  # the same distance from UTC at all times
        shift = (zone.utcoffset(None) + (_EPOCH - _ORIGIN)) // _MICRO
        day = DAY // _MICRO
        return (None if moment is None else (moment + shift) // day + 1 for moment in moments)
    return (None if moment is None else (_EPOCH + moment * _MICRO).astimezone(zone).toordinal() for moment in moments)

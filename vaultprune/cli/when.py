"""A time or a span as people type it in, the moment or the day that is meant out."""

from __future__ import annotations

import re
import time as clock
from datetime import date, datetime, time, timedelta

from vaultprune.errors import CannotStart
from vaultprune.words import safe

_SPAN = re.compile(r"(\d{1,4})\s?(d|w|mo|y)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def moment(typed: str | None) -> datetime:
    """The moment that `--now` means, with an offset; without one typed, this moment.

    A date means its end, and whatever names no offset is local time.
    """
    if typed is None:
        return datetime.now().astimezone()
    try:
        if _DAY.fullmatch(typed.strip()):
            return datetime.combine(date.fromisoformat(typed.strip()), time(23, 59, 59)).astimezone()
        found = datetime.fromisoformat(typed.strip())
        return found.astimezone() if found.tzinfo is None else found
    except (ValueError, OverflowError, OSError):
        raise CannotStart(
            f'--now: "{safe(typed)}" is no time. It takes a day such as 2026-06-01, or 2026-06-01T18:30. '
            "Nothing has been read or changed."
        ) from None


def seconds_now() -> float:
    """This moment in seconds since 1970, whatever --now says: what runs and what lies on disk is as it is now."""
    return clock.time()


def day_after(today: date, span: str) -> date:
    """The first day on which a decision for `6mo`, `30d`, `8w` or `1y` no longer holds. Months are calendar months."""
    return _away(today, span, "--for", 1)


def day_before(today: date, span: str, option: str) -> date:
    """The day that lies so long before this one."""
    return _away(today, span, option, -1)


def _away(today: date, span: str, option: str, way: int) -> date:
    match = _SPAN.fullmatch(span.strip().lower())
    if match is None or int(match[1]) == 0:
        raise CannotStart(
            f'{option}: "{safe(span)}" is no span of time. It takes 30d, 8w, 6mo or 1y. Nothing has been changed.'
        )
    number, unit = way * int(match[1]), match[2]
    try:
        if unit in ("d", "w"):
            return today + timedelta(days=number * (7 if unit == "w" else 1))
        from vaultprune.decided import months_later

        return months_later(today, number * (12 if unit == "y" else 1))
    except (ValueError, OverflowError):
        raise CannotStart(f'{option}: "{safe(span)}" goes beyond the calendar. Nothing has been changed.') from None

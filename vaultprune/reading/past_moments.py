"""A vault's folder in, its repository and the moments at which its history is looked at out; or why there are none."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from vaultprune.config import Config
from vaultprune.decided import months_later
from vaultprune.errors import CannotStart
from vaultprune.model import HORIZON
from vaultprune.reading.git import is_partial, place_in
from vaultprune.reading.git_commands import Git, GitFails
from vaultprune.reading.git_line import Line
from vaultprune.words import count, day, safe

BEFORE = 180
"""Days of history that a moment must have behind it to be judged: with fewer, nothing goes by git."""
QUARTER, MONTH = 3, 1
"""Months from one moment to the next, where nobody said how many."""

_NOTHING = "Nothing has been changed."
_ONLY_GIT = "only a history tells what became of the notes that would have been suggested."
_ENOUGH = (
    f"A vault kept in git for {BEFORE + HORIZON} days is enough for a first answer: vaultprune backtest PATH. If yours "
    "is not in git, it can be from today on, by hand or by a plugin of the app.\n"
    f"What was measured on other people's vaults stands in docs/how-it-decides.md. {_NOTHING}"
)


class NoPast(CannotStart):
    """There is no history to replay: `why` in a few words, and from which day on there may be `enough`."""

    def __init__(self, why: str, message: str, enough: date | None = None) -> None:
        super().__init__(message)
        self.why, self.enough = why, enough


@dataclass(frozen=True, slots=True)
class Span:
    """From the day of the first commit to the moment up to which the history goes."""

    first: date
    last: datetime

    @property
    def days(self) -> int:
        """How many days lie between them."""
        return (self.last.date() - self.first).days


def repository(folder: Path, config: Config) -> tuple[Git, str]:
    """Git for this vault, and where in its repository it lies. Raises `NoPast`, or `GitFails` if it is broken."""
    if "git" not in config.dates:
        why = 'the setting "dates" leaves git out'
        raise NoPast(why, f"{why}, and {_ONLY_GIT}\n{_ENOUGH}")
    try:
        git = Git.here(folder)
    except GitFails:
        why = "git is not installed here"
        raise NoPast(why, f"{why}, and {_ONLY_GIT} {_NOTHING}") from None
    try:
        prefix = place_in(git)
        git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except GitFails:
        name = safe(os.path.basename(os.path.abspath(folder)))
        raise NoPast("it has no git history", f'"{name}" has no git history, and {_ONLY_GIT}\n{_ENOUGH}') from None
    if prefix is None:
        why = "this copy's git history was cut off when it was cloned"
        raise NoPast(why, f"{why}; git fetch --unshallow brings the rest. {_NOTHING}")
    if is_partial(git):
        why = "this copy left the contents of its git history on the server"
        whole = "Run it on a whole copy, as git clone makes one without --filter."
        raise NoPast(why, f"{why}, and nothing is fetched from here. {whole} {_NOTHING}")
    return git, prefix


def broken() -> NoPast:
    """That git itself cannot make out what is there."""
    why = "its git history cannot be read"
    return NoPast(why, f"{why}. {_NOTHING}")


def span(line: Line, prefix: str, now: datetime) -> Span:
    """Between when the vault was committed to; what is later than `now` is left out. Raises `NoPast`."""
    zone = now.tzinfo or UTC
    times = [
        when
        for commit, when in zip(line.log, line.times, strict=True)
        if when <= now.timestamp() and any(touch.path.startswith(prefix) for touch in commit.touches)
    ]
    if not times:
        why = f"its git history knows no notes by {day(now.date())}"
        raise NoPast(why, f"{why}. {_NOTHING}")
    return Span(_local(min(times), zone).date(), min(now, end_of_day(_local(max(times), zone))))


def half_years(within: Span, windows: int) -> list[datetime]:
    """At most so many moments before the last, each 180 days before the next and with as many behind it."""
    moments = [within.last]
    while len(moments) <= windows:
        before = end_of_day(moments[-1] - timedelta(days=HORIZON))
        if (before.date() - within.first).days < BEFORE:
            break
        moments.append(before)
    if len(moments) == 1:
        enough = within.first + timedelta(days=BEFORE + HORIZON)
        spans = f"it spans {count(within.days, 'day')}"
        raise NoPast(
            f"its git history is short: {spans}",
            f"its git history is too short to replay: {spans}, from {day(within.first)} to "
            f"{day(within.last.date())}. {BEFORE} days must pass before git is gone by, and {HORIZON} more to see what "
            f"came of it, so there can be a first answer on {day(enough)}. {_NOTHING}",
            enough,
        )
    return moments[::-1]


def regular(within: Span, periods: int, months: int | None) -> list[datetime]:
    """At most so many moments before the last, so many months apart, none of them before the first commit.

    Quarters where the history holds two of them and nothing else was asked for, else months. Raises `NoPast` where it
    does not hold a single one.
    """
    moments = [within.last, *steps_back(within.last, within.first, periods, months)]
    if len(moments) == 1:
        enough = months_later(within.first, months or MONTH)
        why = f"its git history spans {count(within.days, 'day')} only"
        raise NoPast(why, f"{why}. {_NOTHING}", enough)
    return moments[::-1]


def steps_back(last: datetime, first: date, periods: int, months: int | None) -> list[datetime]:
    """The ends of days that lie so many months before one another, the newest first, not before a day."""
    step = months or (QUARTER if months_later(last.date(), -2 * QUARTER) >= first else MONTH)
    days = [months_later(last.date(), -step * number) for number in range(1, periods + 1)]
    return [datetime.combine(each, time(23, 59, 59), last.tzinfo) for each in days if each >= first]


def end_of_day(moment: datetime) -> datetime:
    """The last second of its day."""
    return datetime.combine(moment.date(), time(23, 59, 59), moment.tzinfo)


def _local(seconds: float, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone)

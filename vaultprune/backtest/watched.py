"""What the ledger of this machine saw in, a Backtest out: the suggestions that were made, by what followed them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from vaultprune.backtest.rankers import at_random
from vaultprune.backtest.values import Backtest, Needed, Suggestion, Window
from vaultprune.config import Config
from vaultprune.model import HORIZON, NotePath, Observed, Seen
from vaultprune.not_now import GRACE_EDIT
from vaultprune.vault import within

WEEK = 7


def watched(observed: Observed, name: str, config: Config, taken_at: datetime) -> Backtest | None:
    """How the suggestions fared that were made half a year ago and earlier, or None where none is as old.

    The last suggestions that are old enough are taken, and those before them that lie half a year apart. A suggestion
    on which somebody decided is not among them, nor a note that is gone. An edit that may have happened within the 180
    days counts as one, since a look tells only between which days it was made. Beside them stand equally many of the
    notes that had not been edited for 90 days by then, as chance would have chosen them.
    """
    today = taken_at.toordinal()
    weeks = {week for seen in observed.notes.values() for week in seen.suggested}
    chosen: list[int] = []
    for week in sorted(weeks, reverse=True):
        if week + WEEK - 1 + HORIZON <= (chosen[-1] if chosen else today):
            chosen.append(week)
    if not chosen:
        return None
    zone = taken_at.tzinfo or UTC
    windows = tuple(_window(observed, config.archive_folder, week, zone) for week in reversed(chosen))
    since = date.fromordinal(observed.looks[0]) if observed.looks else None
    return Backtest(name, taken_at, config, since, taken_at.date(), windows, (), source="ledger")


def ripe(observed: Observed) -> date | None:
    """The day on which there will be a first answer, if there is a suggestion to wait for."""
    weeks = [week for seen in observed.notes.values() for week in seen.suggested]
    return date.fromordinal(min(weeks) + WEEK - 1 + HORIZON) if weeks else None


def _window(observed: Observed, archive: str, week: int, zone: tzinfo) -> Window:
    start = week + WEEK - 1  # the week's last day: what was done in it was done before or with the suggestion
    end = start + HORIZON
    paths = sorted(path for path, seen in observed.notes.items() if seen.first <= start)
    every = dict(enumerate(paths))
    aside = {number for number, path in every.items() if within(path, archive)}
    needed = {
        number: number not in aside and _is_needed(observed.notes[path], start, end) for number, path in every.items()
    }
    pool = [number for number, path in every.items() if _is_quiet(observed.notes[path], start) and number not in aside]
    suggested = [number for number, path in every.items() if week in observed.notes[path].suggested]
    pool = sorted({*pool, *suggested})
    return Window(
        at=_end_of(start, zone),
        until=_end_of(end, zone),
        notes=len(paths),
        eligible=len(pool),
        eligible_needed=sum(needed[number] for number in pool),
        suggestions=tuple(
            _suggestion(every[number], observed.notes[every[number]], number in aside, start, end)
            for number in suggested
        ),
        needed=Needed(sum(needed[number] for number in suggested), None, None, at_random(pool, needed, len(suggested))),
        stated=None,
        active_days=len({by for seen in observed.notes.values() for _, by in seen.edits if start < by <= end}),
        abstains=False,
        says="",
    )


def _suggestion(path: NotePath, seen: Seen, aside: bool, start: int, end: int) -> Suggestion:
    edited, linked = _edited(seen, start, end), _linked(seen, start, end)
    return Suggestion(
        path=path,
        rank=None,
        retention=None,
        last_used=max((by for _, by in seen.edits if by <= start), default=None),
        fate="set-aside" if aside else "edited" if edited else "linked" if linked else "quiet",
        edited=edited,
        linked=linked,
        now=path,
    )


def _is_needed(seen: Seen, start: int, end: int) -> bool:
    return bool(_edited(seen, start, end) or _linked(seen, start, end))


def _edited(seen: Seen, start: int, end: int) -> int | None:
    """The first day on which an edit was seen that may have been made after the day `start`, up to the day `end`."""
    return min((by for before, by in seen.edits if by > start and before < end), default=None)


def _linked(seen: Seen, start: int, end: int) -> int | None:
    return min((day for day in seen.linked if start < day <= end), default=None)


def _is_quiet(seen: Seen, day: int) -> bool:
    """Whether no edit of the last 90 days was known on a day."""
    return not any(day - GRACE_EDIT < by and before < day for before, by in seen.edits)


def _end_of(day: int, zone: tzinfo) -> datetime:
    return datetime.combine(date.fromordinal(day), time(23, 59, 59), zone)

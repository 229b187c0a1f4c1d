"""A vault over time in, a table for a spreadsheet out: one row for every moment."""

from __future__ import annotations

from vaultprune.model import Counts
from vaultprune.reports.data import as_csv
from vaultprune.reports.page import View
from vaultprune.trend import Trend

COLUMNS = (
    *("day", *Counts._fields, "counted_on", "edited_lately"),
    *("new", "at_once", "from_archive", "to_archive", "gone", "moved", "edited", "linked"),
    *("suggested", "set_aside", "came_back"),
)


def trend_csv(trend: Trend, _view: View) -> str:
    """Every moment, and what was done since the one before; what is not known is empty."""
    return as_csv(COLUMNS, [_row(trend, place) for place in range(len(trend.moments))])


def _row(trend: Trend, place: int) -> tuple[object, ...]:
    moment = trend.moments[place]
    counts = (None,) * (len(Counts._fields) - 1) if moment.counts is None else moment.counts[1:]
    counted_on = None if moment.counts is None else moment.told_on.isoformat()
    start = (moment.at.date().isoformat(), moment.notes, *counts, counted_on, moment.lately)
    change = moment.since
    if change is None:
        return (*start, *(None,) * (len(COLUMNS) - len(start)))
    before = trend.moments[place - 1]
    return (
        *start,
        *(change.new, change.at_once, change.returned, change.archived, change.gone, change.moved),
        *(change.edited, change.linked, trend.suggestions(before, moment)),
        *(trend.set_aside(before, moment), trend.came_back(before, moment)),
    )

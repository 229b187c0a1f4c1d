"""A vault over time in, one page for a browser out: the sentences, small pictures, and every figure in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from vaultprune.model import Counts
from vaultprune.reports.page import UNCHANGED, View, command
from vaultprune.reports.trend_figures import (
    heading,
    missing,
    notes_of_caution,
    opening,
    story,
    then_and_now,
    what_helps,
)
from vaultprune.reports.trend_svg import Points, bars, line
from vaultprune.reports.web_page import commands, document, labelled, row, said, section, table, text
from vaultprune.trend import LATELY, Change, Moment, Trend
from vaultprune.words import day

STYLE = """
.small { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); gap: 1rem 1.5rem; }
.small figure { margin: 0; } .small figcaption { color: var(--ink); } .small b { display: block; }
.line { fill: none; stroke: var(--mark); stroke-width: 1.5; } .dot { fill: var(--mark); }
.small svg { display: block; }
"""

STANDING = (
    ("notes", "notes"),
    ("orphans", "orphans"),
    ("isolated", "isolated"),
    ("dead ends", "dead_ends"),
    ("unresolved links", "unresolved"),
    ("links", "links"),
)
DONE: Sequence[tuple[str, Callable[[Change], int]]] = (
    ("new", lambda change: change.new),
    ("gone", lambda change: change.gone),
    ("edited", lambda change: change.edited),
    ("newly linked to", lambda change: change.linked),
)
COLUMNS_THEN = ("day", "notes", "orphans", "isolated", "dead ends", "unresolved", "links", "archived", "edited lately")
COLUMNS_BETWEEN = ("up to", "new", "at once", "gone", "to archive", "from archive", "moved", "edited", "linked to")
SUGGESTED, COUNTED = "suggested", "counted on"
AT_EACH, BETWEEN = "At each of these days", "From one of them to the next"


def trend_html(trend: Trend, view: View) -> str:
    """The whole of it on one page; where nothing reaches back, what is missing."""
    parts = _over_time(trend, view) if trend.source else _missing(trend, view)
    return document(heading(trend), [*parts, *said((UNCHANGED,))], STYLE)


def _missing(trend: Trend, view: View) -> list[str]:
    return [
        *said(missing(trend)),
        section("What would help"),
        labelled(what_helps(trend)),
        commands([("Look once", command(view, "observe")), ("Suggested today", command(view, "report"))]),
    ]


def _over_time(trend: Trend, view: View) -> list[str]:
    return [
        *said((" ".join(story(trend)), opening(trend))),
        section("Then and now"),
        f'<div class="small">{"".join(_standing(trend))}</div>',
        section("What was done"),
        f'<div class="small">{"".join(_done(trend))}</div>',
        section(AT_EACH),
        _table_then(trend),
        section(BETWEEN),
        _table_between(trend),
        *said((" ".join(notes_of_caution(trend)),)),
        commands([("Suggested today", command(view, "report"))]),
    ]


def _standing(trend: Trend) -> list[str]:
    """A picture for each figure that holds at a moment."""
    told = {"notes": f"{trend.first.notes:,} then, {trend.last.notes:,} now", **dict(then_and_now(trend))}
    found = []
    for called, counted_as in STANDING:
        points = [(day(moment.at.date()), _figure(moment, counted_as)) for moment in trend.moments]
        if any(value is not None for _, value in points):
            found.append(_small(called, told.get(called, ""), line(counted_as, called, points)))
    lately = [(day(moment.at.date()), moment.lately) for moment in trend.moments]
    if any(value is not None for _, value in lately):
        what = f"made or edited within {LATELY} days"
        found.append(
            _small(what, f"{trend.last.lately or 0:,} of {trend.last.notes:,} now", line("lately", what, lately))
        )
    return found


def _figure(moment: Moment, counted_as: str) -> int | None:
    if counted_as == "notes":
        return moment.notes
    return None if moment.counts is None else int(getattr(moment.counts, counted_as))


def _done(trend: Trend) -> list[str]:
    """A picture for each figure of what was done from one moment to the next."""
    found = []
    for called, of in DONE:
        points: Points = [
            (f"up to {day(moment.at.date())}", of(moment.since)) for moment in trend.moments if moment.since is not None
        ]
        least, most = min(map(of, trend.changes)), max(map(of, trend.changes))
        says = f"{least:,} to {most:,} each time" if least < most else f"{most:,} each time"
        found.append(_small(called, says, bars(called.replace(" ", "-"), called, points)))
    return found


def _small(called: str, says: str, picture: str) -> str:
    return f"<figure><figcaption><b>{text(called)}</b>{text(says)}</figcaption>{picture}</figure>"


def _table_then(trend: Trend) -> str:
    """What holds at each moment; with the day on which it was counted, where that is another."""
    is_told = any(moment.counts is not None and moment.told_on != moment.at.date() for moment in trend.moments)
    columns = (*COLUMNS_THEN, *((COUNTED,) if is_told else ()))
    return table(AT_EACH, columns, [_then(moment, is_told=is_told) for moment in trend.moments])


def _then(moment: Moment, *, is_told: bool) -> str:
    known = (None,) * (len(Counts._fields) - 1) if moment.counts is None else moment.counts[1:]
    orphans, isolated, dead_ends, unresolved, archived, links = known
    figures = (moment.notes, orphans, isolated, dead_ends, unresolved, links, archived, moment.lately)
    counted = [day(moment.told_on) if moment.counts else ""] if is_told else []
    return row(day(moment.at.date()), [*map(_said, figures), *counted])


def _table_between(trend: Trend) -> str:
    """What was done; the suggestions are among it where a report of the time is remembered."""
    suggested = [trend.suggestions(*pair) for pair in pairwise(trend.moments)]
    is_told = any(many is not None for many in suggested)
    columns = (*COLUMNS_BETWEEN, *((SUGGESTED,) if is_told else ()))
    return table(
        BETWEEN,
        columns,
        [
            _between(moment, moment.since, (many,) if is_told else ())
            for moment, many in zip(trend.moments[1:], suggested, strict=True)
            if moment.since is not None
        ],
    )


def _between(moment: Moment, change: Change, more: Sequence[int | None]) -> str:
    figures = (change.new, change.at_once, change.gone, change.archived, change.returned, change.moved, change.edited)
    return row(day(moment.at.date()), [_said(figure) for figure in (*figures, change.linked, *more)])


def _said(figure: int | None) -> str:
    return "not known" if figure is None else f"{figure:,}"

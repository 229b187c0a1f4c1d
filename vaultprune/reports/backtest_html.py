"""A backtest in, one page for a browser out: without network or script, light or dark as the reader is."""

from __future__ import annotations

from vaultprune.backtest import Backtest, Window
from vaultprune.reports.backtest_figures import (
    READING,
    about,
    different_notes,
    heading,
    how_sure,
    left_out,
    needed_again,
    of_window,
    opening,
    others,
    rows,
    stated,
    what_became,
)
from vaultprune.reports.backtest_svg import legend, over_time, stated_against_observed
from vaultprune.reports.page import UNCHANGED, View
from vaultprune.reports.web_page import document, labelled, row, said, section, table, text, wide
from vaultprune.words import day, title

STYLE = """
dl.counts :is(dt, dd):first-of-type { font-weight: 600; }
svg { min-width: 32rem; }
.agree { stroke: var(--quiet); stroke-dasharray: 5 5; } .within { stroke: var(--mark); stroke-width: 2; }
.suggested { fill: var(--mark); background: var(--mark); } .oldest { fill: var(--warm); background: var(--warm); }
.orphans { fill: var(--green); background: var(--green); } .random { fill: var(--grey); background: var(--grey); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: .5rem 0; }
.legend span { display: inline-block; width: .8em; height: .8em; margin-right: .4em; }
"""

OVER_TIME, CHANCES, BY_DAY = "Over time", "What was stated, and what came", "Day by day"
COLUMNS = ("day", "notes", "suggested", "needed again", "of the oldest", "without backlinks", "at random")


def backtest_html(backtest: Backtest, view: View) -> str:
    """The whole of it on one page: counts, two pictures, every day, and the notes that were needed again."""
    parts = said((opening(backtest), left_out(backtest)))
    if backtest.suggestions:
        parts += _counts(backtest)
    else:
        parts += said(("Nothing would have been suggested on any day that counts, so there is nothing to compare.",))
    parts += _chances(backtest)
    parts += [section(BY_DAY), table(BY_DAY, COLUMNS, [_row(window) for window in backtest.windows])]
    parts += _names(backtest, view)
    parts += [*said((UNCHANGED,))]
    return document(heading(backtest), parts, STYLE)


def _counts(backtest: Backtest) -> list[str]:
    return [
        labelled(rows(backtest), "counts"),
        *said((how_sure(backtest), different_notes(backtest), others(backtest), READING)),
        section(OVER_TIME),
        f"<figure>{legend(backtest)}{wide(OVER_TIME, over_time(backtest))}<figcaption>How many of equally many notes "
        "were needed again within half a year of each day. Fewer is better.</figcaption></figure>",
    ]


def _chances(backtest: Backtest) -> list[str]:
    """What was stated against what came, for all unprotected notes."""
    if not backtest.bins:
        return []
    many = "groups of equally many notes" if len(backtest.bins) > 1 else "all notes, too few for groups"
    return [
        section(CHANCES),
        *said((stated(backtest) if backtest.suggestions else None,)),
        f"<figure>{wide(CHANCES, stated_against_observed(backtest.bins))}<figcaption>All unprotected notes of the days "
        f"that count, in {many}: across, the chance stated for them; upward, how many in 100 were needed, with "
        "Wilson's interval. On the dashed line the two agree; below it the notes were needed less than stated."
        "</figcaption></figure>",
    ]


def _row(window: Window) -> str:
    when = day(window.at.date())
    if not window.counts or not window.suggestions:
        says = f'<td colspan="{len(COLUMNS) - 1}" class="quiet">{text(of_window(window))}</td>'
        return f'<tr><th scope="row">{text(when)}</th>{says}</tr>'
    needed = window.needed
    simpler = ["" if each is None else about(each) for each in (needed.oldest, needed.orphans, needed.random)]
    return row(when, (f"{window.notes:,}", f"{len(window.suggestions):,}", f"{needed.suggested:,.0f}", *simpler))


def _names(backtest: Backtest, view: View) -> list[str]:
    found = needed_again(backtest)
    if not found:
        return []
    shown = found[: view.shown(len(found))]
    notes = "".join(
        f"<li><b>{text(title(suggestion.path))}</b> {text(what_became(window, suggestion))}</li>"
        for window, suggestion in shown
    )
    more = [f"And {len(found) - len(shown):,} more."] if len(shown) < len(found) else []
    return [section("Needed again"), f'<ol class="notes">{notes}</ol>', *said(more)]

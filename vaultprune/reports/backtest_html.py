"""A backtest in, one page for a browser out: without network or script, light or dark as the reader is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

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
from vaultprune.words import day, title

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing is fetched and nothing is run, whatever a name in the vault may hold."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fdfcfa; --faint: #d8d4cc; --quiet: #5c5850;
  --suggested: #1f5fa8; --oldest: #c26a1b; --orphans: #6f8f3f; --random: #9a948a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --paper: #1b1b1a; --faint: #45433f; --quiet: #aaa59b;
  --suggested: #7db3ee; --oldest: #eba25b; --orphans: #a9c77a; --random: #85807a; } }
body { margin: 0 auto; max-width: 48rem; padding: 1.5rem 1rem 3rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1, li { overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin-top: 2rem; }
dl.counts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; }
dl.counts dd { margin: 0; } dl.counts :is(dt, dd):first-of-type { font-weight: 600; }
svg { width: 100%; min-width: 32rem; height: auto; }
svg text { fill: var(--quiet); font-size: 12px; font-family: inherit; }
.grid { stroke: var(--faint); } .agree { stroke: var(--quiet); stroke-dasharray: 5 5; }
.within { stroke: var(--suggested); stroke-width: 2; }
.suggested { fill: var(--suggested); background: var(--suggested); }
.oldest { fill: var(--oldest); background: var(--oldest); }
.orphans { fill: var(--orphans); background: var(--orphans); }
.random { fill: var(--random); background: var(--random); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: .5rem 0; }
.legend span { display: inline-block; width: .8em; height: .8em; margin-right: .4em; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
tbody th, td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--faint); vertical-align: top; }
td.number, th.number { text-align: right; } .quiet, figcaption { color: var(--quiet); } figure { margin: 1rem 0; }
ol.notes li { margin-bottom: .6rem; } ol.notes b { display: block; }
"""

COLUMNS = ("day", "notes", "suggested", "needed again", "of the oldest", "without backlinks", "at random")


def backtest_html(backtest: Backtest, view: View) -> str:
    """The whole of it on one page: counts, two pictures, every day, and the notes that were needed again."""
    parts = [f"<h1>{escape(heading(backtest))}</h1>", *_said((opening(backtest), left_out(backtest)))]
    if backtest.suggestions:
        parts += _counts(backtest)
    else:
        parts += _said(("Nothing would have been suggested on any day that counts, so there is nothing to compare.",))
    parts += _chances(backtest)
    parts += ["<h2>Day by day</h2>", _table(backtest.windows)]
    parts += _names(backtest, view)
    parts += [*_said((UNCHANGED,))]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(heading(backtest))}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def _counts(backtest: Backtest) -> list[str]:
    terms = "".join(f"<dt>{escape(label)}</dt><dd>{escape(says)}</dd>" for label, says in rows(backtest))
    return [
        f'<dl class="counts">{terms}</dl>',
        *_said((how_sure(backtest), different_notes(backtest), others(backtest), READING)),
        "<h2>Over time</h2>",
        f"<figure>{legend(backtest)}{_wide(over_time(backtest))}<figcaption>How many of equally many notes were needed "
        "again within half a year of each day. Fewer is better.</figcaption></figure>",
    ]


def _chances(backtest: Backtest) -> list[str]:
    """What was stated against what came, for all unprotected notes."""
    if not backtest.bins:
        return []
    many = "groups of equally many notes" if len(backtest.bins) > 1 else "all notes, too few for groups"
    return [
        "<h2>What was stated, and what came</h2>",
        *_said((stated(backtest) if backtest.suggestions else None,)),
        f"<figure>{_wide(stated_against_observed(backtest.bins))}<figcaption>All unprotected notes of the days that "
        f"count, in {many}: across, the chance stated for them; upward, how many in 100 were needed, with Wilson's "
        "interval. On the dashed line the two agree; below it the notes were needed less than stated."
        "</figcaption></figure>",
    ]


def _table(windows: Sequence[Window]) -> str:
    """Every day in a row, which reads aloud by its heading cells."""
    head = "".join(f'<th scope="col"{_class(place)}>{escape(column)}</th>' for place, column in enumerate(COLUMNS))
    body = "".join(_row(window) for window in windows)
    return _wide(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def _row(window: Window) -> str:
    start = f'<tr><th scope="row">{escape(day(window.at.date()))}</th>'
    if not window.counts or not window.suggestions:
        return f'{start}<td colspan="{len(COLUMNS) - 1}" class="quiet">{escape(of_window(window))}</td></tr>'
    needed = window.needed
    cells = (f"{window.notes:,}", f"{len(window.suggestions):,}", f"{needed.suggested:,.0f}")
    simpler = ["" if each is None else about(each) for each in (needed.oldest, needed.orphans, needed.random)]
    return start + "".join(f'<td class="number">{escape(cell)}</td>' for cell in (*cells, *simpler)) + "</tr>"


def _wide(part: str) -> str:
    """What may be wider than a small screen, which then scrolls it alone."""
    return f'<div class="wide" tabindex="0">{part}</div>'


def _class(place: int) -> str:
    return ' class="number"' if place else ""


def _names(backtest: Backtest, view: View) -> list[str]:
    found = needed_again(backtest)
    if not found:
        return []
    shown = found[: view.shown(len(found))]
    notes = "".join(
        f"<li><b>{escape(title(suggestion.path))}</b> {escape(what_became(window, suggestion))}</li>"
        for window, suggestion in shown
    )
    more = [f"And {len(found) - len(shown):,} more."] if len(shown) < len(found) else []
    return ["<h2>Needed again</h2>", f'<ol class="notes">{notes}</ol>', *_said(more)]


def _said(sentences: Iterable[str | None]) -> list[str]:
    return [f"<p>{escape(says)}</p>" for says in sentences if says]

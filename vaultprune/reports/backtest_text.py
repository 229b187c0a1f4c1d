"""A backtest in, its page for the terminal out: natural counts first, then the days, then the notes by name."""

from __future__ import annotations

from vaultprune.backtest import Backtest
from vaultprune.reports.backtest_figures import (
    READING,
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
from vaultprune.reports.page import UNCHANGED, Page, View, command
from vaultprune.words import day, shortened, title

SHOWN = 10


def backtest_text(backtest: Backtest, view: View) -> str:
    """What the suggestions of then were worth, as far as so few counts can tell."""
    page = Page(view)
    page.heading(heading(backtest))
    page.say(opening(backtest))
    idle = left_out(backtest)
    if idle:
        page.say(idle)
    page.gap()
    if backtest.suggestions:
        _counts(page, backtest)
    else:
        page.say("Nothing would have been suggested on any day that counts, so there is nothing to compare.")
    page.gap()
    page.say("Day by day")
    page.labelled([(day(window.at.date()), of_window(window)) for window in backtest.windows], "  ", gap=2)
    _names(page, backtest)
    page.gap()
    page.commands(
        [
            ("Suggested today", command(view, "report")),
            ("As a page", command(view, "backtest", "--format", "html", "--output", "backtest.html")),
        ]
    )
    page.gap()
    page.say(UNCHANGED)
    return page.text()


def _counts(page: Page, backtest: Backtest) -> None:
    page.labelled(rows(backtest))
    page.gap()
    for says in (how_sure(backtest), stated(backtest), different_notes(backtest), others(backtest), READING):
        if says:
            page.say(says)


def _names(page: Page, backtest: Backtest) -> None:
    """The notes that would have been missed."""
    found = needed_again(backtest)
    if not found:
        return
    page.gap()
    page.say("Needed again")
    shown = found[: page.view.shown(SHOWN)]
    for place, (window, suggestion) in enumerate(shown, 1):
        page.lines.append(f"{place:>3}  {page.bold(shortened(title(suggestion.path), page.view.width - 5))}")
        page.say(what_became(window, suggestion), "     ")
    if len(shown) < len(found):
        page.lines.append(f"     ... and {len(found) - len(shown):,} more: --limit {len(found)}")

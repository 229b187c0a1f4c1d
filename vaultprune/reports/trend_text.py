"""A vault over time in, its page for the terminal out: what matters in sentences, then the days, a line each."""

from __future__ import annotations

from vaultprune.reports.page import UNCHANGED, Page, View, command
from vaultprune.reports.trend_figures import (
    heading,
    missing,
    notes_of_caution,
    of_moment,
    opening,
    steps,
    story,
    then_and_now,
    what_helps,
)
from vaultprune.trend import Trend
from vaultprune.words import day


def trend_text(trend: Trend, view: View) -> str:
    """The vault over time, or what is missing to tell of it."""
    page = Page(view)
    page.heading(heading(trend))
    if trend.source is None:
        _missing(page, trend)
    else:
        _over_time(page, trend)
    page.gap()
    page.say(UNCHANGED)
    return page.text()


def _over_time(page: Page, trend: Trend) -> None:
    page.say(" ".join(story(trend)))
    page.gap()
    page.say("Then and now")
    page.labelled(then_and_now(trend), "  ", gap=2)
    page.gap()
    page.say(steps(trend))
    lines = [(day(moment.at.date()), of_moment(trend, place)) for place, moment in enumerate(trend.moments)]
    page.labelled(lines, "  ", gap=2)
    page.gap()
    page.say(" ".join([opening(trend) or "", *notes_of_caution(trend)]).strip())
    page.gap()
    page.commands(
        [
            ("As a page", command(page.view, "trend", "--format", "html", "--output", "trend.html")),
            ("Suggested today", command(page.view, "report")),
        ]
    )


def _missing(page: Page, trend: Trend) -> None:
    for says in missing(trend):
        page.say(says)
    page.gap()
    page.say("What would help")
    page.labelled(what_helps(trend), "  ", gap=2)
    page.gap()
    page.commands([("Look once", command(page.view, "observe")), ("Suggested today", command(page.view, "report"))])

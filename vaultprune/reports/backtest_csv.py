"""A backtest in, a table for a spreadsheet out: one row for every suggestion of every window."""

from __future__ import annotations

from vaultprune.backtest import Backtest
from vaultprune.reports.data import as_csv, iso
from vaultprune.reports.page import View

COLUMNS = ("at", "counted", "path", "rank", "retention", "last_used", "needed", "fate", "edited", "linked", "now")


def backtest_csv(backtest: Backtest, _view: View) -> str:
    """Every suggestion with what became of it."""
    return as_csv(
        COLUMNS,
        [
            (
                window.at.date().isoformat(),
                window.counts,
                each.path,
                each.rank,
                each.retention,
                iso(each.last_used),
                each.needed,
                each.fate,
                iso(each.edited),
                iso(each.linked),
                each.now,
            )
            for window in backtest.windows
            for each in window.suggestions
        ],
    )

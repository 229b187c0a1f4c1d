"""A judgement in, a document out. Reports return text and never print; one line here for each format.

A form is imported when it is asked for: a run pays for the one that it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from vaultprune.reports.page import LineOf, View

if TYPE_CHECKING:
    from vaultprune.backtest import Backtest
    from vaultprune.doctor import Examined
    from vaultprune.trend import Trend
    from vaultprune.vault import Index, Vault
    from vaultprune.verdict import Judgement


def _form(module: str, name: str) -> Callable[..., Any]:
    def report(*of: object) -> object:
        return getattr(import_module(f"vaultprune.reports.{module}"), name)(*of)

    return report


REPORTS: Mapping[str, Callable[[Judgement, View], str]] = {
    "text": _form("text", "text_report"),
    "json": _form("json", "json_report"),
    "markdown": _form("markdown", "markdown_report"),
    "html": _form("html", "html_report"),
    "csv": _form("csv", "csv_report"),
}

LINK_REPORTS: Mapping[str, Callable[[Index, View], str]] = {
    "text": _form("links_text", "links_text"),
    "json": _form("links_json", "links_json"),
    "csv": _form("links_csv", "links_csv"),
}

EXPLANATIONS: Mapping[str, Callable[[Judgement, int, LineOf, View], str]] = {
    "text": _form("explain_text", "explain_text"),
    "json": _form("explain_json", "explain_json"),
}

BACKTESTS: Mapping[str, Callable[[Backtest, View], str]] = {
    "text": _form("backtest_text", "backtest_text"),
    "json": _form("backtest_json", "backtest_json"),
    "html": _form("backtest_html", "backtest_html"),
    "csv": _form("backtest_csv", "backtest_csv"),
}

TRENDS: Mapping[str, Callable[[Trend, View], str]] = {
    "text": _form("trend_text", "trend_text"),
    "json": _form("trend_json", "trend_json"),
    "html": _form("trend_html", "trend_html"),
    "csv": _form("trend_csv", "trend_csv"),
}

EXAMINATIONS: Mapping[str, Callable[[Vault, Examined, View], str]] = {
    "text": _form("doctor_text", "doctor_text"),
    "json": _form("doctor_json", "doctor_json"),
}

STATUS: Callable[[Judgement, View], str] = _form("status", "status")

__all__ = ["BACKTESTS", "EXAMINATIONS", "EXPLANATIONS", "LINK_REPORTS", "REPORTS", "STATUS", "TRENDS", "LineOf", "View"]

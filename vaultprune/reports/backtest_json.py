"""A backtest in, the whole of it as one JSON document out: every window, every suggestion."""

from __future__ import annotations

from vaultprune.backtest import Backtest, Bin, Interval, Needed, Suggestion, Window, apart
from vaultprune.config import settings
from vaultprune.model import HORIZON
from vaultprune.reports.data import SCHEMA, as_json, iso
from vaultprune.reports.page import View


def backtest_json(backtest: Backtest, _view: View) -> str:
    """The backtest for programs; `docs/backtest.schema.json` describes it. The view changes nothing in it."""
    ours = backtest.interval(backtest.needed.suggested)
    oldest = None if backtest.needed.oldest is None else backtest.interval(backtest.needed.oldest)
    return as_json(
        {
            "schema": SCHEMA,
            "vault": backtest.name,
            "taken_at": backtest.taken_at.isoformat(timespec="seconds"),
            "settings": settings(backtest.config),
            "source": backtest.source,
            "history": {
                "since": None if backtest.since is None else backtest.since.isoformat(),
                "until": backtest.until.isoformat(),
            },
            "horizon_days": HORIZON,
            "summary": {
                "windows": len(backtest.windows),
                "counted": len(backtest.counted),
                "suggested": len(backtest.suggestions),
                "notes": len({each.path for each in backtest.suggestions}),
                "needed": _needed(backtest.needed),
                "stated": backtest.stated,
                "interval": _interval(ours) if backtest.suggestions else None,
                "minus_oldest": _interval(apart(ours, oldest)) if backtest.suggestions and oldest else None,
            },
            "windows": [_window(window) for window in backtest.windows],
            "chances": [_bin(each) for each in backtest.bins],
        }
    )


def _window(window: Window) -> dict[str, object]:
    return {
        "at": window.at.isoformat(timespec="seconds"),
        "until": window.until.isoformat(timespec="seconds"),
        "counted": window.counts,
        "active_days": window.active_days,
        "notes": window.notes,
        "eligible": window.eligible,
        "eligible_needed": window.eligible_needed,
        "abstains": window.abstains,
        "why": window.says,
        "suggested": len(window.suggestions),
        "needed": _needed(window.needed),
        "stated": window.stated,
        "suggestions": [_suggestion(each) for each in window.suggestions],
    }


def _suggestion(suggestion: Suggestion) -> dict[str, object]:
    return {
        "path": suggestion.path,
        "rank": suggestion.rank,
        "retention": suggestion.retention,
        "last_used": iso(suggestion.last_used),
        "needed": suggestion.needed,
        "fate": suggestion.fate,
        "edited": iso(suggestion.edited),
        "linked": iso(suggestion.linked),
        "now": suggestion.now,
    }


def _needed(needed: Needed) -> dict[str, object]:
    return {
        "suggested": needed.suggested,
        "oldest": needed.oldest,
        "orphans": needed.orphans,
        "random": needed.random,
    }


def _interval(interval: Interval) -> dict[str, object]:
    return {"share": interval.share, "low": interval.low, "high": interval.high}


def _bin(each: Bin) -> dict[str, object]:
    return {"notes": each.notes, "stated": each.stated, "needed": each.needed, "observed": _interval(each.observed)}

"""A vault over time in, all of its figures as one JSON document out."""

from __future__ import annotations

from vaultprune.config import settings
from vaultprune.model import Counts
from vaultprune.reports.data import SCHEMA, as_json
from vaultprune.reports.page import View
from vaultprune.trend import LATELY, Trend


def trend_json(trend: Trend, _view: View) -> str:
    """The trend for programs; `docs/trend.schema.json` describes it. The view changes nothing in it."""
    return as_json(
        {
            "schema": SCHEMA,
            "vault": trend.name,
            "taken_at": trend.taken_at.isoformat(timespec="seconds"),
            "settings": settings(trend.config),
            "source": trend.source,
            "since": None if trend.since is None else trend.since.isoformat(),
            "missing": trend.missing,
            "ready": None if trend.ready is None else trend.ready.isoformat(),
            "lately_days": LATELY,
            "summary": {
                "suggested": trend.suggestions(trend.first, trend.last),
                "set_aside": trend.set_aside(trend.first, trend.last),
                "came_back": trend.of_these_back,
            },
            "moments": [_moment(trend, place) for place in range(len(trend.moments))],
        }
    )


def _moment(trend: Trend, place: int) -> dict[str, object]:
    moment = trend.moments[place]
    counts = dict.fromkeys(Counts._fields) if moment.counts is None else moment.counts._asdict()
    return {
        "at": moment.at.isoformat(timespec="seconds"),
        **counts,
        "notes": moment.notes,
        "counted_on": None if moment.counts is None else moment.told_on.isoformat(),
        "edited_lately": moment.lately,
        "since_before": _change(trend, place),
    }


def _change(trend: Trend, place: int) -> dict[str, object] | None:
    before, moment = trend.moments[place - 1], trend.moments[place]
    change = moment.since
    if change is None:
        return None
    return {
        "new": change.new,
        "at_once": change.at_once,
        "from_archive": change.returned,
        "to_archive": change.archived,
        "gone": change.gone,
        "moved": change.moved,
        "edited": change.edited,
        "linked": change.linked,
        "suggested": trend.suggestions(before, moment),
        "set_aside": trend.set_aside(before, moment),
        "came_back": trend.came_back(before, moment),
    }

"""A vault in, the line that a scheduled look at it is late out: asked at each report, and mostly a look at the disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from vaultprune.cli.places import Place

if TYPE_CHECKING:
    from vaultprune.reports.page import View


def late(place: Place) -> str:
    """The line that says so; "" where no look is scheduled, or all is well."""
    from vaultprune.schedule.places import scheduled_since

    since = scheduled_since(place.folder)
    if since is None:
        return ""
    from vaultprune.cli.when import moment
    from vaultprune.reports.late import late_line
    from vaultprune.schedule.log import Log

    return late_line(Log(place.folder).last_success(), date.fromtimestamp(since), moment(None)) or ""


def with_lateness(view: View, line: str) -> View:
    """The view with that line among what waits."""
    return replace(view, waiting=(*view.waiting, line)) if line else view

"""When a vault was last looked at by its schedule in, the line that says that this is too long ago out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from vaultprune.words import count

if TYPE_CHECKING:
    from vaultprune.schedule.log import WeeklyRun

LATE = 8
"""Days after which a weekly look is late."""


def late_line(last: WeeklyRun | None, since: date | None, now: datetime) -> str | None:
    """That no weekly look was made for more than eight days, though one is scheduled; `since` is since when it is."""
    if last is not None:
        days = (now.date() - last.at.astimezone(now.tzinfo).date()).days
        return f"The last weekly look was {count(days, 'day')} ago." if days > LATE else None
    days = 0 if since is None else (now.date() - since).days
    return f"No weekly look was made yet, though one is scheduled for {count(days, 'day')}." if days > LATE else None

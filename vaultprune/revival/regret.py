"""The notes that were set aside and when they came back in, how often that was wrong at the least out.

Nobody can tell how many archived notes somebody missed without a word. Those that came back can be counted; so this is
the least that can be said of regret, and where even that is much, fewer notes are suggested.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from vaultprune.model import NotePath

YEAR = timedelta(days=365)
"""What was set aside longer ago says little about today's suggestions."""
FEWEST = 10
"""Of fewer notes nothing is concluded."""
CERTAINTY = 1.645
"""Standard deviations: the share is above its lower end in 95 of 100 cases."""
MANY, MOST = 0.10, 0.25
"""Shares that came back, by the lower end: from the first on the budget is halved, from the second on quartered."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A note that was set aside: in which run, when, when it came back, if it did, and where it lay."""

    run: str
    at: datetime
    back: datetime | None = None
    path: NotePath = NotePath("")


@dataclass(frozen=True, slots=True)
class CameBack:
    """How many notes came back, and of how many that were set aside in the last year."""

    notes: int = 0
    of: int = 0

    @property
    def least(self) -> float:
        """The lower end of the share that comes back (Wilson's interval); 0 where too few were set aside to tell."""
        if self.of < FEWEST:
            return 0.0
        share, z2 = self.notes / self.of, CERTAINTY**2
        spread = CERTAINTY * sqrt(share * (1 - share) / self.of + z2 / (4 * self.of**2))
        return max(0.0, (share + z2 / (2 * self.of) - spread) / (1 + z2 / self.of))

    @property
    def divides(self) -> int:
        """What the budget is divided by: 1, 2 or 4."""
        return 4 if self.least > MOST else 2 if self.least > MANY else 1


def came_back(notes: Iterable[SetAside], now: datetime) -> CameBack:
    """Count those of the last year, as far as they say anything."""
    found = in_earnest(note for note in notes if note.at > now - YEAR)
    return CameBack(sum(note.back is not None for note in found), len(found))


def in_earnest(notes: Iterable[SetAside]) -> list[SetAside]:
    """The notes that were set aside in earnest: a run all of which came back on the same day was tried out.

    Neither does a note count that came back at the very moment at which it was set aside: the run itself took it back.
    """
    runs: dict[str, list[SetAside]] = {}
    for note in notes:
        if note.back != note.at:
            runs.setdefault(note.run, []).append(note)
    return [note for run in runs.values() if not all(map(_same_day, run)) for note in run]


def _same_day(note: SetAside) -> bool:
    return note.back is not None and note.back.astimezone(note.at.tzinfo).date() == note.at.date()

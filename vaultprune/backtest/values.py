"""What a replay found: suggestions of then, what became of them, and what simpler orders would have chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from vaultprune.backtest.chances import Bin
from vaultprune.backtest.intervals import Interval, share_within
from vaultprune.config import Config
from vaultprune.model import NotePath

Fate = Literal["quiet", "edited", "linked", "set-aside", "gone"]
"""What became of a note within the 180 days: nothing; a person edited it; linked to it anew; moved it to the archive
folder himself; deleted it. The later words stand where an earlier one would fit as well, except that an edited note
to which somebody linked is `edited`."""

FEWEST_DAYS = 6
"""Days with an edit that a window must have: where nobody works, nothing is needed, and nothing is learnt."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A note that was or would have been suggested, and what became of it. Days are ordinals of local dates.

    `rank` and `retention` are None where only the suggestion itself is remembered. `edited` and `linked` are the first
    days of either within the window, `now` its path at the window's end. A note that was `needed` is what the other
    pages call a regret.
    """

    path: NotePath
    rank: int | None
    retention: float | None
    last_used: int | None
    fate: Fate
    edited: int | None
    linked: int | None
    now: NotePath | None

    @property
    def needed(self) -> bool:
        """Whether setting it aside would have been regretted."""
        return self.fate in ("edited", "linked")


@dataclass(frozen=True, slots=True)
class Needed:
    """How many of equally many notes were needed again, by who chose them. Those but the first may be expectations.

    None stands for an order that is not known any more.
    """

    suggested: float
    oldest: float | None
    orphans: float | None
    random: float

    @classmethod
    def sum(cls, every: Sequence[Needed]) -> Needed:
        """All of them together."""
        return cls(
            sum(each.suggested for each in every),
            _sum([each.oldest for each in every]),
            _sum([each.orphans for each in every]),
            sum(each.random for each in every),
        )


@dataclass(frozen=True, slots=True)
class Window:
    """One moment of the past and the 180 days after it.

    `notes` were judged, and `eligible` of them could have been suggested; `eligible_needed` of these were needed.
    `stated` is the sum of the chances stated for the suggestions, None where the rule in force states none. On
    `active_days` days somebody edited something. `says` is what the report would have said of its dates.
    """

    at: datetime
    until: datetime
    notes: int
    eligible: int
    eligible_needed: int
    suggestions: tuple[Suggestion, ...]
    needed: Needed
    stated: float | None
    active_days: int
    abstains: bool
    says: str

    @property
    def counts(self) -> bool:
        """Whether there was enough going on to learn anything from it."""
        return self.active_days >= FEWEST_DAYS


@dataclass(frozen=True)
class Backtest:
    """What a vault's own history says of the suggestions. `bins` compare stated chances with what came of them.

    From `git` the suggestions are replayed; from the `ledger` they are those that were made and not decided on.
    """

    name: str
    taken_at: datetime
    config: Config
    since: date | None
    until: date
    windows: tuple[Window, ...]
    bins: tuple[Bin, ...]
    source: Literal["git", "ledger"] = "git"

    @cached_property
    def counted(self) -> tuple[Window, ...]:
        """The windows in which enough was going on."""
        return tuple(window for window in self.windows if window.counts)

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Every suggestion of these, the oldest first; one note may come up several times."""
        return tuple(each for window in self.counted for each in window.suggestions)

    @cached_property
    def needed(self) -> Needed:
        """How many were needed again, all windows together."""
        return Needed.sum([window.needed for window in self.counted])

    @property
    def stated(self) -> float | None:
        """The sum of the chances stated for the suggestions."""
        told = [window.stated for window in self.counted if window.stated is not None]
        return sum(told) if told else None

    def interval(self, needed: float) -> Interval:
        """How far the share of these among so many suggestions can be gone by."""
        return share_within(needed, len(self.suggestions))


def _sum(values: Sequence[float | None]) -> float | None:
    """All of them together, None where one is not known."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None

"""What is known of a vault over time: its figures at each moment, and what was done since the moment before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from vaultprune.config import Config
from vaultprune.model import Counts

LATELY = 180
"""Days within which a note that was edited counts as edited lately."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was done after one moment, up to and with the next. Notes are those that get a verdict.

    `notes` of the next moment are those of the one before, and `new`, and `returned` from the archive folder, without
    those `archived` (moved there, by whomever) and those `gone`. `imports` are days on which many of the new came in at
    once, with how many. Of those that stayed, `moved` have another path; of those that are not new, a person edited
    `edited`; `linked` were newly linked to.
    """

    new: int
    returned: int
    archived: int
    gone: int
    moved: int
    edited: int
    linked: int
    imports: tuple[tuple[int, int], ...] = ()

    @property
    def at_once(self) -> int:
        """How many of the new came in with many others."""
        return sum(notes for _, notes in self.imports)


@dataclass(frozen=True, slots=True)
class Moment:
    """The vault at one moment. `counts` are None where only its notes are known; `lately` how many were edited lately.

    `since` is what was done since the moment before, None at the first. `counted_on` is the day of the counts, where
    they were not made at this very moment but shortly before it.
    """

    at: datetime
    notes: int
    counts: Counts | None
    lately: int | None
    since: Change | None
    counted_on: date | None = None

    @property
    def day(self) -> int:
        """Its local day."""
        return self.at.toordinal()

    @property
    def told_on(self) -> date:
        """The day of its counts."""
        return self.counted_on or self.at.date()


@dataclass(frozen=True)
class Trend:
    """A vault over time, oldest moment first; with fewer than two moments `missing` tells why, and `ready` till when.

    `since` is the first day that is known of. `aside` are the moments at which `archive` set notes aside, and those at
    which they came back; `suggested` what this machine's reports suggested, day by day.
    """

    name: str
    taken_at: datetime
    config: Config
    source: Literal["git", "ledger"] | None
    since: date | None
    moments: tuple[Moment, ...]
    aside: tuple[tuple[datetime, datetime | None], ...] = ()
    suggested: Mapping[int, frozenset[int]] | None = None
    missing: str | None = None
    ready: date | None = None

    @property
    def first(self) -> Moment:
        """The moment that the others are compared with."""
        return self.moments[0]

    @property
    def last(self) -> Moment:
        """The newest moment."""
        return self.moments[-1]

    @cached_property
    def changes(self) -> Sequence[Change]:
        """What was done from each moment to the next."""
        return [moment.since for moment in self.moments if moment.since is not None]

    def total(self, of: Callable[[Change], int]) -> int:
        """A figure summed over all of it."""
        return sum(of(change) for change in self.changes)

    def set_aside(self, after: Moment, until: Moment) -> int:
        """How many notes `archive` set aside between two moments."""
        return sum(after.at < at <= until.at for at, _ in self.aside)

    def came_back(self, after: Moment, until: Moment) -> int:
        """How many came back between two moments, whenever they were set aside."""
        return sum(back is not None and after.at < back <= until.at for _, back in self.aside)

    @property
    def of_these_back(self) -> int:
        """How many of the notes that were set aside since the first moment came back by the last."""
        since, until = self.first.at, self.last.at
        return sum(back is not None and since < at and back <= until for at, back in self.aside)

    def suggestions(self, after: Moment, until: Moment) -> int | None:
        """How many different notes were suggested between two moments; None where no report of then is remembered."""
        days = {} if self.suggested is None else self.suggested
        found = [notes for day, notes in days.items() if after.day < day <= until.day]
        return len(frozenset[int]().union(*found)) if found else None

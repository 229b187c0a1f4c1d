"""The days on which somebody wrote in a vault in, how old each day is by the vault's own clock out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from vaultprune.model import Use

FEWEST = 12
"""Days of writing below which a vault has no pace of its own yet; its clock is then the calendar."""

STANDSTILL = 30
"""Days without writing that are a pause, if they are also `UNUSUAL` times as many as usual between two."""

UNUSUAL = 4
"""`STANDSTILL` of those who write more seldom: so many times the middle one of all their distances."""


@dataclass(frozen=True)
class Clock:
    """The vault's own clock. It runs only on days on which somebody wrote in the vault, scaled to its usual pace.

    `days` are these days, oldest first, none after `today`. A holiday ages nothing, and by this clock nothing is older
    than by the calendar. Without a log (`whole` is false) later edits have wiped out the traces of earlier ones, and
    only the newest day is certain: the clock is then the calendar, and stops a month after that day.
    """

    today: int
    days: tuple[int, ...] = ()
    whole: bool = True

    @cached_property
    def runs(self) -> bool:
        """Whether the vault was written in on enough days to have a pace of its own."""
        return len(self.days) >= FEWEST and self.days[0] < self.today

    @cached_property
    def least(self) -> int:
        """Days without writing from which on they are a pause."""
        distances = sorted(after - before for before, after in pairwise(self.days))
        return max(STANDSTILL, UNUSUAL * distances[len(distances) // 2])

    @cached_property
    def pace(self) -> float:
        """Days of writing after the first for each day of the calendar since it; no pause counts in full."""
        least = self.least
        between = sum(min(after - before, least) for before, after in pairwise((*self.days, self.today)))
        return (len(self.days) - 1) / between

    def age(self, day: int) -> float:
        """How many days ago a day was; 0 for one that lies ahead."""
        back = self.today - day
        known = self._ages
        if 0 <= back < len(known):
            return known[back]
        return known[-1] + back - len(known) + 1 if back > 0 else 0.0

    @cached_property
    def _ages(self) -> Sequence[float]:
        """The age of each day by how many days it lies back, as far as the first day of writing."""
        if not self.days:
            return (0.0,)
        span = range(self.today - self.days[0] + 1)
        if not self.whole:
            still = max(0, self.today - self.days[-1] - STANDSTILL)
            return [float(max(0, back - still)) for back in span]
        if not self.runs:
            return [float(back) for back in span]
        pace, written, ages = self.pace, frozenset(self.days), []
        after = 0
        for back in span:
            ages.append(min(back, after / pace))
            after += self.today - back in written
        return ages

    def pause(self, within: int) -> tuple[int, int] | None:
        """The newest long pause that lasts or ended in the last `within` days: the days of writing around it.

        Its second day is `today` where nobody has written since.
        """
        if not self.runs:
            return None
        first = bisect_left(self.days, self.today - within) if self.whole else len(self.days)
        for end in reversed((*self.days[first:], self.today)):
            place = bisect_left(self.days, end)
            if place and end - self.days[place - 1] > self.least:
                return self.days[place - 1], end
        return None


def clock_of(uses: Sequence[Use], today: int) -> Clock:
    """The clock of the vault whose notes were used so: every day on which a note is known to have been written.

    The day since which a note was seen unchanged is none of them.
    """
    days = {day for use in uses for day in use.edit_days}
    days.update(use.last_used for use in uses if use.trusted and use.last_used is not None and not use.only_watched)
    whole = any(use.edit_days for use in uses)
    return Clock(today, tuple(sorted(day for day in days if day <= today)), whole)

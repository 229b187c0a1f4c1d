"""The chances that were stated and what came of them in, how well they agree out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vaultprune.backtest.intervals import Interval, share_within

BINS = 5
IN_A_BIN = 100
"""Notes that a bin must hold: with fewer, luck shows more than skill."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Notes whose stated chances are alike: how many, the mean of what was stated, and the share that was needed."""

    notes: int
    stated: float
    needed: int
    observed: Interval


def binned(told: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """At most five bins of equally many notes, by rising chance; one where there are fewer than 200 notes."""
    if not told:
        return ()
    ordered = sorted(told, key=lambda each: each[0])
    bins = max(1, min(BINS, len(ordered) // IN_A_BIN))
    bounds = [len(ordered) * number // bins for number in range(bins + 1)]
    return tuple([_bin(ordered[start:end]) for start, end in pairwise(bounds)])


def _bin(told: Sequence[tuple[float, bool]]) -> Bin:
    needed = sum(was for _, was in told)
    return Bin(len(told), sum(chance for chance, _ in told) / len(told), needed, share_within(needed, len(told)))

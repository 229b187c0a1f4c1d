"""Pairs of small numbers in, rows of them out."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from itertools import accumulate

from vaultprune.notes import Rows


def turned(pairs: Callable[[], Iterator[tuple[int, int]]], rows: int) -> Rows:
    """From (member, row) pairs, asked for twice, the members of each row in the order in which they come."""
    counts = array("I", bytes(4 * rows))
    for _, row in pairs():
        counts[row] += 1
    starts = array("I", accumulate(counts, initial=0))
    free = starts[:-1]
    items = array("I", bytes(4 * starts[-1]))
    for member, row in pairs():
        items[free[row]] = member
        free[row] += 1
    return Rows(starts, items)

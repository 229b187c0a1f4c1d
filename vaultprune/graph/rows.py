"""Rows of small numbers in, the same the other way round out."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import accumulate

from vaultprune.notes import Rows


def turned(rows: Rows, many: int, without: Collection[int] = ()) -> Rows:
    """For each of so many numbers the rows in which it stands, ascending; the rows `without` are passed over."""
    items = rows.items
    if without:
        items = array("I")
        for place, row in enumerate(rows):
            if place not in without:
                items += row
    counts = Counter(items)
    starts = array("I", accumulate(map(counts.__getitem__, range(many)), initial=0))
    free = list(starts)
    found = array("I", bytes(4 * starts[-1]))
    for place, row in enumerate(rows):
        if place not in without:
            for item in row:
                found[free[item]] = place
                free[item] += 1
    return Rows(starts, found)


def paired(pairs: Callable[[], Iterator[tuple[int, int]]], rows: int) -> Rows:
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

"""Lists of small numbers in, two arrays out: many short rows for the memory of a few long ones."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate


class Rows:
    """A row of ids for every id from 0 on, packed behind one another."""

    __slots__ = ("_items", "_starts")

    def __init__(self, starts: array[int], items: array[int]) -> None:
        self._starts = starts
        self._items = items

    @property
    def parts(self) -> tuple[array[int], array[int]]:
        """Where each row starts, and the items of all of them."""
        return self._starts, self._items

    def is_sound(self, limit: int) -> bool:
        """Whether the two arrays fit together and every id is below the limit."""
        starts, items = self._starts, self._items
        return (
            len(starts) > 0
            and starts[0] == 0
            and starts[-1] == len(items)
            and all(map(int.__le__, starts, starts[1:]))
            and max(items, default=-1) < limit
        )

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, row: int) -> array[int]:
        return self._items[self._starts[row] : self._starts[row + 1]]

    def length(self, row: int) -> int:
        """How many ids the row holds."""
        return self._starts[row + 1] - self._starts[row]

    @classmethod
    def of(cls, rows: Iterable[Iterable[int]]) -> Rows:
        """The rows as they come."""
        starts, items = array("I", (0,)), array("I")
        for row in rows:
            items.extend(row)
            starts.append(len(items))
        return cls(starts, items)


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

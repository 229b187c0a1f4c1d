"""Lists of small numbers in, two arrays out: many short rows for the memory of a few long ones."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import le, sub
from typing import TypeVar

T = TypeVar("T")


class Rows:
    """A row of numbers for every place from 0 on, packed behind one another: row i is `items[starts[i]:starts[i + 1]]`.

    The two arrays are there for those who go through all rows at once.
    """

    __slots__ = ("items", "starts")

    def __init__(self, starts: array[int], items: array[int]) -> None:
        self.starts, self.items = starts, items

    def is_sound(self, limit: int) -> bool:
        """Whether the two arrays fit together and every number is below the limit."""
        starts, items = self.starts, self.items
        return (
            len(starts) > 0
            and starts[0] == 0
            and starts[-1] == len(items)
            and all(map(le, starts, starts[1:]))
            and max(items, default=-1) < limit
        )

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> array[int]:
        return self.items[self.starts[row] : self.starts[row + 1]]

    def __iter__(self) -> Iterator[array[int]]:
        starts, items = self.starts, self.items
        return (items[starts[row] : starts[row + 1]] for row in range(len(starts) - 1))

    def length(self, row: int) -> int:
        """How many numbers the row holds."""
        return self.starts[row + 1] - self.starts[row]

    def lengths(self) -> list[int]:
        """How many numbers each row holds."""
        starts = self.starts
        return list(map(sub, starts[1:], starts))

    @classmethod
    def of(cls, rows: Iterable[Iterable[int]]) -> Rows:
        """The rows as they come."""
        growing = RowsBuilder()
        growing.extend(rows)
        return growing.rows()

    def replaced(self, changed: Mapping[int, Iterable[int]]) -> Rows:
        """The same with some rows changed."""
        growing, done = RowsBuilder(), 0
        for row in sorted(changed):
            growing.take(self, done, row)
            growing.add(changed[row])
            done = row + 1
        growing.take(self, done, len(self))
        return growing.rows()


class RowsBuilder:
    """Rows as they come. `kind` is that of the numbers, as an `array` names it."""

    __slots__ = ("items", "starts")

    def __init__(self, kind: str = "I") -> None:
        self.starts, self.items = array("I", (0,)), array(kind)

    def add(self, row: Iterable[int]) -> None:
        """The next row."""
        self.items.extend(row)
        self.starts.append(len(self.items))

    def extend(self, rows: Iterable[Iterable[int]]) -> None:
        """The next rows."""
        items, starts = self.items, self.starts
        for row in rows:
            if row:
                items.extend(row)
            starts.append(len(items))

    def take(self, other: Rows, first: int, after: int) -> None:
        """The next rows, as they are elsewhere."""
        if first == after:
            return
        start, end = other.starts[first], other.starts[after]
        shift = len(self.items) - start
        self.items += other.items[start:end]
        ends = other.starts[first + 1 : after + 1]
        self.starts.extend(ends if not shift else [place + shift for place in ends])

    def rows(self) -> Rows:
        """All of them."""
        return Rows(self.starts, self.items)


def compacted(before: int, table: Sequence[T], *columns: array[int]) -> tuple[Sequence[T], tuple[array[int], ...]]:
    """A table that grew from `before`, and the columns that name what is in it; in new numbers if most of it is unused.

    Looked at whenever the table has come to be twice as long, so that it cannot grow without end.
    """
    if not before or len(table).bit_length() == before.bit_length():
        return table, columns
    used = set().union(*columns)
    if len(table) <= 2 * len(used):
        return table, columns
    kept = sorted(used)
    places = dict(zip(kept, range(len(kept)), strict=True))
    renumbered = tuple(array("I", [places[number] for number in column]) for column in columns)
    return [table[number] for number in kept], renumbered

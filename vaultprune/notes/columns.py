"""What each note holds in, a column for all notes out: every text and value is kept once, and named by its number."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import le
from typing import Generic, TypeAlias, TypeVar

from vaultprune.model import PropertyValue
from vaultprune.notes.rows import Rows, RowsBuilder, compacted

T = TypeVar("T")
Pair: TypeAlias = tuple[str, PropertyValue]


class Texts:
    """Some texts for each note, such as its tags: `rows` has the places of its texts in `table`."""

    def __init__(self, rows: Rows, table: Sequence[str]) -> None:
        self.rows, self.table = rows, table

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> tuple[str, ...]:
        return tuple([self.table[number] for number in self.rows[place]])

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return map(self.__getitem__, range(len(self)))

    def used(self) -> set[str]:
        """Every text that some note has."""
        return {self.table[number] for number in set(self.rows.items)}


class TextsBuilder:
    """Texts as they come: new ones, and those of notes known `before`."""

    def __init__(self, before: Texts | None = None) -> None:
        self._before = before
        self._ids: dict[str, int] = {text: number for number, text in enumerate(before.table if before else ())}
        self._rows = RowsBuilder()

    def extend(self, rows: Iterable[Sequence[str]]) -> None:
        """The texts of the next notes."""
        ids, items, starts = self._ids, self._rows.items, self._rows.starts
        for row in rows:
            for text in row:
                items.append(ids.setdefault(text, len(ids)))
            starts.append(len(items))

    def take(self, first: int, after: int) -> None:
        """The texts of several notes as they were before."""
        if self._before is not None:
            self._rows.take(self._before.rows, first, after)

    def column(self) -> Texts:
        """All of them."""
        before = self._before
        table, (items,) = compacted(len(before.table) if before else 0, list(self._ids), self._rows.items)
        return Texts(Rows(self._rows.starts, items), table)


class Pairs:
    """The properties of each note: `names` has the places of its properties' names in `spelt`.

    `values` has, beside each name, the place of the value in `table`.
    """

    def __init__(self, names: Rows, values: array[int], spelt: Sequence[str], table: Sequence[PropertyValue]) -> None:
        self.names, self.values, self.spelt, self.table = names, values, spelt, table

    @classmethod
    def of(cls, rows: Iterable[Sequence[Pair]]) -> Pairs:
        """The properties of these notes."""
        growing = PairsBuilder()
        growing.extend(rows)
        return growing.column()

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, place: int) -> tuple[Pair, ...]:
        start, end = self.names.starts[place], self.names.starts[place + 1]
        names, values = self.names.items[start:end], self.values[start:end]
        return tuple([(self.spelt[name], self.table[value]) for name, value in zip(names, values, strict=True)])

    def __iter__(self) -> Iterator[tuple[Pair, ...]]:
        return map(self.__getitem__, range(len(self)))

    def is_sound(self) -> bool:
        """Whether the numbers fit together."""
        fits = len(self.values) == len(self.names.items) and max(self.values, default=-1) < len(self.table)
        return fits and self.names.is_sound(len(self.spelt))


class PairsBuilder:
    """Properties as they come: new ones, and those of notes known `before`."""

    def __init__(self, before: Pairs | None = None) -> None:
        self._before = before
        self._names: dict[str, int] = {name: number for number, name in enumerate(before.spelt if before else ())}
        self._table: list[PropertyValue] = list(before.table) if before else []
        self._ids: dict[object, int] = {_key(value): number for number, value in enumerate(self._table)}
        self._rows, self._values = RowsBuilder(), array("I")

    def extend(self, rows: Iterable[Sequence[Pair]]) -> None:
        """The properties of the next notes."""
        names, ids, table, values = self._names, self._ids, self._table, self._values
        items, starts = self._rows.items, self._rows.starts
        for row in rows:
            for name, value in row:
                items.append(names.setdefault(name, len(names)))
                number = ids.setdefault(value if type(value) in _SINGULAR else _key(value), len(table))
                if number == len(table):
                    table.append(value)
                values.append(number)
            starts.append(len(items))

    def take(self, first: int, after: int) -> None:
        """The properties of several notes as they were before."""
        if self._before is not None:
            names = self._before.names
            self._rows.take(names, first, after)
            self._values += self._before.values[names.starts[first] : names.starts[after]]

    def column(self) -> Pairs:
        """All of them."""
        before = self._before
        table, (values,) = compacted(len(before.table) if before else 0, self._table, self._values)
        spelt, (names,) = compacted(len(before.spelt) if before else 0, list(self._names), self._rows.items)
        return Pairs(Rows(self._rows.starts, names), values, spelt, table)


_SINGULAR = frozenset({str, bool, type(None)})
"""What can be its own key: numbers, which may equal `true`, are not among the keys themselves."""


def _key(value: PropertyValue) -> object:
    """Equal for equal values alone; `1`, `1.0` and `true` are three."""
    return value if type(value) in _SINGULAR else (type(value), repr(value))


class Sparse(Generic[T]):
    """What few notes have: `known` by place, and `otherwise` for all others of so `many`."""

    def __init__(self, known: Mapping[int, T], many: int, otherwise: T) -> None:
        self.known, self.many, self.otherwise = known, many, otherwise

    def __len__(self) -> int:
        return self.many

    def __getitem__(self, place: int) -> T:
        if not 0 <= place < self.many:
            raise IndexError(place)
        return self.known.get(place, self.otherwise)

    def __iter__(self) -> Iterator[T]:
        return (self.known.get(place, self.otherwise) for place in range(self.many))


class SparseBuilder(Generic[T]):
    """What few notes have, as it comes: of new notes, and of those known `before`."""

    def __init__(self, otherwise: T, before: Sparse[T] | None = None) -> None:
        self._otherwise, self._before = otherwise, before
        self._places = sorted(before.known) if before else []
        self._known: dict[int, T] = {}
        self._many = 0

    def extend(self, values: Sequence[T]) -> None:
        """What the next notes have."""
        otherwise = self._otherwise
        if values.count(otherwise) < len(values):
            self._known.update((place, value) for place, value in enumerate(values, self._many) if value != otherwise)
        self._many += len(values)

    def take(self, first: int, after: int) -> None:
        """What several notes had before."""
        if self._before is not None:
            shift = self._many - first
            for place in self._places[bisect_left(self._places, first) : bisect_left(self._places, after)]:
                self._known[place + shift] = self._before.known[place]
        self._many += after - first

    def column(self) -> Sparse[T]:
        """All of it."""
        return Sparse(self._known, self._many, self._otherwise)


class Packed:
    """A short text for each note, which need not be among the others' texts: row i is the bytes up to `ends[i]`."""

    def __init__(self, data: bytes | bytearray, ends: array[int]) -> None:
        self.data, self.ends = data, ends

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, place: int) -> str:
        start = self.ends[place - 1] if place else 0
        return self.data[start : self.ends[place]].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def is_sound(self) -> bool:
        """Whether the numbers fit together."""
        ends = self.ends
        return (ends[-1] if ends else 0) == len(self.data) and all(map(le, ends, ends[1:]))


class PackedBuilder:
    """Short texts as they come: of new notes, and of those known `before`."""

    def __init__(self, before: Packed | None = None) -> None:
        self._before, self._data, self._ends = before, bytearray(), array("I")

    def extend(self, texts: Iterable[str]) -> None:
        """The texts of the next notes."""
        data, ends = self._data, self._ends
        for text in texts:
            data += text.encode("utf-8", "surrogatepass")
            ends.append(len(data))

    def take(self, first: int, after: int) -> None:
        """The texts of several notes as they were before."""
        if self._before is not None and first < after:
            ends = self._before.ends
            start = ends[first - 1] if first else 0
            shift = len(self._data) - start
            self._data += self._before.data[start : ends[after - 1]]
            self._ends.extend([end + shift for end in ends[first:after]] if shift else ends[first:after])

    def column(self) -> Packed:
        """All of them."""
        return Packed(self._data, self._ends)

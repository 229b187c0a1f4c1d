"""Records in, blocks of bytes out, and the records again: what is asked of all notes is a column, the rest waits.

A look that finds a few notes changed writes a block with these few, which then stands for them in place of what an
earlier block says; what it takes to read all blocks depends on their size, and hardly on the number of notes.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress, islice
from typing import NamedTuple, TypeVar, cast

from vaultprune.ledger.records import Damaged, Record, is_told, note_of, note_row
from vaultprune.model import NotePath

T = TypeVar("T")

IN_A_BLOCK = 2048
"""Notes that a block holds at most."""

PLAIN, TOLD, GONE = 0, 1, 2
"""Of a note nothing is known but since when it reads as it does; more is known; it is not there any more."""

_STALE = 3  # a later block tells of the note anew
_ALIVE = bytes((1, 1, 0, 0)).ljust(256, b"\0")
_DEAD = bytes((0, 0, 1, 0)).ljust(256, b"\0")
_MORE = bytes((0, 1, 1, 0)).ljust(256, b"\0")
_NUMBER = array("I").itemsize


class Entry(NamedTuple):
    """One note as it stands in a block: by its number in the ledger, and its record as a row."""

    number: int
    path: NotePath
    first: int
    since: int
    kind: int
    row: bytes


def entry(number: int, record: Record) -> Entry:
    """A note as it is to be written."""
    kind = GONE if record.gone is not None else TOLD if is_told(record) else PLAIN
    return Entry(number, record.path, record.first, record.since, kind, note_row(record))


def blocks(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The blocks that hold these notes, one after another, so that never all of them are in memory."""
    waiting = iter(entries)
    while some := list(islice(waiting, IN_A_BLOCK)):
        numbers, paths, firsts, sinces, kinds, rows = zip(*some, strict=True)
        texts = "\0".join(paths).encode("utf-8", "surrogatepass")  # no path holds a NUL
        ends: list[int] = []
        end = 0
        for row in rows:
            end += len(row)
            ends.append(end)
        columns = [_as_bytes(each) for each in ((len(some), len(texts)), numbers, firsts, sinces, ends)]
        yield b"".join((*columns, bytes(kinds), texts, *rows))


class _Rows(NamedTuple):
    """The rows of one block: that of its note i lies before `ends[i]`, counted from `start`."""

    data: bytes
    start: int
    ends: Sequence[int]


class Known(Mapping[int, Record]):
    """Every note that was ever seen, by its number, in order. A record is made when it is asked for.

    The columns `paths`, `firsts` and `sinces` go by the place of a note, which `where` tells. Raises `Damaged` for what
    no block can be.
    """

    def __init__(self, data: Iterable[bytes] = ()) -> None:
        self.where: dict[int, int] = {}
        self.paths: list[NotePath] = []
        self.firsts, self.sinces = array("I"), array("I")
        self._numbers, self._kinds = array("I"), bytearray()
        self._begins: list[int] = []
        self._rows: list[_Rows] = []
        for each in data:
            try:
                self._add(each)
            except (ValueError, IndexError) as reason:
                raise Damaged(type(reason).__name__) from reason

    def _add(self, data: bytes) -> None:
        many, length = _numbers(data, 0, 2)
        numbers, firsts, sinces, ends = (_numbers(data, 2 + column * many, many) for column in range(4))
        kinds = (2 + 4 * many) * _NUMBER
        texts = kinds + many
        start = texts + length
        paths = data[texts:start].decode("utf-8", "surrogatepass").split("\0")
        if not len(numbers) == len(ends) == len(paths) == many or start + ends[-1] != len(data):
            raise Damaged("a block")
        self._begins.append(len(self.paths))
        self._rows.append(_Rows(data, start, ends))
        if not self.where.keys().isdisjoint(numbers):
            for number in numbers:
                if (before := self.where.get(number)) is not None:
                    self._kinds[before] = _STALE
        self.where.update(zip(numbers, range(len(self.paths), len(self.paths) + many), strict=True))
        self.paths += cast("list[NotePath]", paths)
        self.firsts += firsts
        self.sinces += sinces
        self._numbers += numbers
        self._kinds += data[kinds:texts]

    def __getitem__(self, number: int) -> Record:
        place = self.where[number]
        return note_of(self.paths[place], self._row(place))

    def __iter__(self) -> Iterator[int]:
        return iter(self.where)

    def __len__(self) -> int:
        return len(self.where)

    @property
    def written(self) -> int:
        """How many notes stand in the blocks, those among them that a later block tells anew."""
        return len(self.paths)

    @cached_property
    def alive(self) -> Mapping[NotePath, int]:
        """The number of each note that the newest look saw, by its path."""
        return dict(self._those(_ALIVE, zip(self.paths, self._numbers, strict=True)))

    @cached_property
    def dead(self) -> Mapping[NotePath, int]:
        """The number of each note that was gone by then, by the path at which it lay; the last of several."""
        return dict(self._those(_DEAD, zip(self.paths, self._numbers, strict=True)))

    def told(self) -> set[int]:
        """The notes of which more is known than since when they read as they do."""
        return set(self._those(_MORE, self._numbers))

    def _those(self, meant: bytes, column: Iterable[T]) -> Iterator[T]:
        """What stands in a column for the notes of these kinds; loops over all notes are to be short."""
        return compress(column, self._kinds.translate(meant))

    def entries(self, without: frozenset[int] = frozenset()) -> Iterator[Entry]:
        """All of them as they are to be written again."""
        for number, place in self.where.items():
            if number not in without:
                row = self._row(place)
                yield Entry(number, self.paths[place], self.firsts[place], self.sinces[place], self._kinds[place], row)

    def _row(self, place: int) -> bytes:
        block = bisect_right(self._begins, place) - 1
        data, start, ends = self._rows[block]
        at = place - self._begins[block]
        return data[start + (ends[at - 1] if at else 0) : start + ends[at]]


def _as_bytes(numbers: Iterable[int]) -> bytes:
    column = array("I", numbers)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _numbers(data: bytes, first: int, many: int) -> array[int]:
    column = array("I")
    column.frombytes(data[first * _NUMBER : (first + many) * _NUMBER])
    if sys.byteorder == "big":
        column.byteswap()
    return column

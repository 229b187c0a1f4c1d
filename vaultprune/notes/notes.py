"""Notes in columns: a sequence of notes, each made when it is asked for; what is asked of all of them is a column."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, cast, overload

from vaultprune.model import Note, NotePath, Problem, Properties, PropertyValue, Query
from vaultprune.notes.columns import Packed, Pairs, Sparse, Texts
from vaultprune.notes.links import Links
from vaultprune.notes.rows import Rows

COLUMNS: Mapping[str, Callable[[Note], Any]] = {
    "paths": attrgetter("path"),
    "tags": attrgetter("tags"),
    "aliases": attrgetter("aliases"),
    "properties": attrgetter("properties.items"),
    "words": attrgetter("words"),
    "open_tasks": attrgetter("open_tasks"),
    "queries": attrgetter("queries"),
    "body_digests": attrgetter("body_digest"),
    "problems": attrgetter("problems"),
    "unreadable": attrgetter("unreadable"),
    "links": attrgetter("links"),
}
"""Every column, and what of a note stands in it."""


class Notes(Sequence[Note]):
    """Notes in path order, each made when it is asked for; what is asked of all of them is a column."""

    def __init__(self, column: Callable[[str], Any]) -> None:
        """`column` gives a column by its name, and is asked once for each that is needed."""
        self._column = column

    @classmethod
    def of(cls, notes: Sequence[Note]) -> Notes:
        """These notes, which are kept as they are."""
        if isinstance(notes, Notes):
            return notes
        return _Held(notes)

    @cached_property
    def paths(self) -> Sequence[NotePath]:
        """Where each note lies."""
        return cast("Sequence[NotePath]", self._column("paths"))

    @cached_property
    def tags(self) -> Texts:
        """The tags of each note."""
        return cast("Texts", self._column("tags"))

    @cached_property
    def aliases(self) -> Texts:
        """The aliases of each note."""
        return cast("Texts", self._column("aliases"))

    @cached_property
    def properties(self) -> Pairs:
        """The properties of each note, as pairs."""
        return cast("Pairs", self._column("properties"))

    @cached_property
    def words(self) -> Sequence[int]:
        """How many words each note has."""
        return cast("Sequence[int]", self._column("words"))

    @cached_property
    def open_tasks(self) -> Rows:
        """The lines of the open tasks in each note."""
        return cast("Rows", self._column("open_tasks"))

    @cached_property
    def queries(self) -> Sparse[Sequence[Query]]:
        """The queries in each note."""
        return cast("Sparse[Sequence[Query]]", self._column("queries"))

    @cached_property
    def body_digests(self) -> Packed:
        """The digest of each note's text."""
        return cast("Packed", self._column("body_digests"))

    @cached_property
    def problems(self) -> Sparse[Sequence[Problem]]:
        """What is odd about each note."""
        return cast("Sparse[Sequence[Problem]]", self._column("problems"))

    @cached_property
    def unreadable(self) -> Sparse[str | None]:
        """Why a note could not be read, for those that could not."""
        return cast("Sparse[str | None]", self._column("unreadable"))

    @cached_property
    def links(self) -> Links:
        """The links of each note."""
        return cast("Links", self._column("links"))

    def forget(self, columns: Iterable[str]) -> None:
        """Give back the memory of these columns; they are asked for anew if need be."""
        for name in columns:
            self.__dict__.pop(name, None)

    def having(self, is_meant: Callable[[str], bool]) -> Sequence[int]:
        """The places of the notes with a property of such a name, in order; names are asked about in lower case."""
        properties = self.properties
        meant = {number for number, name in enumerate(properties.spelt) if is_meant(name.lower())}
        found: list[int] = []
        if meant:
            starts = properties.names.starts
            for position in [at for at, name in enumerate(properties.names.items) if name in meant]:
                place = bisect_right(starts, position) - 1
                if not found or found[-1] != place:
                    found.append(place)
        return found

    @cached_property
    def property_names(self) -> frozenset[str]:
        """The name of every property that some note has, in lower case."""
        properties = self.properties
        return frozenset(properties.spelt[number].lower() for number in set(properties.names.items))

    @cached_property
    def lowered(self) -> Sequence[str]:
        """The path of each note in lower case."""
        return list(map(str.lower, self.paths))

    @cached_property
    def led_by_digit(self) -> Sequence[int]:
        """The places of the notes whose names begin with a digit, in order: no other name can begin with a date."""
        return [place for place, path in enumerate(self.paths) if path[path.rfind("/") + 1].isdecimal()]

    @cached_property
    def _called(self) -> Counter[str]:
        """How many notes have each name, in lower case and with its ending."""
        return Counter([path[path.rfind("/") + 1 :] for path in self.lowered])

    def called(self, name: str) -> int:
        """How many notes have this name, whatever its case and their folder."""
        return self._called[f"{name.lower()}.md"]

    def properties_of(self, number: int) -> Properties:
        """The properties of one note."""
        return Properties(self.properties[number])

    def brief(self, number: int) -> Note:
        """One note without its links and queries, which are most of the work of making one."""
        return Note(
            path=self.paths[number],
            tags=self.tags[number],
            properties=self.properties_of(number),
            words=self.words[number],
            body_digest=self.body_digests[number],
        )

    def __len__(self) -> int:
        return len(self.paths)

    @overload
    def __getitem__(self, place: int) -> Note: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Note, ...]: ...
    def __getitem__(self, place: int | slice) -> Note | tuple[Note, ...]:
        if isinstance(place, slice):
            return tuple([self._note(number) for number in range(*place.indices(len(self)))])
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return self._note(place % len(self))

    def __iter__(self) -> Iterator[Note]:
        return map(self._note, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == each for one, each in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Notes({len(self)})"

    def _note(self, number: int) -> Note:
        return Note(
            path=self.paths[number],
            links=self.links.row(number),
            tags=self.tags[number],
            aliases=self.aliases[number],
            properties=self.properties_of(number),
            words=self.words[number],
            open_tasks=tuple(self.open_tasks[number]),
            queries=tuple(self.queries[number]),
            body_digest=self.body_digests[number],
            problems=tuple(self.problems[number]),
            unreadable=self.unreadable[number],
        )


class _Held(Notes):
    """Notes that are there already; their columns are read off them."""

    def __init__(self, notes: Sequence[Note]) -> None:
        super().__init__(self._off)
        self._notes = notes

    def _off(self, name: str) -> object:
        from vaultprune.notes.builder import column_of

        return column_of(name, map(COLUMNS[name], self._notes))

    def _note(self, number: int) -> Note:
        return self._notes[number]


def frozen(value: object) -> PropertyValue:
    """A value of a property as a note has it: where a list stands, a tuple."""
    if isinstance(value, (list, tuple)):
        return tuple([frozen(item) if isinstance(item, list) else item for item in value])
    return cast("PropertyValue", value)

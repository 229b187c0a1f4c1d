"""Notes and files in, the same as columns out, and single ones again when asked for.

A hundred thousand notes as objects are slow to make and large to hold; most questions are about one column.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias, cast, overload

from vaultprune.model import File, FileKind, Link, LinkKind, Note, NotePath, Problem, Properties, PropertyValue, Query

KINDS: tuple[LinkKind, ...] = (
    *("wikilink", "embed", "markdown", "image", "property", "canvas"),
    *("reference", "uri", "html", "mention"),
)
"""A link's kind as a number is its place here; those that make a backlink stand first."""
COUNTED = 6
_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}

Row: TypeAlias = Sequence[Any]


class Links:
    """The links of many sources in order, as numbers: row i of source s is `starts[s] <= i < starts[s + 1]`.

    `texts` holds every text once; `text` and `path` are places in it.
    """

    def __init__(
        self,
        texts: Sequence[str],
        starts: array[int],
        text: array[int],
        path: array[int],
        kind: array[int],
        line: array[int],
    ) -> None:
        self.texts, self.starts = texts, starts
        self.text, self.path, self.kind, self.line = text, path, kind, line

    @classmethod
    def of(cls, rows: Sequence[Sequence[Link]]) -> Links:
        """The links of these sources."""
        growing = LinksBuilder()
        for row in rows:
            growing.add(row)
        return growing.links()

    def __len__(self) -> int:
        """How many sources there are."""
        return len(self.starts) - 1

    def at(self, position: int) -> Link:
        """One link."""
        texts = self.texts
        return Link(
            texts[self.text[position]], KINDS[self.kind[position]], self.line[position], texts[self.path[position]]
        )

    def row(self, source: int) -> tuple[Link, ...]:
        """The links of one source."""
        return tuple([self.at(position) for position in range(self.starts[source], self.starts[source + 1])])

    def counted(self) -> int:
        """How many of them are of the kinds that make a backlink."""
        return sum(map(self.kind.tobytes().count, range(COUNTED)))

    def check(self) -> None:
        """Raise `ValueError` if the numbers do not fit together."""
        many = len(self.text)
        ends = bool(self.starts) and self.starts[0] == 0 and self.starts[-1] == many
        rises = all(map(int.__le__, self.starts, self.starts[1:]))
        if not ends or not rises or not many == len(self.path) == len(self.kind) == len(self.line):
            raise ValueError("the links do not fit together")
        if many and (max(max(self.text), max(self.path)) >= len(self.texts) or max(self.kind) >= len(KINDS)):
            raise ValueError("a link is out of bounds")


class LinksBuilder:
    """Links as they come, kept as numbers."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._links = Links((), array("I", (0,)), array("I"), array("I"), array("B"), array("I"))

    def add(self, row: Sequence[Link]) -> None:
        """The links of the next source."""
        ids, links = self._ids, self._links
        for link in row:
            links.text.append(ids.setdefault(link.text, len(ids)))
            links.path.append(ids.setdefault(link.path, len(ids)))
            links.kind.append(_NUMBERS[link.kind])
            links.line.append(link.line)
        links.starts.append(len(links.text))

    def take(self, other: Links, first: int, after: int) -> None:
        """The links of several sources as they are elsewhere."""
        ids, links, texts = self._ids, self._links, other.texts
        start, end = other.starts[first], other.starts[after]
        for mine, theirs in ((links.text, other.text), (links.path, other.path)):
            mine.extend([ids.setdefault(texts[number], len(ids)) for number in theirs[start:end]])
        shift = len(links.kind) - start
        links.kind.extend(other.kind[start:end])
        links.line.extend(other.line[start:end])
        links.starts.extend([place + shift for place in other.starts[first + 1 : after + 1]])

    def links(self) -> Links:
        """All of them."""
        grown = self._links
        return Links(list(self._ids), grown.starts, grown.text, grown.path, grown.kind, grown.line)


class Files(Sequence[File]):
    """The files of a vault in path order, each made when it is asked for; what is asked of all of them is a column."""

    def __init__(
        self,
        paths: Sequence[str],
        kinds: Sequence[FileKind],
        sizes: array[int],
        written: array[int],
        symlinked: Sequence[bool],
    ) -> None:
        self.paths = cast("Sequence[NotePath]", paths)
        self.kinds, self.sizes, self.written, self.symlinked = kinds, sizes, written, symlinked

    @classmethod
    def of(cls, files: Sequence[File]) -> Files:
        """These files."""
        if isinstance(files, Files):
            return files
        return cls(
            [file.path for file in files],
            [file.kind for file in files],
            array("q", [file.size for file in files]),
            array("q", [file.mtime_ns for file in files]),
            [file.symlinked for file in files],
        )

    def linked(self) -> frozenset[NotePath]:
        """The paths of those that are reached through a symbolic link."""
        return frozenset(path for path, linked in zip(self.paths, self.symlinked, strict=True) if linked)

    def __len__(self) -> int:
        return len(self.paths)

    @overload
    def __getitem__(self, place: int) -> File: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[File, ...]: ...
    def __getitem__(self, place: int | slice) -> File | tuple[File, ...]:
        if isinstance(place, slice):
            return tuple([self[number] for number in range(*place.indices(len(self)))])
        linked = self.symlinked[place]
        return File(self.paths[place], self.kinds[place], self.sizes[place], self.written[place], linked)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]


COLUMNS = (
    *("paths", "tags", "aliases", "properties", "words", "open_tasks", "queries"),
    *("body_digests", "problems", "unreadable", "links"),
)


class Notes(Sequence[Note]):
    """Notes in path order, each made when it is asked for; what is asked of all of them is a column.

    A row of a column is a tuple or a list of what the note holds, empty where it holds nothing. `properties` has
    pairs of key and value, where a list stands for what is a tuple in a note.
    """

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
    def tags(self) -> Sequence[Sequence[str]]:
        """The tags of each note."""
        return cast("Sequence[Sequence[str]]", self._column("tags"))

    @cached_property
    def aliases(self) -> Sequence[Sequence[str]]:
        """The aliases of each note."""
        return cast("Sequence[Sequence[str]]", self._column("aliases"))

    @cached_property
    def properties(self) -> Sequence[Row]:
        """The properties of each note, as pairs."""
        return cast("Sequence[Row]", self._column("properties"))

    @cached_property
    def words(self) -> Sequence[int]:
        """How many words each note has."""
        return cast("Sequence[int]", self._column("words"))

    @cached_property
    def open_tasks(self) -> Sequence[Sequence[int]]:
        """The lines of the open tasks in each note."""
        return cast("Sequence[Sequence[int]]", self._column("open_tasks"))

    @cached_property
    def queries(self) -> Sequence[Sequence[Query]]:
        """The queries in each note."""
        return cast("Sequence[Sequence[Query]]", self._column("queries"))

    @cached_property
    def body_digests(self) -> Sequence[str]:
        """The digest of each note's text."""
        return cast("Sequence[str]", self._column("body_digests"))

    @cached_property
    def problems(self) -> Sequence[Sequence[Problem]]:
        """What is odd about each note."""
        return cast("Sequence[Sequence[Problem]]", self._column("problems"))

    @cached_property
    def unreadable(self) -> Sequence[str | None]:
        """Why a note could not be read, for those that could not."""
        return cast("Sequence[str | None]", self._column("unreadable"))

    @cached_property
    def links(self) -> Links:
        """The links of each note."""
        return cast("Links", self._column("links"))

    @cached_property
    def with_property(self) -> Mapping[str, Sequence[int]]:
        """The places of the notes that have a property, by its name in lower case, in order."""
        spelt: dict[str, list[int]] = {}
        for number, row in enumerate(self.properties):
            for pair in row:
                having = spelt.get(pair[0])
                if having is None:
                    spelt[pair[0]] = [number]
                elif having[-1] != number:
                    having.append(number)
        found: dict[str, list[int]] = {}
        for name, having in spelt.items():
            key = name.lower()
            found[key] = sorted({*found[key], *having}) if key in found else having
        return found

    def properties_of(self, number: int) -> Properties:
        """The properties of one note."""
        return Properties(tuple([(key, frozen(value)) for key, value in self.properties[number]]))

    def brief(self, number: int) -> Note:
        """One note without its links and queries, which are most of the work of making one."""
        return Note(
            path=self.paths[number],
            tags=tuple(self.tags[number]),
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
        return len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Notes({len(self)})"

    def _note(self, number: int) -> Note:
        return Note(
            path=self.paths[number],
            links=self.links.row(number),
            tags=tuple(self.tags[number]),
            aliases=tuple(self.aliases[number]),
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
        if name == "links":
            return Links.of([note.links for note in self._notes])
        if name == "properties":
            return [note.properties.items for note in self._notes]
        one = {"paths": "path", "body_digests": "body_digest"}.get(name, name)
        return [getattr(note, one) for note in self._notes]

    def _note(self, number: int) -> Note:
        return self._notes[number]


class NotesBuilder:
    """Notes as they come, in path order, kept as columns only: new ones, and stretches of others known before."""

    def __init__(self) -> None:
        self._rows: dict[str, Any] = {name: [] for name in COLUMNS if name != "links"}
        self._rows["words"] = array("q")
        self._links = LinksBuilder()

    def add(self, note: Note) -> None:
        """The next note."""
        rows = self._rows
        rows["paths"].append(note.path)
        rows["tags"].append(note.tags)
        rows["aliases"].append(note.aliases)
        rows["properties"].append(note.properties.items)
        rows["words"].append(note.words)
        rows["open_tasks"].append(note.open_tasks)
        rows["queries"].append(note.queries)
        rows["body_digests"].append(note.body_digest)
        rows["problems"].append(note.problems)
        rows["unreadable"].append(note.unreadable)
        self._links.add(note.links)

    def take(self, other: Notes, first: int, after: int) -> None:
        """The notes at these places of another sequence."""
        for name, rows in self._rows.items():
            rows.extend(getattr(other, name)[first:after])
        self._links.take(other.links, first, after)

    def notes(self) -> Notes:
        """All of them."""
        columns = {**self._rows, "links": self._links.links()}
        return Notes(columns.__getitem__)


def _same(one: object, other: object) -> bool:
    return one == other


def frozen(value: object) -> PropertyValue:
    """A value of the column `properties` as a note has it."""
    if isinstance(value, (list, tuple)):
        return tuple([frozen(item) for item in value])
    return cast("PropertyValue", value)

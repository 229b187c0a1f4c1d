"""What one file contains: links, tags, properties, and whatever else is read from its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, NewType, TypeAlias

NotePath = NewType("NotePath", str)
"""A path relative to the vault, `/`-separated, spelt as on disk (undecodable bytes as surrogates).

A string and not a `Path`: it has no `.exists()` and no `.unlink()`, so a pure room cannot touch the disk.
"""


LinkKind = Literal[
    "wikilink", "embed", "markdown", "image", "property", "canvas", "reference", "uri", "html", "mention"
]

BACKLINK_KINDS: frozenset[LinkKind] = frozenset({"wikilink", "embed", "markdown", "image", "property", "canvas"})
"""The kinds that Obsidian itself counts. The others are told, and never make a backlink."""


class Link(NamedTuple):
    """One occurrence of a link in a note or canvas.

    `text` is the link path as written, without subpath and display text ("" for a link to the note
    itself). `path` is what is looked up: the same, percent-decoded where the syntax asks for it.
    `line` counts from 1 in the file; in a canvas it is the line of the JSON text on which the node stands.
    """

    text: str
    kind: LinkKind
    line: int
    path: str

    @property
    def counts(self) -> bool:
        """Whether Obsidian counts it, so that it can make a backlink."""
        return self.kind in BACKLINK_KINDS


class Problem(NamedTuple):
    """Something odd about one file, told to the reader and never the end of a run."""

    path: NotePath
    what: str
    line: int | None = None


Scalar: TypeAlias = bool | int | float | str | None
PropertyValue: TypeAlias = "Scalar | tuple[PropertyValue, ...]"


@dataclass(frozen=True, slots=True)
class Properties:
    """A note's properties in file order. Nested mappings are flattened: `a: {b: 1}` is the key `a.b`."""

    items: tuple[tuple[str, PropertyValue], ...] = ()

    def __iter__(self) -> Iterator[tuple[str, PropertyValue]]:
        return iter(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a property as texts, a single value or a list alike; `name` in any case."""
        wanted = name.lower()
        found: list[str] = []
        for key, value in self.items:
            if key.lower() == wanted:
                for item in value if isinstance(value, tuple) else (value,):
                    if isinstance(item, bool):
                        found.append("true" if item else "false")
                    elif isinstance(item, (str, int, float)):
                        found.append(str(item))
        return tuple(found)


class Query(NamedTuple):
    """What a Dataview, tasks or base query names literally: folders and tags whose notes it may list."""

    language: str
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Note(NamedTuple):
    """One Markdown file, as Obsidian would read it. A tuple, as a link is one: a dataclass takes three times as long.

    `tags` are without `#`, as first spelt in the note, each once whatever its case; properties' tags
    first. `open_tasks` are line numbers. `body_digest` is a digest of the text below the properties
    with outer white space removed. `unreadable` says why the file could not be read at all.
    """

    path: NotePath
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    properties: Properties = Properties()
    words: int = 0
    open_tasks: tuple[int, ...] = ()
    queries: tuple[Query, ...] = ()
    body_digest: str = ""
    problems: tuple[Problem, ...] = ()
    unreadable: str | None = None


class Canvas(NamedTuple):
    """A `.canvas` file: a source of links without tags, aliases or a verdict of its own."""

    path: NotePath
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()


class Base(NamedTuple):
    """A `.base` file: never a source of links; what its filters name literally."""

    path: NotePath
    query: Query
    problems: tuple[Problem, ...] = ()

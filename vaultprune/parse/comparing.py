"""A note read twice in, quickly and in full, and every difference between the two readings out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from vaultprune.model import Link, Note, NotePath


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the two readings of a note do not agree on; what one of them did not find is "nothing"."""

    path: NotePath
    line: int | None
    what: str
    quick: str
    full: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found in so many notes. `declined` were left to the full reading by the quick one."""

    notes: int = 0
    declined: int = 0
    links: int = 0
    tags: int = 0
    tasks: int = 0
    properties: int = 0
    differences: tuple[Difference, ...] = ()
    unread: tuple[NotePath, ...] = ()

    @classmethod
    def sum(cls, parts: Sequence[Compared], unread: Sequence[NotePath]) -> Compared:
        """What several came to together."""
        return cls(
            notes=sum(part.notes for part in parts),
            declined=sum(part.declined for part in parts),
            links=sum(part.links for part in parts),
            tags=sum(part.tags for part in parts),
            tasks=sum(part.tasks for part in parts),
            properties=sum(part.properties for part in parts),
            differences=tuple(each for part in parts for each in part.differences),
            unread=tuple(unread),
        )


def compare(path: NotePath, data: bytes) -> Compared:
    """Both readings of one file. They are counted by the full one."""
    from vaultprune.parse import lexer, parse_in_full
    from vaultprune.parse.text import decode

    decoded = decode(data)
    quick, full = lexer.lex_note(path, decoded), parse_in_full(path, data)
    return Compared(
        notes=1,
        declined=int(quick is None),
        links=len(full.links),
        tags=len(full.tags),
        tasks=len(full.open_tasks),
        properties=len(full.properties.items),
        differences=() if quick is None else tuple(differences(quick, full, decoded.text)),
    )


def differences(quick: Note, full: Note, text: str) -> Iterator[Difference]:
    """What the two do not agree on, in the order of the fields."""
    if quick == full:
        return
    path, lines = full.path, text.split("\n")

    def where(wanted: str) -> int | None:
        return next((number for number, line in enumerate(lines, 1) if wanted in line), None)

    for link, found in _apart(quick.links, full.links):
        yield Difference(path, link.line, "link", *_sides(_of_link(link), found))
    for tag, found in _apart(quick.tags, full.tags):
        yield Difference(path, where(f"#{tag}") or where(tag), "tag", *_sides(f"#{tag}", found))
    for line, found in _apart(quick.open_tasks, full.open_tasks):
        yield Difference(path, line, "open task", *_sides("an open task", found))
    for (key, value), found in _apart(quick.properties.items, full.properties.items):
        yield Difference(path, where(key.split(".")[0]), "property", *_sides(f"{key}: {value!r}", found))
    for what in ("links", "tags", "aliases", "properties", "words", "queries", "body_digest", "problems"):
        one, other = getattr(quick, what), getattr(full, what)
        # what differs in its order alone, or in nothing that was told already
        if one != other and (what not in _TOLD or Counter(one) == Counter(other)):
            yield Difference(path, None, what.replace("_", " "), str(one), str(other))


_TOLD = frozenset({"links", "tags", "properties"})
T = TypeVar("T", bound=Hashable)


def _apart(quick: Iterable[T], full: Iterable[T]) -> Iterator[tuple[T, bool]]:
    """What only one of them found, and whether that was the quick one."""
    one, other = Counter(quick), Counter(full)
    yield from ((each, True) for each in (one - other).elements())
    yield from ((each, False) for each in (other - one).elements())


def _of_link(link: Link) -> str:
    return f"{link.kind} {link.text}"


def _sides(text: str, quick: bool) -> tuple[str, str]:
    """What the quick reading found, and the full one."""
    return (text, "nothing") if quick else ("nothing", text)

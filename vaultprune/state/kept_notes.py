"""Notes as columns in, bytes to remember them by out, and back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vaultprune.model import Link, LinkKind, NotePath, Problem, Query
from vaultprune.notes import KINDS, Links, Notes
from vaultprune.state.packing import Damaged, as_json, careful, from_json, numbers

_LINK_NUMBERS = (("starts", "I"), ("text", "I"), ("path", "I"), ("kind", "B"), ("line", "I"))
_ROWS = ("tags", "aliases", "properties", "open_tasks")


def dump_notes(notes: Notes) -> dict[str, bytes]:
    """Every column as bytes."""
    links = notes.links
    return {
        "paths": as_json(list(notes.paths)),
        "words": array("q", notes.words).tobytes(),
        "body_digests": as_json(list(notes.body_digests)),
        "unreadable": as_json(list(notes.unreadable)),
        **{name: as_json([row or 0 for row in getattr(notes, name)]) for name in _ROWS},
        "queries": as_json([[plain_query(query) for query in row] or 0 for row in notes.queries]),
        "problems": as_json([plain_problems(row) or 0 for row in notes.problems]),
        "texts": as_json(list(links.texts)),
        **{name: getattr(links, name).tobytes() for name, _ in _LINK_NUMBERS},
    }


def load_notes(columns: Callable[[], Mapping[str, memoryview]], many: int) -> Notes:
    """So many notes whose columns are unpacked when they are needed; `Damaged` is raised then, if it must be."""
    known: list[Mapping[str, memoryview]] = []

    def column(name: str) -> object:
        if not known:
            known.append(columns())
        return careful(lambda: _column(known[0], name, many))

    return Notes(column)


def _column(columns: Mapping[str, memoryview], name: str, many: int) -> object:
    found: Any
    if name == "links":
        found = Links(from_json(columns["texts"]), *(numbers(kind, columns[part]) for part, kind in _LINK_NUMBERS))
        found.check()
    elif name == "words":
        found = numbers("q", columns[name])
    else:
        found = from_json(columns[name])
        if name == "queries":
            found = [tuple(map(query_of, row)) if row else () for row in found]
        elif name == "problems":
            found = [problems_of(row) if row else () for row in found]
        elif name in _ROWS:
            found = [row or () for row in found]
    if len(found) != many:
        raise Damaged(name)
    return found


def plain_query(query: Query) -> list[object]:
    """A query as JSON can hold it."""
    return [query.language, query.folders, query.tags]


def query_of(plain: Sequence[Any]) -> Query:
    """The query again."""
    language, folders, tags = plain
    return Query(language, tuple(folders), tuple(tags))


def plain_problems(problems: Sequence[Problem]) -> list[object]:
    """Problems as JSON can hold them."""
    return [[problem.path, problem.what, problem.line] for problem in problems]


def problems_of(plain: Sequence[Any]) -> tuple[Problem, ...]:
    """The problems again."""
    return tuple(Problem(NotePath(path), what, line) for path, what, line in plain)


def plain_links(links: Sequence[Link]) -> list[object]:
    """Links as JSON can hold them."""
    return [[link.text, KINDS.index(link.kind), link.line, link.path] for link in links]


def links_of(plain: Sequence[Any]) -> tuple[Link, ...]:
    """The links again."""
    kinds: Sequence[LinkKind] = KINDS
    return tuple(Link(text, kinds[kind], line, path) for text, kind, line, path in plain)

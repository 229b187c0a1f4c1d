"""A column of notes in, bytes to remember it by out, and back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from vaultprune.model import Link, LinkKind, NotePath, Problem, Query
from vaultprune.notes import KINDS, Links, Notes, Packed, Pairs, Rows, Sparse, Texts, frozen
from vaultprune.state.packing import Damaged, as_json, careful, from_json, numbers

T = TypeVar("T")

_LINK_NUMBERS = (("starts", "I"), ("text", "I"), ("path", "I"), ("kind", "B"), ("line", "I"))


def dump_column(notes: Notes, name: str) -> Mapping[str, bytes | memoryview]:
    """One column as bytes. The paths are not among them: they are those of the files."""
    found: Any = getattr(notes, name)
    if isinstance(found, Links):
        return {
            "texts": as_json(found.texts),
            **{part: memoryview(getattr(found, part)) for part, _ in _LINK_NUMBERS},
        }
    if isinstance(found, Texts):
        return {**_rows_dumped(found.rows), "table": as_json(found.table)}
    if isinstance(found, Pairs):
        tables = {"spelt": as_json(found.spelt), "table": as_json(found.table)}
        return {**_rows_dumped(found.names), "values": memoryview(found.values), **tables}
    if isinstance(found, Packed):
        return {"data": memoryview(found.data), "ends": memoryview(found.ends)}
    if isinstance(found, Rows):
        return _rows_dumped(found)
    if isinstance(found, Sparse):
        plain = _PLAIN[name][0]
        return {"known": as_json([[place, plain(value)] for place, value in found.known.items()])}
    return {"numbers": memoryview(array("I", found))}


def load_column(columns: Mapping[str, bytes], name: str, many: int) -> Any:
    """The column again, for so many notes. Raises `Damaged` if it cannot be that."""
    found: Any = careful(lambda: _LOADED[name](columns, name, many))
    if len(found) != many:
        raise Damaged(name)
    return found


def _rows_dumped(rows: Rows) -> dict[str, memoryview]:
    return {"starts": memoryview(rows.starts), "items": memoryview(rows.items)}


def _rows(columns: Mapping[str, bytes]) -> Rows:
    return Rows(numbers("I", columns["starts"]), numbers("I", columns["items"]))


def _sound(found: T, is_sound: bool) -> T:
    if not is_sound:
        raise ValueError("the numbers do not fit together")
    return found


def _texts(columns: Mapping[str, bytes], _name: str, _many: int) -> Texts:
    found = Texts(_rows(columns), from_json(columns["table"]))
    return _sound(found, found.rows.is_sound(len(found.table)))


def _pairs(columns: Mapping[str, bytes], _name: str, _many: int) -> Pairs:
    spelt, table = (
        from_json(columns["spelt"]),
        [frozen(value) if type(value) is list else value for value in from_json(columns["table"])],
    )
    found = Pairs(_rows(columns), numbers("I", columns["values"]), spelt, table)
    return _sound(found, found.is_sound())


def _lines(columns: Mapping[str, bytes], _name: str, _many: int) -> Rows:
    found = _rows(columns)
    return _sound(found, found.is_sound(1 << 32))


def _packed(columns: Mapping[str, bytes], _name: str, _many: int) -> Packed:
    found = Packed(columns["data"], numbers("I", columns["ends"]))
    return _sound(found, found.is_sound())


def _sparse(columns: Mapping[str, bytes], name: str, many: int) -> Sparse[Any]:
    again, otherwise = _PLAIN[name][1:]
    known = {place: again(plain) for place, plain in from_json(columns["known"])}
    return _sound(Sparse(known, many, otherwise), all(0 <= place < many for place in known))


def _links(columns: Mapping[str, bytes], _name: str, _many: int) -> Links:
    found = Links(from_json(columns["texts"]), *(numbers(kind, columns[part]) for part, kind in _LINK_NUMBERS))
    found.check()
    return found


def _numbers(columns: Mapping[str, bytes], _name: str, _many: int) -> array[int]:
    return numbers("I", columns["numbers"])


_LOADED: Mapping[str, Callable[[Mapping[str, bytes], str, int], Any]] = {
    "tags": _texts,
    "aliases": _texts,
    "properties": _pairs,
    "words": _numbers,
    "open_tasks": _lines,
    "queries": _sparse,
    "body_digests": _packed,
    "problems": _sparse,
    "unreadable": _sparse,
    "links": _links,
}


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


def _plain_queries(queries: Sequence[Query]) -> list[object]:
    return [plain_query(query) for query in queries]


def _queries_of(plain: Sequence[Any]) -> tuple[Query, ...]:
    return tuple(map(query_of, plain))


def _as_it_is(value: Any) -> Any:
    return value


_PLAIN: Mapping[str, tuple[Any, Any, Any]] = {
    "queries": (_plain_queries, _queries_of, ()),
    "problems": (plain_problems, problems_of, ()),
    "unreadable": (_as_it_is, _as_it_is, None),
}
"""How a value stands in JSON, how it is made of it again, and what those have that have none."""

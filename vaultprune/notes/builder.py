"""Notes in as they come, the columns of all of them out; what was known before is taken over in whole stretches."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from vaultprune.model import Note, NotePath
from vaultprune.notes.columns import PackedBuilder, PairsBuilder, SparseBuilder, TextsBuilder
from vaultprune.notes.links import LinksBuilder
from vaultprune.notes.notes import COLUMNS, Notes
from vaultprune.notes.rows import Rows, RowsBuilder

_AT_ONCE = 128
"""Notes that wait to become rows together: to go from column to column for each would take half as long again."""


class _Growing(Protocol):
    """A column that grows: by what new notes have, and by what several notes had before."""

    def extend(self, values: Sequence[Any], /) -> None: ...
    def take(self, first: int, after: int, /) -> None: ...
    def column(self) -> Any: ...


class _PathsBuilder:
    def __init__(self, before: Sequence[NotePath] | None = None) -> None:
        self._before, self._paths = before or (), list[NotePath]()
        self.extend = self._paths.extend

    def take(self, first: int, after: int) -> None:
        self._paths.extend(self._before[first:after])

    def column(self) -> list[NotePath]:
        return self._paths


class _NumbersBuilder:
    def __init__(self, before: Sequence[int] | None = None) -> None:
        self._before, self._numbers = before or (), array("I")
        self.extend = self._numbers.extend

    def take(self, first: int, after: int) -> None:
        self._numbers.extend(self._before[first:after])

    def column(self) -> array[int]:
        return self._numbers


class _LinesBuilder:
    def __init__(self, before: Rows | None = None) -> None:
        self._before, self._rows = before, RowsBuilder()
        self.extend = self._rows.extend

    def take(self, first: int, after: int) -> None:
        if self._before is not None:
            self._rows.take(self._before, first, after)

    def column(self) -> Rows:
        return self._rows.rows()


_BUILDERS: Mapping[str, Callable[[Any], _Growing]] = {
    "paths": _PathsBuilder,
    "tags": TextsBuilder,
    "aliases": TextsBuilder,
    "properties": PairsBuilder,
    "words": _NumbersBuilder,
    "open_tasks": _LinesBuilder,
    "queries": lambda before: SparseBuilder((), before),
    "body_digests": PackedBuilder,
    "problems": lambda before: SparseBuilder((), before),
    "unreadable": lambda before: SparseBuilder(None, before),
    "links": LinksBuilder,
}


class NotesBuilder:
    """Notes as they come, in path order, kept as columns only: new ones, and stretches of those known `before`.

    `changing` are the columns in which something may differ from before; the others stay as they are, and wait to be
    unpacked until they are needed.
    """

    def __init__(self, before: Notes | None = None, changing: Collection[str] = tuple(COLUMNS)) -> None:
        self._before = before
        self._growing = {name: _BUILDERS[name](before and getattr(before, name)) for name in changing}
        self._waiting: list[Note] = []

    def add(self, note: Note) -> None:
        """The next note."""
        self._waiting.append(note)
        if len(self._waiting) == _AT_ONCE:
            self._settle()

    def _settle(self) -> None:
        """Turn the notes that wait into rows, one column after another."""
        waiting, self._waiting = self._waiting, []
        for name, growing in self._growing.items():
            growing.extend(list(map(COLUMNS[name], waiting)))

    def take(self, first: int, after: int) -> None:
        """The notes that were at these places before."""
        if first < after:
            self._settle()
            for growing in self._growing.values():
                growing.take(first, after)

    def notes(self) -> Notes:
        """All of them."""
        self._settle()
        columns = {name: growing.column() for name, growing in self._growing.items()}
        self._growing = {}
        before = self._before
        if before is not None:
            before.forget(columns)
        return Notes(lambda name: columns[name] if name in columns else getattr(before, name))


def column_of(name: str, values: Iterable[Any]) -> Any:
    """One column of what each note has of it."""
    growing = _BUILDERS[name](None)
    growing.extend(list(values))
    return growing.column()

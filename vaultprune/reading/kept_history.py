"""What git told in, bytes to remember it by out, and back: the log of each note, and what each change was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from vaultprune.model import Change, ChangeKind, Memory, NotePath
from vaultprune.state.packing import Damaged, as_json, careful, from_json

if TYPE_CHECKING:
    from vaultprune.reading.changes import Difference, Kind

_KINDS: tuple[ChangeKind, ...] = ("created", "body", "links", "properties", "format", "moved")

Changes = Mapping[NotePath, tuple[Change, ...]]


class KeptChanges(Mapping[NotePath, tuple[Change, ...]]):
    """The changes of each note, unpacked when they are first looked at; `Damaged` is raised then, if it must be."""

    def __init__(self, make: Callable[[], Changes]) -> None:
        self._make = make

    @cached_property
    def _changes(self) -> Changes:
        return self._make()

    def __getitem__(self, path: NotePath) -> tuple[Change, ...]:
        return self._changes[path]

    def __iter__(self) -> Iterator[NotePath]:
        return iter(self._changes)

    def __len__(self) -> int:
        return len(self._changes)


def keep_log(memory: Memory, key: str, changes: Changes, times: Sequence[int]) -> None:
    """Remember the changes of each note, and the times of the commits."""

    def dumped() -> dict[str, bytes]:
        names: dict[str, int] = {}
        rows = [
            [
                note,
                [
                    [
                        change.commit,
                        _KINDS.index(change.kind),
                        change.signature,
                        [names.setdefault(name, len(names)) for name in change.gained],
                    ]
                    for change in told
                ],
            ]
            for note, told in changes.items()
        ]
        return {"times": as_json(list(times)), "names": as_json(list(names)), "changes": as_json(rows)}

    memory.keep("log", key, dumped)


def kept_log(memory: Memory, key: str) -> tuple[Changes, tuple[int, ...]] | None:
    """The changes of each note, and the times of the commits, if they are known."""
    columns = memory.recall("log", key)
    if columns is None:
        return None
    try:
        return careful(lambda: _log(columns))
    except Damaged:
        return None


def _log(columns: Mapping[str, bytes]) -> tuple[Changes, tuple[int, ...]]:
    times, names = tuple(from_json(columns["times"])), from_json(columns["names"])
    changes = {
        NotePath(note): tuple(
            [
                Change(times[commit], commit, _KINDS[kind], signature, tuple([names[name] for name in gained]))
                for commit, kind, signature, gained in told
            ]
        )
        for note, told in from_json(columns["changes"])
    }
    return changes, times


def keep_differences(memory: Memory, found: Mapping[tuple[str, str, str], Difference]) -> None:
    """Remember what the difference between two contents of a note was, which never changes."""

    def dumped() -> dict[str, bytes]:
        return {
            "pairs": as_json([[*pair, each.kind, each.signature, list(each.gained)] for pair, each in found.items()])
        }

    memory.keep("differences", "", dumped)


def kept_differences(memory: Memory) -> dict[tuple[str, str, str], Difference]:
    """The differences that are known, by the two contents and the note."""
    from vaultprune.reading.changes import Difference

    columns = memory.recall("differences", "")
    if columns is None:
        return {}
    try:
        return careful(
            lambda: {
                (old, new, note): Difference(cast("Kind", kind), signature, tuple(gained))
                for old, new, note, kind, signature, gained in from_json(columns["pairs"])
            }
        )
    except Damaged:
        return {}


def keep_json(memory: Memory, what: str, key: str, value: Callable[[], object]) -> None:
    """Remember something small."""
    memory.keep(what, key, lambda: {"value": as_json(value())})


def kept_json(memory: Memory, what: str, key: str) -> Any:
    """Something small again, None if it is not known."""
    columns = memory.recall(what, key)
    if columns is None:
        return None
    try:
        return careful(lambda: from_json(columns["value"]))
    except Damaged:
        return None

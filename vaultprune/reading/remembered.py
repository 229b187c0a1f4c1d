"""What was walked and what is remembered in, everything that can hold links out: only what changed is read again."""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import compress
from operator import ne
from typing import Any

from vaultprune.model import Base, Canvas, Memory, Note, NotePath, Since
from vaultprune.notes import COLUMNS, Files, Notes, NotesBuilder
from vaultprune.reading.contents import Parsed, parsed, was_read
from vaultprune.reading.walk import Walked, kind_of
from vaultprune.state import Damaged, dump_column, load_column
from vaultprune.state.kept_notes import links_of, plain_links, plain_problems, plain_query, problems_of, query_of
from vaultprune.state.packing import as_json, careful, from_json, numbers

SAME_TICK = 2_000_000_000
"""Nanoseconds. A file that changed so shortly before it was read may have changed again with the same time."""

_SURE, _SYMLINKED = 1, 2
_NUMBERS = (("sizes", "q"), ("written", "q"), ("changed", "q"), ("flags", "B"))
_KEPT = tuple(name for name in COLUMNS if name != "paths")

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in the files. `text_stamp` stays the same with names and contents, `stamp` with times as well.

    What was known for the stamp `before` still holds of every note that is not among those `read` since; `since` says
    how names and contents differ from those that were remembered. `columns` has a stamp for each column of the notes.
    """

    notes: Notes
    canvases: tuple[Canvas, ...]
    bases: tuple[Base, ...]
    stamp: str
    text_stamp: str
    columns: Mapping[str, str]
    before: str = ""
    read: frozenset[str] = frozenset()
    since: Since | None = None


class _Files:
    """Every file of the index as columns: path, size, two times, and whether what was read of it can be gone by."""

    def __init__(
        self,
        packed: bytes,
        sizes: array[int],
        written: array[int],
        changed: array[int],
        flags: array[int],
    ) -> None:
        self.packed, self.sizes, self.written, self.changed, self.flags = packed, sizes, written, changed, flags

    @cached_property
    def paths(self) -> Sequence[str]:
        """Where each file lies."""
        return self.packed.decode("utf-8", "surrogatepass").split("\0") if self.sizes else []

    @cached_property
    def notes(self) -> list[NotePath]:
        """Where each note lies."""
        return [NotePath(path) for path in self.paths if kind_of(path) == "note"]

    def to_read(self, before: _Files) -> list[int]:
        """The files that are new, or not surely as they were before."""
        sure = array("B", map(_SURE.__or__, self.flags))
        mine = (self.sizes, self.written, self.changed, sure)
        theirs = (before.sizes, before.written, before.changed, before.flags)
        if self.packed == before.packed:
            differing: set[int] = set()
            for now, then in zip(mine, theirs, strict=True):
                if now != then:
                    differing.update(compress(range(len(now)), map(ne, now, then)))
            return sorted(differing)
        known = dict(zip(before.paths, zip(*theirs, strict=True), strict=True))
        rows = zip(self.paths, zip(*mine, strict=True), strict=True)
        return [number for number, (path, now) in enumerate(rows) if known.get(path) != now]


def read_contents(root: str, walked: Walked, memory: Memory, taken_at: datetime, tell: Tell) -> Contents:
    """Every note, canvas and base that was walked. Files that are surely as they were come from memory."""
    files = _files(walked, (int(taken_at.timestamp()) * 1_000_000_000) - SAME_TICK)
    known = _recalled(memory, files)
    if known is None:
        return _kept(memory, files, _Reader(root, walked, files, tell).everything(), {})
    before, contents = known
    to_read = files.to_read(before)
    if before.packed == files.packed and not to_read:
        return contents
    reader = _Reader(root, walked, files, tell)
    if 2 * len(to_read) > len(files.paths):
        return _kept(memory, files, reader.everything(), {})
    return _kept(memory, files, careful(lambda: reader.changes(before, contents, to_read)), contents.columns)


def _kept(memory: Memory, files: _Files, found: Contents, before: Mapping[str, str]) -> Contents:
    """The contents, to be remembered as far as they are not yet."""
    memory.keep("files", "", lambda: _dump(files, found))
    for name, stamp in found.columns.items():
        if before.get(name) != stamp:
            memory.keep(f"notes {name}", stamp, lambda name=name: dump_column(found.notes, name))  # type: ignore[misc]
    return found


@dataclass(slots=True)
class _Reader:
    """Reads what has to be read, and notes in `files` what cannot be gone by next time."""

    root: str
    walked: Walked
    files: _Files
    tell: Tell
    every: Files = field(init=False)

    def __post_init__(self) -> None:
        self.every = Files.of(self.walked.files)

    def everything(self) -> Contents:
        """All files, one after another: each note becomes columns at once, so that none is held."""
        notes = NotesBuilder()
        others: list[Parsed] = []
        to_read = [number for number, kind in enumerate(self.every.kinds) if kind != "attachment"]
        for done, number in enumerate(to_read):
            self.tell("reading notes", done, len(to_read))
            found = self._one(number)
            if isinstance(found, Note):
                notes.add(found)
            else:
                others.append(found)
        self.tell("reading notes", len(to_read), len(to_read))
        return _contents(notes.notes(), others, dict.fromkeys(_KEPT, _new_stamp()))

    def changes(self, old: _Files, before: Contents, changed: Sequence[int]) -> Contents:
        """The files that changed or are new; the others are taken from what was there before."""
        every = self.every
        to_read = [number for number in changed if every.kinds[number] != "attachment"]
        read: dict[str, Parsed] = {}
        for done, number in enumerate(to_read):
            self.tell("reading notes", done, len(to_read))
            read[every.paths[number]] = self._one(number)
        others: dict[str, Parsed] = {each.path: each for each in before.canvases}
        others |= {each.path: each for each in before.bases}
        notes = {path: found for path, found in read.items() if isinstance(found, Note)}
        same_notes = self.files.notes == before.notes.paths
        differing = _differing(before.notes, notes) if same_notes else frozenset(COLUMNS)
        if (
            self.files.packed == old.packed
            and not differing
            and all(repr(others[path]) == repr(found) for path, found in read.items() if path not in notes)
        ):
            return replace(before, stamp=_new_stamp(), before=before.stamp, read=frozenset(read))
        builder = NotesBuilder(before.notes, differing)
        _put_together(builder, before.notes.paths, self.files.notes, notes)
        found_others = [
            read.get(path) or others[path]
            for path, kind in zip(every.paths, every.kinds, strict=True)
            if kind in ("canvas", "base")
        ]
        stamps = {**before.columns, **dict.fromkeys(differing - {"paths"}, _new_stamp())}
        return replace(
            _contents(builder.notes(), found_others, stamps),
            before=before.stamp,
            read=frozenset(read),
            since=_since(old, self.files, before.text_stamp, frozenset(map(NotePath, read))),
        )

    def _one(self, number: int) -> Parsed:
        file = self.every[number]
        found = parsed(self.root, file, is_here=file.path not in self.walked.not_here)
        if not was_read(found):
            self.files.flags[number] &= ~_SURE
        return found


def _put_together(
    builder: NotesBuilder, before: Sequence[NotePath], now: Sequence[NotePath], read: Mapping[str, Note]
) -> None:
    """Every note in path order: those read just now, and between them stretches of those known before."""
    gone = set(before).difference(now) if now != before else set[NotePath]()
    done = 0
    for path in sorted({*read, *gone}):
        place = bisect_left(before, path)
        builder.take(done, place)
        if path in read:
            builder.add(read[path])
        done = place + (path in before[place : place + 1])
    builder.take(done, len(before))


def _differing(before: Notes, read: Mapping[str, Note]) -> frozenset[str]:
    """The columns in which some note that was read again differs from what it was."""
    differing: set[str] = set()
    for path, found in read.items():
        known = before[bisect_left(before.paths, path)]
        # by their spelling, since 1 and true are equal, and are not the same property
        differing.update(name for name, of in COLUMNS.items() if repr(of(known)) != repr(of(found)))
    return frozenset(differing)


def _since(old: _Files, new: _Files, text_stamp: str, read: frozenset[NotePath]) -> Since:
    if old.packed == new.packed:
        return Since(text_stamp, read)
    before, now = set(map(NotePath, old.paths)), set(map(NotePath, new.paths))
    return Since(text_stamp, read, frozenset(now - before), {path: kind_of(path) for path in sorted(before - now)})


def _contents(notes: Notes, others: Sequence[Parsed], columns: Mapping[str, str]) -> Contents:
    return Contents(
        notes,
        tuple(each for each in others if isinstance(each, Canvas)),
        tuple(each for each in others if isinstance(each, Base)),
        stamp=_new_stamp(),
        text_stamp=_new_stamp(),
        columns=columns,
    )


def _new_stamp() -> str:
    return os.urandom(12).hex()


def _files(walked: Walked, settled: int) -> _Files:
    """The walk as columns. A file that changed after `settled` is not to be gone by next time."""
    files = Files.of(walked.files)
    changed = array("q", walked.changed_ns)
    sure = [
        kind == "attachment" or (written < settled and when < settled)
        for kind, written, when in zip(files.kinds, files.written, changed, strict=True)
    ]
    flags = bytes(map(_SURE.__mul__, sure))
    if any(files.symlinked):
        flags = bytes([flag | _SYMLINKED * linked for flag, linked in zip(flags, files.symlinked, strict=True)])
    packed = "\0".join(files.paths).encode("utf-8", "surrogatepass")
    found = _Files(packed, files.sizes, files.written, changed, array("B", flags))
    found.paths = files.paths
    found.notes = [path for path, kind in zip(files.paths, files.kinds, strict=True) if kind == "note"]
    return found


# --- as it is remembered ------------------------------------------------------------------------------


def _dump(files: _Files, found: Contents) -> dict[str, bytes | memoryview]:
    about = {
        "stamp": found.stamp,
        "text_stamp": found.text_stamp,
        "columns": dict(found.columns),
        "canvases": [[each.path, plain_links(each.links), plain_problems(each.problems)] for each in found.canvases],
        "bases": [[each.path, plain_query(each.query), plain_problems(each.problems)] for each in found.bases],
    }
    numbers = {name: memoryview(getattr(files, name)) for name, _ in _NUMBERS}
    return {"about": as_json(about), "paths": files.packed, **numbers}


def _recalled(memory: Memory, now: _Files) -> tuple[_Files, Contents] | None:
    columns = memory.recall("files", "")
    if columns is None:
        return None
    try:
        return careful(lambda: _loaded(columns, memory, now))
    except Damaged:
        return None


def _loaded(columns: Mapping[str, bytes], memory: Memory, now: _Files) -> tuple[_Files, Contents]:
    files = _Files(columns["paths"], *(numbers(kind, columns[name]) for name, kind in _NUMBERS))
    if files.packed == now.packed:
        files.notes = now.notes
    about: dict[str, Any] = from_json(columns["about"])
    stamps: dict[str, str] = about["columns"]
    many = {len(getattr(files, name)) for name, _ in _NUMBERS}
    if many != {files.packed.count(b"\0") + 1 if files.packed else 0} or stamps.keys() != set(_KEPT):
        raise Damaged("files")

    def column(name: str) -> Any:
        if name == "paths":
            return files.notes
        found = memory.recall(f"notes {name}", stamps[name])
        if found is None:
            raise Damaged(name)
        return load_column(found, name, len(files.notes))

    contents = Contents(
        Notes(column),
        tuple(Canvas(path, links_of(links), problems_of(odd)) for path, links, odd in about["canvases"]),
        tuple(Base(path, query_of(query), problems_of(odd)) for path, query, odd in about["bases"]),
        about["stamp"],
        about["text_stamp"],
        stamps,
    )
    return files, contents

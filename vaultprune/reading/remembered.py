"""What was walked and what is remembered in, everything that can hold links out: only what changed is read again."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from vaultprune.model import Base, Canvas, Memory, Note
from vaultprune.notes import Files, Notes, NotesBuilder
from vaultprune.reading.contents import Parsed, parsed, was_read
from vaultprune.reading.walk import Walked
from vaultprune.state import Damaged, dump_notes, load_notes
from vaultprune.state.kept_notes import links_of, plain_links, plain_problems, plain_query, problems_of, query_of
from vaultprune.state.packing import as_json, careful, from_json, numbers

SAME_TICK = 2_000_000_000
"""Nanoseconds. A file that changed so shortly before it was read may have changed again with the same time."""

_SURE, _SYMLINKED = 1, 2
_NUMBERS = (("sizes", "q"), ("written", "q"), ("changed", "q"), ("flags", "B"))

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in the files. `text_stamp` stays the same with names and contents, `stamp` with times as well.

    What was known for the stamp `before` still holds of every note that is not among those `read` since.
    """

    notes: Notes
    canvases: tuple[Canvas, ...]
    bases: tuple[Base, ...]
    stamp: str
    text_stamp: str
    before: str = ""
    read: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Files:
    """Every file of the index as columns: path, size, two times, and whether what was read of it can be gone by."""

    paths: Sequence[str]
    sizes: array[int]
    written: array[int]
    changed: array[int]
    flags: array[int]


def read_contents(root: str, walked: Walked, memory: Memory, taken_at: datetime, tell: Tell) -> Contents:
    """Every note, canvas and base that was walked. Files that are surely as they were come from memory."""
    files = _files(walked, (int(taken_at.timestamp()) * 1_000_000_000) - SAME_TICK)
    known = _recalled(memory)
    if known is not None and known[0] == files and _all_sure(files):
        return known[1]
    reader = _Reader(root, walked, files, tell)
    unchanged = {} if known is None else _unchanged(known[0], files)
    if known is None or 2 * len(unchanged) < len(files.paths):
        found = reader.everything()
    else:
        before, same_paths = known[1], known[0].paths == files.paths
        found = careful(lambda: reader.changes(before, unchanged, same_paths))
    memory.keep("files", "", lambda: _dump(files, found))
    if known is None or found.text_stamp != known[1].text_stamp:
        memory.keep("notes", found.text_stamp, lambda: dump_notes(found.notes))
    return found


@dataclass(slots=True)
class _Reader:
    """Reads what has to be read, and notes in `files` what cannot be gone by next time."""

    root: str
    walked: Walked
    files: _Files
    tell: Tell

    def everything(self) -> Contents:
        """All files, one after another: each note becomes columns at once, so that none is held."""
        notes = NotesBuilder()
        others: list[Parsed] = []
        kinds = Files.of(self.walked.files).kinds
        to_read = [number for number, kind in enumerate(kinds) if kind != "attachment"]
        for done, number in enumerate(to_read):
            self.tell("reading notes", done, len(to_read))
            found = self._one(number)
            if isinstance(found, Note):
                notes.add(found)
            else:
                others.append(found)
        self.tell("reading notes", len(to_read), len(to_read))
        return _contents(notes.notes(), others)

    def changes(self, before: Contents, unchanged: Mapping[int, int], same_paths: bool) -> Contents:
        """The files that changed or are new; the others are taken from what was there before."""
        every = Files.of(self.walked.files)
        to_read = [
            number for number, kind in enumerate(every.kinds) if kind != "attachment" and number not in unchanged
        ]
        read: dict[str, Parsed] = {}
        for done, number in enumerate(to_read):
            self.tell("reading notes", done, len(to_read))
            read[every.paths[number]] = self._one(number)
        places: dict[str, int] = {path: place for place, path in enumerate(before.notes.paths)}
        others: dict[str, Parsed] = {each.path: each for each in before.canvases}
        others |= {each.path: each for each in before.bases}
        if same_paths and all(
            (before.notes[places[path]] if path in places else others.get(path)) == found
            for path, found in read.items()
        ):
            return replace(before, stamp=_new_stamp(), before=before.stamp, read=frozenset(read))
        growing = _Growing(before.notes)
        found_others: list[Parsed] = []
        for path, kind in zip(every.paths, every.kinds, strict=True):
            if kind == "attachment":
                continue
            found = read.get(path)
            if found is None and kind == "note":
                growing.take(places[path])
            elif isinstance(found, Note):
                growing.add(found)
            else:
                found_others.append(found or others[path])
        return replace(_contents(growing.notes(), found_others), before=before.stamp, read=frozenset(read))

    def _one(self, number: int) -> Parsed:
        file = self.walked.files[number]
        found = parsed(self.root, file, is_here=file.path not in self.walked.not_here)
        if not was_read(found):
            self.files.flags[number] &= ~_SURE
        return found


class _Growing:
    """Notes put together from new ones and from stretches of those that were there before."""

    def __init__(self, before: Notes) -> None:
        self._before, self._builder = before, NotesBuilder()
        self._first = self._after = 0

    def take(self, place: int) -> None:
        """The note that was at this place."""
        if place != self._after:
            self._flush()
            self._first = place
        self._after = place + 1

    def add(self, note: Note) -> None:
        """A note that was read just now."""
        self._flush()
        self._builder.add(note)

    def notes(self) -> Notes:
        """All of them."""
        self._flush()
        return self._builder.notes()

    def _flush(self) -> None:
        if self._first < self._after:
            self._builder.take(self._before, self._first, self._after)
        self._first = self._after


def _contents(notes: Notes, others: Sequence[Parsed]) -> Contents:
    return Contents(
        notes,
        tuple(each for each in others if isinstance(each, Canvas)),
        tuple(each for each in others if isinstance(each, Base)),
        stamp=_new_stamp(),
        text_stamp=_new_stamp(),
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
    return _Files(list(files.paths), files.sizes, files.written, changed, array("B", flags))


def _all_sure(files: _Files) -> bool:
    return not files.flags.tobytes().translate(None, bytes((_SURE, _SURE | _SYMLINKED)))


def _unchanged(before: _Files, now: _Files) -> dict[int, int]:
    """For each file that is surely as it was its place before."""
    places = {path: place for place, path in enumerate(before.paths)}
    found: dict[int, int] = {}
    for number, path in enumerate(now.paths):
        place = places.get(path)
        if (
            place is not None
            and now.written[number] == before.written[place]
            and now.changed[number] == before.changed[place]
            and now.sizes[number] == before.sizes[place]
            and now.flags[number] | _SURE == before.flags[place]
        ):
            found[number] = place
    return found


# --- as it is remembered ------------------------------------------------------------------------------


def _dump(files: _Files, found: Contents) -> dict[str, bytes]:
    about = {
        "stamp": found.stamp,
        "text_stamp": found.text_stamp,
        "notes": len(found.notes),
        "canvases": [[each.path, plain_links(each.links), plain_problems(each.problems)] for each in found.canvases],
        "bases": [[each.path, plain_query(each.query), plain_problems(each.problems)] for each in found.bases],
    }
    numbers = {name: getattr(files, name).tobytes() for name, _ in _NUMBERS}
    return {"about": as_json(about), "paths": as_json(files.paths), **numbers}


def _recalled(memory: Memory) -> tuple[_Files, Contents] | None:
    columns = memory.recall("files", "")
    if columns is None:
        return None
    try:
        return careful(lambda: _loaded(columns, memory))
    except Damaged:
        return None


def _loaded(columns: Mapping[str, memoryview], memory: Memory) -> tuple[_Files, Contents]:
    files = _Files(from_json(columns["paths"]), *(numbers(kind, columns[name]) for name, kind in _NUMBERS))
    about: dict[str, Any] = from_json(columns["about"])
    text_stamp = about["text_stamp"]
    if {len(files.paths)} != {len(getattr(files, name)) for name, _ in _NUMBERS}:
        raise Damaged("files")

    def notes() -> Mapping[str, memoryview]:
        found = memory.recall("notes", text_stamp)
        if found is None:
            raise Damaged("notes")
        return found

    contents = Contents(
        load_notes(notes, about["notes"]),
        tuple(Canvas(path, links_of(links), problems_of(odd)) for path, links, odd in about["canvases"]),
        tuple(Base(path, query_of(query), problems_of(odd)) for path, query, odd in about["bases"]),
        about["stamp"],
        text_stamp,
    )
    return files, contents

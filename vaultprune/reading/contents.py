"""One file of the index in, the note, canvas or base that it holds out; a file that cannot be read is still a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

from vaultprune.model import Base, Canvas, File, FileKind, Note, NotePath, Problem, Query
from vaultprune.reading.disk import cause, read_bytes

READ_AT_MOST = 8 * 1024 * 1024
"""Bytes of one file that are ever looked at; a note of this size holds more words than the longest novel."""

NOT_HERE = "not downloaded to this device"
_CANNOT = "cannot be read"

Parsed: TypeAlias = Note | Canvas | Base


def parsed(folder: str, file: File, *, is_here: bool = True) -> Parsed:
    """What the file says. Never raises for what is on disk: what could not be read says so in its problems.

    A file that is not on this device is not opened, for that would fetch it. The answer depends on the bytes of the
    file alone, so it may be remembered for as long as they stay the same.
    """
    if not is_here:
        return _unreadable(file, NOT_HERE)
    try:
        data, size = read_bytes(f"{folder}/{file.path}", READ_AT_MOST, follow=file.symlinked)
    except OSError as error:
        return _unreadable(file, f"{_CANNOT}: {cause(error)}")
    found: Parsed = _parsers()[file.kind](file.path, data)
    if size > len(data):
        what = f"{size / 1024 / 1024:,.1f} MiB long; only the first {len(data) // 1024 // 1024} MiB were read"
        return found._replace(problems=(*found.problems, Problem(file.path, what)))
    return found


def was_read(found: Parsed) -> bool:
    """Whether the bytes of the file were seen, so that the answer holds for as long as they stay the same."""
    if isinstance(found, Note):
        return found.unreadable is None
    return not any(problem.what == NOT_HERE or problem.what.startswith(_CANNOT) for problem in found.problems)


def whole_bytes(folder: str, file: File) -> bytes | None:
    """The bytes of a file as they are now, or nothing if it cannot be read or is too long to be read whole."""
    try:
        data, size = read_bytes(f"{folder}/{file.path}", READ_AT_MOST, follow=file.symlinked)
    except OSError:
        return None
    return data if size == len(data) else None


@cache
def _parsers() -> Mapping[FileKind, Callable[[NotePath, bytes], Parsed]]:
    from vaultprune.parse import parse_base, parse_canvas, parse_note  # heavy; a warm start does without

    return {"note": parse_note, "canvas": parse_canvas, "base": parse_base}


def _unreadable(file: File, why: str) -> Parsed:
    problems = (Problem(file.path, why),)
    if file.kind == "canvas":
        return Canvas(file.path, problems=problems)
    if file.kind == "base":
        return Base(file.path, Query("base"), problems=problems)
    return Note(file.path, problems=problems, unreadable=why)

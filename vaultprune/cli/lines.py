"""A vault's folder in, a function that gives single lines of its notes out: for the words around a link."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from vaultprune.model import NotePath, Snapshot
from vaultprune.notes import Files, Notes
from vaultprune.reports import LineOf

_LONGEST = 8 * 1024 * 1024
_LINE_END = re.compile(r"\r\n|\r|\n")


def lines_of(folder: Path, snapshot: Snapshot) -> LineOf:
    """Lines as they stand on disk now, from 1; None for gone ones and for canvases, whose lines nobody reads."""
    from vaultprune.reading.disk import read_bytes

    symlinked = Files.of(snapshot.files).linked()
    notes = frozenset(Notes.of(snapshot.notes).paths)

    @lru_cache(maxsize=64)
    def text_of(path: NotePath) -> tuple[str, ...]:
        try:
            data, _ = read_bytes(os.path.join(folder, path), _LONGEST, follow=path in symlinked)
        except OSError:
            return ()
        return tuple(_LINE_END.split(data.decode("utf-8-sig", "replace")))

    def line_of(path: NotePath, line: int) -> str | None:
        lines = text_of(path) if path in notes else ()
        return lines[line - 1] if 0 < line <= len(lines) else None

    return line_of

"""A vault's folder in, both readings of every note in it compared out. Nothing is remembered or written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from vaultprune.model import NotePath
from vaultprune.parse.comparing import Compared, compare
from vaultprune.reading.contents import READ_AT_MOST
from vaultprune.reading.disk import read_bytes
from vaultprune.reading.walk import walk


def compare_readings(vault: Path, tell: Callable[[str, int, int], None]) -> Compared:
    """Every note of the vault, read quickly and in full. `tell` hears how far it got."""
    walked = walk(os.fspath(vault))
    notes = [file for file in walked.files if file.kind == "note"]
    parts: list[Compared] = []
    unread: list[NotePath] = []
    for done, file in enumerate(notes):
        tell("reading notes twice", done, len(notes))
        if file.path in walked.not_here:  # to read it would be to fetch it
            unread.append(file.path)
            continue
        try:
            data, _ = read_bytes(os.path.join(vault, file.path), READ_AT_MOST, follow=file.symlinked)
        except OSError:
            unread.append(file.path)
        else:
            parts.append(compare(file.path, data))
    return Compared.sum(parts, unread)

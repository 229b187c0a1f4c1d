"""The log of each note in, bytes to remember it by out, and back; what does not add up is not believed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from vaultprune.evidence.edits import NoteLog
from vaultprune.model import NotePath


def dumped(logs: Mapping[NotePath, NoteLog]) -> dict[str, bytes]:
    """The logs as bytes."""
    rows = [
        (path, log.born, log.imported, log.edits, sorted(log.other_writes), log.last_write, log.linked, log.seen)
        for path, log in logs.items()
    ]
    return {"logs": json.dumps(rows, separators=(",", ":")).encode("ascii")}


def loaded(columns: Mapping[str, bytes] | None) -> dict[NotePath, NoteLog] | None:
    """The logs again, None if they are not known."""
    if columns is None:
        return None
    try:
        return {
            path: NoteLog(born, imported, tuple(edits), frozenset(others), last_write, tuple(linked), seen)
            for path, born, imported, edits, others, last_write, linked, seen in json.loads(columns["logs"])
        }
    except (LookupError, ValueError, TypeError, RecursionError):
        return None

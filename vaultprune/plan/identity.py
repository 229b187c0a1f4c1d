"""Moves and rewrites in, a short name for exactly these out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from vaultprune.model import Move, Rewrite


def plan_id(moves: Sequence[Move], rewrites: Sequence[Rewrite]) -> str:
    """Eight hexadecimal digits that say which moves and rewrites these are."""
    said = [[_move(move) for move in moves], [_rewrite(rewrite) for rewrite in rewrites]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:8]


def _move(move: Move) -> dict[str, object]:
    said: dict[str, object] = {"from": move.source, "to": move.target, "sha256": move.sha256, "bytes": move.size}
    if move.undoes:
        said["undoes"] = move.undoes
    return said


def _rewrite(rewrite: Rewrite) -> dict[str, object]:
    spans = [
        {
            "start": span.start,
            "end": span.end,
            "before": span.before.decode("utf-8", "surrogateescape"),
            "after": span.after.decode("utf-8", "surrogateescape"),
            "because": list(span.because),
        }
        for span in rewrite.spans
    ]
    return {"path": rewrite.path, "sha256": rewrite.sha256, "spans": spans}

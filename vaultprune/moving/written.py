"""Moves, rewrites and spans in, plain JSON values out: in a plan's document and in the journal alike."""

from __future__ import annotations

from typing import Any

from vaultprune.model import Move, NotePath, Rewrite, Span


def move_to_json(move: Move) -> dict[str, Any]:
    """A move as the contract has it; `undoes` only where it takes something back."""
    said: dict[str, Any] = {"from": move.source, "to": move.target, "sha256": move.sha256, "bytes": move.size}
    if move.undoes:
        said["undoes"] = move.undoes
    return said


def rewrite_to_json(rewrite: Rewrite) -> dict[str, Any]:
    """The links that change in one file."""
    spans = [span_to_json(span) for span in rewrite.spans]
    return {"path": rewrite.path, "sha256": rewrite.sha256, "spans": spans}


def span_to_json(span: Span) -> dict[str, Any]:
    """One of these links."""
    return {
        "start": span.start,
        "end": span.end,
        "before": as_text(span.before),
        "after": as_text(span.after),
        "because": list(span.because),
    }


def span_from_json(said: dict[str, Any]) -> Span:
    """The span again; `ValueError`, `KeyError` or `TypeError` if it is none."""
    start, end = said["start"], said["end"]
    if type(start) is not int or type(end) is not int:
        raise TypeError("a span starts and ends at whole numbers")
    because = tuple(NotePath(str(path)) for path in said["because"])
    return Span(start, end, as_bytes(said["before"]), as_bytes(said["after"]), because)


def as_text(data: bytes) -> str:
    """Bytes as a text for JSON: what is not UTF-8 becomes lone surrogates, as in paths; `as_bytes` is exact."""
    return data.decode("utf-8", "surrogateescape")


def as_bytes(text: str) -> bytes:
    """The bytes again."""
    return text.encode("utf-8", "surrogateescape")

"""What the links of a vault mean in, bytes to remember it by out, and back; what does not add up is not believed."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping

from vaultprune.graph.resolved import Resolved
from vaultprune.notes import Rows

_WHOLE = (("starts", "I"), ("targets", "i"), ("missing", "I"))
_ROWS = ("forward", "backward")


def dumped(resolved: Resolved) -> dict[str, bytes | memoryview]:
    """Every column as bytes."""
    columns: dict[str, bytes | memoryview] = {name: memoryview(getattr(resolved, name)) for name, _ in _WHOLE}
    for name in _ROWS:
        rows: Rows = getattr(resolved, name)
        columns[f"{name} starts"], columns[f"{name} items"] = memoryview(rows.starts), memoryview(rows.items)
    columns["ties"] = json.dumps(resolved.ties).encode("ascii")
    columns["silent"] = memoryview(array("I", sorted(resolved.silent)))
    columns["edges"] = resolved.edges.encode("ascii")
    columns["weak"] = json.dumps([[target, list(of)] for target, of in resolved.weak.items()]).encode("ascii")
    return columns


def loaded(columns: Mapping[str, bytes] | None, sources: int, files: int) -> Resolved | None:
    """The same again, for so many sources and files; None if it cannot be that."""
    if columns is None:
        return None
    try:
        starts, targets, missing = (_numbers(kind, columns[name]) for name, kind in _WHOLE)
        ties = tuple(tuple(map(int, tie)) for tie in json.loads(columns["ties"]))
        forward, backward = (
            Rows(_numbers("I", columns[f"{name} starts"]), _numbers("I", columns[f"{name} items"])) for name in _ROWS
        )
        silent, edges = frozenset(_numbers("I", columns["silent"])), columns["edges"].decode("ascii")
        weak = {int(target): tuple(map(int, of)) for target, of in json.loads(columns["weak"])}
    except (LookupError, ValueError, TypeError, OverflowError, RecursionError):
        return None
    fits = (
        len(starts) == sources + 1
        and len(missing) == len(forward) == sources
        and len(backward) == files
        and starts[-1] == len(targets)
        and all(part.is_sound(limit) for part, limit in ((forward, files), (backward, sources)))
        and max(targets, default=-1) < files
        and min(targets, default=-1) >= -1 - len(ties)
        and _within((item for tie in ties for item in tie), files)
        and _within(silent, sources)
        and _within(weak, files)
        and _within((item for of in weak.values() for item in of), sources)
    )
    return Resolved(starts, targets, ties, forward, backward, missing, weak, silent, edges) if fits else None


def pieces_dumped(pieces: Mapping[int, tuple[int, int]]) -> dict[str, bytes]:
    """The notes that hold groups together, as bytes."""
    return {"pieces": array("I", [part for node, sizes in pieces.items() for part in (node, *sizes)]).tobytes()}


def pieces_loaded(columns: Mapping[str, bytes] | None, sources: int) -> dict[int, tuple[int, int]] | None:
    """The same again; None if it cannot be that."""
    if columns is None:
        return None
    try:
        flat = _numbers("I", columns["pieces"])
    except (LookupError, ValueError):
        return None
    if len(flat) % 3 or not _within(flat[::3], sources):
        return None
    return {node: (larger, smaller) for node, larger, smaller in zip(flat[::3], flat[1::3], flat[2::3], strict=True)}


def _numbers(kind: str, column: bytes) -> array[int]:
    found = array(kind)
    found.frombytes(column)
    return found


def _within(items: Iterable[int], limit: int) -> bool:
    return all(0 <= item < limit for item in items)

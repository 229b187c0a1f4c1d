"""A snapshot and the way it is to be shown in, the page for a person out: the one made before, if it would be the same.

Most runs see what the run before them saw. A page depends on what was read, on the settings, on the day and on the
width of the terminal, and on nothing else; all of these are the key by which it is remembered.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from vaultprune.notes import Files

if TYPE_CHECKING:
    from vaultprune.config import Config
    from vaultprune.model import Snapshot
    from vaultprune.reports.page import View


def beside(folder: Path) -> object:
    """What a page depends on that is not in the snapshot: our own files in the vault, and whose device this is."""
    own = os.path.join(folder, ".vaultprune")
    if not os.path.lexists(os.path.join(own, "journal")):
        return as_it_lies(own)
    from vaultprune.archiving.device import known_device

    return as_it_lies(own), known_device()


def page(
    snapshot: Snapshot, config: Config, what: str, view: View, make: Callable[[], str], beside: object = ()
) -> str:
    """The page `what`: remembered, or made anew by `make`. `beside` is whatever else in the world it depends on."""
    key = _key(snapshot, config, view, beside)
    if key is None:
        return make()
    known = _known(snapshot.memory.recall(f"page {what}", key), snapshot.taken_at.timestamp())
    if known is not None:
        return known
    made = make()
    snapshot.memory.keep(f"page {what}", key, lambda: _dumped(made, snapshot.taken_at.timestamp()))
    return made


def as_it_lies(folder: str) -> tuple[tuple[object, ...], ...]:
    """Every file below a folder with its size and times: the same as long as none was written, made or removed."""
    found: list[tuple[object, ...]] = []
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    found.append((entry.path, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except OSError as error:
            found.append((error.errno,))
    return tuple(sorted(found, key=repr))


def _key(snapshot: Snapshot, config: Config, view: View, beside: object) -> str | None:
    """What a page depends on; None where that cannot be told, or where time itself would change it.

    What lies ahead of the moment of the run is left out of a report, and comes in when its time has come.
    """
    history, taken_at = snapshot.history, snapshot.taken_at
    if not snapshot.stamp or history.later or (history.absent is None and not history.key):
        return None
    now = taken_at.timestamp() * 1_000_000_000
    if max(Files.of(snapshot.files).written, default=0) > now:
        return None
    parts = (
        *(snapshot.stamp, snapshot.name, snapshot.app, snapshot.decisions, snapshot.problems, snapshot.warnings),
        *(history.absent, history.key, taken_at.date(), taken_at.utcoffset(), config, view, beside),
    )
    return "\n".join(map(repr, parts))


def _dumped(made: str, at: float) -> Mapping[str, bytes]:
    return {"page": made.encode("utf-8", "surrogatepass"), "at": repr(at).encode("ascii")}


def _known(columns: Mapping[str, bytes] | None, now: float) -> str | None:
    """The page, unless it was made at a later moment than this: the clock was set back, and a file may lie ahead."""
    if columns is None:
        return None
    try:
        return columns["page"].decode("utf-8", "surrogatepass") if float(columns["at"]) <= now else None
    except (LookupError, ValueError):
        return None

"""How many notes of what sort a vault holds at one moment, and what this machine saw of them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from vaultprune.model.contents import NotePath


class Counts(NamedTuple):
    """The figures of a vault that follow from its notes and links alone.

    `notes`, `orphans`, `isolated` and `dead_ends` are of the notes that get a verdict. `unresolved` and `links` are of
    the whole vault, links counted once for each time they stand somewhere; `archived` notes lie in the archive folder,
    the program's own not among them.
    """

    notes: int
    orphans: int
    isolated: int
    dead_ends: int
    unresolved: int
    archived: int
    links: int


class Lived(NamedTuple):
    """What looks saw of one note, those that are gone among them. Days are ordinals of local dates, oldest first.

    `path` is the newest; `formerly` are the paths before it, each with the day on which the note was found elsewhere.
    `first` is the day of the first look that saw it, `gone` that of the look that did not find it any more.
    """

    path: NotePath
    first: int
    gone: int | None = None
    edits: tuple[int, ...] = ()
    linked: tuple[int, ...] = ()
    formerly: tuple[tuple[NotePath, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Watched:
    """What the ledger of this machine knows of a vault as a whole.

    `looks` are the days of the looks, oldest first. `notes` go by their number. `suggested` has, for days on which a
    report is remembered, the numbers of the notes that were suggested on it first in that week; `counts` what the
    newest report of a day counted.
    """

    looks: tuple[int, ...]
    notes: Mapping[int, Lived]
    suggested: Mapping[int, frozenset[int]]
    counts: Mapping[int, Counts]

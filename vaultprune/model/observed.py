"""What the use ledger remembers of a vault: what somebody saw who looked at it now and then."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vaultprune.model.contents import NotePath


class Seen(NamedTuple):
    """What the looks at one note saw. Days are ordinals of local dates, newest first; a week is told by its Monday.

    `first` is the day of the oldest look that saw the note, `same_since` that of the oldest look since which nobody was
    seen to edit its body: what vaultprune itself rewrote, or a program in many notes alike, is no edit. `edits` are
    pairs (the last day on which the old words were seen, the day on which new ones were). On the days in `properties`
    only the properties were found changed; on those in `opened` the note was open in the app, outside its own
    review; on those in `linked` another note was found to link to it anew, once for each link. `weak` are the
    weeks before the present one in which it was found weak, `suggested` those in which it was suggested and nobody
    decided. `formerly` are the paths that it had before, each with the day on which it was found elsewhere.
    """

    first: int
    same_since: int
    edits: tuple[tuple[int, int], ...] = ()
    properties: tuple[int, ...] = ()
    opened: tuple[int, ...] = ()
    linked: tuple[int, ...] = ()
    weak: tuple[int, ...] = ()
    suggested: tuple[int, ...] = ()
    formerly: tuple[tuple[NotePath, int], ...] = ()


class SeenNotes(Mapping[NotePath, Seen]):
    """What was seen of each note, `None` where that is nothing, beside the `paths` of the notes in order."""

    __slots__ = ("paths", "seen")

    def __init__(self, paths: Sequence[NotePath], seen: Sequence[Seen | None]) -> None:
        self.paths, self.seen = paths, seen

    def __getitem__(self, path: NotePath) -> Seen:
        place = bisect_left(self.paths, path)
        found = self.seen[place] if place < len(self.paths) and self.paths[place] == path else None
        if found is None:
            raise KeyError(path)
        return found

    def __iter__(self) -> Iterator[NotePath]:
        return (path for path, seen in zip(self.paths, self.seen, strict=True) if seen is not None)

    def __len__(self) -> int:
        return len(self.seen) - self.seen.count(None)


@dataclass(frozen=True, slots=True)
class Observed:
    """What the ledger of this machine knows of the notes as they are named now, or why there is nothing to go by.

    `looks` are the days on which somebody looked, oldest first, that of the snapshot and those of older copies among
    them. With `absent` set the rest is empty. `odd` is a sentence about a ledger that was found damaged, or copied from
    elsewhere, and was begun anew.
    """

    looks: tuple[int, ...] = ()
    notes: Mapping[NotePath, Seen] = field(default_factory=dict)
    absent: str | None = None
    odd: str | None = None

    def along(self, paths: Sequence[NotePath]) -> Sequence[Seen | None]:
        """What was seen of each note of a vault, whose paths these are."""
        if isinstance(self.notes, SeenNotes) and self.notes.paths is paths:
            return self.notes.seen
        return [self.notes.get(path) for path in paths] if self.notes else [None] * len(paths)

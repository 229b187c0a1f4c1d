"""The notes at one moment and at the next in, what was done with them in between out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from vaultprune.model import NotePath
from vaultprune.trend.values import LATELY, Change

Key: TypeAlias = NotePath | int
"""What a note is known again by from one moment to the next: its path, or its number in the ledger."""


@dataclass(frozen=True, slots=True)
class State:
    """The notes that there were on a day, by what they are known again by.

    `here` get a verdict, `aside` lie in the archive folder; both with the paths at which they lay. `edits` and `linked`
    are the days on which each was edited by a person, or newly linked to; `imported` those that came in with many
    others, with the day. `known_from` is the first day of which anything is known.
    """

    day: int
    here: Mapping[Key, NotePath]
    aside: Mapping[Key, NotePath]
    edits: Mapping[Key, Iterable[int]]
    linked: Mapping[Key, Iterable[int]]
    imported: Mapping[Key, int] = field(default_factory=dict)
    known_from: int = 0

    @property
    def lately(self) -> int | None:
        """How many of the notes were edited within the last 180 days; None where not so many days are known."""
        if self.day - self.known_from < LATELY:
            return None
        return self._within(self.edits, self.here, self.day - LATELY)

    def change(self, before: State, called: Callable[[Key], Key | None]) -> Change:
        """What was done since the state `before`; `called` says what a note of then is known by now, if it is there."""
        was = {now: key for key in before.here if (now := called(key)) is not None}
        was_aside = {now for key in before.aside if (now := called(key)) is not None}
        stayed = was.keys() & self.here.keys()
        returned = (was_aside - was.keys()) & self.here.keys()
        archived = was.keys() & self.aside.keys()
        new = self.here.keys() - was.keys() - was_aside
        days = Counter(self.imported[key] for key in new if key in self.imported)
        return Change(
            new=len(new),
            returned=len(returned),
            archived=len(archived),
            gone=len(before.here) - len(stayed) - len(archived),
            moved=sum(self.here[key] != before.here[was[key]] for key in stayed),
            edited=self._within(self.edits, stayed | returned, before.day),
            linked=self._within(self.linked, self.here, before.day),
            imports=tuple(sorted(days.items())),
        )

    def _within(self, days: Mapping[Key, Iterable[int]], notes: Iterable[Key], after: int) -> int:
        """How many of the notes have one of these days after a day, up to the day of this state."""
        return sum(any(after < day <= self.day for day in days.get(note, ())) for note in notes)

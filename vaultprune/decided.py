"""The decisions of a vault's owner in, what holds today and what still waits to be carried out out."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vaultprune.model import Decision, NotePath, Observed, Snapshot
from vaultprune.notes import Notes


def last_words(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The newest decision on each note, folder or tag, in the order in which they were made."""
    last: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        key = (decision.scope, decision.name.lower())
        last.pop(key, None)
        last[key] = decision
    return tuple(last.values())


def is_kept(decision: Decision, today: date) -> bool:
    """Whether something is kept by a decision on this day, if it is the last word."""
    return decision.what == "keep" and (decision.until is None or today < decision.until)


def kept(decisions: Iterable[Decision], today: date) -> tuple[Decision, ...]:
    """The decisions by which something is kept on this day: not withdrawn, and not run out."""
    return tuple(decision for decision in last_words(decisions) if is_kept(decision, today))


def months_later(day: date, months: int) -> date:
    """The same day of a later or earlier month, or its last day where it has no such day: up to where a keep holds."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Decided:
    """Which notes the decisions are about. A note that was renamed is known by what was `observed`, or by its text."""

    notes: Notes
    observed: Observed

    @classmethod
    def of(cls, snapshot: Snapshot) -> Decided:
        """Among the notes of a snapshot."""
        return cls(Notes.of(snapshot.notes), snapshot.observed)

    def about(self, decision: Decision) -> Sequence[int]:
        """The places of the notes that a decision is about, in order.

        By its text a note is known only while no note has the name that was decided on. One of which it was seen that
        it had that name when the decision was made is known in any case.
        """
        if decision.scope == "folder":
            below = decision.name.strip("/").lower() + "/"
            return [number for number, path in enumerate(self.notes.lowered) if path.startswith(below)]
        if decision.scope == "tag":
            return self._tagged(decision.name.strip("#/").lower())
        name, made = decision.name.lower(), decision.at.toordinal()
        found = {*self._named.get(name, ())}
        found |= {number for number, until in self._formerly.get(name, ()) if made <= until}
        if decision.body_digest and name not in self._named:
            found.update(self._texts.get(decision.body_digest, ()))
        return sorted(found)

    def paths(self, decision: Decision) -> tuple[NotePath, ...]:
        """The paths of these notes."""
        return tuple(self.notes.paths[number] for number in self.about(decision))

    def _tagged(self, wanted: str) -> Sequence[int]:
        return [
            number
            for number, tags in enumerate(self.notes.tags)
            if any(tag.lower() == wanted or tag.lower().startswith(wanted + "/") for tag in tags)
        ]

    @cached_property
    def _named(self) -> Mapping[str, Sequence[int]]:
        """The places of the notes by their path in lower case; two may differ in nothing else."""
        found = defaultdict[str, list[int]](list)
        for number, path in enumerate(self.notes.lowered):
            found[path].append(number)
        return dict(found)

    @cached_property
    def _formerly(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """The places of the notes by the names that they had, each with the last day of that name."""
        found = defaultdict[str, list[tuple[int, int]]](list)
        for number, seen in enumerate(self.observed.along(self.notes.paths)):
            for path, until in seen.formerly if seen is not None else ():
                found[path.lower()].append((number, until))
        return dict(found)

    @cached_property
    def _texts(self) -> Mapping[str, Sequence[int]]:
        """The places of the notes that are not empty, by the digest of their text."""
        found = defaultdict[str, list[int]](list)
        for number, (words, digest) in enumerate(zip(self.notes.words, self.notes.body_digests, strict=True)):
            if words:
                found[digest].append(number)
        return dict(found)


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision that counts today, and the notes that it is about; none where they are gone, or cannot be told."""

    decision: Decision
    paths: tuple[NotePath, ...]

    @property
    def waits(self) -> bool:
        """Whether there is a note that somebody decided to set aside, and that lies where it did."""
        return self.decision.what == "archive" and bool(self.paths)


def standing(snapshot: Snapshot, archived: frozenset[NotePath]) -> tuple[Standing, ...]:
    """Every decision that counts on the day of the snapshot, in the order in which they were made.

    `archived` are the notes that lie in the archive. A note that lies there, and none in the old place any more, was
    set aside as it was decided, by whatever command or device; no word of that decision stands.
    """
    today = snapshot.taken_at.date()
    decided = Decided.of(snapshot)
    found = []
    for decision in last_words(snapshot.decisions):
        if is_kept(decision, today):
            found.append(Standing(decision, decided.paths(decision)))
        elif decision.what == "archive":
            paths = decided.paths(decision)
            here = tuple(path for path in paths if path not in archived)
            named = tuple(path for path in here if path.lower() == decision.name.lower())
            if named or len(paths) == len(here) == 1:
                found.append(Standing(decision, named or here))
            elif len(paths) == len(here):  # it is gone, or one of several alike
                found.append(Standing(decision, ()))
    return tuple(found)


def waiting(snapshot: Snapshot, archived: frozenset[NotePath]) -> tuple[Standing, ...]:
    """The decisions to set a note aside that nobody has carried out yet, each with its note."""
    if not any(decision.what == "archive" for decision in snapshot.decisions):
        return ()
    return tuple(held for held in standing(snapshot, archived) if held.waits)


def answered(snapshot: Snapshot) -> Mapping[int, int]:
    """The day, as an ordinal, on which somebody last decided on each note by itself, by the note's place.

    Whatever it was, the note was looked at then. Who meant it to be set aside has decided up to this day.
    """
    decided, found = Decided.of(snapshot), dict[int, int]()
    for decision in last_words(snapshot.decisions):
        if decision.scope == "note":
            moment = snapshot.taken_at if decision.what == "archive" else decision.at
            for number in decided.about(decision):
                found[number] = max(found.get(number, 0), moment.toordinal())
    return found

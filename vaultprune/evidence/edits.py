"""Git's history in, the days on which a person wrote in each note out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from vaultprune.model import Change, History, NotePath
from vaultprune.syntax.name import name_key

MASS = 20
"""One change in more notes than this at once was made by a program."""

PER_DAY = 20
"""More new notes than this for each day since the commit before are an import."""

DAY = 86_400


ALIKE = 3
"""Words that so many notes of one commit lost or gained alike are no words of their own."""

MOST_LINKS = 30
"""A change that adds more links than this at once makes a list, not a connection."""

SETTLED = 2
"""Days after its birth within which a link to a note belongs to its making."""


@dataclass(frozen=True, slots=True)
class NoteLog:
    """What git saw of one note, in ordinals of local days.

    `edits` are the days of human edits, newest first. `born` is the day it came into git, and `imported` how many
    came with it if that was an import: it then may be of any age. `other_writes` are the days on which it was
    written, but not by a person writing in it; `last_write` the newest of all these. `linked` are the days on
    which a person linked to it anew from another note, once for each link, newest first; `seen` is the day of the
    first change of any kind.
    """

    born: int | None
    imported: int
    edits: tuple[int, ...]
    other_writes: frozenset[int]
    last_write: int | None
    linked: tuple[int, ...] = ()
    seen: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class MassChanges:
    """What programs did in a history. Commits go by number.

    `imports` tells how many notes came in each, `sweeps` are commits that did the same to most of many notes, and
    `alike` counts the notes of a commit that lost and gained the same words.
    """

    imports: Mapping[int, int]
    sweeps: frozenset[int]
    alike: Mapping[tuple[int, int], int]

    def is_human(self, change: Change) -> bool:
        """Whether a change is a person's: it made a note, or changed its words, and was no mass change."""
        if change.kind == "created":
            return change.commit not in self.imports
        if change.kind != "body" or change.commit in self.sweeps:
            return False
        return self.alike.get((change.commit, change.signature), 0) <= MASS


def mass_changes(history: History) -> MassChanges:
    """What programs did: a mass change is the same kind of change across many notes, never a number of files alone."""
    alike = Counter(
        (change.commit, change.signature)
        for changes in history.changes.values()
        for change in changes
        if change.kind == "body" and change.signature
    )
    return MassChanges(_imports(history), _sweeps(history, alike), alike)


def note_logs(history: History, zone: tzinfo) -> dict[NotePath, NoteLog]:
    """The log of each note.

    A human edit changed the words of a note, or made the note, and is no mass change. A mass change is the
    same kind of change across many notes: formatting, properties and link targets never count; words do not
    where more than 20 notes lost and gained the same ones in one commit, nor in a sweep, a commit over more than
    20 notes of which at least half changed in such ways; new notes do not where there are more than 20, and than
    20 for each day since the commit before. A commit in which 200 notes changed in 200 ways is a phone that
    came home after months, and each of these changes is somebody's.
    """
    mass = mass_changes(history)
    imports, is_human = mass.imports, mass.is_human
    days = [local_day(time, zone) for time in history.commit_times]
    linked = _linked(history, days, is_human)
    logs: dict[NotePath, NoteLog] = {}
    for note, changes in history.changes.items():
        edits = {days[change.commit] for change in changes if is_human(change)}
        others = {days[change.commit] for change in changes if change.kind != "moved" and not is_human(change)}
        first = next((change.commit for change in changes if change.kind == "created"), None)
        born = None if first is None else days[first]
        logs[note] = NoteLog(
            born=born,
            imported=0 if first is None else imports.get(first, 0),
            edits=tuple(sorted(edits, reverse=True)),
            other_writes=frozenset(others),
            last_write=max(edits | others, default=None),
            linked=tuple(
                day
                for day, source in sorted(linked.get(name_key(note), ()), reverse=True)
                if source != note and (born is None or day > born + SETTLED)
            ),
            seen=days[changes[0].commit] if changes else None,
        )
    return logs


def _linked(
    history: History, days: Sequence[int], is_human: Callable[[Change], bool]
) -> Mapping[str, list[tuple[int, NotePath]]]:
    """For each name the days on which a person linked to it, with the note that did."""
    found: dict[str, list[tuple[int, NotePath]]] = defaultdict(list)
    for note, changes in history.changes.items():
        for change in changes:
            if change.gained and len(change.gained) <= MOST_LINKS and is_human(change):
                for name in change.gained:
                    found[name].append((days[change.commit], note))
    return found


def _sweeps(history: History, alike: Mapping[tuple[int, int], int]) -> frozenset[int]:
    """The commits that went over many notes doing the same: what else they did there was done in passing."""
    touched: Counter[int] = Counter()
    wordless: Counter[int] = Counter()
    for changes in history.changes.values():
        for change in changes:
            if change.kind not in ("moved", "created"):
                touched[change.commit] += 1
                wordless[change.commit] += (
                    change.kind != "body" or alike.get((change.commit, change.signature), 0) >= ALIKE
                )
    return frozenset(commit for commit, notes in touched.items() if notes > MASS and 2 * wordless[commit] >= notes)


def _imports(history: History) -> Mapping[int, int]:
    """The commits that are an import, with the number of notes that came in each."""
    created = Counter(
        change.commit for changes in history.changes.values() for change in changes if change.kind == "created"
    )
    imports: dict[int, int] = {}
    for commit, notes in created.items():
        gap = (history.commit_times[commit] - history.commit_times[commit - 1]) / DAY if commit else 0
        if notes > max(MASS, PER_DAY * gap):
            imports[commit] = notes
    return imports


def local_day(time: float, zone: tzinfo) -> int:
    """The ordinal of the local date of a moment, in seconds since 1970."""
    return datetime.fromtimestamp(time, UTC).astimezone(zone).toordinal()

"""A snapshot and the settings in, everything that its dates say out, note by note, before any of it is weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timezone, tzinfo

from vaultprune.config import Config
from vaultprune.evidence import kept
from vaultprune.evidence.edits import NoteLog, local_day, note_logs
from vaultprune.evidence.names import NameDay, name_days
from vaultprune.evidence.properties import PropertyDays, no_property_days, property_days
from vaultprune.evidence.times import FileTimes, file_times
from vaultprune.model import History, NotePath, Observed, Seen, Snapshot
from vaultprune.notes import Files, Notes, own_notes


@dataclass(frozen=True, slots=True)
class Sources:
    """What each source of dates says. Tuples go by the number of the note in the snapshot.

    `judged` is false for the notes in the archive folder and for our `own`, which do not count where the whole is
    judged; nor does it count when our own were written. `own_here` of these lie outside the archive. A source that the
    settings leave out says nothing; `history` is then absent, with no word of why.
    """

    paths: Sequence[NotePath]
    taken_at: datetime
    today: int
    asked: frozenset[str]
    modified_keys: tuple[str, ...]
    judged: tuple[bool, ...]
    own: frozenset[int]
    own_here: int
    properties: PropertyDays
    names: tuple[NameDay | None, ...]
    names_later: int
    times: FileTimes
    history: History
    logs: Mapping[NotePath, NoteLog]
    git_since: int | None
    observed: Observed
    seen: Sequence[Seen | None]

    @property
    def git_is_young(self) -> bool:
        """Whether there is a history, but one too short to tell what is quiet."""
        return self.git_since is not None and self.today - self.git_since < YOUNG


YOUNG = 180
"""Days of history below which git has seen too little besides imports and notes in their grace: docs/evaluation.md."""


def gathered(snapshot: Snapshot, config: Config) -> Sources:
    """All that the sources named in the setting `dates` say of these notes."""
    notes, asked = Notes.of(snapshot.notes), frozenset(config.dates)
    paths = notes.paths
    zone: tzinfo = snapshot.taken_at.tzinfo or UTC
    today = snapshot.taken_at.toordinal()
    archive = config.archive_folder.casefold() + "/"
    own = own_notes(notes)
    judged = [not folded.startswith(archive) for folded in map(str.casefold, paths)]
    own_here = sum(judged[number] for number in own)
    for number in own:
        judged[number] = False
    nothing = (None,) * len(notes)
    history = _without(snapshot.history, [paths[number] for number in own]) if "git" in asked else History(absent="")
    known = history.absent is None and bool(history.commit_times)
    files = Files.of(snapshot.files)
    observed = snapshot.observed if "ledger" in asked else Observed(absent="")
    names, names_later = name_days(notes, today) if "filename" in asked else (nothing, 0)
    return Sources(
        paths=paths,
        taken_at=snapshot.taken_at,
        today=today,
        asked=asked,
        modified_keys=config.modified_keys,
        judged=tuple(judged),
        own=own,
        own_here=own_here,
        properties=(
            property_days(notes, judged, config, zone, today) if "property" in asked else no_property_days(len(notes))
        ),
        names=names,
        names_later=names_later,
        times=(
            file_times(files.written_of(paths), judged, snapshot.taken_at, zone)
            if "mtime" in asked
            else FileTimes(nothing, nothing)
        ),
        history=history,
        logs=_logs(snapshot, history, zone) if known else {},
        git_since=local_day(history.commit_times[0], zone) if known else None,
        observed=observed,
        seen=observed.along(paths),
    )


def _without(history: History, own: Sequence[NotePath]) -> History:
    """The history but for what the program itself wrote."""
    known = history.edited_since.union(history.changes).intersection(own)
    if not known:
        return history
    return replace(
        history,
        changes={path: row for path, row in history.changes.items() if path not in known},
        edited_since=history.edited_since - known,
        key=f"{history.key} without {' '.join(sorted(known))}" if history.key else "",
    )


def _logs(snapshot: Snapshot, history: History, zone: tzinfo) -> Mapping[NotePath, NoteLog]:
    """The log of each note, from memory where the history is the same; its days are those of one offset from UTC."""
    if not history.key or not isinstance(zone, timezone):
        return note_logs(history, zone)
    key = f"{history.key} {zone.utcoffset(None)}"
    known = kept.loaded(snapshot.memory.recall("logs", key))
    if known is not None:
        return known
    logs = note_logs(history, zone)
    snapshot.memory.keep("logs", key, lambda: kept.dumped(logs))
    return logs

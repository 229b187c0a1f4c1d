"""All that the sources say of one note in, its use out: the days that are believed, whence, and what is in doubt."""

from __future__ import annotations

from typing import TypeAlias

from vaultprune.evidence.edits import NoteLog
from vaultprune.evidence.sources import Sources
from vaultprune.evidence.watched import day_seen, is_touch, unchanged_since
from vaultprune.model import DateSource, NotePath, Use
from vaultprune.words import count, day

ENOUGH = 180
"""Days that an imported note must have lain unchanged for its import to tell how long it has been quiet."""

CONTRADICTION = 30
"""A file time so many days later than the day in the note's own properties puts that day in doubt."""

Dated: TypeAlias = tuple[int, DateSource]

_OURS = Use(None, None, None, None, None, trusted=False, doubt="vaultprune wrote it")
"""No day on which the program wrote is one on which somebody used the vault."""


def uses_of(sources: Sources) -> tuple[Use, ...]:
    """What is known of the use of each note, in order.

    Without git, what the other sources say is all that there is to tell two notes apart; where they say the same, the
    notes share one `Use`. In a large vault that is most of them.
    """
    told, in_git = sources.properties, sources.logs.keys() | sources.history.edited_since
    said = zip(
        *(told.modified, told.created, told.was_reset, sources.names, sources.times.days, sources.times.written),
        map(id, sources.seen),
        strict=True,
    )
    alike: dict[tuple[object, ...], Use] = {}
    uses: list[Use] = []
    for number, (path, key) in enumerate(zip(sources.paths, said, strict=True)):
        if path in in_git:
            uses.append(use_of(sources, number, path))
            continue
        use = alike.get(key)
        if use is None:
            use = alike[key] = use_of(sources, number, path)
        uses.append(use)
    for number in sources.own:
        uses[number] = _OURS
    return tuple(uses)


def use_of(sources: Sources, number: int, path: NotePath) -> Use:
    """What is known of the use of one note.

    `last_used` is the latest of its modified property, git's last human edit and what the ledger saw. Where there is
    none of them: the import of a note that has lain unchanged for half a year since; else a file time that is
    believed; else a name that is nothing but a day; else the day since which the ledger has seen it unchanged, once
    that is three months ago. A property or a file time later than that day was a touch, and no use. Creation is a use
    as well, so no note was last used before it was created; but a note of which nothing later is known is not trusted.
    """
    log = sources.logs.get(path)
    written = _last_written_in(sources, number, path, log)
    created = _created(sources, number, log)
    doubt = _doubt(sources, number, path, log, written, created)
    if created and (written is None or written[0] < created[0]) and not _is_bound(sources, number, log):
        written = created
    edited = _uncommitted(sources, number, path)
    seen = sources.seen[number]
    days = (*((edited,) if edited else ()), *(log.edits if log else ()))
    return Use(
        last_used=written[0] if written else None,
        last_used_from=written[1] if written else None,
        created=created[0] if created else None,
        created_from=created[1] if created else None,
        last_write=_last_write(sources, number, log, edited, written),
        edit_days=tuple(sorted(set(days), reverse=True)) if days else (),
        linked_days=log.linked if log else seen.linked if seen else (),
        trusted=doubt is None,
        doubt=doubt,
        seen=log.seen if log else None,
        only_watched=written is not None and written[1] == "ledger" and not _is_dated(sources, number, log),
    )


def _last_written_in(sources: Sources, number: int, path: NotePath, log: NoteLog | None) -> Dated | None:
    found: list[Dated] = []
    if log and log.edits:
        found.append((log.edits[0], "git"))
    if edited := _uncommitted(sources, number, path):
        found.append((edited, "git"))
    seen = sources.seen[number]
    told = sources.properties.modified[number]
    if told is not None and not _is_explained(told, log) and not is_touch(told, seen):
        found.append((told, "property"))
    watched = day_seen(seen, log.edits if log else (), log.other_writes if log else (), sources.times.written[number])
    if watched is not None:
        found.append((watched, "ledger"))
    if found:
        return max(found, key=lambda dated: dated[0])  # on the same day it is git's, which stands first
    if log and log.imported and log.born is not None and sources.today - log.born >= ENOUGH:
        return log.born, "git"
    moment = _file_time(sources, number, log)
    if moment is not None and not is_touch(moment, seen):
        return moment, "mtime"
    name = sources.names[number]
    if name and name.whole:
        return name.day, "filename"
    since = unchanged_since(seen, sources.today)
    return None if since is None else (since, "ledger")


def _is_dated(sources: Sources, number: int, log: NoteLog | None) -> bool:
    """Whether anything but the ledger dates a change of the note."""
    return bool(log and log.edits) or sources.properties.modified[number] is not None


def _file_time(sources: Sources, number: int, log: NoteLog | None) -> int | None:
    """The day of its file time, unless the import of the note explains it: then it tells no more than the import."""
    moment = sources.times.days[number]
    if moment is None or log is None or not log.imported or log.born is None:
        return moment
    return None if abs(moment - log.born) <= 1 else moment


def _is_explained(told: int, log: NoteLog | None) -> bool:
    """Whether git saw that what was written on the day in the properties was no words: a linter, say."""
    if log is None or (log.edits and told <= log.edits[0]):
        return False
    others = log.other_writes - {log.born}
    return not others.isdisjoint((told - 1, told, told + 1))


def _uncommitted(sources: Sources, number: int, path: NotePath) -> int | None:
    """The day of an edit that is not committed yet."""
    return sources.times.days[number] if path in sources.history.edited_since else None


def _created(sources: Sources, number: int, log: NoteLog | None) -> Dated | None:
    told = sources.properties.created[number]
    if told is not None:
        return told, "property"
    if log and log.born is not None and not log.imported:
        return log.born, "git"
    if name := sources.names[number]:
        return name.day, "filename"
    bounds: list[Dated] = []  # a note is at least as old as its import, its file time and the first look at it
    seen = sources.seen[number]
    if seen is not None:
        bounds.append((seen.first, "ledger"))
    if log and log.born is not None:
        bounds.append((log.born, "git"))
    moment = sources.times.days[number]
    if moment is not None:
        bounds.append((moment, "mtime"))
    return min(bounds, default=None, key=lambda dated: dated[0])


def _is_bound(sources: Sources, number: int, log: NoteLog | None) -> bool:
    """Whether the day of creation is only one on which the note was there already."""
    born_in_git = log is not None and log.born is not None and not log.imported
    return not born_in_git and sources.properties.created[number] is None and sources.names[number] is None


def _last_write(
    sources: Sources, number: int, log: NoteLog | None, edited: int | None, written: Dated | None
) -> int | None:
    """The newest write of any kind. A file time that is not believed to be a person's still tells of a write."""
    if log and log.last_write is not None:
        return max(log.last_write, edited or 0)
    moment = sources.times.days[number]
    if moment is not None:
        return moment
    if written is not None and written[1] == "property":
        return written[0]
    moment = sources.times.written[number]
    return moment if moment is not None else written[0] if written else None


def _doubt(
    sources: Sources,
    number: int,
    path: NotePath,
    log: NoteLog | None,
    written: Dated | None,
    created: Dated | None,
) -> str | None:
    """Why nothing should be suggested by these days; `None` if they are good enough."""
    moment = sources.times.days[number]
    if path in sources.history.edited_since and moment is None:
        return "its text was changed after the newest commit, and its file time does not say when"
    if written is not None:
        told, source = written
        if source == "property" and log is None and moment is not None and moment - told > CONTRADICTION:
            return f"its properties say {day(told)}, its file time {day(moment)}"
        return None
    if log and log.imported and log.born is not None:
        others = count(log.imported - 1, "other note")
        return f"it came into git on {day(log.born)} together with {others}, and nothing older is known"
    told_created = created is not None and not _is_bound(sources, number, log)
    carries = "it carries only the day of its creation" if told_created else "it carries no date"
    if sources.properties.reset is not None and sources.properties.was_reset[number]:
        carries = f"the day in its properties, {day(sources.properties.reset)}, was written into many notes at once"
    seen = sources.seen[number]
    if seen is not None and seen.same_since < sources.today:
        carries += f", and it was seen unchanged only since {day(seen.same_since)}"
    if "mtime" not in sources.asked or (moment is not None and is_touch(moment, seen)):
        return carries
    if reset := sources.times.reset:
        return f"its file time was reset on {day(reset.first)} and {carries}"
    return f"its file time is later than {day(sources.today)} and {carries}"

"""A snapshot and the settings in, what each source of its dates is worth out, in sentences that a person can check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from vaultprune.config import Config
from vaultprune.evidence.edits import MASS, mass_changes
from vaultprune.evidence.sources import Sources, gathered
from vaultprune.evidence.standing import ELSEWHERE, standing
from vaultprune.evidence.use import uses_of
from vaultprune.model import ChangeKind, Snapshot, Use
from vaultprune.words import count, day, listed

DOUBTS = 3
"""So many of the doubts about single notes are told, those of most notes first."""


def trust_told(snapshot: Snapshot, config: Config) -> tuple[tuple[str, str], ...]:
    """For each source of dates its name and what it is worth: for how many notes, what was left out, and why.

    Before them, under "together", how far the whole can be gone by; behind them, under "in doubt", what is in doubt
    about single notes. Notes in the archive folder do not count. Nothing in it stems from a note's text.
    """
    sources = gathered(snapshot, config)
    uses = uses_of(sources)
    judged = [use for use, counts in zip(uses, sources.judged, strict=True) if counts]
    told = [
        ("together", standing(sources, uses).says),
        ("git", _git(sources, judged)),
        ("properties", _properties(sources, judged)),
        ("ledger", _ledger(sources, judged)),
        ("file names", _names(sources, judged)),
        ("file times", _times(sources, judged)),
        ("time zone", f"days are those of {_zone(sources)}"),
    ]
    doubts = "; ".join(_doubts(judged))
    return (*((what, _sentence(says)) for what, says in told), *([("in doubt", _sentence(doubts))] if doubts else ()))


def _sentence(says: str) -> str:
    return f"{says[:1].upper()}{says[1:].rstrip('.')}."


def _taken_from(source: str, judged: Sequence[Use]) -> str:
    """`the last day of use of 612 of 812 notes comes from here`."""
    here = sum(use.last_used_from == source for use in judged)
    many = f"{here:,}" if here else "none"
    return f"the last day of use of {many} of {count(len(judged), 'note')} comes from here"


def _git(sources: Sources, judged: Sequence[Use]) -> str:
    if "git" not in sources.asked:
        return 'left out by the setting "dates"'
    if sources.history.absent is not None or sources.git_since is None:
        absent = sources.history.absent or "its git history knows none of these notes"
        return ELSEWHERE.get(absent, absent)
    history, mass = sources.history, mass_changes(sources.history)
    written = {
        (note, change.commit) for note, row in history.changes.items() for change in row if mass.is_human(change)
    }
    parts = [
        f"{count(len(history.commit_times), 'commit')} since {day(sources.git_since)}",
        _taken_from("git", judged),
        f"{count(len(written), 'change')} by a person",
    ]
    if history.edited_since:
        has = "has" if len(history.edited_since) == 1 else "have"
        parts.append(f"{count(len(history.edited_since), 'note')} {has} changes of text not committed yet")
    left_out = [*_mass_told(sources), *_later(history.later, "commit", sources)]
    return "; ".join(parts) + (f". Not taken for edits: {listed(left_out)}" if left_out else "")


def _mass_told(sources: Sources) -> Iterator[str]:
    """What git saw and no person wrote."""
    mass = mass_changes(sources.history)
    kinds = Counter(change.kind for row in sources.history.changes.values() for change in row)
    if mass.imports:
        notes = sum(mass.imports.values())
        yield f"{count(notes, 'note')} that came in {count(len(mass.imports), 'import')}"
    if mass.sweeps:
        yield f"{count(len(mass.sweeps), 'sweep')} over more than {MASS} notes that did the same to most of them"
    alike = [key for key, notes in mass.alike.items() if notes > MASS and key[0] not in mass.sweeps]
    if alike:
        yield f"the same words put into or taken out of more than {MASS} notes at once, {count(len(alike), 'time')}"
    wordless: dict[ChangeKind, str] = {
        "properties": "of properties only",
        "links": "of link targets only",
        "format": "of white space and the like",
        "moved": "of name or folder only",
    }
    for kind, what in wordless.items():
        if kinds[kind]:
            yield f"{count(kinds[kind], 'change')} {what}"


def _properties(sources: Sources, judged: Sequence[Use]) -> str:
    if "property" not in sources.asked:
        return 'left out by the setting "dates"'
    found = sources.properties
    created = sum(day is not None and counts for day, counts in zip(found.created, sources.judged, strict=True))
    parts = [
        f"{count(found.carrying, 'note')} {'carries' if found.carrying == 1 else 'carry'} a day of change that can be "
        f"believed, {created:,} a day of creation",
        _taken_from("property", judged),
    ]
    left_out = []
    if found.reset is not None:
        left_out.append(f"{day(found.reset)}, which a program wrote into {count(found.reset_notes, 'note')} at once")
    left_out += _later(found.later, "date", sources)
    return "; ".join(parts) + (f". Not believed: {listed(left_out)}" if left_out else "")


def _ledger(sources: Sources, judged: Sequence[Use]) -> str:
    if "ledger" not in sources.asked:
        return 'left out by the setting "dates"'
    observed = sources.observed
    if observed.absent is not None or not observed.looks:
        return observed.absent or "nobody has looked yet"
    first, last = min(observed.looks), max(observed.looks)
    edited = sum(seen is not None and bool(seen.edits) for seen in sources.seen)
    between = f"on {day(first)}" if first == last else f"between {day(first)} and {day(last)}"
    return "; ".join(
        (
            f"{count(len(observed.looks), 'day')} with a look, {between}" if first != last else f"one look, {between}",
            f"{count(edited, 'note')} found changed",
            _taken_from("ledger", judged),
            *([observed.odd.rstrip(".")] if observed.odd else ()),
        )
    )


def _names(sources: Sources, judged: Sequence[Use]) -> str:
    if "filename" not in sources.asked:
        return 'left out by the setting "dates"'
    named = sum(name is not None and counts for name, counts in zip(sources.names, sources.judged, strict=True))
    says = f"{count(named, 'name')} {'begins' if named == 1 else 'begin'} with a day; {_taken_from('filename', judged)}"
    left_out = _later(sources.names_later, "date", sources)
    return says + (f". Not believed: {listed(left_out)}" if left_out else "")


def _times(sources: Sources, judged: Sequence[Use]) -> str:
    if "mtime" not in sources.asked:
        return 'left out by the setting "dates"'
    says = _taken_from("mtime", judged)
    left_out = [str(sources.times.reset)] if sources.times.reset else []
    left_out += _later(sources.times.later, "file time", sources)
    return says + (f". Not believed: {'; '.join(left_out)}" if left_out else "")


def _later(number: int, what: str, sources: Sources) -> list[str]:
    lies = "lies" if number == 1 else "lie"
    return [f"{count(number, what)} that {lies} ahead of {day(sources.today)}"] if number else []


def _zone(sources: Sources) -> str:
    """`UTC`, `UTC+9`, `UTC-3:30`: the zone by which a moment becomes a day."""
    minutes = int((sources.taken_at.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" + (f"{'-' if minutes < 0 else '+'}{hours}" if minutes else "") + (f":{rest:02d}" if rest else "")


def _doubts(judged: Sequence[Use]) -> Iterator[str]:
    """`20 notes: its file time was reset on 18 Nov 2026 and it carries no date`, the most common first."""
    found = Counter(use.doubt for use in judged if use.doubt)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    for doubt, notes in ranked[:DOUBTS]:
        yield f"{count(notes, 'note')}: {doubt}"
    rest = sum(notes for _, notes in ranked[DOUBTS:])
    if rest:
        yield f"{count(rest, 'more note')} for reasons of {'its' if rest == 1 else 'their'} own"

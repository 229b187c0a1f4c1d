"""Bare notes and made-up histories, in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.build import snapshot
from vaultprune.config import Config
from vaultprune.evidence import weigh_evidence
from vaultprune.model import (
    Change,
    ChangeKind,
    Evidence,
    History,
    Note,
    NotePath,
    Observed,
    Properties,
    PropertyValue,
    Seen,
    Use,
)

What = tuple[str, ChangeKind, int]
"""One note's change in a commit: its name, the kind, the signature."""

Commit = tuple[str, Sequence[What]]


def bare(path: str = "N", properties: Mapping[str, PropertyValue] | None = None, **more: PropertyValue) -> Note:
    """A note without any date but those given as properties."""
    return Note(NotePath(f"{path}.md"), properties=Properties(tuple({**(properties or {}), **more}.items())))


def moment(day: str) -> int:
    """Noon of a day, or the moment given, in seconds since 1970."""
    when = day if "T" in day else f"{day}T12:00"
    return int(datetime.fromisoformat(when).replace(tzinfo=UTC).timestamp())


def log(*commits: Commit, edited_since: Iterable[str] = (), later: int = 0) -> History:
    """A history from its commits, oldest first: the day of each, and what it changed."""
    changes: dict[NotePath, tuple[Change, ...]] = {}
    for number, (day, what) in enumerate(commits):
        for name, kind, signature in what:
            path = NotePath(f"{name}.md")
            changes[path] = (*changes.get(path, ()), Change(moment(day), number, kind, signature))
    times = tuple(moment(day) for day, _ in commits)
    return History(changes, times, frozenset(NotePath(f"{name}.md") for name in edited_since), later=later)


def looks(
    *days: str,
    same: Mapping[str, str] | None = None,
    edited: Mapping[str, tuple[str, str]] | None = None,
    opened: Mapping[str, str] | None = None,
) -> Observed:
    """What a ledger saw that was looked into on these days: since when each note is the same, its edit, its opening."""
    same, edited, opened = same or {}, edited or {}, opened or {}
    first = date.fromisoformat(days[0]).toordinal()

    def seen(name: str) -> Seen:
        edits = tuple(date.fromisoformat(each).toordinal() for each in edited.get(name, ()))
        since = date.fromisoformat(same[name]).toordinal() if name in same else edits[1] if edits else first
        return Seen(
            first,
            since,
            edits=((edits[0], edits[1]),) if edits else (),
            opened=(date.fromisoformat(opened[name]).toordinal(),) if name in opened else (),
        )

    names = dict.fromkeys([*same, *edited, *opened])
    return Observed(
        tuple(date.fromisoformat(each).toordinal() for each in days),
        {NotePath(f"{name}.md"): seen(name) for name in names},
    )


TODAY = "2026-11-20"
CLONE = "2026-11-18"


def weighed(*notes: Note, config: Config | None = None, **world: Any) -> tuple[Evidence, dict[str, Use]]:
    """What these notes' dates are worth, and the use of each by its path; `world` as for `snapshot`."""
    taken = snapshot(*notes, **world)
    evidence, uses = weigh_evidence(taken, config or Config())
    assert len(uses) == len(taken.notes)
    return evidence, {each.path: use for each, use in zip(taken.notes, uses, strict=True)}


def day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def crowd(number: int = 20, on: str = CLONE) -> tuple[list[Note], dict[str, str]]:
    """Notes whose file times are all of one day, so that a copy was made then."""
    notes = [bare(f"Crowd/C{this:02d}") for this in range(number)]
    return notes, {each.path: on for each in notes}


def scattered(number: int, year: int = 2020) -> tuple[list[Note], dict[str, str]]:
    """Notes whose file times lie apart."""
    notes = [bare(f"Apart/A{this:03d}") for this in range(number)]
    first = date(year, 1, 1)
    return notes, {each.path: (first + timedelta(days=3 * this)).isoformat() for this, each in enumerate(notes)}


OLD: Commit = ("2020-01-01", [("Other", "created", 0)])

"""A vault's folder in, the vault over time out: by its git history, else by what this machine saw, else by today."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from vaultprune.cli.looking import ledger_of, ours
from vaultprune.cli.places import Place
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import Recall, answer, must_exist, read, where_notes_lie
from vaultprune.counting import counted
from vaultprune.decided import months_later
from vaultprune.errors import VaultpruneError
from vaultprune.reading.past import read_regularly
from vaultprune.reading.past_moments import MONTH, NoPast, steps_back
from vaultprune.trend import Moment, Trend, committed, looked_at, reaches_back
from vaultprune.vault import is_judged, judged_notes, open_index

if TYPE_CHECKING:
    from vaultprune.config import Config
    from vaultprune.model import Memory


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: up to when, so many periods back, each of so many months; None leaves that open.

    `whole`: not just a part of the vault.
    """

    now: datetime
    periods: int
    months: int | None
    whole: bool = True


def over_time(place: Place, config: Config, asked: Asked, recall: Recall, screen: Screen) -> Trend:
    """The vault at the moments asked for. Where nothing reaches back, its one moment is today."""
    try:
        found = _by_git(place, config, asked, screen)
    except NoPast as no_git:
        without_git = no_git
        found = answer(
            place, recall, lambda memory: _by_looks(place, config, asked, memory, screen, without_git), lambda _: None
        )
    suggested = found.suggested if asked.whole else None  # a report of one folder is not remembered
    return replace(found, aside=_set_aside(place, config, asked.now), suggested=suggested)


def _by_git(place: Place, config: Config, asked: Asked, screen: Screen) -> Trend:
    """As it was committed. Raises `NoPast`."""
    try:
        pasts = read_regularly(place.folder, config, asked.now, asked.periods, asked.months, screen.progress)
        found = committed(where_notes_lie(pasts, config), config, asked.now)
    finally:
        screen.done()
    if len(found.moments) < 2:
        raise NoPast("the days of its commits cannot be made out", "")
    watched = ledger_of(place, config).watched()
    return replace(found, suggested=None if watched is None else watched.suggested)


def _by_looks(place: Place, config: Config, asked: Asked, memory: Memory, screen: Screen, without_git: NoPast) -> Trend:
    """As this machine saw it; else as it is today, with what is missing to say more."""
    now, months = asked.now, asked.months
    snapshot = read(place, replace(config, dates=("property",)), now, screen, memory)
    index = open_index(snapshot, config)
    must_exist(index, config)
    watched = ledger_of(place, config).watched(snapshot, ours(place.folder))
    first = reaches_back(watched)
    before = [] if first is None else steps_back(now, first, asked.periods, months)
    if watched is not None and before:
        found = looked_at(watched, [*reversed(before), now], index, config)
        return replace(found, suggested=watched.suggested)
    days = [months_later(first or now.date(), months or MONTH), *([without_git.enough] if without_git.enough else [])]
    counts = counted(index, judged_notes(index))
    return Trend(
        name=snapshot.name,
        taken_at=now,
        config=config,
        source=None,
        since=first,
        moments=(Moment(now, counts.notes, counts, None, None),),
        suggested=None if watched is None else watched.suggested,
        missing=without_git.why,
        ready=min(days),
    )


def _set_aside(place: Place, config: Config, now: datetime) -> tuple[tuple[datetime, datetime | None], ...]:
    """When notes were set aside here, and when they came back, as the journals tell."""
    if not os.path.lexists(place.folder / ".vaultprune" / "journal"):
        return ()
    from vaultprune.cli.acting.past import Journals
    from vaultprune.reading.walk import walk
    from vaultprune.revival import in_earnest

    files = {file.path for file in walk(os.fspath(place.folder)).files}
    try:
        notes = in_earnest(Journals(place.folder).set_aside(files, now))
    except VaultpruneError:  # said where it is said what waits
        return ()
    return tuple((note.at, note.back) for note in notes if note.at <= now and is_judged(note.path, config))

"""A vault, or an older copy of it, in; what a look at it noticed out, in a line or two."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vaultprune.cli.looking import ledger_of, ours
from vaultprune.cli.output import show
from vaultprune.cli.places import Place
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import Asked, Recall, answer, read, settings_for
from vaultprune.cli.when import moment
from vaultprune.errors import CannotStart
from vaultprune.ledger import CannotKeep, Learned, Noticed
from vaultprune.words import count, day, listed, safe

if TYPE_CHECKING:
    from vaultprune.config import Config
    from vaultprune.model import Memory, Snapshot

UNTOUCHED = "Nothing in the vault has been changed."


def observe_and_tell(place: Place, backup: str | None, taken: str | None, screen: Screen) -> None:
    """Look at the vault, learn from a copy if there is one, and say in a few words what came of it."""
    config = replace(settings_for(place, Asked()), dates=("property",))  # no history is asked for
    now = moment(None)
    when = None if taken is None else _day(taken, now.date())
    copy = None if backup is None else _copy(backup, place)

    def looked(memory: Memory) -> list[str]:
        snapshot = read(place, config, now, screen, memory)
        ledger = ledger_of(place, config)
        try:
            noticed = ledger.observe(snapshot, ours(place.folder))
            if noticed.odd:
                screen.warn(noticed.odd)
            lines = [_noticed(snapshot.name, noticed)]
            if copy is not None and when is not None:
                lines.append(
                    _learned(ledger.learn(_as_it_was(copy, config, now, when, screen), when.toordinal()), when)
                )
        except CannotKeep as reason:
            where = safe(str(ledger.place))
            raise CannotStart(f"nothing can be remembered in {where}: {reason}. Nothing has been changed.") from None
        return lines

    answer(place, Recall(cache=True, keeps=True), looked, lambda lines: show("\n".join([*lines, UNTOUCHED, ""])))


def _noticed(name: str, noticed: Noticed) -> str:
    """`Looked at 812 notes in Garden. Since 19 Nov 2026: 3 edited, 1 new, 4 opened` and the like."""
    return seen_since(f"Looked at {count(noticed.notes, 'note')} in {safe(name)}", noticed)


def seen_since(looked: str, noticed: Noticed) -> str:
    """What was looked at, and in a few words what was not as it was."""
    if noticed.first:
        return f"{looked} for the first time; from today on it is remembered what changes."
    since = f"the look of {day(noticed.since)}" if noticed.since is not None else "the look before"
    if noticed.nothing:
        return f"{looked}: as they were at {since}."
    seen = [
        f"{number:,} {what}"
        for number, what in (
            (noticed.edited, "edited"),
            (noticed.properties, "with other properties"),
            (noticed.new, "new"),
            (noticed.moved, "moved or renamed"),
            (noticed.gone, "gone"),
            (noticed.opened, "opened"),
        )
        if number
    ]
    return f"{looked}. Since {since}: {listed(seen)}."


def _learned(learned: Learned, taken: date) -> str:
    """`The copy of 3 Mar 2025 holds 7 notes: 4 read the same now, 2 were edited since and 1 is gone` and the like."""
    holds = f"The copy of {day(taken)} holds {count(learned.notes, 'note')}"
    gone = f"{learned.gone:,} {'is' if learned.gone == 1 else 'are'} gone"
    edited = f"{learned.edited:,} {'was' if learned.edited == 1 else 'were'} edited since"
    same = f"{learned.same:,} {'reads' if learned.same == 1 else 'read'} the same now"
    return f"{holds}: {listed([same, edited, gone])}. {count(learned.new, 'note')} came later."


# --- the copy -----------------------------------------------------------------------------------------


def _day(typed: str, today: date) -> date:
    """The day that was typed; `CannotStart` unless it is one of the past."""
    try:
        found = date.fromisoformat(typed.strip())
    except ValueError:
        raise CannotStart(
            f'--taken: "{safe(typed)}" is no day. It takes one such as 2025-03-31. Nothing has been read or changed.'
        ) from None
    if found > today:
        raise CannotStart(f"--taken: {day(found)} lies ahead. Nothing has been read or changed.")
    return found


def _copy(typed: str, place: Place) -> Path:
    """The folder of the copy; `CannotStart` if there is none, or if it is the vault itself or a part of it."""
    found = Path(os.path.realpath(os.path.expanduser(typed)))
    if not found.is_dir():
        raise CannotStart(f'--from: there is no folder "{safe(typed)}". Nothing has been read or changed.')
    vault = Path(os.path.realpath(place.folder))
    if found == vault or vault in found.parents or found in vault.parents:
        raise CannotStart(
            f'--from: "{safe(typed)}" is not apart from the vault. Name a copy that lies elsewhere. '
            "Nothing has been read or changed."
        )
    return found


def _as_it_was(folder: Path, config: Config, now: datetime, taken: date, screen: Screen) -> Snapshot:
    """The copy, read only. `CannotStart` if it holds no note, or if its file times say that it is younger."""
    copy = read(Place(folder), config, now, screen, None)
    if not len(copy.notes):
        raise CannotStart(f'--from: there are no notes in "{safe(folder.name)}". Nothing has been changed.')
    days = sorted(_written(file.mtime_ns, now) for file in copy.files if file.kind == "note")
    newest = days[-1]
    # where most carry one day it is that of the copying, and tells nothing
    if newest > taken.toordinal() and 2 * days.count(newest) <= len(days):
        raise CannotStart(
            f"--taken: a note in that copy was last written on {day(newest)}, after {day(taken)}. "
            "Nothing has been changed."
        )
    return copy


def _written(mtime_ns: int, now: datetime) -> int:
    try:
        return datetime.fromtimestamp(mtime_ns / 1e9, now.tzinfo).toordinal()
    except (OverflowError, ValueError, OSError):
        return 0

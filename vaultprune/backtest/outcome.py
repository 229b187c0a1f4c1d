"""A judgement and the moment after it in, what became of each note that was judged out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from vaultprune.backtest.values import Fate
from vaultprune.model import NotePath, Use
from vaultprune.vault import Vault, within
from vaultprune.verdict import Judgement


@dataclass(frozen=True)
class Outcome:
    """What became of the unprotected notes of a judgement, by their numbers, up to and with the day `until`.

    `now` are the paths of those that are still there. `edited` and `linked` are the first days after the judgement on
    which a person edited the note, or linked to it anew; mass changes are no edits here either. `active_days` are the
    days on which a person edited anything at all.
    """

    until: datetime
    fates: Mapping[int, Fate]
    now: Mapping[int, NotePath]
    edited: Mapping[int, int]
    linked: Mapping[int, int]
    active_days: int

    @cached_property
    def needed(self) -> Mapping[int, bool]:
        """Whether setting it aside would have been regretted: not if its owner then removed or archived it himself."""
        return {number: fate in ("edited", "linked") for number, fate in self.fates.items()}


def outcome(judgement: Judgement, after: Vault, became: Mapping[NotePath, NotePath]) -> Outcome:
    """What the moment after a judgement knows of its notes, by the same evidence that judges them."""
    by_path = dict(zip(after.notes.paths, after.uses, strict=True))
    start, end = judgement.vault.today, after.today
    paths, archive = judgement.vault.notes.paths, after.config.archive_folder
    now = {number: became[paths[number]] for number in judgement.order if paths[number] in became}
    edited = {number: day for number, path in now.items() if (day := _first(by_path[path].edit_days, start, end))}
    linked = {number: day for number, path in now.items() if (day := _first(by_path[path].linked_days, start, end))}
    fates: dict[int, Fate] = {}
    for number in judgement.order:
        if number not in now:
            fates[number] = "gone"
        elif within(now[number], archive):
            fates[number] = "set-aside"  # what lay there before is not judged
        else:
            fates[number] = "edited" if number in edited else "linked" if number in linked else "quiet"
    return Outcome(after.snapshot.taken_at, fates, now, edited, linked, _active_days(after.uses, start, end))


def _first(days: Sequence[int], start: int, end: int) -> int | None:
    """The first of these days after the day `start`, up to the day `end`."""
    return min((day for day in days if start < day <= end), default=None)


def _active_days(uses: Sequence[Use], start: int, end: int) -> int:
    return len({day for use in uses for day in use.edit_days if start < day <= end})

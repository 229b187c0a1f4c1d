"""What `weekly` was asked for in; the vault looked at, what is new told, and a line in the log out."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from vaultprune.archiving import busy
from vaultprune.cli.acting.act import IN_PART
from vaultprune.cli.acting.past import Journals
from vaultprune.cli.acting.waiting import what_waits, with_waiting
from vaultprune.cli.asking import UNCHANGED, refusal
from vaultprune.cli.learning import seen_since
from vaultprune.cli.looking import ledger_of, look, remember_round, with_use
from vaultprune.cli.output import show
from vaultprune.cli.places import Place, the_vault
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import Asked, Recall, answer, judged_as_read, read, settings_for
from vaultprune.cli.weekly.note import draft_of, foreseen, written
from vaultprune.cli.when import moment, seconds_now
from vaultprune.errors import CannotStart, Locked, Refused, VaultpruneError
from vaultprune.guards import Guard, Past, before_weekly
from vaultprune.ledger import Noticed
from vaultprune.reading.surroundings import surroundings
from vaultprune.reports.data import iso
from vaultprune.reports.page import View
from vaultprune.reports.weekly import ReviewNote, Week, refused_json, weekly_json, weekly_text
from vaultprune.schedule.log import CannotLog, Log, WeeklyRun
from vaultprune.vault import Vault, open_vault
from vaultprune.words import count, safe

if TYPE_CHECKING:
    from vaultprune.config import Config
    from vaultprune.model import Memory, Snapshot

_FULL_DISK_ACCESS = (
    " macOS lets no background program into Documents, Desktop or iCloud unless you allow it: System Settings, Privacy "
    "& Security, Full Disk Access."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which vault to look at, and how it was asked for."""

    place: Place
    asked: Asked
    shape: View
    screen: Screen
    form: str = "text"
    dry_run: bool = False
    note: bool = True
    observes: bool = True
    cache: bool = True
    approve: str | None = None

    @property
    def remembers(self) -> bool:
        """Whether what is seen goes to the ledger."""
        return self.observes and not self.dry_run


def the_vault_or_a_line(option: str | None, first: str | None, *, dry_run: bool) -> Place:
    """The vault. Where it is gone, the log that was kept of it gets a line, since nobody reads what is said."""
    try:
        return the_vault(option, first, "weekly")
    except CannotStart as error:
        typed = option if option is not None else first
        if typed is not None and not dry_run:
            log = Log(os.path.abspath(os.path.expanduser(typed)))
            if log.place.exists():
                gone = WeeklyRun(moment(None), "failed", error.exit_code, says="there is no vault any more")
                _note_down(log, gone, Screen())
        raise


def hold(wanted: Wanted) -> None:
    """Look once, say what is new, and write down how it ended; whatever went wrong is raised again.

    `Locked` where another run is at work in this vault.
    """
    log, now = Log(wanted.place.folder), moment(None)
    with nullcontext() if wanted.dry_run else log.alone():
        try:
            if busy(wanted.place.folder):
                raise Locked(f"another run is at work in this vault. {UNCHANGED}")
            _must_be_readable(wanted.place)
            week = _looked(wanted, log, now)
        except BaseException as error:
            if not wanted.dry_run:
                _note_down(log, _failed(now, error), wanted.screen)
            raise
        if not wanted.dry_run:
            _note_down(log, _done(now, week), wanted.screen)
    if week.note is not None and week.note.failed:
        raise typer.Exit(IN_PART)


def _looked(wanted: Wanted, log: Log, now: datetime) -> Week:
    def made(memory: Memory) -> tuple[Week, str]:
        config = settings_for(wanted.place, wanted.asked)
        snapshot = read(wanted.place, config, now, wanted.screen, memory)
        _guarded(wanted, log, snapshot, config)
        week = _judged(wanted, snapshot, config)
        draft = draft_of(wanted.place, week.judgement, wanted.shape) if wanted.note else None
        if draft is None or isinstance(draft, ReviewNote):
            week = replace(week, note=draft)
            return week, _document(wanted, week)
        week = replace(week, note=foreseen(draft))
        document = _document(wanted, week)  # all that the vault has to tell is asked before anything is written
        if wanted.dry_run or draft.guards or draft.is_there:
            return week, document
        note = written(wanted.place, draft)
        if note == week.note:
            return week, document
        week = replace(week, note=note)
        return week, _document(wanted, week)

    recall = Recall(cache=wanted.cache, keeps=wanted.cache and not wanted.dry_run)
    return answer(wanted.place, recall, made, lambda made: show(made[1]) if made[1] else None)[0]


def _document(wanted: Wanted, week: Week) -> str:
    if wanted.form == "json":
        return weekly_json(week, wanted.shape)
    if wanted.screen.quiet:
        return ""
    return weekly_text(week, with_waiting(wanted.place, week.judgement.vault, wanted.shape))


def _guarded(wanted: Wanted, log: Log, snapshot: Snapshot, config: Config) -> None:
    """`Refused` where the vault looks other than it is: then nothing is remembered of it, and nothing written."""
    vault = open_vault(snapshot, config)
    around = surroundings(wanted.place.folder, config.archive_folder, snapshot, seconds_now())
    guards = before_weekly(vault, around, _past(wanted.place, log))
    plan = _id_of(guards, vault)
    if wanted.approve not in (None, plan):
        raise Refused(
            f"stopped, because {safe(str(wanted.approve))} was approved, and what stands in the way now is {plan} "
            f"(guard: plan-out-of-date).\n{UNCHANGED}"
        )
    if guards and wanted.approve is None:
        if wanted.form == "json":
            show(refused_json(snapshot, guards, wanted.dry_run))
        raise Refused(refusal(plan, guards))


def _judged(wanted: Wanted, snapshot: Snapshot, config: Config) -> Week:
    place, ledger = wanted.place, ledger_of(wanted.place, config)
    noticed = look(place, ledger, snapshot, wanted.screen) if wanted.remembers else None
    judgement = judged_as_read(place, with_use(place, config, snapshot, ledger), config)
    if wanted.remembers and not wanted.asked.options():  # what was asked for once says nothing of the weeks
        remember_round(ledger, judgement)
    week, before = Week(judgement, dry_run=wanted.dry_run), ledger.weeks_before(judgement.vault.today)
    if before is not None:
        week = replace(week, last=before.last, before=before.suggested, ever=before.ever)
    if noticed is not None:
        looked = seen_since(f"Looked at {count(noticed.notes, 'note')}", noticed)
        week = replace(week, looked=looked, noticed=_as_numbers(noticed))
    if wanted.form == "json":
        week = replace(week, waits=_waits(place, judgement.vault))
    return week


def _past(place: Place, log: Log) -> Past:
    """How many notes there were the last time: at a weekly run, or where there was none, at a run that moved notes."""
    last = log.last_success()
    if last is not None and last.notes is not None:
        return Past(notes=last.notes, day=last.at.date())
    if not os.path.lexists(place.folder / ".vaultprune" / "journal"):
        return Past()
    try:
        return Journals(place.folder).past()
    except VaultpruneError:  # told among what waits
        return Past()


def _id_of(guards: Sequence[Guard], vault: Vault) -> str:
    """The same id as long as the same stands in the way of a look at as many notes."""
    parts = (len(vault.notes), *((guard.name, guard.says) for guard in guards))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


def _waits(place: Place, vault: Vault) -> Mapping[str, object]:
    """What waits for a person, by name."""
    found = what_waits(place, vault)
    return {
        "decided": [path for held in found.decided for path in held.paths],
        "interrupted_at": found.interrupted,
        "needed_again": [each.now for each in found.needs.needed],
        "returned": [each.now for each in found.needs.returned],
        "problem": found.odd or None,
    }


def _as_numbers(noticed: Noticed) -> Mapping[str, object]:
    return {
        "notes": noticed.notes,
        "since": iso(noticed.since),
        "edited": noticed.edited,
        "properties": noticed.properties,
        "new": noticed.new,
        "moved": noticed.moved,
        "gone": noticed.gone,
        "opened": noticed.opened,
    }


def _must_be_readable(place: Place) -> None:
    """`CannotStart` where the system keeps us out of the vault, as macOS does with what runs in the background."""
    try:
        os.scandir(place.folder).close()
    except OSError as error:
        more = _FULL_DISK_ACCESS if sys.platform == "darwin" and isinstance(error, PermissionError) else ""
        says = (error.strerror or str(error)).lower()
        raise CannotStart(
            f'"{safe(place.folder.name)}" cannot be read: {says}.{more} Nothing has been changed.'
        ) from None


def _done(at: datetime, week: Week) -> WeeklyRun:
    """How a run ended in which the vault was looked at."""
    note = week.note
    says = note.says if note is not None and (note.is_odd or note.failed) else ""
    code = IN_PART if note is not None and note.failed else 0
    return WeeklyRun(at, "done", code, len(week.judgement.vault.notes), len(week.suggested), says)


def _failed(at: datetime, error: BaseException) -> WeeklyRun:
    """How a run ended that did not go well."""
    if isinstance(error, VaultpruneError):
        says = str(error).partition("\n")[0]
        if isinstance(error, Refused):
            return WeeklyRun(at, "refused", error.exit_code, says=says)
        return WeeklyRun(at, "busy" if isinstance(error, Locked) else "failed", error.exit_code, says=says)
    if isinstance(error, KeyboardInterrupt):
        return WeeklyRun(at, "failed", 130, says="interrupted")
    return WeeklyRun(at, "failed", 1, says=type(error).__name__)


def _note_down(log: Log, run: WeeklyRun, screen: Screen) -> None:
    try:
        log.add(run)
    except CannotLog as reason:
        screen.warn(f"this run cannot be written down in {log.place}: {reason}.")

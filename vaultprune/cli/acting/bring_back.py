"""What is to come back in, its plan shown, agreed to and carried out out: `undo`, `restore` and `revive` alike."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import typer

from vaultprune.archiving import Batch, Entry, known_device, plan_return, plan_to_json
from vaultprune.cli.acting.act import IN_PART, Stage, act
from vaultprune.cli.acting.past import Files, Journals
from vaultprune.cli.asking import UNCHANGED, Consent, can_ask, let_through, nothing_begun, refusal
from vaultprune.cli.names import the_note
from vaultprune.cli.output import show
from vaultprune.cli.places import Place, below
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import read_without_git
from vaultprune.cli.when import moment, seconds_now
from vaultprune.errors import CannotStart, Refused, VaultpruneError
from vaultprune.guards import before_return
from vaultprune.model import Note, NotePath, Plan
from vaultprune.notes import is_own
from vaultprune.reading.surroundings import surroundings
from vaultprune.reports.heading import title_line
from vaultprune.reports.outcome_text import Kind, question
from vaultprune.reports.page import Command, View, command
from vaultprune.reports.plan_json import plan_json
from vaultprune.reports.return_text import return_text
from vaultprune.reports.revive_json import revive_json
from vaultprune.reports.revive_text import revive_text
from vaultprune.revival import Needs, homeward
from vaultprune.vault import Vault, open_vault, within
from vaultprune.words import count, day, quoted, safe

NO_BATCH = f"nothing that was set aside waits to be put back. {UNCHANGED}"


@dataclass(frozen=True)
class Bringing:
    """Where notes are brought back, and how it was asked for."""

    place: Place
    consent: Consent
    shape: View
    screen: Screen
    form: str = "text"
    now: str | None = None


def undo_batch(bringing: Bringing, batch: str | None) -> None:
    """Bring the last batch back that something is left of, or the one named."""

    def planned(journals: Journals) -> Plan:
        if batch is not None:
            return _named_batch(bringing, journals, batch)
        standing = _standing(journals)
        if not standing:
            raise CannotStart(NO_BATCH)
        plans = (_of_batch(bringing, each) for each in standing)
        first = next(plans)
        return first if first.moves else next((plan for plan in plans if plan.moves), first)

    words = ("undo",) if batch is None else ("undo", f"--batch {batch}")
    _bring_back(bringing, planned, command(bringing.shape, *words))


def _of_batch(bringing: Bringing, batch: Batch) -> Plan:
    """What is left of a batch; notes that came back one by one are nobody's concern any more."""
    plan = plan_return(bringing.place.folder, batch=batch.id, device=batch.device)
    left = {entry.unit.move.target for entry in batch.standing}
    return replace(plan, skipped=tuple(skipped for skipped in plan.skipped if skipped.path in left))


def _standing(journals: Journals) -> list[Batch]:
    """The archive runs of which something is left, the last first; this device's own before those of others."""
    found = [batch for batch in journals.batches if batch.kind == "archive" and batch.standing]
    # a device knows the order of its own runs, whatever its clock said
    own = sorted((each for each in found if each.device == known_device()), key=lambda each: each.entries[0].unit.order)
    return [*reversed(own), *(batch for batch in reversed(found) if batch not in own)]


def _named_batch(bringing: Bringing, journals: Journals, batch: str) -> Plan:
    try:
        return plan_return(bringing.place.folder, batch=batch)
    except CannotStart:
        known = [each for each in journals.batches if each.kind == "archive" and each.standing]
        lines = [
            f"  {' '.join(command(bringing.shape, 'undo', f'--batch {each.id}'))}   "
            f"{day(each.at.date())}, {count(len(each.standing), 'note')}"
            for each in known[-9:]
        ]
        if not lines:
            raise
        says = f'no batch "{safe(batch)}" is known in this vault. These are, the last one last:'
        raise CannotStart("\n".join([says, *lines, UNCHANGED])) from None


def restore_notes(bringing: Bringing, names: Sequence[str]) -> None:
    """Bring single notes back."""

    def planned(journals: Journals) -> Plan:
        entries = journals.standing
        if not entries:
            raise CannotStart(NO_BATCH)
        here = below(bringing.place.folder)
        paths = [_which(typed, entries, here, bringing.shape) for typed in names]
        return plan_return(bringing.place.folder, notes=list(dict.fromkeys(paths)))

    _bring_back(bringing, planned, command(bringing.shape, "restore", *[quoted(safe(name)) for name in names]))


def _which(typed: str, entries: Sequence[Entry], here: str | None, shape: View) -> NotePath:
    """The archived note that is meant: by its old path, its path in the archive, or as in a wikilink."""
    old = {entry.unit.move.source: entry for entry in entries}
    archived = {entry.unit.move.target: entry for entry in entries}

    def paste(path: str) -> str:
        return " ".join(command(shape, "restore", note=path))

    def found_in(paths: Sequence[NotePath]) -> NotePath:
        return the_note(typed, [Note(path) for path in paths], here, paste).path

    try:
        path = found_in(list(old))
    except CannotStart as error:
        try:
            return found_in(list(archived))
        except CannotStart:
            raise error from None
    return path


def revive_notes(bringing: Bringing) -> None:
    """List the archived notes that are needed again, and with consent bring them back."""
    with nothing_begun():
        journals = Journals(bringing.place.folder)
        vault = _read(bringing)
        needs = journals.needs(vault)
        known = [needed.now for needed in needs.needed if needed.known]
        if not known or not (bringing.consent.yes or bringing.consent.dry_run):
            _list(bringing, needs, vault, journals)
            return
    consent = Consent(bringing.consent.yes and not can_ask(), bringing.consent.dry_run, bringing.consent.approve)
    asked = Bringing(bringing.place, consent, bringing.shape, bringing.screen, bringing.form, bringing.now)
    _bring_back(
        asked,
        lambda _: plan_return(bringing.place.folder, notes=known),
        command(bringing.shape, "revive", "--yes"),
        vault,
    )


def _list(bringing: Bringing, needs: Needs, vault: Vault, journals: Journals) -> None:
    if bringing.form == "json":
        show(revive_json(needs, vault.snapshot, journals.came_back(vault)))
        return
    heading = title_line(vault)
    archived = sum(note.path in vault.archived and not is_own(note) for note in vault.notes)
    show(revive_text(needs, heading, archived, journals.came_back(vault), bringing.shape))


def _read(bringing: Bringing) -> Vault:
    snapshot, config = read_without_git(bringing.place, moment(bringing.now), bringing.screen)
    return open_vault(snapshot, config)


def _bring_back(
    bringing: Bringing, planned: Callable[[Journals], Plan], again: Command, vault: Vault | None = None
) -> None:
    folder, consent, shape = bringing.place.folder, bringing.consent, bringing.shape
    with nothing_begun():
        journals = Journals(folder)
        plan = planned(journals)
        vault = vault or _read(bringing)
        plan = homeward(plan, vault, Files(folder, vault.snapshot).contents)
        around = surroundings(folder, vault.config.archive_folder, vault.snapshot, seconds_now())
        # a batch that brought notes back can be undone as well
        aside = all(within(move.target, vault.config.archive_folder) for move in plan.moves)
        kind: Kind = "archive" if plan.moves and aside else "return"
        guards = before_return(plan, around, journals.past())
        at = vault.snapshot.taken_at
        remarks = [f"{guard.says[:1].upper()}{guard.says[1:]}. {guard.advice}".strip() for guard in guards]
        document = plan_json(plan_to_json(plan), guards)

        def page(changed: str = "", then: Sequence[tuple[str, Command]] = ()) -> str:
            return return_text(plan, vault.snapshot.name, at, shape, remarks=remarks, then=then, changed=changed)

        if consent.dry_run or not plan.moves:
            approve = (f"--approve {plan.id}",) if guards else ()
            then = [("Carry it out", (*again, *approve))] if plan.moves else []
            show(document if bringing.form == "json" else page(UNCHANGED, then))
            if not consent.dry_run and guards:
                raise Refused(refusal(plan.id, guards))
            if not consent.dry_run:
                raise typer.Exit(IN_PART)
            return
        if bringing.form == "text":
            show(page())
        elif can_ask() and not consent.yes:
            sys.stderr.write(page())
        try:
            goes = let_through(plan.id, guards, consent, question(plan, kind))
        except VaultpruneError:
            if bringing.form == "json":
                show(document)
            raise
        if not goes:
            sys.stderr.write(f"{UNCHANGED}\n")
            return
    stage = Stage(bringing.place, vault, journals, bringing.screen, shape, at, bringing.now is not None)
    act(stage, plan, kind, bringing.form, guards)

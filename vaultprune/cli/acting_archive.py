"""What `archive` was asked for in, the notes chosen, their plan shown, agreed to and carried out out."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import typer

from vaultprune.archiving import known_device, plan_from_json, plan_to_json, rehearse
from vaultprune.cli.acting import IN_PART, Stage, act
from vaultprune.cli.acting_past import Files, Journals
from vaultprune.cli.asking import UNCHANGED, Consent, can_ask, let_through, nothing_begun, refusal
from vaultprune.cli.names import the_note
from vaultprune.cli.output import deliver, place_for, show
from vaultprune.cli.places import Place, below
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import Asked, judged, read_without_git
from vaultprune.cli.when import moment, seconds_now
from vaultprune.errors import CannotStart, Refused, VaultpruneError
from vaultprune.guards import Guard, before_archive, first_by_rank, renewed
from vaultprune.model import FORGETFUL, NotePath, Plan
from vaultprune.plan import make_plan, plan_text
from vaultprune.reading.disk import cause, read_bytes
from vaultprune.reading.surroundings import on_disk, surroundings
from vaultprune.reports.outcome_text import question
from vaultprune.reports.page import Page, View, as_argument, command
from vaultprune.reports.plan_json import plan_json
from vaultprune.vault import Vault, open_vault
from vaultprune.words import quoted, safe

_LONGEST_PLAN = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of `archive` as typed."""

    names: tuple[str, ...] = ()
    top: int | None = None
    plan: str | None = None
    even_protected: bool = False
    form: str = "text"
    now: str | None = None
    output: str | None = None
    asked: Asked = field(default_factory=Asked)

    def check(self, consent: Consent) -> None:
        """Raise `CannotStart` for what cannot be meant."""
        if sum((bool(self.names), self.top is not None, self.plan is not None)) > 1:
            raise CannotStart(f"it takes notes, or --top N, or --plan FILE: one of them. {UNCHANGED}")
        if self.output is not None and not consent.dry_run:
            raise CannotStart(f"--output goes with --dry-run: it takes the plan. {UNCHANGED}")
        if (self.names or self.plan) and self.asked.options():
            option = self.asked.options()[0][0]
            raise CannotStart(f"{option} chooses among the suggestions, and does not go with named notes. {UNCHANGED}")

    @property
    def by_evidence(self) -> bool:
        """Whether the notes are chosen by what was seen of them, and not by name."""
        return not self.names and self.plan is None


@dataclass(frozen=True)
class Chosen:
    """The plan, what holds it back, and the vault it is for."""

    vault: Vault
    plan: Plan
    guards: tuple[Guard, ...]


def archive_notes(place: Place, wanted: Wanted, consent: Consent, shape: View, screen: Screen) -> None:
    """Show the plan, ask, carry it out, tell."""
    wanted.check(consent)
    with nothing_begun():
        to = place_for(wanted.output, place.folder)
        journals = Journals(place.folder)
        chosen = _chosen(place, wanted, journals, shape, screen)
        files = Files(place.folder, chosen.vault.snapshot)
        page = partial(_document, chosen, wanted, shape, files)
        if consent.dry_run or not chosen.plan.moves:
            deliver(page(wanted.form, UNCHANGED, _again(wanted, chosen, shape)), to)
            if not consent.dry_run:
                _nothing_moves(chosen)
            return
        if not _goes(chosen, wanted, consent, page(wanted.form), page("text")):
            sys.stderr.write(f"{UNCHANGED}\n")
            return
        _rehearse(place.folder, journals)
    stage = Stage(place, chosen.vault, journals, screen, shape, chosen.vault.snapshot.taken_at, wanted.now is not None)
    act(stage, chosen.plan, "archive", wanted.form, chosen.guards)


def _chosen(place: Place, wanted: Wanted, journals: Journals, shape: View, screen: Screen) -> Chosen:
    at = moment(wanted.now)
    if wanted.by_evidence:
        judgement = judged(place, wanted.asked, at, screen, FORGETFUL)
        vault = judgement.vault
        ids = judgement.suggested() if wanted.top is None else first_by_rank(judgement, wanted.top)
        paths: Sequence[NotePath] = [vault.notes[number].path for number in ids]
    else:
        snapshot, config = read_without_git(place, at, screen)
        vault = open_vault(snapshot, config)
        paths = () if wanted.plan is not None else _named(wanted.names, vault, place, shape)
    files = Files(place.folder, vault.snapshot)
    around = surroundings(place.folder, vault.config.archive_folder, vault.snapshot, seconds_now())

    def planned(chosen: Sequence[NotePath], decided: Mapping[NotePath, str] | None = None) -> Plan:
        return make_plan(
            vault,
            chosen,
            files.contents,
            even_protected=wanted.even_protected,
            decided=decided,
            on_disk=partial(on_disk, place.folder),
        )

    out_of_date: tuple[Guard, ...] = ()
    if wanted.plan is None:
        plan = planned(paths)
    else:
        written = _read_plan(wanted.plan)
        anew = planned([move.source for move in written.moves], {move.source: move.sha256 for move in written.moves})
        again = renewed(written, anew)
        plan, out_of_date = again.plan, again.guards
    found = before_archive(plan, vault, around, journals.past(), by_evidence=wanted.by_evidence)
    return Chosen(vault, plan, (*out_of_date, *found))


def _named(names: Sequence[str], vault: Vault, place: Place, shape: View) -> Sequence[NotePath]:
    here = below(place.folder)
    live = [note for note in vault.notes if note.path not in vault.archived]
    archived = [note for note in vault.notes if note.path in vault.archived]

    def paste(path: str) -> str:
        return " ".join(command(shape, "archive", note=path))

    def path_of(typed: str) -> NotePath:
        try:
            return the_note(typed, live, here, paste).path
        except CannotStart as error:
            try:
                return the_note(typed, archived, here, paste).path  # the plan says that it is there already
            except CannotStart:
                raise error from None

    return list(dict.fromkeys(path_of(typed) for typed in names))


def _read_plan(typed: str) -> Plan:
    try:
        data, size = read_bytes(os.path.expanduser(typed), _LONGEST_PLAN, follow=True)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise CannotStart(f'--plan: "{safe(typed)}" cannot be read: {cause(error)}. {UNCHANGED}') from None
    except UnicodeDecodeError:
        raise CannotStart(f'--plan: "{safe(typed)}" is not UTF-8. {UNCHANGED}') from None
    if size > len(data):
        raise CannotStart(f'--plan: "{safe(typed)}" is too long for a plan. {UNCHANGED}')
    return plan_from_json(text)


def _document(
    chosen: Chosen, wanted: Wanted, shape: View, files: Files, form: str, changed: str = "", then: Sequence[str] = ()
) -> str:
    """The plan, as JSON or as a page whose last line is `changed`."""
    if form == "json":
        return plan_json(plan_to_json(chosen.plan), chosen.guards)
    remarks = [f"{guard.says[:1].upper()}{guard.says[1:]}. {guard.advice}".strip() for guard in chosen.guards]
    page = plan_text(
        chosen.plan,
        chosen.vault,
        files.contents,
        columns=shape.width,
        limit=shape.limit,
        remarks=remarks,
        then=then,
        changed=changed,
    )
    return page if changed else page.rstrip("\n") + "\n"


def _goes(chosen: Chosen, wanted: Wanted, consent: Consent, document: str, page: str) -> bool:
    """Show the plan, and whether it may be carried out."""
    if wanted.form == "text":
        show(page)
    elif can_ask() and not consent.yes:
        sys.stderr.write(page)
    try:
        return let_through(chosen.plan.id, chosen.guards, consent, question(chosen.plan, "archive"))
    except VaultpruneError:
        if wanted.form != "text":
            show(document)
        raise


def _nothing_moves(chosen: Chosen) -> None:
    """How it ends where no note may be moved: refused, or each that was asked for named and left."""
    if chosen.guards:
        raise Refused(refusal(chosen.plan.id, chosen.guards))
    if chosen.plan.skipped:
        raise typer.Exit(IN_PART)


def _again(wanted: Wanted, chosen: Chosen, shape: View) -> list[str]:
    """The command that carries this plan out, on lines of its own; none where nothing lets it through."""
    if not chosen.plan.moves or any(guard.final for guard in chosen.guards):
        return []
    words = [quoted(safe(name)) for name in wanted.names]
    if wanted.top is not None:
        words.append(f"--top {wanted.top}")
    if wanted.plan is not None:
        words.append(f"--plan {as_argument(wanted.plan)}")
    for option, _, value in wanted.asked.options():
        words += [f"{option} {as_argument(str(one))}" for one in (value if isinstance(value, tuple) else (value,))]
    if wanted.even_protected:
        words.append("--even-protected")
    if any(not guard.asks for guard in chosen.guards):
        words.append(f"--approve {chosen.plan.id}")
    page = Page(shape)
    page.commands([("Carry it out", command(shape, "archive", *words))])
    return page.lines


def _rehearse(folder: Path, journals: Journals) -> None:
    """Before the first archive on a file system: see whether it keeps every promise."""
    here = (known_device(), os.stat(folder).st_dev)
    if any((run.device, run.file_system) == here for run in journals.runs):
        return
    failures = rehearse(folder)
    if failures:
        raise Refused(
            "stopped, because a rehearsal with throw-away notes failed on this file system (guard: rehearsal): "
            f"{'; '.join(failures)}. {UNCHANGED}"
        )

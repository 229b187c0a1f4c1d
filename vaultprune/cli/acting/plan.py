"""Notes chosen for the archive in, their plan shown, agreed to and carried out out: for `archive` and `apply` alike."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import typer

from vaultprune.archiving import known_device, plan_to_json, record_decision, rehearse
from vaultprune.cli.acting.act import IN_PART, Stage, act
from vaultprune.cli.acting.past import Files, Journals
from vaultprune.cli.asking import UNCHANGED, Consent, nothing_begun, refusal, shown_and_agreed
from vaultprune.cli.output import deliver, show
from vaultprune.cli.places import Place
from vaultprune.cli.screen import Screen
from vaultprune.cli.when import seconds_now
from vaultprune.errors import Refused
from vaultprune.guards import Guard, before_archive
from vaultprune.model import Decision, NotePath, Plan
from vaultprune.plan import make_plan, plan_text
from vaultprune.reading.surroundings import on_disk, surroundings
from vaultprune.reports.decisions import besides_line
from vaultprune.reports.outcome_text import question
from vaultprune.reports.page import Command, Page, View
from vaultprune.reports.plan_json import plan_json
from vaultprune.vault import Vault


@dataclass(frozen=True)
class Desk:
    """Where notes are set aside, and how it was asked for. `pretended`: the clock was set with --now."""

    place: Place
    consent: Consent
    shape: View
    screen: Screen
    form: str = "text"
    to: Path | None = None
    pretended: bool = False

    @cached_property
    def journals(self) -> Journals:
        """What the journals of the vault know."""
        return Journals(self.place.folder)


@dataclass(frozen=True)
class Chosen:
    """The plan, what holds it back, the vault it is for; and the decisions that are written down along with it."""

    vault: Vault
    plan: Plan
    guards: tuple[Guard, ...]
    besides: tuple[Decision, ...] = ()


def planned(
    desk: Desk,
    vault: Vault,
    paths: Sequence[NotePath],
    decided: Mapping[NotePath, str] | None = None,
    *,
    even_protected: bool = False,
) -> Plan:
    """What setting these notes aside takes now; `decided` has the SHA-256 of those that must be as they were."""
    folder = desk.place.folder
    return make_plan(
        vault,
        paths,
        Files(folder, vault.snapshot).contents,
        even_protected=even_protected,
        decided=decided,
        on_disk=partial(on_disk, folder),
    )


def guards_of(desk: Desk, vault: Vault, plan: Plan, *, by_evidence: bool) -> tuple[Guard, ...]:
    """What holds a plan back; `by_evidence`: its notes were chosen by what was seen of them, and by no person."""
    around = surroundings(desk.place.folder, vault.config.archive_folder, vault.snapshot, seconds_now())
    return tuple(before_archive(plan, vault, around, desk.journals.past(), by_evidence=by_evidence))


def set_aside(desk: Desk, chosen: Chosen, again: Command, then: Callable[[], None] | None = None) -> None:
    """Show the plan, ask, carry it out, tell. `again` is the command that was given, to be pasted.

    `then` is called once it was carried out, unless somebody stopped it on the way.
    """
    with nothing_begun():
        document = partial(_document, desk, chosen)
        if desk.consent.dry_run or not (chosen.plan.moves or chosen.besides):
            deliver(document(desk.form, UNCHANGED, _again(desk, chosen, again)), desk.to)
            if not desk.consent.dry_run:
                _nothing_moves(chosen)
            return
        if not _goes(desk, chosen, document(desk.form), document("text")):
            sys.stderr.write(f"{UNCHANGED}\n")
            return
        if chosen.plan.moves:
            rehearsed(desk)
    try:
        _carry_out(desk, chosen)
    except typer.Exit as ended:
        if then is not None and ended.exit_code == IN_PART:
            then()
        raise
    if then is not None:
        then()


def _carry_out(desk: Desk, chosen: Chosen) -> None:
    """Write down what is decided along with the plan, and carry it out. `typer.Exit` as in `act`."""
    for decision in chosen.besides:
        record_decision(desk.place.folder, decision)
    if chosen.plan.moves:
        act(stage_of(desk, chosen), chosen.plan, "archive", desk.form, chosen.guards)
        return
    if desk.form == "text":
        show(f"\n{besides_line(chosen.besides)} No note was moved.\n")
    if chosen.plan.skipped:
        raise typer.Exit(IN_PART)


def stage_of(desk: Desk, chosen: Chosen) -> Stage:
    """Where the plan is carried out."""
    at = chosen.vault.snapshot.taken_at
    return Stage(desk.place, chosen.vault, desk.journals, desk.screen, desk.shape, at, desk.pretended)


def remark_of(guard: Guard) -> str:
    """What holds a plan back and what helps, in sentences."""
    return f"{guard.says[:1].upper()}{guard.says[1:]}. {guard.advice}".strip()


def _document(desk: Desk, chosen: Chosen, form: str, changed: str = "", then: Sequence[str] = ()) -> str:
    """The plan, as JSON or as a page whose last line is `changed`."""
    if form == "json":
        return plan_json(plan_to_json(chosen.plan), chosen.guards, decisions=chosen.besides)
    remarks = [remark_of(guard) for guard in chosen.guards]
    if chosen.besides:
        remarks.insert(0, besides_line(chosen.besides))
    page = plan_text(
        chosen.plan,
        chosen.vault,
        Files(desk.place.folder, chosen.vault.snapshot).contents,
        columns=desk.shape.width,
        limit=desk.shape.limit,
        remarks=remarks,
        then=then,
        changed=changed,
    )
    return page if changed else page.rstrip("\n") + "\n"


def _goes(desk: Desk, chosen: Chosen, document: str, page: str) -> bool:
    """Show the plan, and whether it may be carried out."""
    asks = question(chosen.plan, "archive") if chosen.plan.moves else "Write that down?"
    return shown_and_agreed(desk.form, page, document, chosen.plan.id, chosen.guards, desk.consent, asks)


def _nothing_moves(chosen: Chosen) -> None:
    """How it ends where no note may be moved: refused, or each that was asked for named and left."""
    if chosen.guards:
        raise Refused(refusal(chosen.plan.id, chosen.guards))
    if chosen.plan.skipped:
        raise typer.Exit(IN_PART)


def _again(desk: Desk, chosen: Chosen, again: Command) -> list[str]:
    """The command that carries this plan out, on lines of its own; none where nothing lets it through."""
    if not (chosen.plan.moves or chosen.besides) or any(guard.final for guard in chosen.guards):
        return []
    approve = (f"--approve {chosen.plan.id}",) if any(not guard.asks for guard in chosen.guards) else ()
    page = Page(desk.shape)
    page.commands([("Carry it out", (*again, *approve))])
    return page.lines


def rehearsed(desk: Desk) -> None:
    """Before the first archive on a file system: see whether it keeps every promise. Raises `Refused` if not."""
    folder = desk.place.folder
    here = (known_device(), os.stat(folder).st_dev)
    if any((run.device, run.file_system) == here for run in desk.journals.runs):
        return
    failures = rehearse(folder)
    if failures:
        raise Refused(
            "stopped, because a rehearsal with throw-away notes failed on this file system (guard: rehearsal): "
            f"{'; '.join(failures)}. {UNCHANGED}"
        )

"""A plan that was agreed to in, the plan carried out and told: the steps that every command that moves notes shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import typer

from vaultprune.archiving import Run, carry_out, device_id, plan_to_json, record_decision
from vaultprune.archiving.about import take_about_away, write_about
from vaultprune.archiving.carry_out import heard_later
from vaultprune.archiving.runs import RunRecord, record_run
from vaultprune.cli.acting.past import Journals
from vaultprune.cli.asking import UNCHANGED, Stopped
from vaultprune.cli.output import show
from vaultprune.cli.places import Place
from vaultprune.cli.screen import Screen
from vaultprune.cli.when import day_after
from vaultprune.decided import waiting
from vaultprune.errors import VaultpruneError
from vaultprune.guards import Guard
from vaultprune.model import Decision, Move, NotePath, Outcome, Plan
from vaultprune.reports.about_text import about_text
from vaultprune.reports.outcome_text import Kind, outcome_text
from vaultprune.reports.page import View, command
from vaultprune.reports.plan_json import plan_json
from vaultprune.vault import Vault

KEPT_FOR = "6mo"
"""How long a note that was brought back is kept."""
IN_PART = 3


@dataclass(frozen=True)
class Stage:
    """Where a plan is carried out, and with what: the vault as it was read, its journals, the screen, the moment.

    `pretended`: the clock was set with --now, so that nothing but the journal is written.
    """

    place: Place
    vault: Vault
    journals: Journals
    screen: Screen
    view: View
    at: datetime
    pretended: bool = False


def act(stage: Stage, plan: Plan, kind: Kind, form: str, guards: Sequence[Guard]) -> None:
    """Carry out a plan and say what became of it. `typer.Exit` with 3 where some notes were left, `Stopped` if so."""
    with heard_later():  # whatever was moved is told, too
        run = do(stage, plan, kind)
        _tell(stage, plan, kind, form, guards, run)
    done = run.count("done")
    if run.interrupted:
        if not done:
            raise Stopped(f"interrupted. {UNCHANGED}")
        raise Stopped("interrupted. What was moved until then has been told; the rest was left alone.")
    if plan.skipped or done < len(plan.moves):
        raise typer.Exit(IN_PART)


def do(stage: Stage, plan: Plan, kind: Kind) -> Run:
    """Carry out a plan, and write down what the next run wants to know of it."""
    done = 0

    def tell(outcome: Outcome) -> None:
        nonlocal done
        done += 1
        stage.screen.progress("moving notes", done, len(plan.moves))

    try:
        run = carry_out(stage.place.folder, plan, stage.at, tell=tell)
    finally:
        stage.screen.done()
    moved = [outcome.move for outcome in run.outcomes if outcome.what == "done"]
    if moved:
        _remember(stage, run, kind, moved)
    return run


def _tell(stage: Stage, plan: Plan, kind: Kind, form: str, guards: Sequence[Guard], run: Run) -> None:
    if form == "json":
        show(plan_json(plan_to_json(plan), guards, run.batch, run.outcomes))
    else:
        again = ("undo",) if kind == "archive" else ("undo", f"--batch {run.batch}")
        then = ("Take it back", command(stage.view, *again))
        told = outcome_text(plan, run.outcomes, kind, stage.view, then, pending=run.pending)
        show(f"\n{told}")  # the plan stands above it


def _remember(stage: Stage, run: Run, kind: Kind, moved: Sequence[Move]) -> None:
    """Write down what the next run wants to know. That it fails takes nothing back, and is said."""
    try:
        _note_down(stage, run, kind)
        if stage.pretended:
            return
        if kind == "return":
            _keep(stage, [(move.source, move.target) for move in moved])
        else:
            _carried_out(stage, moved)
    except VaultpruneError as error:
        stage.screen.warn(f"the notes were moved, but not all was written down about it: {error}")


def _carried_out(stage: Stage, moved: Sequence[Move]) -> None:
    """What somebody decided on the notes that were set aside has been done, and waits no longer."""
    sources = {move.source for move in moved}
    for held in waiting(stage.vault.snapshot, stage.vault.archived):
        if sources.issuperset(held.paths):
            record_decision(
                stage.place.folder, Decision(stage.at, "forget", "note", held.decision.name, reason="archived")
            )


def _note_down(stage: Stage, run: Run, kind: Kind) -> None:
    """What the next run wants to know of this one; and the archive's own note, once."""
    folder, archive = stage.place.folder, stage.vault.config.archive_folder.strip("/")
    about = None
    links: dict[NotePath, dict[NotePath, int]] = {}
    graph = stage.vault.graph
    if kind == "archive":
        for outcome in run.outcomes:
            if outcome.what == "done":
                found = Counter(source for source, _ in graph.backlink_occurrences(outcome.move.source))
                links[outcome.move.target] = dict(found)
        last = next((record.about for record in reversed(stage.journals.runs) if record.about is not None), None)
        try:
            if not last and write_about(folder, archive, about_text(archive)):
                about = True
        except VaultpruneError as error:
            stage.screen.warn(str(error))
    elif take_about_away(folder, archive, about_text(archive)):
        about = False
    record_run(folder, RunRecord(stage.at, run.batch, len(stage.vault.notes), device_id(), links=links, about=about))


def _keep(stage: Stage, moves: Sequence[tuple[NotePath, NotePath]]) -> None:
    """What was brought back is not suggested again for half a year."""
    notes = {note.path: note for note in stage.vault.notes}
    until = day_after(stage.at.date(), KEPT_FOR)
    for archived, home in moves:
        note = notes.get(archived)
        body = note.body_digest if note is not None and note.words else None
        record_decision(
            stage.place.folder,
            Decision(stage.at, "keep", "note", home, until=until, body_digest=body, reason="restored"),
        )

"""How old in, what the journal keeps of older runs shown, agreed to and cleared away out."""

from __future__ import annotations

import os
import sys
from datetime import datetime, time

from vaultprune.archiving import Entry, gc, would_clear
from vaultprune.archiving.carry_out import heard_later
from vaultprune.cli.acting_past import Journals
from vaultprune.cli.asking import UNCHANGED, Consent, let_through, nothing_begun
from vaultprune.cli.output import show
from vaultprune.cli.places import Place
from vaultprune.cli.when import day_before, moment
from vaultprune.guards import before_tidying
from vaultprune.reports.clearing_text import OldRun, cleared_text, clearing_text
from vaultprune.reports.page import View, command


def clear(place: Place, span: str, consent: Consent, shape: View) -> None:
    """Show which runs would be forgotten and what can be undone afterwards, ask, and do it."""
    with nothing_begun():
        now = moment(None)
        day = day_before(now.date(), span, "--older-than")
        before = datetime.combine(day, time(), now.tzinfo)
        journals = Journals(place.folder)
        guards = before_tidying(journals.past())
        clearing = would_clear(place.folder, before)
        gone = {(entry.unit.device, entry.unit.id) for entry in clearing.units}
        left = [run for run in map(_run, [batch.entries for batch in journals.batches]) if run.standing]
        left = [run for run in left if (run.device, run.first) not in gone]
        there = sorted(
            entry.unit.move.target
            for entry in clearing.units
            if entry.unit.kind == "archive"
            and _stands(entry)
            and os.path.lexists(os.path.join(place.folder, entry.unit.move.target))
        )
        then = (("Carry it out", command(shape, "gc", f"--older-than {span}")),) if not guards else ()
        stops = consent.dry_run or not clearing.files
        show(
            clearing_text(
                day,
                _runs(clearing.units),
                clearing.files,
                clearing.size,
                there,
                left,
                shape,
                then=then if consent.dry_run and clearing.files else (),
                remarks=[f"{guard.says[:1].upper()}{guard.says[1:]}. {guard.advice}" for guard in guards],
                changed=UNCHANGED if stops else "",
            )
        )
        if stops:
            return
        if not let_through("", guards, consent, "Clear that away?"):
            sys.stderr.write(f"{UNCHANGED}\n")
            return
    with heard_later():  # it takes no time, and what was begun is finished and told
        cleared = gc(place.folder, before)
        show(cleared_text(cleared.files, cleared.size, cleared.kept, left, shape))


def _stands(entry: Entry) -> bool:
    return entry.state == "done" and not entry.undone


def _runs(units: tuple[Entry, ...]) -> list[OldRun]:
    """The runs that these records are of, oldest first."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in units:
        groups.setdefault((entry.unit.device, entry.unit.batch), []).append(entry)
    return [_run(tuple(group)) for group in groups.values()]


def _run(entries: tuple[Entry, ...]) -> OldRun:
    first = entries[0].unit
    done = sum(entry.state == "done" for entry in entries)
    standing = sum(map(_stands, entries))
    return OldRun(first.batch, first.device, first.id, first.at.date(), first.kind, done, standing)

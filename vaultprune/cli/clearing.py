"""How old in, what the journal keeps of older runs shown, agreed to and cleared away out."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date, datetime, time

from vaultprune.archiving import Clearing, Entry, gc, would_clear
from vaultprune.archiving.carry_out import heard_later
from vaultprune.cli.acting.past import Journals
from vaultprune.cli.asking import UNCHANGED, Consent, nothing_begun, shown_and_agreed
from vaultprune.cli.output import show
from vaultprune.cli.places import Place
from vaultprune.cli.when import day_before, moment
from vaultprune.guards import before_tidying
from vaultprune.reports.clearing_json import clearing_json
from vaultprune.reports.clearing_text import Clearance, OldRun, cleared_text, clearing_text
from vaultprune.reports.page import View, command


def clear(place: Place, span: str, consent: Consent, shape: View, form: str = "text") -> None:
    """Show which runs would be forgotten and what can be undone afterwards, ask, and do it."""
    with nothing_begun():
        now = moment(None)
        day = day_before(now.date(), span, "--older-than")
        before = datetime.combine(day, time(), now.tzinfo)
        journals = Journals(place.folder)
        guards = before_tidying(journals.past())
        goes = _clearance(place, day, would_clear(place.folder, before), journals)
        stops = consent.dry_run or not goes.files
        then = (("Carry it out", command(shape, "gc", f"--older-than {span}")),) if not guards else ()
        page = clearing_text(
            goes,
            shape,
            then=then if consent.dry_run and goes.files else (),
            remarks=[f"{guard.says[:1].upper()}{guard.says[1:]}. {guard.advice}" for guard in guards],
            changed=UNCHANGED if stops else "",
        )
        document = clearing_json(place.folder.name, goes, guards, done=False)
        if stops:
            show(document if form == "json" else page)
            return
        if not shown_and_agreed(form, page, document, "", guards, consent, "Clear that away?"):
            sys.stderr.write(f"{UNCHANGED}\n")
            return
    with heard_later():  # it takes no time, and what was begun is finished and told
        cleared = gc(place.folder, before)
        gone = replace(goes, files=cleared.files, size=cleared.size, kept=cleared.kept)
        json = clearing_json(place.folder.name, gone, guards, done=True)
        show(json if form == "json" else cleared_text(gone, shape))


def _clearance(place: Place, day: date, clearing: Clearing, journals: Journals) -> Clearance:
    gone = {(entry.unit.device, entry.unit.id) for entry in clearing.units}
    left = [run for run in map(_run, [batch.entries for batch in journals.batches]) if run.standing]
    there = sorted(
        entry.unit.move.target
        for entry in clearing.units
        if entry.unit.kind == "archive"
        and _stands(entry)
        and os.path.lexists(os.path.join(place.folder, entry.unit.move.target))
    )
    return Clearance(
        day,
        _runs(clearing.units),
        clearing.files,
        clearing.size,
        clearing.kept,
        there,
        [run for run in left if (run.device, run.first) not in gone],
    )


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

"""A note's name in, what is kept of it shown, agreed to and taken away out."""

from __future__ import annotations

import os
import sys

from vaultprune.archiving import forget, traces
from vaultprune.archiving.carry_out import heard_later
from vaultprune.cli.acting.past import Journals
from vaultprune.cli.asking import UNCHANGED, Consent, nothing_begun, shown_and_agreed
from vaultprune.cli.looking import ledger_of
from vaultprune.cli.names import the_note
from vaultprune.cli.output import show
from vaultprune.cli.places import Place, below
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import read_without_git
from vaultprune.cli.when import moment
from vaultprune.errors import CannotStart
from vaultprune.guards import before_tidying
from vaultprune.ledger import CannotKeep
from vaultprune.model import Note, NotePath, Snapshot
from vaultprune.reports.forget_json import forget_json
from vaultprune.reports.forget_text import Kept, forget_text, forgotten_text
from vaultprune.reports.page import View, command
from vaultprune.state import cache_file, remove
from vaultprune.words import quoted, safe


def forget_note(place: Place, typed: str, consent: Consent, shape: View, screen: Screen, form: str = "text") -> None:
    """Show what is kept of a note and what is out of reach, ask, and take it away."""
    folder = place.folder
    with nothing_begun():
        snapshot, config = read_without_git(place, moment(None), screen)
        ledger = ledger_of(place, config)
        journals = Journals(folder)
        note = _which(typed, snapshot, journals, place, shape)
        guards = before_tidying(journals.past())
        found = traces(folder, note)
        live = {each.path for each in snapshot.files}
        kept = Kept(
            note,
            found.paths,
            tuple(path for path in found.paths if path in live),
            moves=len(found.own),
            rewritten=found.rewritten,
            files=len(found.files),
            size=found.size,
            decisions=found.decisions,
            unknown=len(found.unknown),
            cached=os.path.lexists(cache_file(folder)),
            seen=any(ledger.knows(path) for path in found.paths),
            aside=len(ledger.aside()),
            standing=any(entry.state == "done" and not entry.undone for entry in found.own),
            elsewhere=found.elsewhere,
            in_git=os.path.lexists(folder / ".git"),
        )
        stops = consent.dry_run or kept.nothing
        then = (("Carry it out", command(shape, "forget", note=safe(note))),)
        page = forget_text(
            kept,
            shape,
            then=then if consent.dry_run and not kept.nothing and not guards else (),
            remarks=[f"{guard.says[:1].upper()}{guard.says[1:]}. {guard.advice}" for guard in guards],
            changed=UNCHANGED if stops else "",
        )
        document = forget_json(folder.name, kept, guards, done=False)
        if stops:
            show(document if form == "json" else page)
            return
        if not shown_and_agreed(form, page, document, "", guards, consent, "Take that away?"):
            sys.stderr.write(f"{UNCHANGED}\n")
            return
    with heard_later():  # half of it would be worse than none
        if not found.nothing:
            forget(folder, note)
        try:
            for path in found.paths:
                ledger.forget(path)
            remove(folder)
        except (CannotKeep, OSError) as error:
            why = getattr(error, "strerror", None) or error
            raise CannotStart(
                f"the ledger or the cache could not be cleared: {why}. What lay in the vault is gone."
            ) from None
        gone = forget_json(folder.name, kept, guards, done=True)
        show(gone if form == "json" else forgotten_text(kept, shape))


def _which(typed: str, snapshot: Snapshot, journals: Journals, place: Place, shape: View) -> NotePath:
    """The note that is meant, among those that are there and those that something is kept of."""
    known, archived = {note.path for note in snapshot.notes}, set[NotePath]()
    for batch in journals.batches:
        for entry in batch.entries:
            known |= {entry.unit.move.source, entry.unit.move.target, *(edit.path for edit in entry.unit.edits)}
            archived |= {entry.unit.move.target} if entry.unit.kind == "archive" else set()
    known |= {NotePath(decision.name) for decision in snapshot.decisions if decision.scope == "note"}

    def found_in(paths: set[NotePath]) -> NotePath:
        notes = [Note(path) for path in sorted(paths)]
        return the_note(typed, notes, below(place.folder), paste).path

    def paste(path: str) -> str:
        return " ".join(command(shape, "forget", quoted(path)))

    try:
        return found_in(known - archived)  # the name that people know it by
    except CannotStart as error:
        try:
            return found_in(archived)
        except CannotStart:
            raise error from None

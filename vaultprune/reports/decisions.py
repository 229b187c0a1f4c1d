"""Decisions in, pages about them out: what is in force, and what was just written down."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.model import Decision, Note, Snapshot
from vaultprune.protections.own_words import concerns, in_force
from vaultprune.reports.figures import to_paste
from vaultprune.reports.page import Command, Page, View, command, inline
from vaultprune.words import count, day, quoted, safe, title, weekday

UNCHANGED = "Nothing has been changed."


def standing_page(snapshot: Snapshot, view: View) -> str:
    """The decisions that hold today, and apart from them those that concern no note any more."""
    page = Page(view)
    page.heading(f"{safe(snapshot.name)}, {weekday(snapshot.taken_at.date())}")
    standing = in_force(snapshot.decisions, snapshot.taken_at.date())
    held = [(decision, notes_of(decision, snapshot)) for decision in standing]
    if not held:
        page.say("No decision is in force.")
        page.say(UNCHANGED)
        return page.text()
    _list(page, "is in force", "are in force", [each for each in held if each[1]])
    _list(page, "concerns no note any more", "concern no note any more", [each for each in held if not each[1]])
    page.gap()
    page.commands([("Withdraw one", withdrawal(standing[0], snapshot.notes, view))])
    page.gap()
    page.say(UNCHANGED)
    return page.text()


def _list(page: Page, one: str, many: str, held: Sequence[tuple[Decision, Sequence[Note]]]) -> None:
    if not held:
        return
    page.gap()
    page.heading(f"{count(len(held), 'decision')} {one if len(held) == 1 else many}")
    for decision, notes in held:
        page.say(f"{what_is_kept(decision)}{_reach(decision, notes)}", "  ", "    ")
        if decision.because:
            page.say(f"because: {safe(decision.because)}", "    ", "      ")


def _reach(decision: Decision, notes: Sequence[Note]) -> str:
    """How many notes a folder or tag holds now, or how a renamed note is called now."""
    if decision.scope != "note":
        return f", {count(len(notes), 'note')}" if notes else ""
    if notes and notes[0].path.lower() != decision.name.lower():
        return f", now {title(notes[0].path)}"
    return ""


def notes_of(decision: Decision, snapshot: Snapshot) -> list[Note]:
    """The notes that a decision is about."""
    present = frozenset(note.path.lower() for note in snapshot.notes)
    return [note for note in snapshot.notes if concerns(decision, note, present, snapshot.observed)]


def what_is_kept(decision: Decision) -> str:
    """`Learning/Interleaving (2019), until 20 May 2027`."""
    named = title(decision.name)
    if decision.scope == "folder":
        named = f"the folder {safe(decision.name)}/"
    elif decision.scope == "tag":
        named = f"#{safe(decision.name)}"
    return named if decision.until is None else f"{named}, until {day(decision.until)}"


def withdrawal(decision: Decision, notes: Sequence[Note], view: View) -> Command:
    """The command that takes a decision back."""
    if decision.scope == "note":
        return command(view, "keep", "--forget", note=to_paste(notes, decision.name, view))
    option = "--in" if decision.scope == "folder" else "--tag"
    return command(view, "keep", f"{option} {quoted(safe(decision.name))}", "--forget")


def recorded_page(decisions: Sequence[Decision], snapshot: Snapshot, view: View) -> str:
    """What was written down just now, that the notes are as before, and how to take it back."""
    page = Page(view)
    withdrawn = decisions[0].what == "forget"
    for decision in decisions:
        held = notes_of(decision, snapshot)
        word = "Withdrawn" if withdrawn else "Kept"
        page.say(f"{word}: {what_is_kept(decision)}{_reach(decision, held)}.", "", "  ")
    files = "the notes themselves were not touched" if len(decisions) > 1 else "no note was touched"
    page.say(f"Written down in .vaultprune/decisions/; {files}.")
    if withdrawn:
        page.say(f"{'They' if len(decisions) > 1 else 'It'} may be suggested again.")
    else:
        page.say(f"Take it back: {inline(withdrawal(decisions[0], snapshot.notes, view))}")
    return page.text()

"""Decisions in, pages about them out: what is in force, and what was just written down."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.decided import Decided, Standing
from vaultprune.model import Decision, Note, Snapshot
from vaultprune.reports.figures import to_paste
from vaultprune.reports.page import Command, Page, View, command, inline
from vaultprune.words import count, day, quoted, safe, title, weekday

UNCHANGED = "Nothing has been changed."


def standing_page(held: Sequence[Standing], snapshot: Snapshot, view: View) -> str:
    """The decisions that hold today, those that wait to be carried out, and those that concern no note any more."""
    page = Page(view)
    page.heading(f"{safe(snapshot.name)}, {weekday(snapshot.taken_at.date())}")
    if not held:
        page.say("No decision is in force.")
        page.say(UNCHANGED)
        return page.text()
    waiting = [each for each in held if each.waits]
    _list(page, "is in force", "are in force", [each for each in held if each.paths and not each.waits])
    _list(page, "waits to be carried out", "wait to be carried out", waiting)
    _list(page, "concerns no note any more", "concern no note any more", [each for each in held if not each.paths])
    page.gap()
    page.commands(
        [
            *([("Carry it out", command(view, "apply"))] if waiting else []),
            ("Withdraw one", withdrawal(held[0].decision, snapshot.notes, view)),
        ]
    )
    page.gap()
    page.say(UNCHANGED)
    return page.text()


def _list(page: Page, one: str, many: str, held: Sequence[Standing]) -> None:
    if not held:
        return
    page.gap()
    page.heading(f"{count(len(held), 'decision')} {one if len(held) == 1 else many}")
    for each in held:
        page.say(f"{what_is_decided(each.decision)}{_reach(each)}", "  ", "    ")
        if each.decision.because:
            page.say(f"because: {safe(each.decision.because)}", "    ", "      ")


def _reach(held: Standing) -> str:
    """How many notes a folder or tag holds now, or how a renamed note is called now."""
    if held.decision.scope != "note":
        return f", {count(len(held.paths), 'note')}" if held.paths else ""
    if held.paths and held.paths[0].lower() != held.decision.name.lower():
        return f", now {title(held.paths[0])}"
    return ""


def what_is_decided(decision: Decision) -> str:
    """`Learning/Interleaving (2019), until 20 May 2027`."""
    named = title(decision.name)
    if decision.scope == "folder":
        named = f"the folder {safe(decision.name)}/"
    elif decision.scope == "tag":
        named = f"#{safe(decision.name)}"
    if decision.what == "archive":
        return f"{named}, to be set aside"
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
        held = Standing(decision, Decided.of(snapshot).paths(decision))
        word = "Withdrawn" if withdrawn else "Kept"
        page.say(f"{word}: {what_is_decided(decision)}{_reach(held)}.", "", "  ")
    files = "the notes themselves were not touched" if len(decisions) > 1 else "no note was touched"
    page.say(f"Written down in .vaultprune/decisions/; {files}.")
    if withdrawn:
        page.say(f"{'They' if len(decisions) > 1 else 'It'} may be suggested again.")
    else:
        page.say(f"Take it back: {inline(withdrawal(decisions[0], snapshot.notes, view))}")
    return page.text()


def waiting_line(waiting: Sequence[Standing], view: View) -> str:
    """What was decided and not carried out yet, and how to."""
    wait = "note waits" if len(waiting) == 1 else "notes wait"
    apply = inline(command(view, "apply"))
    return f"{len(waiting):,} {wait} to be set aside, as you decided: {apply}"


def besides_line(decisions: Sequence[Decision]) -> str:
    """What is written down along with a plan: `2 notes are kept, 1 is not suggested before 20 May 2027.`."""
    kept = [decision for decision in decisions if decision.what == "keep"]  # others withdraw what a name had before
    days = sorted({decision.until for decision in kept if decision.until is not None})
    groups = [(sum(decision.until == until for decision in kept), until) for until in (None, *days)]
    parts = []
    for many, until in groups:
        if many:
            are = "note is" if many == 1 else "notes are"
            parts.append(f"{many:,} {are} {'kept' if until is None else f'not suggested before {day(until)}'}")
    return f"{', '.join(parts)}."


def nothing_waits(snapshot: Snapshot, view: View, remarks: Sequence[str] = (), *, anew: bool = False) -> str:
    """That there is nothing to carry out, what is odd about what was ticked, and where decisions are made.

    `anew`: it is time to write the checklist note anew, since nothing can follow from what is ticked in it.
    """
    page = Page(view)
    page.heading(f"{safe(snapshot.name)}, {weekday(snapshot.taken_at.date())}")
    page.say("Nothing that you decided waits to be carried out.")
    for remark in remarks:
        page.say(f"{remark}.", "  ", "    ")
    page.gap()
    again = ("Write the review anew", command(view, "review", "--note"))
    page.commands([again if anew else ("Look at the suggestions", command(view, "review"))])
    page.gap()
    page.say(UNCHANGED)
    return page.text()

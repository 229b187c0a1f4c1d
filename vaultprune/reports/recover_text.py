"""An interrupted run in, what is half done and what becomes of it out, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vaultprune.model import NotePath, Stray
from vaultprune.reports.page import Command, Page, View, command, inline
from vaultprune.reports.strays_text import stray_line
from vaultprune.words import safe, weekday


def interrupted_text(
    moves: Sequence[tuple[NotePath, NotePath]],
    at: datetime | None,
    forward: bool,
    damaged: Sequence[str],
    view: View,
    then: Sequence[tuple[str, Command]] = (),
    changed: str = "",
    row: Sequence[tuple[NotePath, NotePath]] = (),
    strays: Sequence[Stray] = (),
) -> str:
    """What was interrupted, and what `recover` does about it.

    `row`: notes that moved without others they go with. `strays`: words that lie in the journal alone.
    """
    page = Page(view)
    for line in damaged:
        page.say(line)
        page.gap()
    if at is None and strays:
        page.say("No run was interrupted.")
    elif at is None:
        page.say("No run was interrupted; there is nothing to put right.")
    else:
        run = f"The run of {weekday(at.date())} {at:%H:%M} was interrupted"
        if moves:
            page.say(f"{run} at this note:")
            _moves(page, moves)
            if forward:
                page.say("It goes on to its new place, and the links that lead to it are rewritten.")
            else:
                page.say("It goes back to where it was, and the links that were rewritten for it go back as well.")
        if row:
            one = len(row) == 1
            these = "this note" if one else "these notes"
            page.say(f"Before it moved {these}:" if moves else f"{run} after {these} had moved:")
            _moves(page, row)
            page.say(
                f"{'It goes' if one else 'They go'} back as well: others have to move with {'it' if one else 'them'}, "
                "so that the links between them lead where they do."
            )
        page.say("What you wrote since stays as it is. All other notes that moved before stay where they are.")
    for stray in strays:
        page.gap()
        page.say(stray_line(stray, ". It goes back."))
    return page.ended(then, changed)


def _moves(page: Page, moves: Sequence[tuple[NotePath, NotePath]]) -> None:
    for source, target in moves:
        page.say(safe(source), "  ", "    ")
        page.say(f"-> {safe(target)}", "  ", "    ")


def settled_text(
    outcomes: Sequence[tuple[NotePath, NotePath, bool, Sequence[str]]],
    view: View,
    back: Sequence[str] = (),
    left: Sequence[Stray] = (),
) -> str:
    """How each interrupted note ended, what there is to know, and how to take back the rest of that run.

    `back` are the files that have the words again which were saved in them meanwhile; `left` lie in the journal still.
    """
    page = Page(view)
    for source, target, done, remarks in outcomes:
        page.say(f"{safe(target if done else source)}: {'finished' if done else 'back to how it was'}.", "", "  ")
        for remark in remarks:
            page.say(f"{remark}.", "  ", "    ")
    for path in back:
        page.say(f"{safe(path)}: what was saved in it at that very moment is back.", "", "  ")
    for stray in left:
        page.gap()
        page.say(stray_line(stray, f": {inline(command(view, 'recover'))}"))
    page.gap()
    if outcomes:
        page.say("What was interrupted is put right.")
        page.gap()
    rest = [("Take back the rest of that run", command(view, "undo"))] if outcomes else []
    page.commands([*rest, ("Where things stand", command(view))])
    return page.text()

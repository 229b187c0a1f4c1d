"""What is needed again of the archive in, the page of `revive` out, and the lines that wait in other pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vaultprune.model import Stray
from vaultprune.reports.page import Command, Page, View, command, inline
from vaultprune.reports.strays_text import stray_lines
from vaultprune.revival import Aside, CameBack, Needed, Needs
from vaultprune.words import count, day, listed, quoted, safe, shortened, title

SHOWN = 10


def revive_text(needs: Needs, heading: str, archived: int, back: CameBack, view: View) -> str:
    """The archived notes that are needed again, each with what was seen; what a sync program did; the next step."""
    page = Page(view)
    page.heading(heading)
    page.say(f"{count(archived, 'note')} in the archive. {came_back_line(back)}".rstrip())
    page.gap()
    if needs.needed:
        are = "note is" if len(needs.needed) == 1 else "notes are"
        page.say(f"{len(needs.needed):,} archived {are} needed again.")
        page.gap()
        _list(page, [(needed.old, _why(needed)) for needed in needs.needed])
    else:
        page.say("No archived note is needed again.")
        page.gap()
    if needs.returned:
        page.say(f"{returned_line(len(needs.returned))}: {_to_paste(view, 'doctor')} tells what to do.")
        _list(page, _old(needs.returned))
    if needs.replaced:
        have = "note has" if len(needs.replaced) == 1 else "notes have"
        page.say(f"{len(needs.replaced):,} archived {have} another note in the old place, which is left alone:")
        _list(page, _old(needs.replaced))
    rows = []
    if any(needed.known for needed in needs.needed):
        rows.append(("Bring them back", command(view, "revive", "--yes")))
        first = next(needed for needed in needs.needed if needed.known)
        rows.append(("Only one", command(view, "restore", note=title(first.old))))
    if rows:
        page.commands(rows)
        page.gap()
    page.say("Nothing has been changed.")
    return page.text()


def _list(page: Page, entries: Sequence[tuple[str, str]]) -> None:
    """Titles, each with a sentence below it or none."""
    shown = entries[: page.view.shown(SHOWN)]
    for path, says in shown:
        page.lines.append(f"  {shortened(title(path), page.view.width - 2)}")
        if says:
            page.say(says[:1].upper() + says[1:], "     ")
    if len(shown) < len(entries):
        page.lines.append(f"  ... and {len(entries) - len(shown):,} more: --limit {len(entries)}")
    page.gap()


def _why(needed: Needed) -> str:
    says = f"{listed(needed.reasons)}."
    if not needed.known:
        says += f" Vaultprune did not put it there: move {safe(needed.now)} by hand."
    return says


def _old(asides: Sequence[Aside]) -> list[tuple[str, str]]:
    return [(aside.old, "") for aside in asides]


def came_back_line(back: CameBack) -> str:
    """How many came back of those set aside: the least that can be said of how often it was wrong."""
    if not back.notes:
        return ""
    return f"Of {count(back.of, 'note')} set aside in the last year, {back.notes:,} came back."


def returned_line(many: int) -> str:
    """A sync program put notes back; it is no use of them, and said as what it is."""
    if many == 1:
        return "1 archived note is back in its old place, with unchanged text. A sync program did that, not you"
    return f"{many:,} archived notes are back in their old place, with unchanged text. A sync program did that, not you"


def last_run_line(when: date, many: int, back: CameBack, view: View) -> str:
    """When notes were set aside last, how often that was wrong at the least, and how to take it back."""
    were = "was" if many == 1 else "were"
    said = f"{count(many, 'note')} {were} set aside on {day(when)}. {came_back_line(back)}".rstrip()
    return f"{said} Take it back: {_to_paste(view, 'undo')}"


def waiting_lines(needs: Needs, pending: str | None, view: View, strays: Sequence[Stray] = ()) -> tuple[str, ...]:
    """What waits for the reader, a line each, and only when there is something."""
    found: list[str] = []
    if pending is not None:
        found.append(f"A run was interrupted at {title(pending)}: {_to_paste(view, 'recover')}")
    found += stray_lines(strays, f": {_to_paste(view, 'recover')}", _to_paste(view, "doctor"))
    if needs.needed:
        many = len(needs.needed)
        are = "note is" if many == 1 else "notes are"
        how = "linked to" if all(needed.linked for needed in needs.needed) else "needed"
        found.append(f"{many:,} archived {are} {how} again: {_to_paste(view, 'revive')}")
    if needs.returned:
        found.append(f"{returned_line(len(needs.returned))}: {_to_paste(view, 'doctor')} tells which, and what to do.")
    return tuple(found)


def _to_paste(view: View, word: str) -> str:
    return inline(command(view, word))


def restore_command(view: View, names: Sequence[str]) -> Command:
    """`vaultprune restore "A" "B"`."""
    return command(view, "restore", *[quoted(name) for name in names])

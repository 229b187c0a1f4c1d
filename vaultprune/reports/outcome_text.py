"""What a run did in, what is said at its end out: what was left and why, how many of what, how to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from vaultprune.model import Outcome, Plan
from vaultprune.reports.page import Command, Page, View, inline
from vaultprune.words import count, safe

Kind = Literal["archive", "return"]


def question(plan: Plan, kind: Kind) -> str:
    """`Set 9 notes aside and rewrite 1 link?`."""
    notes = count(len(plan.moves), "note")
    links = sum(len(rewrite.spans) for rewrite in plan.rewrites)
    does = f"Set {notes} aside" if kind == "archive" else f"Bring {notes} back"
    return f"{does} and rewrite {count(links, 'link')}?" if links else f"{does}?"


def outcome_text(
    plan: Plan, outcomes: Sequence[Outcome], kind: Kind, view: View, then: tuple[str, Command], *, pending: bool = False
) -> str:
    """The summary of a run, each note that was not moved named. `then` is a label and the command that comes next."""
    page = Page(view)
    left = [(skipped.path, skipped.why) for skipped in plan.skipped]
    left += [(outcome.move.source, outcome.why) for outcome in outcomes if outcome.what != "done"]
    if left:
        page.say("Left where it is:" if len(left) == 1 else "Left where they are:")
        for path, why in left:
            page.say(f"{safe(path)}: {why}", "  ", "    ")
    remarks = [
        (outcome.move.source, remark) for outcome in outcomes if outcome.what == "done" for remark in outcome.remarks
    ]
    if remarks:
        page.say("To know:")
        for path, remark in remarks:
            page.say(f"{safe(path)}: {remark}", "  ", "    ")
    page.gap()
    done = {outcome.move.source for outcome in outcomes if outcome.what == "done"}
    links = sum(done.issuperset(span.because) for rewrite in plan.rewrites for span in rewrite.spans)
    parts = [count(len(done), "note") + (" set aside" if kind == "archive" else " brought back")]
    if links:
        parts.append(f"{count(links, 'link')} rewritten")
    if left:
        parts.append(f"{count(len(left), 'note')} left alone")
    said, (label, next_command) = ", ".join(parts), then
    if pending:
        recover = inline(("vaultprune", "recover", *_vault(next_command)))
        page.say(f"{said}. The last one is half done, and nothing is lost: {recover}")
    elif done:
        page.lines.append(f"{said}. {label}: {' '.join(next_command)}")  # one line, so that it can be pasted
    else:
        page.say(f"{said}.")
        page.say("Nothing has been changed.")
    return page.text()


def _vault(command: Command) -> Command:
    """The part of a command that names the vault."""
    return tuple(word for word in command if word.startswith("--vault "))

"""What a run did in, what is said at its end out: what was left and why, how many of what, how to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class OutcomeTold:
    """What became of a plan: the notes that were left, what there is to know of others, and all of it in a sentence.

    `done` is how many notes were moved. Paths are made safe, each with what is said of it.
    """

    left: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[str, str], ...]
    summary: str
    done: int


def outcome_told(plan: Plan, outcomes: Sequence[Outcome], kind: Kind) -> OutcomeTold:
    """`9 notes set aside, 1 link rewritten, 1 note left alone`, and which."""
    left = [(skipped.path, skipped.why) for skipped in plan.skipped]
    left += [(outcome.move.source, outcome.why) for outcome in outcomes if outcome.what != "done"]
    remarks = [
        (outcome.move.source, remark) for outcome in outcomes if outcome.what == "done" for remark in outcome.remarks
    ]
    done = {outcome.move.source for outcome in outcomes if outcome.what == "done"}
    links = sum(done.issuperset(span.because) for rewrite in plan.rewrites for span in rewrite.spans)
    parts = [count(len(done), "note") + (" set aside" if kind == "archive" else " brought back")]
    if links:
        parts.append(f"{count(links, 'link')} rewritten")
    if left:
        parts.append(f"{count(len(left), 'note')} left alone")
    return OutcomeTold(_made_safe(left), _made_safe(remarks), ", ".join(parts), len(done))


def _made_safe(found: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((safe(path), says) for path, says in found)


def outcome_text(
    plan: Plan, outcomes: Sequence[Outcome], kind: Kind, view: View, then: tuple[str, Command], *, pending: bool = False
) -> str:
    """The summary of a run, each note that was not moved named. `then` is a label and the command that comes next."""
    page, told = Page(view), outcome_told(plan, outcomes, kind)
    if told.left:
        page.say("Left where it is:" if len(told.left) == 1 else "Left where they are:")
        for path, why in told.left:
            page.say(f"{path}: {why}", "  ", "    ")
    if told.remarks:
        page.say("To know:")
        for path, remark in told.remarks:
            page.say(f"{path}: {remark}", "  ", "    ")
    page.gap()
    label, next_command = then
    if pending:
        recover = inline(recovery(next_command))
        page.say(f"{told.summary}. The last one is half done, and nothing is lost: {recover}")
    elif told.done:
        page.lines.append(f"{told.summary}. {label}: {' '.join(next_command)}")  # one line, so that it can be pasted
    else:
        page.say(f"{told.summary}.")
        page.say("Nothing has been changed.")
    return page.text()


def recovery(other: Command) -> Command:
    """The command that puts an interrupted run right, in the vault that another command is about."""
    return ("vaultprune", "recover", *(word for word in other if word.startswith("--vault ")))

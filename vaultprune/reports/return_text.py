"""A plan that brings notes back in, a page that a person can read out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vaultprune.model import Plan
from vaultprune.reports.page import Command, Page, View
from vaultprune.words import count, safe, shortened, weekday

SHOWN = 3


def return_text(
    plan: Plan,
    vault: str,
    at: datetime,
    view: View,
    *,
    remarks: Sequence[str] = (),
    then: Sequence[tuple[str, Command]] = (),
    changed: str = "",
) -> str:
    """What comes back, which links are rewritten, what stays and why. `changed` is the last line, if there is one."""
    page = Page(view)
    page.heading(f"Plan {plan.id} for {safe(vault)}, {weekday(at.date())} {at:%H:%M}")
    page.gap()
    _moves(page, plan)
    _links(page, plan)
    if plan.skipped:
        many = len(plan.skipped)
        page.say("1 note stays where it is:" if many == 1 else f"{many:,} notes stay where they are:")
        _some(page, [f"{safe(skipped.path)}: {skipped.why}" for skipped in plan.skipped])
    page.gap()
    if plan.warnings:
        page.say("To know:")
        _some(page, plan.warnings)
    page.gap()
    for remark in remarks:
        page.say(remark)
        page.gap()
    return page.ended(then, changed)


def _moves(page: Page, plan: Plan) -> None:
    many = len(plan.moves)
    if not many:
        page.say("No note moves.")
        page.gap()
        return
    page.say("1 note goes back to its place:" if many == 1 else f"{many:,} notes go back to their places:")
    shown = plan.moves[: page.view.shown(SHOWN)]
    page.lines += [f"  {shortened(safe(move.target), page.view.width - 2)}" for move in shown]
    _more(page, many, len(shown))
    page.gap()


def _links(page: Page, plan: Plan) -> None:
    if not plan.rewrites:
        return
    many = sum(len(rewrite.spans) for rewrite in plan.rewrites)
    only = "that file" if len(plan.rewrites) == 1 else "those files"
    page.say(f"{count(many, 'link')} {'is' if many == 1 else 'are'} rewritten. Nothing else in {only} changes:")
    entries = [
        (rewrite.path, span.before.decode("utf-8", "surrogateescape"), span.after.decode("utf-8", "surrogateescape"))
        for rewrite in plan.rewrites
        for span in rewrite.spans
    ]
    shown = entries[: page.view.shown(SHOWN)]
    room = page.view.width - 5
    for path, before, after in shown:
        page.lines += [
            f"  {shortened(safe(path), page.view.width - 2)}",
            f"     {shortened(safe(before), room)}",
            f"  -> {shortened(safe(after), room)}",
        ]
    _more(page, many, len(shown))
    page.gap()


def _some(page: Page, entries: Sequence[str]) -> None:
    shown = entries[: page.view.shown(SHOWN)]
    for entry in shown:
        page.say(entry, "  ", "    ")
    _more(page, len(entries), len(shown))


def _more(page: Page, many: int, shown: int) -> None:
    if shown < many:
        page.lines.append(f"  ... and {many - shown:,} more: --limit {many}")

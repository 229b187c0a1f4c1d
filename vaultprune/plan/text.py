"""A plan in, a page that a person can read out: what moves, what is rewritten, what stays, what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.model import Plan
from vaultprune.plan.told import Contents, Entry, Part, plan_told
from vaultprune.vault import Vault
from vaultprune.words import safe, shortened, weekday, width, wrapped

SHOWN = 3
UNCHANGED = "Nothing has been changed."


def plan_title(plan: Plan, vault: Vault) -> str:
    """`Plan 7f3a91c2 for Garden, Fri 20 Nov 2026 18:04`."""
    at = vault.snapshot.taken_at
    return f"Plan {plan.id} for {safe(vault.snapshot.name)}, {weekday(at.date())} {at:%H:%M}"


def plan_text(
    plan: Plan,
    vault: Vault,
    contents: Contents,
    *,
    columns: int = 80,
    limit: int | None = None,
    remarks: Sequence[str] = (),
    then: Sequence[str] = (),
    changed: str = UNCHANGED,
) -> str:
    """The plan on a terminal. `limit` is how many entries each list shows.

    `remarks` are paragraphs about how things stand, such as that the app is open; `then` are lines with the next
    step; `changed` is the last line.
    """
    page = _Page(columns, limit if limit is not None else SHOWN)
    page.say(plan_title(plan, vault))
    page.gap()
    parts = plan_told(plan, vault, contents)
    for part in parts:
        if part.says:
            page.say(part.says)
        page.some([_lines(page, part, entry) for entry in part.entries])
        if part.then:
            page.say(part.then)
        if part.what != "stays" or part is parts[-1]:  # what stays and what is left alone are one paragraph
            page.gap()
    for remark in remarks:
        page.say(remark)
        page.gap()
    if then:
        page.lines += then
        page.gap()
    page.say(changed)
    return "\n".join(page.lines) + "\n"


class _Page:
    """Lines put down one after another."""

    def __init__(self, columns: int, limit: int) -> None:
        self.columns, self.limit = columns, limit
        self.lines: list[str] = []

    def say(self, text: str, first: str = "", rest: str = "") -> None:
        self.lines += wrapped(text, self.columns, first, rest)

    def gap(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def some(self, entries: Sequence[Sequence[str]]) -> None:
        """The first entries of a list, each of one or more lines, and how many more there are."""
        for entry in entries[: self.limit]:
            self.lines += entry
        if len(entries) > self.limit:
            self.lines.append(f"  ... and {len(entries) - self.limit:,} more: --limit {len(entries)}")


def _lines(page: _Page, part: Part, entry: Entry) -> list[str]:
    """One entry, each of its names on one line."""
    columns = page.columns
    if part.what == "look":
        return wrapped(entry.path, columns, "  ", "    ")
    if part.what == "stays":
        [why] = entry.below
        line = f"  {entry.path}     {why}"
        if width(line) <= columns:
            return [line]
        return [f"  {shortened(entry.path, columns - 2)}", *wrapped(why, columns, "    ", "    ")]
    if part.what == "moves":
        to = [f"  -> {shortened(target, columns - 5)}{entry.behind}" for target in entry.below]
        return [f"  {shortened(entry.path, columns - 2)}", *to]
    before, after = entry.below
    return [
        f"  {shortened(entry.path, columns - 14)}{entry.behind}",
        f"     {shortened(before, columns - 5)}",
        f"  -> {shortened(after, columns - 5)}",
    ]

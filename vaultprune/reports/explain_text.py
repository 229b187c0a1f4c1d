"""One verdict in, the page that explains it out: what was seen, who links here, what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from vaultprune.model import Held, Reason
from vaultprune.reports.explanation import Backlink, Explanation, explanation
from vaultprune.reports.figures import to_paste
from vaultprune.reports.page import UNCHANGED, LineOf, Page, View, command
from vaultprune.verdict import Judgement
from vaultprune.words import count, day, in_hundred, name, safe, shortened, title, width, wrapped

SHOWN = 5
_EDGE = 78
_AS_WHAT_IT_IS = frozenset({"daily", "template", "drawing", "hub", "bridge", "conflict-copy"})
_BY_WHAT_IT_HAS = frozenset({"open-task", "bookmark", "status", "property"})


def explain_text(judgement: Judgement, number: int, line_of: LineOf, view: View) -> str:
    """The page on one judged note. `line_of` is asked for the line of each link that is shown."""
    found = explanation(judgement, number)
    page = Page(view)
    _heading(page, found)
    _seen(page, found)
    _links_here(page, found.backlinks, line_of)
    _protections(page, found)
    for says, items in (
        ("If it were set aside", found.if_archived),
        ("What would keep it, without that" if found.verdict.protections else "What would keep it", found.would_keep),
        ("What would weaken it", found.would_weaken),
    ):
        if items:
            page.heading(says)
            for item in items:
                page.say(item, "  ", "    ")
    page.gap()
    _next(page, judgement, found)
    page.say(UNCHANGED)
    return page.text()


def _edge(page: Page) -> int:
    """The column at which figures end."""
    return min(page.view.width, _EDGE)


def _heading(page: Page, found: Explanation) -> None:
    verdict = found.verdict
    room = _edge(page) - width(found.place) - 2
    called = shortened(name(verdict.path), room)
    page.lines.append(page.bold(called) + " " * (room + 2 - width(called)) + found.place)
    created = "" if verdict.use.created is None else f", created {day(verdict.use.created)}"
    about = f", {count(verdict.note.words, 'word')}{created}"
    page.say(shortened(title(verdict.path), page.view.width - width(about)) + about)
    if found.not_now:
        page.say(f"Not suggested now: {found.not_now}.")
    if verdict.protections:
        page.say(f"{_held(verdict.protections)}: {_OTHERWISE[verdict.would_be]}.")
    page.gap()


_OTHERWISE = {"archive": "suggested", "watch": "watched", "keep": "kept", "protected": "protected"}


def _held(held: Sequence[Held]) -> str:
    """`Protected by an open task (line 8); without it`."""
    first = held[0]
    manner = " as" if first.code in _AS_WHAT_IT_IS else " by" if first.code in _BY_WHAT_IT_HAS else ":"
    if first.says.startswith(("it ", "vaultprune ")):
        manner = ":"
    if len(held) == 1:
        return f"Protected{manner} {first.says}; without that"
    return f"Protected{manner} {first.says}, and by {count(len(held) - 1, 'more rule')}; without them"


def _seen(page: Page, found: Explanation) -> None:
    """The reasons with their weights, which add up as shown."""
    verdict = found.verdict
    _row(page, page.bold("What was seen"), "weight", plain=len("What was seen"))
    weights = in_tenths([reason.weight for reason in verdict.reasons])
    for reason, tenths in zip(verdict.reasons, weights, strict=True):
        _reason(page, reason, _figure(tenths))
    _row(page, "  together", _figure(sum(weights)))
    if found.bears_rate:
        page.say(f"that is, {in_hundred(verdict.retention)} are edited or linked to again within 180 days", "  ")
    page.gap()


def _reason(page: Page, reason: Reason, figure: str) -> None:
    lines = wrapped(reason.says, _edge(page) - 8, "  ", "    ")
    page.lines += lines[:-1]
    _row(page, lines[-1], figure)


def _row(page: Page, text: str, figure: str, plain: int | None = None) -> None:
    used = width(text) if plain is None else plain
    page.lines.append(text + figure.rjust(_edge(page) - used))


def _figure(tenths: int) -> str:
    return "0.0" if tenths == 0 else f"{tenths / 10:+.1f}"


def in_tenths(weights: Sequence[float]) -> list[int]:
    """Weights in tenths, rounded so that they add up to their rounded sum; what is 0 stays 0."""
    down = [floor(weight * 10) for weight in weights]
    missing = round(sum(weights) * 10) - sum(down)
    by_rest = sorted(
        (place for place, weight in enumerate(weights) if weight), key=lambda at: down[at] - weights[at] * 10
    )
    for place in by_rest[:missing]:
        down[place] += 1
    return down


def _links_here(page: Page, backlinks: Sequence[Backlink], line_of: LineOf) -> None:
    if not backlinks:
        page.say("What links here: no other note.")
        return
    page.heading("What links here")
    shown = backlinks[: page.view.shown(SHOWN)]
    for link in shown:
        where = f", line {link.line}"
        page.lines.append(f"  {shortened(title(link.path), page.view.width - 2 - len(where))}{where}")
        line = line_of(link.path, link.line)
        if line and line.strip():
            page.say(f'"{around(line, link.text, 2 * (page.view.width - 8))}"', "     ")
    if len(shown) < len(backlinks):
        page.lines.append(f"  ... and {len(backlinks) - len(shown):,} more: --limit {len(backlinks)}")


def around(line: str, text: str, columns: int) -> str:
    """The words of a line around a link, made safe to show: the whole line if it fits."""
    words = safe(" ".join(line.split()))
    if width(words) <= columns:
        return words
    at = max(words.find(safe(text)), 0)
    start = max(0, at - columns // 3)
    cut = words[start:]
    if start:
        cut = "..." + cut.partition(" ")[2]
    while width(cut) > columns - 3:
        shorter, blank, _ = cut.rpartition(" ")
        cut = shorter if blank and width(shorter) > columns // 2 else cut[:-1]
    return cut + "..." if len(cut) < len(words) - start else cut


def _protections(page: Page, found: Explanation) -> None:
    held = found.verdict.protections
    if held:
        page.heading("What protects it")
        for each in held:
            page.say(each.says, "  ", "    ")
    else:
        page.say(f"What protects it: nothing. Looked for: {', '.join(found.looked_for)}.", "", "  ")
    if found.could_not_tell:
        page.say(f"Could not tell: {found.could_not_tell}.", "  ", "  ")


def _next(page: Page, judgement: Judgement, found: Explanation) -> None:
    """What to do about it, where there is something to do."""
    verdict = found.verdict
    note = to_paste(judgement.vault.notes, verdict.path, page.view)
    if any(held.code == "decision" for held in verdict.protections):
        page.commands([("Withdraw your keep", command(page.view, "keep", "--forget", note=note))])
    elif not verdict.protections:
        page.commands(
            [
                ("Never suggest it", command(page.view, "keep", note=note)),
                ("Ask again in half a year", command(page.view, "keep", "--for 6mo", note=note)),
            ]
        )
    page.gap()

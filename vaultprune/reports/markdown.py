"""A judgement in, the report as a note out: titles in code spans, so that it makes no backlinks of its own."""

from __future__ import annotations

from vaultprune.model import NotePath
from vaultprune.notes import OWN_PROPERTY
from vaultprune.reports.figures import (
    archived_line,
    of_links,
    opening,
    patience_line,
    problems_line,
    rate_line,
    summary,
)
from vaultprune.reports.heading import title_line
from vaultprune.reports.page import UNCHANGED, View
from vaultprune.reports.sentence import sentence
from vaultprune.reports.text import summary_rows
from vaultprune.verdict import Judgement
from vaultprune.words import GLUE, title

_SPECIAL = frozenset("\\`*_[]<>#|~=$%&!")


def markdown_report(judgement: Judgement, view: View) -> str:
    """The report as Markdown. Its property tells that vaultprune wrote it, so it is never suggested itself."""
    vault, figures = judgement.vault, summary(judgement)
    evidence = vault.evidence
    taken_at = vault.snapshot.taken_at.isoformat(timespec="seconds")
    parts = [f'---\n{OWN_PROPERTY}report: "{taken_at}"\n---', f"# {plain(title_line(vault))}"]
    parts += [plain(line) for line in (opening(judgement, figures), archived_line(judgement, figures)) if line]
    parts += _suggestions(judgement, view)
    if evidence.abstains and evidence.helps:
        parts += ["## What would help, the best first", _list([f"{what}: {how}" for what, how in evidence.helps])]
    rows = summary_rows(judgement, figures)
    if rows:
        parts += ["## The other notes", _list([f"{label}: {says}" if says else label for label, says in rows])]
    parts += ["## Links", of_links(figures)]
    problems = problems_line(vault)
    if problems:
        parts.append(plain(problems))
    return "\n\n".join([*parts, UNCHANGED]) + "\n"


def _suggestions(judgement: Judgement, view: View) -> list[str]:
    if judgement.vault.evidence.abstains:
        return ["Nothing is suggested, since it cannot be told which notes you work on."]
    suggested = judgement.suggested()
    if not suggested:
        patience = patience_line(judgement)
        return ["Nothing to suggest.", *([patience] if patience else ())]
    are = "1 note is" if len(suggested) == 1 else f"{len(suggested):,} notes are"
    shown = suggested[: view.shown(len(suggested))]
    lines = []
    for place, number in enumerate(shown, 1):
        verdict = judgement.of(number)
        start = f"{place}. "
        said = plain(sentence(judgement.vault, verdict))
        lines.append(f"{start}{code(verdict.path)}\n{' ' * len(start)}{said}")
    if len(shown) < len(suggested):
        lines.append(f"\n... and {len(suggested) - len(shown):,} more.")
    rate = rate_line(judgement)
    return [f"## {are} suggested for the archive", "\n".join(lines), *([rate] if rate else ())]


def _list(items: list[str]) -> str:
    return "\n".join(f"- {plain(item)}" for item in items)


def code(path: NotePath) -> str:
    """A title in a code span, whatever backticks it holds itself."""
    shown = title(path)
    longest, run = 0, 0
    for char in shown:
        run = run + 1 if char == "`" else 0
        longest = max(longest, run)
    fence = "`" * (longest + 1)
    blank = " " if longest else ""
    return f"{fence}{blank}{shown}{blank}{fence}"


def plain(text: str) -> str:
    """A sentence in which nothing is taken for Markdown, a tag or a link."""
    return "".join("\\" + char if char in _SPECIAL else char for char in text.replace(GLUE, " "))

"""A judgement in, the whole report as one page for a browser out: every judged note stands on it exactly once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from html import escape
from typing import TypeAlias
from urllib.parse import quote

from vaultprune.model import NotePath, Problem
from vaultprune.reports.figures import (
    Summary,
    archived_line,
    held_back,
    of_links,
    opening,
    patience_line,
    protected,
    rate_line,
    smaller_budget_line,
    summary,
)
from vaultprune.reports.heading import title_line
from vaultprune.reports.page import UNCHANGED, View
from vaultprune.reports.sentence import sentence
from vaultprune.reports.text import next_steps, summary_rows
from vaultprune.reports.web_page import commands, document, labelled, said, section, text
from vaultprune.verdict import Judgement
from vaultprune.words import count, name, safe, title

STYLE = """
li > :is(a, b) { display: block; font-weight: 600; }
ul.all { padding-left: 1.25rem; } ul.all li { margin: .3rem 0; }
details { margin: .4rem 0; } summary { cursor: pointer; padding: .2rem 0; }
li details { margin: 0; } li details ul { margin: .2rem 0 .6rem; padding-left: 1.25rem; }
"""

Item: TypeAlias = Callable[[int], str]
"""A note's number in, its entry in a list out."""


def html_report(judgement: Judgement, view: View) -> str:
    """The report to look at: the suggestions, then every other note in lists that open. Nothing is left out of it."""
    vault, figures = judgement.vault, summary(judgement)
    parts = said((opening(judgement, figures), archived_line(judgement, figures), *view.waiting))
    parts += said((smaller_budget_line(judgement, view),))
    parts += _suggested(judgement, view)
    if vault.evidence.abstains and vault.evidence.helps:
        parts += [section("What would help, the best first"), labelled(vault.evidence.helps)]
    parts += _others(judgement, figures)
    parts += [section("Links"), *said((of_links(figures),)), *_problems(judgement)]
    return document(title_line(vault), [*parts, *said((UNCHANGED,))], STYLE)


def _suggested(judgement: Judgement, view: View) -> list[str]:
    """Every suggestion with its sentence and what it is made of, and what can be done about them."""
    if judgement.vault.evidence.abstains:
        return said(("Nothing is suggested, since it cannot be told which notes you work on.",))
    suggested = judgement.suggested()
    if not suggested:
        nothing = "Nothing to suggest." if len(judgement) else "There is no note to look at here."
        return said((nothing, patience_line(judgement)))
    are = "1 note is" if len(suggested) == 1 else f"{len(suggested):,} notes are"
    first = ", the clearest first" if len(suggested) > 1 else ""
    items = "".join(_suggestion(judgement, number) for number in suggested)
    return [
        section(f"{are} suggested for the archive{first}"),
        f'<ol class="notes">{items}</ol>',
        *said((rate_line(judgement),)),
        commands(next_steps(judgement, view)),
    ]


def _suggestion(judgement: Judgement, number: int) -> str:
    verdict = judgement.of(number)
    weighed = [(each.says, f"{each.weight:+.1f}") for each in verdict.reasons if abs(each.weight) >= 0.05]
    items = "".join(
        f"<li>{text(says)}: {weight}</li>" for says, weight in [*weighed, ("together", f"{verdict.score:+.1f}")]
    )
    return (
        f"<li>{_called(judgement, number, title(verdict.path))} {text(sentence(judgement.vault, verdict))}"
        f"<details><summary>What was seen, and what it weighs</summary><ul>{items}</ul></details></li>"
    )


def _others(judgement: Judgement, figures: Summary) -> list[str]:
    """The watched, protected and kept notes, all of them, in lists that are closed at first."""

    def watched(number: int) -> str:
        verdict = judgement.of(number)
        return _entry(judgement, number, title(verdict.path), sentence(judgement.vault, verdict))

    def held(number: int) -> str:
        says = "; ".join(each.says for each in judgement.held[number])
        return _entry(judgement, number, title(judgement.vault.notes.paths[number]), f"{says[:1].upper()}{says[1:]}.")

    def kept(number: int) -> str:
        verdict = judgement.of(number)
        return _entry(judgement, number, name(verdict.path), sentence(judgement.vault, verdict))

    lists = {
        "watched": _lists([(_of(words, numbers), numbers) for words, numbers in held_back(judgement)], watched),
        "protected": _lists([(_of(words, numbers), numbers) for words, numbers in protected(judgement)], held),
        "kept": _lists(_by_folder(judgement), kept),
    }
    parts = []
    for label, says in summary_rows(judgement, figures):
        word = label.rpartition(" ")[2]
        parts += [section(label), *(said((f"{says[:1].upper()}{says[1:]}.",)) if word == "kept" else ()), *lists[word]]
    return parts


def _of(words: str, numbers: list[int]) -> str:
    return f"{len(numbers):,} {words}"


def _by_folder(judgement: Judgement) -> list[tuple[str, list[int]]]:
    """The kept notes by the folder in which they lie, since there may be thousands."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, word in sorted(judgement.words.items()):
        if word == "keep":
            found[judgement.vault.folders[number]].append(number)
    return [
        (f"{safe(folder) or 'At the top of the vault'}, {count(len(numbers), 'note')}", numbers)
        for folder, numbers in sorted(found.items())
    ]


def _lists(groups: Iterable[tuple[str, list[int]]], item: Item) -> list[str]:
    return [
        f'<details><summary>{text(says)}</summary><ul class="all">{"".join(map(item, numbers))}</ul></details>'
        for says, numbers in groups
    ]


def _entry(judgement: Judgement, number: int, called: str, says: str) -> str:
    return f"<li>{_called(judgement, number, called)} {text(says)}</li>"


def _called(judgement: Judgement, number: int, says: str) -> str:
    """A note by name, as a link that opens it in the app where the vault is one of the app's."""
    snapshot = judgement.vault.snapshot
    if not snapshot.app.present:
        return f"<b>{text(says)}</b>"
    address = in_the_app(snapshot.name, judgement.vault.notes.paths[number])
    return f'<a href="{escape(address)}">{text(says)}</a>'


def in_the_app(vault: str, path: NotePath) -> str:
    """The address at which Obsidian opens a note: the vault goes by the name of its folder."""
    return f"obsidian://open?vault={_encoded(vault)}&file={_encoded(path)}"


def _encoded(part: str) -> str:
    return quote(part, safe="", errors="surrogateescape")


def _problems(judgement: Judgement) -> list[str]:
    """What was odd about single files, all of it."""
    problems = judgement.vault.snapshot.problems
    if not problems:
        return []
    items = "".join(f"<li>{text(_where(problem))}: {text(safe(problem.what))}</li>" for problem in problems)
    files = len({problem.path for problem in problems})
    ought = "it should" if files == 1 else "they should"
    says = f"{count(files, 'file')} could not be read as {ought}"
    return [f"<details><summary>{says}</summary><ul>{items}</ul></details>"]


def _where(problem: Problem) -> str:
    return safe(problem.path) + (f", line {problem.line:,}" if problem.line else "")

"""A judgement in, the report for the terminal out: suggestions with a sentence each, every other note counted."""

from __future__ import annotations

from vaultprune.reports.figures import (
    Summary,
    archived_line,
    of_links,
    opening,
    patience_line,
    problems_line,
    protected_because,
    rate_line,
    smaller_budget_line,
    summary,
    to_paste,
    watched_because,
)
from vaultprune.reports.heading import title_line
from vaultprune.reports.page import UNCHANGED, Command, Page, View, command, inline
from vaultprune.reports.sentence import sentence
from vaultprune.verdict import Judgement
from vaultprune.words import count, shortened, title, width

SHOWN = 10


def text_report(judgement: Judgement, view: View) -> str:
    """The report on a terminal: suggestions, or that there are none, or what is missing to make any."""
    page, figures = Page(view), summary(judgement)
    page.heading(title_line(judgement.vault))
    page.say(opening(judgement, figures))
    if judgement.vault.evidence.abstains:
        _abstain(page, judgement, figures)
    elif figures.archive:
        _waiting(page, judgement, figures)
        _suggest(page, judgement, figures)
    else:
        _nothing(page, judgement, figures)
    page.say(UNCHANGED)
    return page.text()


def _waiting(page: Page, judgement: Judgement, figures: Summary) -> None:
    """What the reader should know before the suggestions, a line each, and only when there is something."""
    archived = archived_line(judgement, figures)
    if archived:
        page.say(archived)
    for line in (*page.view.waiting, smaller_budget_line(judgement, page.view)):
        if line:
            page.say(line)
    problems = problems_line(judgement.vault)
    if problems:
        page.say(f"{problems} The list: {inline(command(page.view, 'links'))}")


def _suggest(page: Page, judgement: Judgement, figures: Summary) -> None:
    suggested = judgement.suggested()
    are = "1 note is" if len(suggested) == 1 else f"{len(suggested):,} notes are"
    page.gap()
    page.say(f"{are} suggested for the archive{', the clearest first' if len(suggested) > 1 else ''}.")
    page.gap()
    shown = suggested[: page.view.shown(SHOWN)]
    for place, number in enumerate(shown, 1):
        verdict = judgement.of(number)
        page.lines.append(f"{place:>3}  {page.bold(shortened(title(verdict.path), page.view.width - 5))}")
        page.say(sentence(judgement.vault, verdict), "     ")
    if len(shown) < len(suggested):
        page.lines.append(f"     ... and {len(suggested) - len(shown):,} more: --limit {len(suggested)}")
    rate = rate_line(judgement)
    if rate:
        page.say(rate)
    page.gap()
    rows = summary_rows(judgement, figures)
    page.labelled(rows)
    page.gap()
    page.commands(next_steps(judgement, page.view), max((len(label) for label, _ in rows), default=0) + 1)
    page.gap()


def next_steps(judgement: Judgement, view: View) -> list[tuple[str, Command]]:
    """What can be done about the suggestions, as commands to paste."""
    note = _example(judgement, view)
    return [
        ("Look at them", command(view, "review")),
        ("Ask why", command(view, "explain", note=note)),
        ("Never this one", command(view, "keep", note=note)),
    ]


def summary_rows(judgement: Judgement, figures: Summary) -> list[tuple[str, str]]:
    """The notes that are not suggested, counted, with the reason beside them."""
    kept = "they are edited, or linked from notes that are"
    if judgement.vault.evidence.abstains:
        kept = "they are not among the weakest quarter"
    elif judgement.rule.name == "plain":
        kept = "they are edited, or linked from other notes"
    rows = [
        (figures.watch, "watched", ", ".join(watched_because(judgement))),
        (figures.protected, "protected", ", ".join(protected_because(judgement))),
        (figures.keep, "kept", kept if figures.keep != 1 else kept.replace("they are", "it is", 1)),
    ]
    return [(f"{many:,} {'is' if many == 1 else 'are'} {word}", says) for many, word, says in rows if many]


def _example(judgement: Judgement, view: View) -> str:
    """The first suggested note whose name can be pasted, short ones before long ones."""
    notes = judgement.vault.notes
    names = [to_paste(notes, notes.paths[number], view) for number in judgement.suggested()]
    return min(names, key=lambda name: (name == "NOTE", width(name) > view.width // 3))


def _nothing(page: Page, judgement: Judgement, figures: Summary) -> None:
    """No news is short."""
    _waiting(page, judgement, figures)
    if not figures.notes:
        page.say("There is no note to look at here.")
        return
    protected = f"{count(figures.protected, 'note')} {'is' if figures.protected == 1 else 'are'} protected"
    page.say(f"Nothing to suggest: {protected}, {figures.watch:,} watched, {figures.keep:,} kept.")
    patience = patience_line(judgement)
    if patience:
        page.say(patience)


def _abstain(page: Page, judgement: Judgement, figures: Summary) -> None:
    """Why nothing is suggested, what would help, and what can be told all the same."""
    _waiting(page, judgement, figures)
    page.gap()
    page.say("Nothing is suggested, since it cannot be told which notes you work on.")
    helps = judgement.vault.evidence.helps
    if helps:
        page.say("What would help, the best first")
        page.labelled(helps, "  ", gap=2)
    page.gap()
    page.say(f"What links alone can tell: {of_links(figures)} The list: {inline(command(page.view, 'links'))}")
    page.gap()

"""A judgement in, where things stand out, in the manner of `git status`: a few lines and the next command."""

from __future__ import annotations

from vaultprune.decided import kept
from vaultprune.reports.figures import archived_line, opening, problems_line, smaller_budget_line, summary
from vaultprune.reports.heading import title_line
from vaultprune.reports.page import UNCHANGED, Page, View, command, inline
from vaultprune.verdict import Judgement
from vaultprune.words import count


def status(judgement: Judgement, view: View) -> str:
    """The counts of a report without its suggestions, what was decided, and what to run next."""
    page, vault, figures = Page(view), judgement.vault, summary(judgement)
    page.heading(title_line(vault))
    page.say(opening(judgement, figures))
    archived = archived_line(judgement, figures)
    if archived:
        page.say(archived)
    for line in (*view.waiting, smaller_budget_line(judgement, view)):
        if line:
            page.say(line)
    page.gap()
    others = f"{figures.watch:,} watched, {figures.protected:,} protected, {figures.keep:,} kept."
    if vault.evidence.abstains:
        page.say(f"Nothing is suggested, since it cannot be told which notes you work on; {others}")
    elif figures.archive:
        are = "1 note is" if figures.archive == 1 else f"{figures.archive:,} notes are"
        page.say(f"{are} suggested for the archive; {others}")
    else:
        page.say(f"Nothing to suggest; {others}")
    standing = len(kept(vault.snapshot.decisions, vault.snapshot.taken_at.date()))
    if standing:
        are = "is" if standing == 1 else "are"
        page.say(f"{count(standing, 'decision')} of yours {are} in force: {inline(command(view, 'keep', '--list'))}")
    problems = problems_line(vault)
    if problems:
        page.say(f"{problems} The list: {inline(command(view, 'links'))}")
    page.gap()
    if vault.evidence.abstains:
        page.commands([("What would help", command(view, "report")), ("The links", command(view, "links"))])
    else:
        look = [("Look at them", command(view, "review"))] if figures.archive else []
        page.commands([*look, ("In full", command(view, "report"))])
    page.gap()
    page.say(UNCHANGED)
    return page.text()

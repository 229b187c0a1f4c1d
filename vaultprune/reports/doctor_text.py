"""What was found in, the page of `doctor` out: the evidence, what wants to be put right, what is good to know."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.counting import link_count
from vaultprune.doctor import Examined, Finding
from vaultprune.evidence.trust import trust_told
from vaultprune.reports.figures import to_paste
from vaultprune.reports.heading import title_line
from vaultprune.reports.page import UNCHANGED, Command, Page, View, command
from vaultprune.vault import Vault
from vaultprune.words import count, listed, quoted, shortened, title, width

SHOWN = 5


def doctor_text(vault: Vault, examined: Examined, view: View) -> str:
    """The page on a terminal, a few lines where nothing was found."""
    page = Page(view)
    page.heading(title_line(vault))
    page.say(f"{count(len(vault.judged), 'note')}, {count(link_count(vault), 'link')}. {vault.evidence.says}")
    if vault.evidence.abstains:
        page.say("Nothing is suggested, since it cannot be told which notes you work on.")
        if vault.evidence.helps:
            page.say("What would help, the best first")
            page.labelled(vault.evidence.helps, "  ", gap=2)
    page.gap()
    page.heading("What the dates go by")
    page.labelled([(what, says) for what, says in trust_told(vault.snapshot, vault.config)[1:]], "  ", gap=2)
    page.gap()
    wrong, know = examined.wrong, examined.to_know
    if not wrong:
        page.say("Nothing wants to be put right.")
    _group(page, vault, wrong, f"{count(len(wrong), 'thing')} to put right", 1)
    _group(page, vault, know, f"{count(len(know), 'thing')} to know", 1 + len(wrong))
    page.gap()
    if examined.in_order:
        page.say(f"Looked at, and in order: {listed([check.called for check in examined.in_order])}.")
        page.gap()
    page.commands(
        [
            ("The file system", command(view, "doctor", "--rehearse")),
            ("The reading", command(view, "doctor", "--verify")),
            ("What is stored", command(view, "doctor", "--places")),
        ]
    )
    page.gap()
    page.say(UNCHANGED)
    return page.text()


def _group(page: Page, vault: Vault, findings: Sequence[Finding], heading: str, first: int) -> None:
    if not findings:
        return
    page.gap()
    page.heading(heading)
    for number, finding in enumerate(findings, first):
        page.gap()
        page.say(finding.says, f"{number:>3}  ", "     ")
        _names(page, finding.names)
        if finding.so:
            page.say(finding.so, "     ")
        if finding.command:
            _command(page, _helping(finding, vault, page.view))


def _names(page: Page, names: Sequence[str]) -> None:
    """The files; one alone is mostly in the sentence, too, and so is shown only where it is longer than that."""
    shown = names[: page.view.shown(SHOWN)]
    for path in shown:
        page.lines.append(f"       {shortened(title(path), page.view.width - 7)}")
    if len(shown) < len(names):
        page.lines.append(f"       ... and {len(names) - len(shown):,} more: --limit {len(names)}")


def _helping(finding: Finding, vault: Vault, view: View) -> Command:
    """The command that helps; notes are named as far as their names can be pasted."""
    first, *others = finding.command
    names = [to_paste(vault.notes, note, view) for note in finding.notes]
    return command(view, first, *(quoted(name) for name in names if name != "NOTE"), *others)


def _command(page: Page, words: Command) -> None:
    line = " ".join(words)
    if width(line) + 5 <= page.view.width:
        page.lines.append("     " + page.bold(line))
        return
    lines, row = [], "vaultprune"
    for word in words[1:]:
        if width(f"{row} {word}") > page.view.width - 7:
            lines.append(row + " \\")
            row = "  " + word
        else:
            row = f"{row} {word}"
    page.lines += ["     " + page.bold(each) for each in [*lines, row]]

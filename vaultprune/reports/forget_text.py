"""What is kept of a note in, the page that shows what goes and what is out of reach out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vaultprune.model import NotePath
from vaultprune.reports.doctoring_text import size_told
from vaultprune.reports.page import Command, Page, View
from vaultprune.words import count, listed, safe, title


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a note that had these names, of which `there` are taken by a file now.

    `moves` are the records of its own moves, `rewritten` those of other notes in which a link of it changed;
    `standing`: it lies in the archive. `seen`: the ledger knows it; `aside` are older ledgers, which may know it.
    `unknown` are files of the journal that hold nobody can tell whose text.
    """

    note: NotePath
    paths: tuple[NotePath, ...]
    there: tuple[NotePath, ...]
    moves: int = 0
    rewritten: int = 0
    files: int = 0
    size: int = 0
    decisions: int = 0
    unknown: int = 0
    cached: bool = False
    seen: bool = False
    aside: int = 0
    standing: bool = False
    elsewhere: tuple[str, ...] = ()
    in_git: bool = False

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to take away."""
        return not self.files and not self.decisions and not self.cached and not self.seen


def forget_text(
    kept: Kept,
    view: View,
    *,
    then: Sequence[tuple[str, Command]] = (),
    remarks: Sequence[str] = (),
    changed: str = "",
) -> str:
    """What goes, what follows from that, and what stays all the same."""
    page = Page(view)
    page.heading(title(kept.note))
    others = [title(path) for path in kept.paths if path != kept.note]
    if others:
        page.say(f"also known as {listed(others)}")
    page.gap()
    goes = list(_goes(kept))
    if goes:
        page.say("This would go:")
        for line in goes:
            page.say(line, "  ", "    ")
    else:
        page.say("Nothing is kept of it here.")
    for line in _follows(kept):
        page.gap()
        page.say(line)
    page.gap()
    page.say("This stays, and is out of reach:")
    for line in _stays(kept):
        page.say(line, "  ", "    ")
    for remark in remarks:
        page.gap()
        page.say(remark)
    return page.ended(then, changed)


def _goes(kept: Kept) -> Iterator[str]:
    if kept.files:
        what = []
        if kept.moves:
            what.append(f"the record of {count(kept.moves, 'move')} of it")
        what.append("its texts from before")
        yield f"of the journal, {count(kept.files, 'file')} ({size_told(kept.size)}): {listed(what)}"
    if kept.decisions:
        yield f"{count(kept.decisions, 'line')} about it among the decisions of this device"
    if kept.seen:
        yield "what this machine saw of it: when it was edited, opened and linked to"
    if kept.cached:
        yield "the cache of this vault, whole; the next run reads every note again, and remembers those that are there"


def _follows(kept: Kept) -> Iterator[str]:
    if kept.standing:
        yield (
            "It lies in the archive. Afterwards a person can bring it back, no longer a command; to bring it back "
            "first: vaultprune restore."
        )
    if kept.rewritten:
        for_others = "another note" if kept.rewritten == 1 else f"{kept.rewritten:,} other notes"
        yield f"A link in it was rewritten for {for_others}. If it was edited since, undo no longer finds that link."
    if kept.seen:
        yield "If it is there still, the next look takes it for a note that was never seen before."
    if kept.decisions:
        yield "What you decided no longer holds it: it may be suggested again."


def _stays(kept: Kept) -> Iterator[str]:
    for path in kept.there:
        yield f"the note itself: {safe(path)}"
    if kept.elsewhere:
        yield f"what other devices keep: {listed([safe(each) for each in kept.elsewhere])}"
    if kept.unknown:
        yield (
            f"{count(kept.unknown, 'file')} in the journal's swap/ with words that an editor wrote late; whose, nobody "
            "can tell"
        )
    if kept.aside:
        yield f"{count(kept.aside, 'ledger')} that could not be gone by and lies aside: vaultprune doctor --places"
    if kept.in_git:
        yield "what git remembers of it"
    yield "its name where other notes link to it, and in the records of such links"
    yield "backups, what a sync service keeps, and Obsidian's own file recovery"


def forgotten_text(kept: Kept, view: View) -> str:
    """What went."""
    page = Page(view)
    page.gap()
    parts = [f"{count(kept.files, 'file')} of the journal"] if kept.files else []
    parts += [count(kept.decisions, "decision")] if kept.decisions else []
    parts += ["what this machine saw of it"] if kept.seen else []
    parts += ["the cache"] if kept.cached else []
    page.say(f"Taken away: {listed(parts)}. The note itself was not touched.")
    return page.text()

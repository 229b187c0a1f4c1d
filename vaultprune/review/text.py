"""A card and how far a review has got in, what is put before a person on a terminal out.

What comes from a vault is made safe, and every line of a note stands behind a bar: nothing in it can pass for ours.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import quote

from vaultprune.model import Decision
from vaultprune.reports.explain_text import around
from vaultprune.reports.figures import opening, summary
from vaultprune.reports.heading import title_line
from vaultprune.reports.page import Command, Page, View, as_argument, command
from vaultprune.review.answers import SNOOZES
from vaultprune.review.cards import OPENING, Card
from vaultprune.review.session import MONTHS, WORDS, Session, said
from vaultprune.verdict import Judgement
from vaultprune.words import GLUE, count, day, name, safe, shortened, title, wrapped

BAR = "| "
"""Stands before every line of a note."""
_PIECE = 4000
"""Characters of a line that are wrapped at once: some lines are whole pictures."""
_KEYS = (
    ("a", "archive: to be set aside, once you say so with vaultprune apply"),
    ("k", "keep: not suggested any more"),
    ("s", f"snooze: asked again after {MONTHS} months, as in s6; s alone asks"),
    ("n", "next, undecided; Enter alone does the same"),
    ("b", "back to the one before"),
    ("o", "open: where the note is, to paste"),
    ("v", "view the whole text"),
    ("w", "withdraw what was decided of this note"),
    ("u", "undo the last answer"),
    ("q", "quit; what was decided stays decided"),
    ("?", "this help"),
)


def beginning(judgement: Judgement, session: Session, view: View) -> str:
    """How much was looked at and where its dates come from, what waits, and how many cards follow."""
    page, figures = Page(view), summary(judgement)
    page.heading(title_line(judgement.vault))
    page.say(opening(judgement, figures))
    for line in view.waiting:
        page.say(line)
    page.gap()
    weak = figures.archive + figures.watch
    page.say(f"{len(session.cards):,} of about {count(weak, 'quiet note')}, the clearest first.")
    if session.card is not None and session.card.decided is not None:
        page.say("All of them are decided on already.")
    elif session.place:
        are = "The first is" if session.place == 1 else f"The first {session.place:,} are"
        page.say(f"{are} decided on already; b goes back there.")
    page.say("No note is moved here: vaultprune apply does that, and shows its plan first.")
    return f"{page.text()}\n{keys_text(view)}"


def card_text(session: Session, view: View) -> str:
    """The card at hand, or that the last one was looked at."""
    page, card = Page(view), session.card
    if card is None:
        page.say(f"That was the last of {len(session.cards):,}. b goes back, u takes back the last answer, Enter ends.")
        return "\n" + page.text()
    page.heading(f"{session.place + 1} of {len(session.cards):,}  {name(card.path)}")
    page.say(_about(card))
    page.say(card.says)
    if card.against:
        page.say(f"What speaks for keeping it: {'; '.join(card.against)}.")
    if card.rate is not None:
        page.say(f"Of notes like this one, {card.rate} are edited or linked to again within half a year.")
    _opening(page, card)
    _backlinks(page, card)
    page.say("If it were set aside:")
    for item in card.if_archived:
        page.say(item, "  ", "    ")
    if card.decided is not None:
        page.say(_before(card.decided))
    return "\n" + page.text()


def question(session: Session) -> str:
    """What is asked, on one line, with the keys that answer it."""
    if session.snoozing is not None:
        return f"After how many months? [{','.join(str(months) for months in SNOOZES)}] "
    if session.card is None:
        return "[b,u,q,?] "
    where = f"{session.place + 1} of {len(session.cards):,} "
    return f"{where}[a,k,s,n,b,o,v,w,u,q,?] "


def whereabouts(card: Card, vault: str, folder: str) -> str:
    """Where a note is, to paste: as an address for the app, and as a path. Neither is broken, however long it is."""
    app = f"obsidian://open?vault={_escaped(vault)}&file={_escaped(card.path)}"
    return f"\n{app}\n{as_argument(safe(os.path.join(folder, card.path)))}\n"


def _escaped(text: str) -> str:
    return quote(os.fsencode(text), safe="")


def keys_text(view: View) -> str:
    """The keys in short."""
    page = Page(view)
    page.say(f"{', '.join(f'{key}{GLUE}{word}' for word, key in WORDS.items())}. Press Enter behind a key.")
    return page.text()


def help_text(view: View) -> str:
    """The keys, each with what it does."""
    page = Page(view)
    page.labelled(_KEYS, "  ", 2)
    page.say("Behind a, k and s you may say why, as in: k for the exam. Enter ends each line.")
    return page.text()


def rows(text: str, view: View) -> Iterator[str]:
    """The lines of a note as they are shown, wrapped, each behind a bar."""
    for line in text.split("\n"):
        shown = safe(line.rstrip().expandtabs(4))
        for start in range(0, max(len(shown), 1), _PIECE):
            yield from (row.rstrip() for row in wrapped(shown[start : start + _PIECE], view.width, BAR, BAR))


def closing(session: Session, view: View, again: Command) -> str:
    """How many notes were decided on and how, what to do next, and that nothing has been moved.

    `again` is the command that the review was begun with.
    """
    page, decided = Page(view), session.decided
    undecided = sum(card.decided is None for card in session.cards)
    if decided:
        page.say(f"Decided: {decided_counts([card.decided for card in decided if card.decided is not None])}.")
    if session.withdrawn:
        page.say(f"Withdrawn: {count(len(session.withdrawn), 'earlier decision')}.")
    if not decided and not session.withdrawn:
        page.say("Nothing was decided.")
    if undecided:
        page.say(f"{count(undecided, 'note')} {'is' if undecided == 1 else 'are'} undecided and will come up again.")
    page.gap()
    next_steps = _next(session, view, again)
    if next_steps:
        page.commands(next_steps)
        page.gap()
    page.say("Nothing has been moved.")
    return "\n" + page.text()


def _about(card: Card) -> str:
    """As in `In Learning/, 212 words, created 4 May 2019.`."""
    folder = title(card.path).rpartition("/")[0]
    where = f"In {folder}/" if folder else "In the top folder"
    created = "" if card.created is None else f", created {day(card.created)}"
    return f"{where}, {count(card.words, 'word')}{created}."


def _opening(page: Page, card: Card) -> None:
    """How the note begins, in no more rows than lines are shown of it."""
    if card.file_digest is None:
        page.say("It cannot be read now.")
        return
    text = "\n".join(line[:_PIECE] for line in card.opening)
    shown = list(islice(rows(text, page.view), OPENING + 1)) if card.opening else []
    page.lines += shown[:OPENING]
    if card.longer or len(shown) > OPENING:
        page.say("... and more: v", "    ")


def _backlinks(page: Page, card: Card) -> None:
    if not card.backlinks:
        return
    page.say("What links here:")
    for link in card.backlinks:
        where = f", line {link.line}"
        page.lines.append(f"  {shortened(title(link.path), page.view.width - 2 - len(where))}{where}")
        if link.says and link.says.strip():
            page.say(f'"{around(link.says, link.text, 2 * (page.view.width - 8))}"', "     ")
    if card.more_backlinks:
        page.say(f"... and {card.more_backlinks:,} more", "  ")


def _before(decided: Decision) -> str:
    because = f", because: {safe(decided.because)}" if decided.because else ""
    what = said(decided)
    return f"Decided on {day(decided.at.date())}: {what[:1].lower()}{what[1:]}{because}."


def decided_counts(decided: Sequence[Decision]) -> str:
    """`3 to be set aside, 2 kept, 1 put off`."""
    aside = sum(decision.what == "archive" for decision in decided)
    off = sum(decision.until is not None for decision in decided)
    parts = ((aside, "to be set aside"), (len(decided) - aside - off, "kept"), (off, "put off"))
    return ", ".join(f"{many:,} {how}" for many, how in parts if many)


def _next(session: Session, view: View, again: Command) -> list[tuple[str, Command]]:
    steps = []
    if any(card.decided is not None and card.decided.what == "archive" for card in session.cards):
        steps.append(("Carry it out", command(view, "apply")))
    if session.decided:
        steps.append(("See decisions", command(view, "keep", "--list")))
    if any(card.decided is None for card in session.cards):
        steps.append(("Go on", again))
    return steps

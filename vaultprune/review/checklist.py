"""A round of cards in, the text of the checklist note out: a task for each, whose box is all that has to be ticked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from vaultprune.model import NotePath
from vaultprune.notes import OWN_PROPERTY
from vaultprune.reports.figures import rate_line
from vaultprune.reports.markdown import plain
from vaultprune.review.answers import ARCHIVE, answer_of
from vaultprune.review.boxes import BLOCK
from vaultprune.review.cards import Card
from vaultprune.review.identity import identity
from vaultprune.review.spelling import link_to
from vaultprune.vault import folder_of
from vaultprune.verdict import Judgement
from vaultprune.words import count, safe, weekday

PROPERTY = f"{OWN_PROPERTY}review"
"""By this property the note is known, wherever it lies and however it is called."""


def on_the_list(judgement: Judgement, cards: Sequence[Card]) -> tuple[Card, ...]:
    """The cards that go on the list: not what waits to be set aside anyway, nor what cannot be read."""
    at = judgement.vault.snapshot.taken_at
    return tuple(card for card in cards if card.file_digest is not None and answer_of(card.decided, at) != ARCHIVE)


def checklist(judgement: Judgement, cards: Sequence[Card], path: NotePath) -> str:
    """The note that lies at `path`, with a task for each of these cards."""
    if not cards:
        return nothing_left(judgement)
    vault = judgement.vault
    rate = rate_line(judgement)
    names = [_name(card) for card in cards]
    tasks = [
        _task(card, name, link_to(card.path, path, vault.graph.index)) for card, name in zip(cards, names, strict=True)
    ]
    parts = [
        _heading(judgement, cards),
        f"{_how_many(judgement, cards)} {plain(vault.evidence.says)}",
        *([plain(rate)] if rate else ()),
        "Tick a note to have it set aside, or one of the two boxes below it. Nothing happens before you run "
        "`vaultprune apply`: it shows what it would do, and asks. What is set aside moves, whole, and comes back with "
        "`vaultprune undo`. What is not ticked comes back another time.",
        "\n".join(tasks),
    ]
    return "\n\n".join(parts) + "\n"


def nothing_left(judgement: Judgement) -> str:
    """The note when there is nothing to ask."""
    parts = [
        _heading(judgement, ()),
        "Nothing waits for you here.",
        "- To take back what was set aside last: `vaultprune undo`\n- The next suggestions: `vaultprune review --note`",
    ]
    return "\n\n".join(parts) + "\n"


def round_name(judgement: Judgement, cards: Sequence[Card]) -> str:
    """A name for these cards on this day: by it copies of the note are told from those of earlier rounds."""
    day = judgement.vault.snapshot.taken_at.date().isoformat()
    return hashlib.sha256("\n".join([day, *map(_name, cards)]).encode()).hexdigest()[:8]


def _heading(judgement: Judgement, cards: Sequence[Card]) -> str:
    snapshot = judgement.vault.snapshot
    title = f"# Review of {plain(safe(snapshot.name))}, {weekday(snapshot.taken_at.date())}"
    return f'---\n{PROPERTY}: "{round_name(judgement, cards)}"\n---\n{title}'


def _how_many(judgement: Judgement, cards: Sequence[Card]) -> str:
    """`10 of about 240 quiet notes, the clearest first`, as a sentence."""
    weak = judgement.counts["archive"] + judgement.counts["watch"]
    return f"{len(cards):,} of about {count(weak, 'quiet note')}, the clearest first."


def _task(card: Card, name: str, link: str) -> str:
    """A suggestion: the box of the note, what speaks for keeping it, and the two boxes by which it is kept."""
    folder = folder_of(card.path)
    where = f", in {plain(safe(folder))}/" if folder else ""
    lines = [f"- [ ] {link}{where} - {plain(safe(card.says))} ^{BLOCK}{name}"]
    if card.against:
        lines.append(f"    - what speaks for keeping it: {plain('; '.join(map(safe, card.against)))}")
    lines.append(f"    - [ ] keep it ^{BLOCK}{name}-k")
    lines.append(f"    - [ ] ask again in 6 months ^{BLOCK}{name}-s")
    return "\n".join(lines)


def _name(card: Card) -> str:
    assert card.file_digest is not None
    return str(identity(card.path, card.body_digest, card.file_digest))

"""Suggestions in, what a person needs to decide about each out, and what was answered as decisions.

    cards(judgement, contents, line_of)    one card for each suggested note, the clearest first
    decisions(card, answer, at)            an answer, as the lines that are written down

How the cards are shown and the answers given is up to the surfaces: all of them put the same cards, and take the same
answers.
"""

from vaultprune.review.answers import ARCHIVE, KEEP, SNOOZES, UNDECIDED, Answer, answer_of, decisions, snooze
from vaultprune.review.cards import Card, Quotation, cards

__all__ = [
    "ARCHIVE",
    "KEEP",
    "SNOOZES",
    "UNDECIDED",
    "Answer",
    "Card",
    "Quotation",
    "answer_of",
    "cards",
    "decisions",
    "snooze",
]

"""A card and a person's answer in, the decision that is written down out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vaultprune.decided import months_later
from vaultprune.model import Decision
from vaultprune.review.cards import Card

SNOOZES = (1, 3, 6, 12)
"""Months for which a suggestion can be put off."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says of one suggestion: set it aside, keep it (for some months, or for good), or nothing yet."""

    what: Literal["archive", "keep", "undecided"]
    months: int | None = None


ARCHIVE, KEEP, UNDECIDED = Answer("archive"), Answer("keep"), Answer("undecided")


def snooze(months: int) -> Answer:
    """To be asked again after so many months."""
    return Answer("keep", months)


def decisions(card: Card, answer: Answer, at: datetime, because: str | None = None) -> tuple[Decision, ...]:
    """An answer as it is written down, line by line: what was decided under an earlier name of the note is withdrawn.

    To be undecided again takes back what was decided before; where that is nothing, there is nothing to write down.
    """
    before = card.decided
    renamed = before is not None and before.name.lower() != card.path.lower()
    withdrawn = () if before is None else (Decision(at, "forget", "note", before.name),)
    if answer.what == "undecided":
        return withdrawn
    until = None if answer.months is None else months_later(at.date(), answer.months)
    decided = Decision(
        at,
        answer.what,
        "note",
        card.path,
        until=until,
        because=because,
        body_digest=card.body_digest if card.words else None,
        file_digest=card.file_digest if answer.what == "archive" else None,
    )
    return (*withdrawn, decided) if renamed else (decided,)


def answer_of(decided: Decision | None, at: datetime) -> Answer:
    """The answer that a decision was; how many months are left of one that holds to a day, rounded to one on offer."""
    if decided is None or decided.what == "forget":
        return UNDECIDED
    if decided.what == "archive":
        return ARCHIVE
    if decided.until is None:
        return KEEP
    left = (decided.until - at.date()).days / 30.4375
    return snooze(min(SNOOZES, key=lambda months: abs(months - left)))

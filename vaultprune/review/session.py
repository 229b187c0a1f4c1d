"""The cards of a review and a line that somebody typed in, the next state of the review and what to write down out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from typing import Literal

from vaultprune.model import Decision
from vaultprune.review.answers import ARCHIVE, KEEP, SNOOZES, UNDECIDED, Answer, decisions, snooze
from vaultprune.review.cards import Card
from vaultprune.words import day, listed

Show = Literal["card", "question", "open", "text", "keys", "help", "end"]
"""What a person wants to see next: the card at hand or the end of them all, the mere question, and so on."""

WORDS: Mapping[str, str] = {
    "archive": "a",
    "keep": "k",
    "snooze": "s",
    "next": "n",
    "back": "b",
    "open": "o",
    "view": "v",
    "withdraw": "w",
    "undo": "u",
    "quit": "q",
    "help": "?",
}
"""Each key, and the word that can be typed in its place."""
REASONED = frozenset("aks")
"""The keys behind which a reason may stand."""
_AT_THE_END = frozenset("nbuq?")
MONTHS = listed([str(months) for months in SNOOZES], "or")
"""`1, 3, 6 or 12`."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A key with what stands behind it; `key` is empty where nothing is meant by what was typed."""

    key: str
    months: int | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that was given on the card of this place, and the decision in force before it."""

    place: int
    before: Decision | None


@dataclass(frozen=True, slots=True)
class Session:
    """How far a review has got: the card at hand, or the end behind the last; and the answers given, in order.

    `snoozing` is the reason given with a snooze whose months are still to be told, "" for none.
    """

    cards: tuple[Card, ...]
    place: int = 0
    taken: tuple[Taken, ...] = ()
    snoozing: str | None = None

    @classmethod
    def of(cls, cards: Sequence[Card]) -> Session:
        """A review of these cards, begun at the first that nobody has decided on; at the first where there is none."""
        return cls(tuple(cards), next((place for place, card in enumerate(cards) if card.decided is None), 0))

    @property
    def card(self) -> Card | None:
        """The card at hand; None behind the last."""
        return self.cards[self.place] if self.place < len(self.cards) else None

    @property
    def decided(self) -> tuple[Card, ...]:
        """The cards that were decided on in this review, as they are now."""
        return tuple(self.cards[place] for place in self._first if self.cards[place].decided is not None)

    @property
    def withdrawn(self) -> tuple[Card, ...]:
        """The cards on which something was decided before this review, and nothing is any more."""
        first = self._first
        return tuple(self.cards[place] for place in first if first[place] and self.cards[place].decided is None)

    @property
    def _first(self) -> Mapping[int, Decision | None]:
        """The places of the cards that were answered, each with what was in force before this review."""
        first = {taken.place: taken.before for taken in reversed(self.taken)}
        return {place: first[place] for place in sorted(first)}


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows from a line: the review after it, what to write down first, what to say and what to show then."""

    session: Session
    show: Show
    says: str = ""
    writes: tuple[Decision, ...] = ()


def batch(cards: Sequence[Card], limit: int | None) -> tuple[Card, ...]:
    """The cards up to so many that nobody has decided on yet; all of them without a limit."""
    undecided = accumulate(cards, lambda many, card: many + (card.decided is None), initial=0)
    return tuple(card for card, before in zip(cards, undecided, strict=False) if limit is None or before < limit)


def typed(line: str) -> Typed:
    """What is meant by a line: `k for the exam`, `s6`, `s 6 after the move`, `archive`; an empty one means next."""
    words = "".join(char for char in line if char.isprintable() or char.isspace()).split()
    if not words:
        return Typed("n")
    first, rest = words[0].lower(), words[1:]
    if first[0] == "s" and first[1:].isdecimal():
        first, rest = "s", [first[1:], *rest]
    key = WORDS.get(first, first)
    months = None
    if key == "s" and rest and rest[0].isdecimal():
        months, rest = _months(rest[0]), rest[1:]
        if months is None:
            return Typed("")
    if key not in WORDS.values() or (rest and key not in REASONED):
        return Typed("")
    return Typed(key, months, " ".join(rest) or None)


def turn(session: Session, line: str, at: datetime) -> Turn:
    """What follows from a line that was typed at this moment."""
    if session.snoozing is not None:
        return _put_off(session, line, at)
    meant = typed(line)
    if session.card is None and meant.key and meant.key not in _AT_THE_END:
        return Turn(session, "question", "There is no note left to decide on.")
    match meant.key:
        case "a":
            return _answered(session, ARCHIVE, at, meant.because)
        case "k":
            return _answered(session, KEEP, at, meant.because)
        case "s":
            if meant.months is None:
                return Turn(replace(session, snoozing=meant.because or ""), "question")
            return _answered(session, snooze(meant.months), at, meant.because)
        case "w":
            return _withdrawn(session, at)
        case "u":
            return _undone(session, at)
        case "n":
            return _gone(session, 1)
        case "b":
            return _gone(session, -1)
        case "o":
            return Turn(session, "open")
        case "v":
            return Turn(session, "text")
        case "q":
            return Turn(session, "end")
        case "?":
            return Turn(session, "help")
    return Turn(session, "keys", "That is none of the keys.")


def _months(text: str) -> int | None:
    return int(text) if len(text) < 3 and int(text) in SNOOZES else None


def _put_off(session: Session, line: str, at: datetime) -> Turn:
    """The months of a snooze; what is none of those on offer leaves things as they were."""
    asked = replace(session, snoozing=None)
    months = _months(line.strip()) if line.strip().isdecimal() else None
    if months is None:
        return Turn(asked, "question", f"Not put off: it takes {MONTHS} months.")
    return _answered(asked, snooze(months), at, session.snoozing or None)


def _gone(session: Session, way: int) -> Turn:
    """To the next card or the one before; nothing is decided by that."""
    place = session.place + way
    if place < 0:
        return Turn(session, "question", "This is the first.")
    if place > len(session.cards):
        return Turn(session, "end")
    return Turn(replace(session, place=place), "card")


def _answered(session: Session, answer: Answer, at: datetime, because: str | None) -> Turn:
    after, writes = answered(session, session.place, answer, at, because)
    return Turn(replace(after, place=session.place + 1), "card", f"{said(writes[-1])}.", writes)


def _withdrawn(session: Session, at: datetime) -> Turn:
    """What was decided of the card at hand, in this review or before it, no longer counts."""
    after, writes = answered(session, session.place, UNDECIDED, at)
    if not writes:
        return Turn(session, "question", "Nothing is decided of this note.")
    return Turn(after, "question", "Withdrawn.", writes)


def _undone(session: Session, at: datetime) -> Turn:
    """The last answer taken back, and its card at hand again."""
    if not session.taken:
        return Turn(session, "question", "There is nothing to take back: nothing was decided in this review.")
    after, writes = undone(session, at)
    return Turn(replace(after, place=session.taken[-1].place), "card", "Taken back.", writes)


def answered(
    session: Session, place: int, answer: Answer, at: datetime, because: str | None = None
) -> tuple[Session, tuple[Decision, ...]]:
    """The session after an answer on the card of this place, and what to write down; nothing where nothing changes."""
    card = session.cards[place]
    writes = decisions(card, answer, at, because)
    if not writes:
        return session, ()
    after = _with(session, place, None if answer == UNDECIDED else writes[-1])
    return replace(after, taken=(*session.taken, Taken(place, card.decided))), writes


def undone(session: Session, at: datetime) -> tuple[Session, tuple[Decision, ...]]:
    """The session without its last answer, and what to write down: what was in force before, by the note's name now."""
    *taken, last = session.taken
    name = session.cards[last.place].path
    before = None if last.before is None else replace(last.before, at=at, name=name)
    after = _with(session, last.place, before)
    return replace(after, taken=tuple(taken)), (before or Decision(at, "forget", "note", name),)


def _with(session: Session, place: int, decided: Decision | None) -> Session:
    """The session with another decision on one of its cards."""
    cards = list(session.cards)
    cards[place] = replace(cards[place], decided=decided)
    return replace(session, cards=tuple(cards))


def said(decision: Decision) -> str:
    """What was decided, in words: `To be set aside`, `Kept`, `Put off until 20 May 2027`."""
    if decision.what == "archive":
        return "To be set aside"
    return "Kept" if decision.until is None else f"Put off until {day(decision.until)}"

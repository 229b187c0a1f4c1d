"""What the pages show, as plain values, and what can be asked of the review behind them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from vaultprune.review import Answer, Card


@dataclass(frozen=True, slots=True)
class Told:
    """A card and what was said of it. `place` counts from 1; `edited`: the note is not as it was when it was read.

    `answered` is the answer in words, "" while there is none.
    """

    place: int
    card: Card
    answer: Answer
    answered: str = ""
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the suggestions so far.

    `waiting` notes are to be set aside, by whatever review; `ticked` boxes of the checklist note wait as well.
    """

    suggested: int
    archive: int = 0
    keep: int = 0
    later: int = 0
    waiting: int = 0
    ticked: int = 0

    @property
    def undecided(self) -> int:
        """Of how many nothing was said yet."""
        return self.suggested - self.archive - self.keep - self.later


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the cards: `title` names the vault and the day, `lines` say how much was looked at."""

    title: str
    lines: tuple[str, ...]
    read_at: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of suggestions. `look` is a number that changes with every reading of the vault.

    `said` is what was done last, and `next` the place of the card to look at after it. `undoes`: there is something to
    take back. `looking` says why nothing can be decided here, if that is so.
    """

    look: int
    heading: Heading
    cards: tuple[Told, ...]
    counts: Counts
    page: int = 1
    pages: int = 1
    said: str = ""
    next: int = 1
    undoes: bool = False
    looking: str = ""


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A sentence of a plan, the entries that it is about, each of one or more lines, and a sentence behind them."""

    says: str
    entries: tuple[tuple[str, ...], ...] = ()
    then: str = ""


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan, or what came of it. `id` is "" where nothing can be carried out from here.

    `asks` are questions to be agreed to, each with the name of its guard. `held` says what holds the plan back, and
    `commands` are what can be typed in the terminal, each with a word on what it does. `changed` is the last line.
    """

    title: str
    parts: tuple[PlanPart, ...]
    changed: str
    id: str = ""
    button: str = ""
    asks: tuple[tuple[str, str], ...] = ()
    held: tuple[str, ...] = ()
    commands: tuple[tuple[str, str], ...] = ()
    said: str = ""


class Review(Protocol):
    """A review of one vault by one person. Whatever a person can put right is raised as a `VaultpruneError`."""

    def shown(self, page: int) -> Shown:
        """A page of the suggestions as they were at the last look, or the nearest there is."""

    def look_again(self) -> None:
        """Read the vault anew."""

    def decide(self, look: int, place: int, answer: Answer, because: str | None) -> None:
        """Write an answer down. Raises where the look is an earlier one, or the note was edited since."""

    def undo(self) -> None:
        """Take back the last answer, if there is one."""

    def at_hand(self) -> tuple[int, int]:
        """The place of the card to look at now, and its page."""

    def plan(self) -> PlanShown:
        """What would be carried out now."""

    def apply(self, plan: str, agreed: Collection[str]) -> bool:
        """Carry out the plan of this id, if it still is the plan; whether it was, and `outcome` tells of it."""

    def outcome(self) -> PlanShown | None:
        """What came of the plan that was carried out last."""

    def farewell(self) -> Sequence[str]:
        """What was done in all, and what comes next, in sentences."""

"""What a review was asked for in, the vault judged and its cards out: what every surface of a review begins with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from vaultprune.archiving import record_decision
from vaultprune.archiving.carry_out import heard_later
from vaultprune.cli.acting.past import Files
from vaultprune.cli.asking import nothing_begun
from vaultprune.cli.lines import lines_of
from vaultprune.cli.looking import ledger_of, remember_round
from vaultprune.cli.places import Place
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import Asked, Recall, answer, judged
from vaultprune.cli.when import moment
from vaultprune.reports.page import Command, View, as_argument, command
from vaultprune.review import Card, cards
from vaultprune.review.session import batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultprune.model import Decision, Memory
    from vaultprune.review.cards import Contents
    from vaultprune.verdict import Judgement

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sought:
    """The vault and the options of a review; `limit` is how many notes it asks about that nobody has decided on.

    `now` is what the clock was set to, if it was; then nothing can be decided. `remembers`: that these notes were shown
    is remembered, since to open one of them is then a part of looking at the suggestions, and no use of it.
    """

    place: Place
    asked: Asked
    recall: Recall
    limit: int | None
    screen: Screen
    now: str | None = None
    remembers: bool = True

    def command(self, shape: View, *surface: str) -> Command:
        """The command that asks for the same once more."""
        typed = [(option, value) for option, _, value in self.asked.options()]
        typed += [("--limit", self.limit)] if self.limit is not None else []
        words = [
            f"{option} {as_argument(str(each))}"
            for option, value in typed
            for each in (value if isinstance(value, tuple) else (value,))
        ]
        return command(shape, "review", *surface, *words)


@dataclass(frozen=True, slots=True)
class Review:
    """A judged vault, a card for each suggestion that is asked about, and the files of its notes as they are now."""

    judgement: Judgement
    cards: tuple[Card, ...]
    contents: Contents


def reviewed(sought: Sought, make: Callable[[Review], T]) -> T:
    """What `make` makes of the review of a vault as it is now; it must ask the judgement for all that it needs."""

    def made(memory: Memory) -> T:
        judgement = judged(sought.place, sought.asked, moment(sought.now), sought.screen, memory)
        vault, snapshot = judgement.vault, judgement.vault.snapshot
        if sought.remembers and sought.now is None and not sought.asked.options():
            remember_round(ledger_of(sought.place, vault.config), judgement)
        contents = Files(sought.place.folder, snapshot).contents
        every = cards(judgement, contents, lines_of(sought.place.folder, snapshot))
        return make(Review(judgement, batch(every, sought.limit), contents))

    with nothing_begun():
        return answer(sought.place, sought.recall, made, lambda _: None)


def write_down(place: Place, decisions: Sequence[Decision]) -> bool:
    """Write decisions into the vault, all of them; whether somebody pressed Ctrl-C meanwhile."""
    with heard_later() as heard:
        for decision in decisions:
            record_decision(place.folder, decision)
    return bool(heard)

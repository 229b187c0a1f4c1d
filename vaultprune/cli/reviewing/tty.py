"""Suggestions in, a dialogue about each of them on the terminal out; what is answered is written down at once.

A question and an answer are a line each, and nothing that was shown is taken off again: it works over ssh, on a
terminal that can do nothing else, and read aloud.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from itertools import islice

from vaultprune.cli.acting.waiting import with_waiting
from vaultprune.cli.asking import UNCHANGED, can_ask, line_typed
from vaultprune.cli.output import show
from vaultprune.cli.reviewing.sought import Review, Sought, reviewed, write_down
from vaultprune.cli.screen import tell, view
from vaultprune.cli.when import moment
from vaultprune.errors import CannotStart
from vaultprune.parse import text_below
from vaultprune.reports import REPORTS
from vaultprune.reports.page import View
from vaultprune.review import Card
from vaultprune.review.session import Session, Show, turn
from vaultprune.review.text import (
    beginning,
    card_text,
    closing,
    help_text,
    keys_text,
    question,
    rows,
    whereabouts,
)


def review_in_terminal(sought: Sought, *, no_color: bool) -> None:
    """Ask about each suggestion until there are no more, or until somebody has enough. Nobody there: `CannotStart`."""
    if not can_ask():
        raise CannotStart(f"there is nobody to ask: review --tty is a dialogue, run it on a terminal. {UNCHANGED}")

    def begun(review: Review) -> _Dialogue | str:
        shape = _shape(sought, no_color)
        shown = with_waiting(sought.place, review.judgement.vault, shape)
        if not review.cards:
            return REPORTS["text"](review.judgement, shown)
        session = Session.of(review.cards)
        return _Dialogue(sought, no_color, review, session, beginning(review.judgement, session, shown))

    dialogue = reviewed(sought, begun)
    if isinstance(dialogue, str):
        show(dialogue)
    else:
        dialogue.hold()


@dataclass(slots=True)
class _Dialogue:
    """A review that is being held."""

    sought: Sought
    no_color: bool
    review: Review
    session: Session
    beginning: str

    @property
    def shape(self) -> View:
        """As wide as the terminal is now: windows are resized."""
        return _shape(self.sought, self.no_color)

    def hold(self) -> None:
        """Ask and write down until it ends, and say what was decided, also where it ends with Ctrl-C."""
        try:
            self._go_through()
        except KeyboardInterrupt:
            tell("\n")
            raise
        finally:
            tell(closing(self.session, self.shape, self.sought.command(self.shape, "--tty")))

    def _go_through(self) -> None:
        """Until somebody has enough, or is not there any more."""
        tell(self.beginning)
        tell(card_text(self.session, self.shape))
        while (line := line_typed(question(self.session))) is not None:
            after = turn(self.session, line, moment(None))
            stopped = write_down(self.sought.place, after.writes)
            self.session = after.session
            if after.says:
                tell(f"{after.says}\n")
            if stopped:
                raise KeyboardInterrupt
            if after.show == "end" or not self._show(after.show):
                return

    def _show(self, what: Show) -> bool:
        """Show what is wanted next; whether somebody is still there after it."""
        card = self.session.card
        if what == "card":
            tell(card_text(self.session, self.shape))
        elif what == "keys":
            tell(keys_text(self.shape))
        elif what == "help":
            tell(help_text(self.shape))
        elif what == "open" and card is not None:
            name = self.review.judgement.vault.snapshot.name
            tell(whereabouts(card, name, os.fspath(self.sought.place.folder)))
        elif what == "text" and card is not None:
            return self._view(card)
        return True

    def _view(self, card: Card) -> bool:
        """The whole text of a note, as many lines at a time as the terminal shows."""
        data = self.review.contents(card.path)
        if data is None:
            tell("It cannot be read now.\n")
            return True
        if hashlib.sha256(data).hexdigest() != card.file_digest:
            tell("It was edited since this review began.\n")
        waiting, height = rows(text_below(data).strip("\n"), self.shape), _height() - 2
        shown = list(islice(waiting, height))
        while shown:
            tell("\n".join(shown) + "\n")
            shown = list(islice(waiting, height))
            line = line_typed("Enter for more, q to stop: ") if shown else ""
            if line is None:
                return False
            if line.strip():
                break
        return True


def _shape(sought: Sought, no_color: bool) -> View:
    return view(limit=None, named=sought.place.named, no_color=no_color, on=sys.stderr)


def _height() -> int:
    """The lines that the terminal shows, or 24 where it does not tell."""
    try:
        return max(os.get_terminal_size(sys.stderr.fileno()).lines or 24, 6)
    except (OSError, ValueError):
        return 24

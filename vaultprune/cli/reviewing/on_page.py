"""What a review was asked for in, the review behind the local page out: looked at, decided on, undone."""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vaultprune.cli.acting.waiting import what_waits
from vaultprune.cli.asking import UNCHANGED
from vaultprune.cli.reviewing.on_page_plan import PlanOnPage
from vaultprune.cli.reviewing.sought import Review, Sought, reviewed, write_down
from vaultprune.cli.when import moment
from vaultprune.decided import waiting
from vaultprune.errors import CannotStart, Refused
from vaultprune.model import Decision, NotePath
from vaultprune.reports.figures import opening, rate_line, smaller_budget_line, summary
from vaultprune.reports.heading import title_line
from vaultprune.reports.page import View, command
from vaultprune.reports.waiting_text import told
from vaultprune.review import Answer, answer_of, rounds
from vaultprune.review.session import Session, answered, said, undone
from vaultprune.review.text import decided_counts
from vaultprune.web import Counts, Heading, PlanShown, Shown, Told
from vaultprune.words import GLUE, count, day, title

if TYPE_CHECKING:
    from vaultprune.review.cards import Card, Contents

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Look:
    """The vault as it was at one moment: what stands above the cards, and how the files of its notes are to be had.

    `elsewhere` is how many notes wait to be set aside that are on no card, `ticked` how many boxes are, in the
    checklist note.
    """

    heading: Heading
    contents: Contents
    elsewhere: int
    ticked: int


class OnPage:
    """A review that is held on the local page. `looking` says why nothing can be decided, if that is so."""

    def __init__(self, sought: Sought, shape: View, looking: str = "") -> None:
        self.sought, self.shape, self.looking = sought, shape, looking
        self._number, self._stale, self._said = 0, False, ""
        self._decided: dict[NotePath, Decision | None] = {}
        self._plan = PlanOnPage(sought.place, shape)
        self.look_again()

    def look_again(self) -> None:
        """Read the vault anew; what was answered is written down already."""
        self._look, self._session = reviewed(self.sought, self._looked)
        self._number += 1
        self._stale, self._said = False, ""
        self._at = self._session.place

    def _looked(self, review: Review) -> tuple[Look, Session]:
        judgement = review.judgement
        vault = judgement.vault
        waits = {path for held in waiting(vault.snapshot, vault.archived) for path in held.paths}
        heading = Heading(
            title_line(vault), tuple(_lines(review, self.sought, self.shape)), f"{vault.snapshot.taken_at:%H:%M}"
        )
        elsewhere = len(waits.difference(card.path for card in review.cards))
        ticked = rounds.review_note(vault, review.contents).boxes.ticked if vault.own else 0
        return Look(heading, review.contents, elsewhere, ticked), Session.of(review.cards)

    # --- what is shown --------------------------------------------------------------------------------

    def shown(self, page: int) -> Shown:
        """A page of the suggestions as they were at the last look, or the nearest there is."""
        if self._stale:
            self.look_again()
        cards = self._session.cards
        pages = max(1, -(-len(cards) // PER_PAGE))
        page = max(1, min(page, pages))
        first = (page - 1) * PER_PAGE
        return Shown(
            look=self._number,
            heading=self._look.heading,
            cards=tuple(self._told(place) for place in range(first, min(first + PER_PAGE, len(cards)))),
            counts=self._counts(),
            page=page,
            pages=pages,
            said=self._said,
            next=self._at + 1,
            undoes=bool(self._session.taken),
            looking=self.looking,
        )

    def at_hand(self) -> tuple[int, int]:
        """The place of the card to look at now, and its page."""
        return self._at + 1, self._at // PER_PAGE + 1

    def _told(self, place: int) -> Told:
        card = self._session.cards[place]
        answer = answer_of(card.decided, moment(None))
        return Told(place + 1, card, answer, self._answered(place), self._is_edited(card))

    def _answered(self, place: int) -> str:
        """What is decided of a card, in words, and since when if that is not of this review."""
        decided = self._session.cards[place].decided
        if decided is None:
            return ""
        now = any(taken.place == place for taken in self._session.taken)
        since = "" if now else f", as you decided on {day(decided.at.date())}"
        because = f", because: {decided.because}" if decided.because else ""
        return f"{said(decided)}{since}{because}"

    def _is_edited(self, card: Card) -> bool:
        """Whether the note is not what it was when it was read for the card."""
        data = self._look.contents(card.path)
        return (None if data is None else hashlib.sha256(data).hexdigest()) != card.file_digest

    def _counts(self) -> Counts:
        decided = [card.decided for card in self._session.cards if card.decided is not None]
        aside = sum(each.what == "archive" for each in decided)
        later = sum(each.until is not None for each in decided)
        kept = len(decided) - aside - later
        waiting = aside + self._look.elsewhere
        return Counts(len(self._session.cards), aside, kept, later, waiting, self._look.ticked)

    # --- the plan -------------------------------------------------------------------------------------

    def plan(self) -> PlanShown:
        """What `apply` would carry out now."""
        self._may_decide()
        return self._plan.plan()

    def apply(self, plan: str, agreed: Collection[str]) -> bool:
        """Carry out the plan of this id, if it still is the plan; whether it was, and `outcome` tells of it."""
        self._may_decide()
        done = self._plan.apply(plan, agreed)
        self._stale = self._stale or done
        return done

    def outcome(self) -> PlanShown | None:
        """What came of the plan that was carried out last."""
        return self._plan.outcome

    def farewell(self) -> Sequence[str]:
        """What was done in all, and what comes next, in sentences."""
        decided = [decision for decision in self._decided.values() if decision is not None]
        told = self._plan.told
        lines = [f"Decided: {decided_counts(decided)}." if decided else "Nothing was decided."]
        if told is not None:
            lines.append(
                f"{told.summary}. Take it back: {' '.join(command(self.shape, 'undo'))}"
                if told.done
                else f"{told.summary}."
            )
        if waits := self._counts().waiting if not self._stale else 0:
            are = "note waits" if waits == 1 else "notes wait"
            lines.append(f"{waits:,} {are} to be set aside: {' '.join(command(self.shape, 'apply'))}")
        if told is None or not told.done:
            lines.append("No note was moved.")
        return lines

    # --- what is decided ------------------------------------------------------------------------------

    def decide(self, look: int, place: int, answer: Answer, because: str | None) -> None:
        """Write an answer down. Raises where the look is an earlier one, or the note was edited since."""
        self._may_decide()
        if look != self._number or not 0 < place <= len(self._session.cards):
            raise Refused(f"the vault was read anew since that page was shown: look at it again. {UNCHANGED}")
        card = self._session.cards[place - 1]
        if self._is_edited(card):
            raise Refused(
                f"{title(card.path)} was edited or moved since it was read: look again before you decide. {UNCHANGED}"
            )
        after, writes = answered(self._session, place - 1, answer, moment(None), because)
        self._write(after, writes)
        decided = self._session.cards[place - 1].decided
        self._said = f"{'Undecided again' if decided is None else said(decided)}: {title(card.path)}."
        self._at = self._next(place - 1)

    def undo(self) -> None:
        """Take back the last answer, if there is one."""
        self._may_decide()
        if not self._session.taken:
            return
        place = self._session.taken[-1].place
        after, writes = undone(self._session, moment(None))
        self._write(after, writes)
        self._said = f"Taken back: {title(self._session.cards[place].path)}."
        self._at = place

    def _may_decide(self) -> None:
        if self.looking:
            raise CannotStart(f"nothing can be decided here: {self.looking} {UNCHANGED}")

    def _write(self, after: Session, writes: Sequence[Decision]) -> None:
        stopped = write_down(self.sought.place, writes)
        for place, card in enumerate(after.cards):
            if card is not self._session.cards[place]:
                self._decided[card.path] = card.decided
        self._session = after
        if stopped:
            signal.raise_signal(signal.SIGINT)  # it was heard while the decision was written, and the server did not

    def _next(self, place: int) -> int:
        """The next card from here on that nothing was said of; else the first such; else this one."""
        cards = self._session.cards
        order = (*range(place, len(cards)), *range(place))
        return next((number for number in order if cards[number].decided is None), place)


def _lines(review: Review, sought: Sought, shape: View) -> Sequence[str]:
    """How much was looked at, what waits, and how many cards follow out of how many."""
    judgement = review.judgement
    figures = summary(judgement)
    vault = judgement.vault
    # what was decided is told by the page itself, as it is by now
    waits = told(replace(what_waits(sought.place, vault), decided=()), shape, in_full=False)
    weak = figures.archive + figures.watch
    lines = [opening(judgement, figures), *waits, smaller_budget_line(judgement, shape)]
    if judgement.vault.evidence.abstains:
        lines.append(
            "Nothing is suggested, since it cannot be told which notes you work on. What would help: vaultprune report"
        )
    elif review.cards:
        lines.append(f"{len(review.cards):,} of about {count(weak, 'quiet note')}, the clearest first.")
        lines.append(rate_line(judgement))
    else:
        others = f"{figures.protected:,} protected, {figures.watch:,} watched, {figures.keep:,} kept"
        lines.append(f"Nothing to suggest: {others}.")
    return [line.replace(GLUE, " ") for line in lines if line]

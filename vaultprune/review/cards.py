"""A judgement in, a card for each suggested note out: all that a person wants to see before deciding about it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vaultprune.decided import Standing, standing
from vaultprune.model import Decision, NotePath
from vaultprune.parse import text_below
from vaultprune.reports.explanation import Explanation, explanation
from vaultprune.reports.page import LineOf
from vaultprune.reports.sentence import sentence
from vaultprune.verdict import Judgement, Verdict
from vaultprune.words import in_hundred

OPENING = 8
"""Lines of a note that are shown."""
AGAINST = 2
"""How much of what speaks for keeping a note is told."""
QUOTED = 5
"""Backlinks that are quoted, and notes that are named to which it links."""

Contents = Callable[[NotePath], bytes | None]
"""The bytes of a file as they are now; None if it is not there or cannot be read whole."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A link to the note, and the line in which it stands; None where that cannot be had."""

    path: NotePath
    line: int
    says: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One suggested note as it is put before a person. Texts are as in the vault: whoever shows them makes them safe.

    `says` is why it is suggested, in one sentence; `against` what speaks for keeping it, the strongest first. `rate`
    is its chance in words, where the vault's history bears one. `opening` are the first lines of its text as it was in
    a file with the SHA-256 `file_digest`, `longer` how many more there are. `more_backlinks` are not quoted. `decided`
    is what somebody decided before, and what still waits. `outgoing` are notes that it links to, `more_outgoing` how
    many others there are.
    """

    number: int
    path: NotePath
    says: str
    against: tuple[str, ...]
    rate: str | None
    words: int
    created: int | None
    last_used: int | None
    opening: tuple[str, ...]
    longer: int
    backlinks: tuple[Quotation, ...]
    more_backlinks: int
    if_archived: tuple[str, ...]
    body_digest: str
    file_digest: str | None
    decided: Decision | None = None
    outgoing: tuple[NotePath, ...] = ()
    more_outgoing: int = 0


def cards(
    judgement: Judgement, contents: Contents, line_of: LineOf, numbers: Sequence[int] | None = None
) -> tuple[Card, ...]:
    """A card for every suggested note, the clearest first. A note that cannot be read now has no opening.

    `numbers` are the notes that get one instead, by their id.
    """
    vault = judgement.vault
    decided = _by_path(standing(vault.snapshot, vault.archived))
    chosen = judgement.suggested() if numbers is None else numbers
    return tuple(_card(judgement, number, contents, line_of, decided) for number in chosen)


def _card(
    judgement: Judgement, number: int, contents: Contents, line_of: LineOf, decided: Mapping[NotePath, Decision]
) -> Card:
    found = explanation(judgement, number)
    verdict, note = found.verdict, found.verdict.note
    data = contents(note.path)
    opening, longer = _opening(text_below(data)) if data is not None else ((), 0)
    quoted = tuple(_quotations(found, line_of))
    targets = judgement.vault.graph.note_targets(note.path)
    return Card(
        number=number,
        path=note.path,
        says=sentence(judgement.vault, verdict),
        against=_against(verdict),
        rate=in_hundred(verdict.retention) if judgement.bears_rate else None,
        words=note.words,
        created=verdict.use.created,
        last_used=verdict.use.last_used,
        opening=opening,
        longer=longer,
        backlinks=quoted,
        more_backlinks=len(found.backlinks) - len(quoted),
        if_archived=found.if_archived,
        body_digest=note.body_digest,
        file_digest=None if data is None else hashlib.sha256(data).hexdigest(),
        decided=decided.get(note.path),
        outgoing=targets[:QUOTED],
        more_outgoing=max(0, len(targets) - QUOTED),
    )


def _against(verdict: Verdict) -> tuple[str, ...]:
    """What raises the note's score above that of a typical note, in words."""
    raising = [reason for reason in verdict.reasons if reason.weight > 0 and reason.code != "base-rate"]
    return tuple(reason.says for reason in sorted(raising, key=lambda reason: -reason.weight)[:AGAINST])


def _opening(text: str) -> tuple[tuple[str, ...], int]:
    """The first lines of a text, without the blank ones at its beginning, and how many more there are."""
    lines = text.rstrip().split("\n")
    first = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    return tuple(lines[first : first + OPENING]), max(0, len(lines) - first - OPENING)


def _quotations(found: Explanation, line_of: LineOf) -> Iterator[Quotation]:
    for link in found.backlinks[:QUOTED]:
        yield Quotation(link.path, link.line, line_of(link.path, link.line), link.text)


def _by_path(held: Sequence[Standing]) -> Mapping[NotePath, Decision]:
    """What was decided of single notes, by the path that each has now."""
    return {path: each.decision for each in held if each.decision.scope == "note" for path in each.paths}

"""A judgement in, who else might have chosen out: the notes that could have been suggested, in simpler orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from vaultprune.not_now import may_be_suggested
from vaultprune.verdict import Judgement

Key: TypeAlias = tuple[int, ...]


def eligible(judgement: Judgement) -> tuple[int, ...]:
    """The notes that could have been suggested: unprotected, out of their grace, with a date that can be trusted."""
    return tuple(number for number in judgement.order if may_be_suggested(judgement.vault, number))


def oldest_first(judgement: Judgement) -> Callable[[int], Key]:
    """By the newest write of any kind, which is all that a list sorted by date knows."""
    uses = judgement.vault.uses
    return lambda number: (uses[number].last_write or 0,)


def without_backlinks_first(judgement: Judgement) -> Callable[[int], Key]:
    """The notes without backlinks, the oldest first, and after them the others."""
    graph, age = judgement.vault.graph, oldest_first(judgement)
    return lambda number: (int(bool(graph.backlink_ids(number))), *age(number))


def expected(notes: Sequence[int], needed: Mapping[int, bool], how_many: int, key: Callable[[int], Key]) -> float:
    """Of the first `how_many` notes by this key, how many were needed; where some tie at the end, by their share."""
    ordered = sorted(notes, key=key)
    if not 0 < how_many <= len(ordered):
        return float(sum(needed[number] for number in ordered[:how_many]))
    last = key(ordered[how_many - 1])
    before = [number for number in ordered if key(number) < last]
    tied = [number for number in ordered if key(number) == last]
    share = sum(needed[number] for number in tied) / len(tied)
    return sum(needed[number] for number in before) + share * (how_many - len(before))


def at_random(notes: Sequence[int], needed: Mapping[int, bool], how_many: int) -> float:
    """How many of so many notes would have been needed if chance had chosen them."""
    return expected(notes, needed, how_many, lambda _: ())

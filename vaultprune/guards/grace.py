"""A judgement in, the notes that could go first out: by rank, outside their grace, whatever the budget."""

from __future__ import annotations

from vaultprune.not_now import in_grace
from vaultprune.verdict import Judgement


def first_by_rank(judgement: Judgement, many: int) -> tuple[int, ...]:
    """The ids of the first `many` unprotected notes by rank that are outside their grace."""
    vault = judgement.vault
    return tuple(number for number in judgement.order if in_grace(vault, number) is None)[: max(0, many)]

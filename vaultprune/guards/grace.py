"""A judgement in, the notes that could go first out: by rank, outside their grace, whatever the budget."""

from __future__ import annotations

from vaultprune.vault import Vault
from vaultprune.verdict import GRACE_AGE, GRACE_EDIT, Judgement


def first_by_rank(judgement: Judgement, many: int) -> tuple[int, ...]:
    """The ids of the first `many` unprotected notes by rank that are outside their grace."""
    return tuple(number for number in judgement.order if outside_grace(judgement.vault, number))[: max(0, many)]


def outside_grace(vault: Vault, number: int) -> bool:
    """Whether a note is known to be old enough and quiet for long enough. Where no date can be believed, it is not."""
    use = vault.uses[number]
    if not use.trusted or use.last_used is None:
        return False
    if use.created is not None and vault.today - use.created <= GRACE_AGE:
        return False
    return vault.today - use.last_used > GRACE_EDIT

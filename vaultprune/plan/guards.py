"""A plan and its vault in, what should give pause about its size out: the command asks, or refuses."""

from __future__ import annotations

from dataclasses import dataclass

from vaultprune.model import Plan
from vaultprune.vault import Vault
from vaultprune.words import count

SHARE = 10
"""A plan for more than one in so many notes is a large one."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Something that a plan needs a person's approval for, or, if it is `final`, nobody's approval will do."""

    name: str
    says: str
    final: bool = False


def guards(plan: Plan, vault: Vault) -> tuple[Guard, ...]:
    """The guards that stand before a plan because of its size alone."""
    live = len(vault.notes) - len(vault.archived)
    many = len(plan.moves)
    if many >= live > 0:
        return (Guard("whole-vault", f"the plan would set aside all {count(live, 'note')} of the vault", final=True),)
    if many > 1 and many * SHARE > live:
        return (Guard("large-plan", f"the plan is for {many:,} of {count(live, 'note')}, more than a tenth"),)
    return ()

"""The two terms of the plain rule, which anyone can check by hand: no backlinks, and no edit for 180 days."""

from __future__ import annotations

from vaultprune.signals.links import say_backlinks
from vaultprune.signals.signal import Signal
from vaultprune.signals.since import quiet_since
from vaultprune.vault import Vault

DAYS = 180


def _age(vault: Vault) -> list[float]:
    quiet = [vault.quiet_days(number) for number in range(len(vault.notes))]
    return [1.0 if days is None else 2.0 * 0.5 ** (days / DAYS) - 1.0 for days in quiet]


def _links(vault: Vault) -> list[float]:
    return [2.0 if vault.graph.backlink_ids(number) else -2.0 for number in range(len(vault.notes))]


def holds(vault: Vault, number: int) -> bool:
    """Whether the plain rule says that a note could be set aside."""
    quiet = vault.quiet_days(number)
    return quiet is not None and quiet > DAYS and not vault.graph.backlink_ids(number)


PLAIN_AGE = Signal("recency", _age, quiet_since)
PLAIN_LINKS = Signal("backlinks", _links, say_backlinks)

"""How often a person edited the note, and how long ago: what is written in is written in again."""

from __future__ import annotations

from math import log1p

from vaultprune.signals.signal import Signal
from vaultprune.signals.since import quiet_since
from vaultprune.vault import Vault
from vaultprune.words import count

HALF_LIFE = 365.0  # days; an edit of a year ago counts half. Source: docs/how-it-decides.md


def edits(factor: float) -> Signal:
    """Factor x ln(1 + E), E = the sum over the distinct days with a human edit of 2^(-days ago / 365).

    The day on which a person made the note is one of them; the day of an import is not.
    """

    def weigh(vault: Vault) -> list[float]:
        age = vault.age
        return [factor * log1p(sum([0.5 ** (age(day) / HALF_LIFE) for day in use.edit_days])) for use in vault.uses]

    def say(vault: Vault, number: int) -> str:
        days = len(vault.uses[number].edit_days)
        since = quiet_since(vault, number)
        return f"{since}; edited on {count(days, 'day')} in all" if days else since

    return Signal("edits", weigh, say)

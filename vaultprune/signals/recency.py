"""How long ago the note was last written to: what was edited lately is edited again."""

from __future__ import annotations

from vaultprune.signals.signal import Signal
from vaultprune.signals.since import quiet_since
from vaultprune.vault import Vault

HALF_LIFE = 90.0  # days; flat from 60 to 180 on real vaults, see docs/how-it-decides.md


def recency(factor: float) -> Signal:
    """Factor x 2^(-days since the newest write / 90)."""

    def weigh(vault: Vault) -> list[float]:
        return [factor * life for life in vault.life(HALF_LIFE)[: len(vault.notes)]]

    return Signal("recency", weigh, quiet_since)

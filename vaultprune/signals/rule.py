"""What a retention rule is: some signals, and two constants that map their sum to log-odds."""

from __future__ import annotations

from dataclasses import dataclass

from vaultprune.signals.signal import Signal


@dataclass(frozen=True, slots=True)
class Rule:
    """score = base + own_rate x r + slope x the sum of the signals' terms: the log-odds of being used again.

    r is how often this vault's notes were edited lately, itself in log-odds (`Vault.own_rate`), where an edit log can
    tell. The constants were fitted on the histories of public vaults; see docs/how-it-decides.md.
    """

    name: str
    signals: tuple[Signal, ...]
    base: float
    slope: float
    own_rate: float = 0.0

"""What a retention rule is: some signals, and two constants that map their sum to log-odds."""

from __future__ import annotations

from dataclasses import dataclass

from vaultprune.signals.signal import Signal


@dataclass(frozen=True, slots=True)
class Rule:
    """score = base + own_rate x r + pause x ln(1 + q) + slope x the sum of the signals' terms, in log-odds of use.

    r is how often this vault's notes were edited lately, itself in log-odds (`Vault.own_rate`), q the days since anyone
    wrote in it (`Vault.quiet`); both go by an edit log, and are left out where there is none. The constants were fitted
    on the histories of public vaults; see docs/how-it-decides.md.
    """

    name: str
    signals: tuple[Signal, ...]
    base: float
    slope: float
    own_rate: float = 0.0
    pause: float = 0.0

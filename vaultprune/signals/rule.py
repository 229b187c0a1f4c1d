"""What a retention rule is: some signals, and the constants that map their sum to log-odds."""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p

from vaultprune.signals.signal import Signal
from vaultprune.vault import Vault


@dataclass(frozen=True, slots=True)
class Rule:
    """score = level + slope x the sum of the signals' terms, in log-odds of use; the level is the same for all notes.

    level = base + own_rate x r + pause x ln(1 + q) + busy x b. r is how often this vault's notes were edited lately,
    itself in log-odds (`Vault.own_rate`), q the days since anyone wrote in it (`Vault.quiet`); both go by an edit log.
    b is on how many days somebody wrote in it lately, for so many notes (`Vault.busy`), which stands in for them where
    there is no log. The constants were fitted on the histories of public vaults; see docs/how-it-decides.md.
    """

    name: str
    signals: tuple[Signal, ...]
    base: float
    slope: float
    own_rate: float = 0.0
    pause: float = 0.0
    busy: float = 0.0

    def level(self, vault: Vault) -> float:
        """What the score of every note of the vault holds, whatever is known of the note."""
        level = self.base
        if self.own_rate:
            level += self.own_rate * vault.own_rate
        if self.pause:
            level += self.pause * log1p(vault.quiet)
        if self.busy:
            level += self.busy * vault.busy
        return level

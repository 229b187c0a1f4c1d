"""A name that begins with a date: pages of a day are seldom taken up again."""

from __future__ import annotations

import re

from vaultprune.signals.signal import Signal
from vaultprune.vault import Vault

DATE_LED = re.compile(
    r"(?:\d{4}[-_.]?\d{2}[-_.]?\d{2}|\d{2}[-_.]\d{2}[-_.]\d{4}|\d{4}[-_ ]?[wW]\d{1,2}|\d{4}[-_.]\d{2})(?!\d)"
)


def _is_dated(path: str) -> bool:
    return DATE_LED.match(path.rsplit("/", 1)[-1]) is not None


def dated(factor: float) -> Signal:
    """Factor for a note whose name begins with a date, else 0. Daily notes proper are protected by default."""

    def weigh(vault: Vault) -> list[float]:
        paths = vault.notes.paths
        terms = [0.0] * len(paths)
        for number in vault.notes.led_by_digit:
            terms[number] = factor * _is_dated(paths[number])
        return terms

    def say(vault: Vault, number: int) -> str | None:
        if _is_dated(vault.notes.paths[number]):
            return "its name begins with a date; such notes are seldom taken up again"
        return None

    return Signal("dated", weigh, say, centred=False)

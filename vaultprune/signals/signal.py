"""What a signal is: one term of the retention formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vaultprune.vault import Vault


@dataclass(frozen=True, slots=True)
class Signal:
    """One term of the retention formula: its value for every note at once, its sentence for one.

    `weigh` gives one number for each note of the vault, by id, as it stands in the published formula; the
    verdict scales it to log-odds, with the typical note's value taken off if it is `centred`. `say` is asked only
    for the notes that are shown, so that a report on thousands of notes stays quick; None where there is
    nothing to say, which a term that weighs nothing may.
    """

    code: str
    weigh: Callable[[Vault], Sequence[float]]
    say: Callable[[Vault, int], str | None]
    centred: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """Something worth telling that weighs nothing: None where there is nothing to tell."""

    code: str
    say: Callable[[Vault, int], str | None]

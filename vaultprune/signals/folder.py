"""How alive the notes around a note are: folders are worked on together."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict

from vaultprune.signals.signal import Signal
from vaultprune.vault import Vault, folder_of
from vaultprune.words import safe

HALF_LIFE = 90.0  # days, as for recency


def _around(vault: Vault) -> array[float]:
    """For each note the mean life of the *other* notes of its folder; 0 where it is alone."""
    return vault.once("folder", lambda: _worked_out(vault))


def _worked_out(vault: Vault) -> array[float]:
    lives = vault.life(HALF_LIFE)
    total: dict[str, float] = defaultdict(float)
    members: dict[str, int] = defaultdict(int)
    folders, own = vault.folders, vault.own
    for number, folder in enumerate(folders):
        if number not in own:
            total[folder] += lives[number]
            members[folder] += 1
    means = (
        (total[folder] - lives[number]) / (members[folder] - 1) if members[folder] > 1 else 0.0
        for number, folder in enumerate(folders)
    )
    return array("d", means)


def _members(vault: Vault) -> Counter[str]:
    own = vault.own
    return vault.once(
        "folder members",
        lambda: Counter(folder for number, folder in enumerate(vault.folders) if number not in own),
    )


def folder(factor: float) -> Signal:
    """Factor x the mean over the other notes of its folder of 2^(-days since their newest write / 90)."""

    def weigh(vault: Vault) -> list[float]:
        return [factor * life for life in _around(vault)]

    def say(vault: Vault, number: int) -> str:
        here = folder_of(vault.notes.paths[number])
        where = f"in {safe(here)}/" if here else "at the top of the vault"
        life = _around(vault)[number]
        if _members(vault)[here] < 2:
            return f"it is alone {where}"
        manner = "quiet" if life < 0.1 else "partly quiet" if life < 0.4 else "active"
        return f"the notes around it {where} are {manner}"

    return Signal("folder", weigh, say)

"""How many notes share something with a note: its folder, the day it was written, the day it came in.

A note written on the same day as two hundred others was most likely written by a program, and one that came in
with two hundred others by an import; a note in a crowded folder has much competition.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Sequence
from math import log

from vaultprune.signals.signal import Signal
from vaultprune.vault import Vault, folder_of
from vaultprune.words import count, day, safe

CAP = 300
"""Beyond this many, more company says no more. Source: docs/how-it-decides.md."""


def _company(keys: Sequence[Hashable | None]) -> array[int]:
    """For each note, how many share its key, itself included, at most `CAP`; 1 where it has none."""
    shared = {key: min(CAP, many) for key, many in Counter(keys).items()}
    shared[None] = 1
    return array("I", [shared[key] for key in keys])


def _logs(factor: float, sizes: Sequence[int]) -> list[float]:
    """Factor x ln of each size."""
    logs = [0.0, *(factor * log(size) for size in range(1, CAP + 1))]
    return [logs[size] for size in sizes]


def _sizes(vault: Vault) -> array[int]:
    return vault.once("folder sizes", lambda: _company(_folders(vault)))


def _folders(vault: Vault) -> Sequence[str | None]:
    """The folder of each note; what the program itself wrote is nobody's company."""
    own = vault.own
    return [None if number in own else folder for number, folder in enumerate(vault.folders)] if own else vault.folders


def _written(vault: Vault) -> array[int]:
    return vault.once("written", lambda: _company([use.last_write for use in vault.uses]))


def _arrived(vault: Vault) -> array[int]:
    return vault.once("arrived", lambda: _company(vault.first_seen))


def folder_size(factor: float) -> Signal:
    """Factor x ln(N), N = the notes directly in its folder, itself included, at most 300."""

    def weigh(vault: Vault) -> list[float]:
        return _logs(factor, _sizes(vault))

    def say(vault: Vault, number: int) -> str:
        size = _sizes(vault)[number]
        here = folder_of(vault.notes.paths[number])
        where = f"in {safe(here)}/" if here else "at the top of the vault"
        if size == 1:
            return f"it is alone {where}"
        return f"one of {count(size, 'note')} {where}" if size < CAP else f"one of {CAP} notes or more {where}"

    return Signal("folder-size", weigh, say)


def written_with(factor: float) -> Signal:
    """Factor x ln(S), S = the notes whose newest write is on the same day, itself included, at most 300."""

    def weigh(vault: Vault) -> list[float]:
        return _logs(factor, _written(vault))

    def say(vault: Vault, number: int) -> str:
        others = _written(vault)[number] - 1
        last = vault.uses[number].last_write
        if last is None:
            return "the day of its newest write is not known"
        if not others:
            return f"no other note was written on {day(last)}"
        return f"{count(others, 'other note')} {'was' if others == 1 else 'were'} written on the same day"

    return Signal("same-day", weigh, say)


def arrived_with(factor: float) -> Signal:
    """Factor x ln(C), C = the notes first committed on the same day, itself included, at most 300."""

    def weigh(vault: Vault) -> list[float]:
        return _logs(factor, _arrived(vault))

    def say(vault: Vault, number: int) -> str:
        others = _arrived(vault)[number] - 1
        if vault.first_seen[number] is None:
            return "git does not know it yet"
        if not others:
            return "it came into git on a day of its own"
        return f"it came into git together with {count(others, 'other note')}"

    return Signal("arrival", weigh, say)

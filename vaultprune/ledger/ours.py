"""What the program itself did in a vault, as the ledger asks for it: where it moved notes, what it rewrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vaultprune.model import NotePath


def _stayed(path: NotePath) -> NotePath:
    return path


def _not_ours(_path: NotePath) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Ours:
    """Asked only about notes that changed or are not where they were, so that mostly nobody has to look it up.

    `went` tells where a note is now that lay at this path, after all that the program moved. `before` gives the digests
    of the bodies that a note had before the program wrote what stands in it now; None if somebody else wrote that, and
    nothing in the set if it is not known any more.
    """

    went: Callable[[NotePath], NotePath] = _stayed
    before: Callable[[NotePath], frozenset[str] | None] = _not_ours


NOTHING = Ours()
"""A program that never touched the vault."""

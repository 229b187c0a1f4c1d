"""A vault as it was at an earlier moment, by its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vaultprune.model.contents import NotePath
from vaultprune.model.disk import Snapshot

HORIZON = 180
"""Days for which it is looked up what became of a note; what the chance of a note speaks of, too."""


@dataclass(frozen=True, slots=True)
class Past:
    """A vault at one moment of its history, from nothing but what had been committed by then.

    `became` says of the notes of the moment before this one, where there is one, what they are called now; those that
    are not in it are gone. File times of then are not known, so every file carries a time later than the moment.
    """

    snapshot: Snapshot
    became: Mapping[NotePath, NotePath] = field(default_factory=dict)

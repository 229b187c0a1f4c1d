"""The values of this room: a note that was set aside, and what was seen of it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vaultprune.model import NotePath


@dataclass(frozen=True, slots=True)
class Aside:
    """A note that was set aside and that nothing has taken back, as the journals tell.

    `was` is the digest of its bytes before it moved, `left_as` of what the program left in the archive. `links` is how
    often each file linked to it at that moment; None where nobody counted.
    """

    old: NotePath
    now: NotePath
    at: datetime
    was: str
    left_as: str
    links: Mapping[NotePath, int] | None = None


@dataclass(frozen=True, slots=True)
class Needed:
    """An archived note that is needed again, and what was seen, in words. `known`: the program set it aside itself."""

    old: NotePath
    now: NotePath
    reasons: tuple[str, ...]
    linked: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class Needs:
    """What became of the archive.

    `returned` are back in their old place with the same bytes, which a sync program did; `replaced` have another note
    in their old place. `aside` is how many the journals know to lie there.
    """

    needed: tuple[Needed, ...] = ()
    returned: tuple[Aside, ...] = ()
    replaced: tuple[Aside, ...] = ()
    aside: int = 0

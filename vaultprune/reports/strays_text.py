"""Words that lie in a journal alone in, a line for each that says where out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vaultprune.model import Stray
from vaultprune.words import safe, title

SHOWN = 3


def stray_line(stray: Stray, then: str = "") -> str:
    """What lies where, and what becomes of it: `then` where it can be put back, else what a person has to do."""
    place = safe(stray.place)
    moment = "at the very moment at which it was rewritten"
    if not stray.path:
        return f"{place} holds what was saved in a note {moment}. Read it, then delete it."
    lies = f"What was saved in {title(stray.path)} {moment} lies only in {place}"
    return f"{lies}{then}" if stray.goes_back else f"{lies}. Compare the two, then delete the latter."


def stray_lines(strays: Sequence[Stray], then: str, more: str) -> Iterator[str]:
    """A line for each of the first few; `more` tells where the others are named."""
    for stray in strays[:SHOWN]:
        yield stray_line(stray, then)
    if len(strays) > SHOWN:
        yield f"... and {len(strays) - SHOWN:,} more: {more}"

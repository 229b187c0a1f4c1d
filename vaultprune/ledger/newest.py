"""The newest look and a vault as it is now in, whether there is anything new to see out, without seeing it all."""

from __future__ import annotations

from vaultprune.ledger.contents import Contents
from vaultprune.ledger.looking import Noticed
from vaultprune.ledger.records import About
from vaultprune.model import NotePath
from vaultprune.words import day as as_day

A_DAY = 86_400.0
COMPARED = "contents that the ledger knows"
"""Under this name the cache remembers that contents are those that the newest look saw."""


def is_as_seen(about: About, now: Contents) -> bool:
    """Whether the notes and what is open in the app are surely as the newest look saw them."""
    app = now.snapshot.app
    is_same_app = (app.open_notes, app.last_opened) == (about.open_notes, about.recent)
    return is_same_app and _is_known(about, now, now.snapshot.text_stamp)


def _is_known(about: About, now: Contents, text_stamp: str) -> bool:
    """Whether the contents of this name are surely those that the newest look saw."""
    if not text_stamp:
        return False
    return (
        text_stamp == about.text_stamp or now.snapshot.memory.recall(COMPARED, compared(about, text_stamp)) is not None
    )


def differing(about: About, now: Contents) -> frozenset[NotePath] | None:
    """The notes that may read otherwise than at the newest look; None if it may be any."""
    if _is_known(about, now, now.snapshot.text_stamp):
        return frozenset()
    since = now.snapshot.since
    return since.read if since is not None and _is_known(about, now, since.text_stamp) else None


def compared(about: About, text_stamp: str) -> str:
    """By what the cache knows that contents were compared with the newest look."""
    return f"{about.stamp} {text_stamp}"


def lies_ahead(about: About, now: Contents) -> Noticed | None:
    """That nothing is to be remembered, since there was a later look: by another run, or by a clock that was wrong."""
    if now.at >= about.at:
        return None
    odd = None
    if about.at - now.at > A_DAY:
        odd = (
            f"The ledger was last written on {as_day(about.looks[-1])}, which lies ahead: the clock is wrong, or was. "
            "Until then nothing is remembered; vaultprune doctor --places names the file, without which it begins anew."
        )
    return Noticed(len(now.paths), since=about.looks[-1], odd=odd)

"""What the ledger saw of one note in, the day of use that follows from it out, and what it contradicts."""

from __future__ import annotations

from collections.abc import Collection

from vaultprune.model import Seen

WATCHED = 90
"""Days for which a note must have been seen unchanged before that tells how long it has been quiet."""


def is_touch(day: int, seen: Seen | None) -> bool:
    """Whether a day that a property or a file time tells is no edit: the words stayed what they were before it."""
    return seen is not None and day > seen.same_since


def day_seen(seen: Seen | None, edits: Collection[int], programs: Collection[int], written: int | None) -> int | None:
    """The newest day on which the ledger found the note opened, or its words changed, unless git knows better.

    A change between two looks that git dates, by an edit in `edits` or a program's work in `programs`, is left to git.
    The file time `written` tells the day of the change if it lies between the looks; else it is that of the later look.
    """
    if seen is None or not (seen.opened or seen.edits):
        return None
    found = [*seen.opened]
    for before, after in seen.edits:
        if not any(before <= day <= after for day in (*edits, *programs)):
            found.append(written if written is not None and before <= written <= after else after)
    return max(found, default=None)


def unchanged_since(seen: Seen | None, today: int) -> int | None:
    """The day since which the note was seen unchanged, if that is long enough to tell how long it has been quiet."""
    return seen.same_since if seen is not None and today - seen.same_since > WATCHED else None

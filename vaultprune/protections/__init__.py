"""The vault in, the notes that are never suggested out, each with the rule that holds it.

The order is the order in reports: a note that several rules hold is counted under the first.
"""

from vaultprune.protections.dated import DAILY
from vaultprune.protections.kinds import (
    CONFLICT_COPY,
    DRAWING,
    OPEN_TASK,
    OWN_NOTE,
    SYMLINK,
    TEMPLATE,
    UNREADABLE,
)
from vaultprune.protections.own_words import DECISION, PATH, PROPERTY
from vaultprune.protections.pinned import BOOKMARK, OPEN_TAB, PLUGIN
from vaultprune.protections.protection import Protection
from vaultprune.protections.status import STATUS
from vaultprune.protections.structure import AMBIGUOUS, BRIDGE, HUB, UNLINKABLE

PROTECTIONS: tuple[Protection, ...] = (
    UNREADABLE,
    OWN_NOTE,
    DECISION,
    PROPERTY,
    STATUS,
    PATH,
    DAILY,
    TEMPLATE,
    BOOKMARK,
    OPEN_TAB,
    PLUGIN,
    OPEN_TASK,
    DRAWING,
    CONFLICT_COPY,
    SYMLINK,
    AMBIGUOUS,
    UNLINKABLE,
    HUB,
    BRIDGE,
)

__all__ = ["PROTECTIONS", "Protection"]

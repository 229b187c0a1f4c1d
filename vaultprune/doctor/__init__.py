"""A vault and how things stand around it in, what is wrong with it out: each finding with what follows from it."""

from collections.abc import Sequence

from vaultprune.doctor.archive import ARCHIVE, INTERRUPTED, JOURNAL, NEEDED, RETURNED
from vaultprune.doctor.case import Case, Check, Examined, Finding
from vaultprune.doctor.files import NAMES, PROBLEMS
from vaultprune.doctor.own_words import DECISIONS, SETTINGS
from vaultprune.doctor.surroundings import APP, HALF_SYNCED, LEDGER, LIBRARIES, SURROUNDINGS
from vaultprune.doctor.syncing import CONFLICTS, SYNCING

CHECKS: tuple[Check, ...] = (
    INTERRUPTED,
    JOURNAL,
    HALF_SYNCED,
    RETURNED,
    CONFLICTS,
    SURROUNDINGS,
    PROBLEMS,
    SETTINGS,
    DECISIONS,
    NEEDED,
    ARCHIVE,
    APP,
    SYNCING,
    NAMES,
    LEDGER,
    LIBRARIES,
)
"""What is looked at, the gravest first."""


def examine(case: Case, checks: Sequence[Check] = CHECKS) -> Examined:
    """Everything that was found: what wants to be put right first, each group in the order of the checks."""
    looks = [(check, tuple(check.look(case))) for check in checks]
    found = sorted((finding for _, found in looks for finding in found), key=lambda finding: not finding.wrong)
    return Examined(tuple(found), tuple(check for check, found in looks if not found))


__all__ = ["CHECKS", "Case", "Check", "Examined", "Finding", "examine"]

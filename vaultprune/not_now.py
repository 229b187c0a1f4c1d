"""The vault and one of its weak notes in, what keeps it from being suggested for now out: grace, doubt, patience."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log
from typing import Literal

from vaultprune.decided import answered
from vaultprune.model import Seen
from vaultprune.vault import Vault
from vaultprune.words import count

GRACE_EDIT = 90
"""Days after a human edit within which a note is not suggested."""
GRACE_AGE = 60
"""Days after its creation within which a note is not suggested."""
GRACE_LONGEST = 365
"""Days of the calendar after which the vault's own clock keeps no note in its grace any more."""
WEEKS = 3
"""Where the ledger alone speaks, weeks running, this one among them, in which a note must have been weak."""
HARDER = 0.25
"""How much lower in log-odds a score must lie for each round in which the note was suggested and nobody decided."""
PASSED_FOR = 180
"""Days after which such a round counts no more."""

NotNow = Literal["no-evidence", "untrusted", "young", "edited", "resting", "brief", "passed", "unsure", "budget"]

SAYS: Mapping[NotNow, str] = {
    "no-evidence": "the dates of this vault cannot be gone by",
    "untrusted": "its date cannot be trusted",
    "young": f"not older than {GRACE_AGE} days",
    "edited": f"edited within the last {GRACE_EDIT} days",
    "resting": "in grace by the vault's own clock: too little was written here since its last edit",
    "brief": f"not weak for long enough: where only the ledger tells, that is {WEEKS} weeks running",
    "unsure": "less sure than you asked for",
    "budget": "beyond the budget",
}


def told(vault: Vault, number: int, reason: NotNow) -> str:
    """What holds a weak note back, as it is told of this one note."""
    if reason != "passed":
        return SAYS[reason]
    return f"passed over {_times(rounds(vault, number))}, and not weak enough to be asked about again"


def not_now(vault: Vault, number: int, below: float) -> NotNow | None:
    """What keeps a weak note from being suggested, the budget apart.

    `below` is how far its score lies below that of the last note that is weak.
    """
    if vault.evidence.abstains:
        return "no-evidence"
    grace = in_grace(vault, number)
    if grace is not None:
        return grace
    if vault.uses[number].only_watched and not _weak_for_long(vault, _seen(vault, number)):
        return "brief"
    passed = rounds(vault, number)
    if passed and below < HARDER * passed:
        return "passed"
    return "unsure" if confidence(vault, number) < vault.config.min_confidence else None


def in_grace(vault: Vault, number: int) -> Literal["untrusted", "young", "edited", "resting"] | None:
    """Why a note may not be set aside by rank at all; None if it is old enough and has been quiet for long enough.

    Both are counted by the calendar and by the vault's own clock, and the gentler of them holds: for a year, since
    somebody who writes on a few days of it would otherwise wait for ever. Where nothing but the ledger dates a note it
    is the calendar: that note was watched for as long.
    """
    use = vault.uses[number]
    if not use.trusted or use.last_used is None:
        return "untrusted"
    if use.created is not None and vault.today - use.created <= GRACE_AGE:
        return "young"
    if vault.today - use.last_used <= GRACE_EDIT:
        return "edited"
    if use.only_watched or vault.today - use.last_used > GRACE_LONGEST:
        return None
    young = use.created is not None and vault.age(use.created) <= GRACE_AGE
    return "resting" if young or vault.age(use.last_used) <= GRACE_EDIT else None


def may_be_suggested(vault: Vault, number: int) -> bool:
    """Whether nothing but its rank, the budget and earlier rounds keeps a note back; protections apart."""
    if vault.evidence.abstains or in_grace(vault, number) is not None:
        return False
    return confidence(vault, number) >= vault.config.min_confidence


def rounds(vault: Vault, number: int) -> int:
    """How many weeks before this one the note was suggested lately, and nobody decided then or later."""
    suggested = _seen(vault, number).suggested
    if not suggested:
        return 0
    decided = vault.once("answered", lambda: answered(vault.snapshot)).get(number)
    since = vault.today - PASSED_FOR if decided is None else max(vault.today - PASSED_FOR, monday(decided) + 1)
    return sum(since <= each < monday(vault.today) for each in suggested)


def _weak_for_long(vault: Vault, seen: Seen) -> bool:
    week = monday(vault.today)
    return {week - 7 * back for back in range(1, WEEKS)} <= set(seen.weak)


def long_enough_on(vault: Vault, number: int) -> int:
    """The first day on which a note that stays weak will have been weak for long enough."""
    week, weak = monday(vault.today), set(_seen(vault, number).weak)
    back = next((back for back in range(1, WEEKS) if week - 7 * back not in weak), WEEKS)
    return week + 7 * (WEEKS - back)


def _seen(vault: Vault, number: int) -> Seen:
    seen = vault.once("seen", lambda: vault.snapshot.observed.along(vault.notes.paths))
    return seen[number] or _UNSEEN


_UNSEEN = Seen(0, 0)


def monday(day: int) -> int:
    """The Monday of a day's week, which is what a week is told by."""
    return day - (day - 1) % 7


def _times(number: int) -> str:
    return ("once", "twice")[number - 1] if number in (1, 2) else count(number, "time")


QUALITY: Mapping[str, float] = {"git": 0.95, "ledger": 0.95, "property": 0.85, "mtime": 0.6, "filename": 0.5}
"""How far a date from each source can be gone by, 0 to 1: an ordering, published, not a measured rate."""


def confidence(vault: Vault, number: int) -> float:
    """How sure the tool is of its evidence on a note, 0 to 1: where the date comes from, and how long was watched.

    The quality of the source times 1 - 2^(-observed days / 90), in two decimals; 0 where the date is not trusted.
    """
    use = vault.uses[number]
    if not use.trusted or use.last_used_from is None:
        return 0.0
    watched = 1 - exp(-log(2) * vault.evidence.observed_days / 90)
    return round(QUALITY[use.last_used_from] * watched, 2)

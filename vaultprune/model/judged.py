"""What is known of a note's use, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from vaultprune.model.contents import NotePath

DateSource = Literal["property", "git", "ledger", "filename", "mtime"]


@dataclass(frozen=True, slots=True)
class Use:
    """What is known of one note's use. Days are proleptic ordinals of local dates (`date.toordinal`).

    `last_used` is the newest believable day on which a person wrote in the note; `edit_days` the distinct
    days known from a log, newest first; `linked_days` those on which a person linked to it anew, once for each link;
    `last_write` the newest write of any kind, which is what a link's
    source is worth by. `trusted`: good enough to be suggested by; if not, `doubt` says why. `seen` is the day on
    which it came into the log, whatever else is known. `only_watched`: nothing but the ledger dates it.
    """

    last_used: int | None
    last_used_from: DateSource | None
    created: int | None
    created_from: DateSource | None
    last_write: int | None
    edit_days: tuple[int, ...] = ()
    linked_days: tuple[int, ...] = ()
    trusted: bool = True
    doubt: str | None = None
    seen: int | None = field(default=None, compare=False)
    only_watched: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """How far the dates of a whole vault can be gone by.

    `says` is the sentence for the heading; with `abstains` nothing is suggested, and `helps` are (what,
    how) pairs of what would change that, the best first.
    """

    dates: DateSource | None
    says: str
    trusted_notes: int
    observed_days: int
    since: date | None = None
    abstains: bool = False
    helps: tuple[tuple[str, str], ...] = ()
    has_log: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing noticed about a note, in words that a person can check."""

    code: str
    says: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """A protection that holds a note, whatever the evidence says."""

    code: str
    says: str


VerdictWord = Literal["archive", "watch", "keep", "protected"]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What setting a note aside would do to the others."""

    orphans: tuple[NotePath, ...] = ()
    unresolved_in: tuple[NotePath, ...] = ()
    rewrites: int = 0

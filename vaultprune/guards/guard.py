"""The values that guards look at, and the guard itself: plain facts in, one sentence out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from vaultprune.model import NotePath


@dataclass(frozen=True, slots=True)
class Guard:
    """Something that holds a plan back. `says` goes behind "because", `advice` is what helps, in sentences.

    `final`: no approval lets the plan through. `asks`: what a person at a terminal is asked instead of the approval.
    """

    name: str
    says: str
    advice: str = ""
    final: bool = False
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """How things stand around the notes, as far as only the disk and the system can tell.

    `outer` is the name of a larger vault around this one. `git_busy` is what git is in the middle of, such as "a
    merge". `layout_age` is how many seconds ago the app last wrote down its open tabs.
    """

    outer: str | None = None
    git_busy: str = ""
    app_running: bool = False
    layout_age: float | None = None
    archive: Literal["missing", "folder", "symlink", "file", "elsewhere"] = "missing"
    not_downloaded: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """What the journals know. `notes` is how many notes the vault had at the last run, on the day `day`.

    `known` are the places in the archive to which the program moved something; `archived_before`: whether it ever did.
    """

    pending: NotePath | None = None
    known: frozenset[NotePath] = field(default_factory=frozenset)
    archived_before: bool = False
    notes: int | None = None
    day: date | None = None

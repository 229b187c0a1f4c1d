"""What will happen, decided before anything does, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vaultprune.model.contents import NotePath


@dataclass(frozen=True, slots=True)
class Move:
    """One note goes from `source` to `target` if its bytes still have this digest.

    `undoes` names the journal's unit that this move takes back; "" when a note is set aside.
    """

    source: NotePath
    target: NotePath
    sha256: str
    size: int
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` to `end` of a file as it was when the plan was made: `before` stands there, `after` will.

    `because` are the sources of the moves that make it necessary. It is rewritten together with the last of them,
    and what relies on a move that was not carried out is not carried out either.
    """

    start: int
    end: int
    before: bytes
    after: bytes
    because: tuple[NotePath, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The link spans that change in one file: its path, and its digest, as they were when the plan was made."""

    path: NotePath
    sha256: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A note that stays where it is, and why."""

    path: NotePath
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that will happen, decided before anything does. Moves are carried out in this order.

    `id` is a short digest of the moves and rewrites: the same id means the same plan. `together` are groups of moves,
    each in one row, between which some link would lead elsewhere: after all or none of a group every link is right.
    """

    id: str
    moves: tuple[Move, ...]
    rewrites: tuple[Rewrite, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    together: tuple[tuple[NotePath, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Stray:
    """A file of a journal with a person's words that stand nowhere else. `place` is its path in the vault.

    `path` is the file of the vault that they were saved in, "" if no record tells any more. `goes_back`: the program
    can put them there, since nothing has happened there since; else it is for a person to compare the two.
    """

    place: str
    path: str
    goes_back: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one move. `remarks` are things to tell even where it was done."""

    move: Move
    what: Literal["done", "skipped", "failed"]
    why: str = ""
    rewritten: tuple[NotePath, ...] = ()
    remarks: tuple[str, ...] = ()

"""What is kept of one note, a week or the whole as a value in, a row of plain JSON out, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias
from zlib import crc32

from vaultprune.model import NotePath

Pairs: TypeAlias = tuple[tuple[int, int], ...]
Days: TypeAlias = tuple[int, ...]
Places: TypeAlias = tuple[tuple[NotePath, int], ...]


class Damaged(Exception):
    """What the ledger holds cannot be what was written."""


class Record(NamedTuple):
    """One note as the newest look saw it, and what the looks before it saw. Days are ordinals, oldest first.

    `names` are those that it links to, in order. `gone` is the day of the look that did not find it any more. `edits`
    are pairs (last day with the old words, first with the new); `linked` has a day once for each link that came.
    `formerly` are the paths it had before, with the day on which it was found elsewhere.
    """

    path: NotePath
    body: str
    properties: str
    names: tuple[str, ...]
    words: int
    first: int
    since: int
    gone: int | None = None
    edits: Pairs = ()
    changed: Days = ()
    opened: Days = ()
    linked: Days = ()
    formerly: Places = ()


class Round(NamedTuple):
    """One week's reports: the notes found weak, those suggested last, and for each ever suggested from when to when.

    Notes go by their number in the ledger. `counts` are the figures of the last report, behind its day; none where no
    report of the week counted.
    """

    weak: tuple[int, ...] = ()
    suggested: tuple[int, ...] = ()
    shown: Mapping[int, tuple[int, int]] = {}
    counts: tuple[int, ...] = ()


class About(NamedTuple):
    """What the whole ledger is about. `vault` is the vault's id or path, `path` where it lay at the newest look.

    `stamp` changes with everything that a report goes by; `text_stamp` names the contents that the newest look saw, as
    far as that is known. `looks` are the days of the looks, oldest first; `at` is the newest in seconds since 1970, and
    `open_notes` and `recent` are what the app had open then. There are so many `notes`, in so many `blocks`. `odd`
    tells why the ledger was begun anew.
    """

    vault: str
    path: str
    stamp: str = ""
    text_stamp: str = ""
    at: float = 0.0
    looks: Days = ()
    notes: int = 0
    blocks: int = 0
    open_notes: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    odd: str | None = None


def as_row(value: tuple[Any, ...]) -> bytes:
    """A value as one JSON list in ASCII; lone surrogates, which some names hold, stand in it escaped."""
    plain = [list(each.items()) if isinstance(each, Mapping) else each for each in value]
    return json.dumps(plain, separators=(",", ":")).encode("ascii")


def sum_of(kind: str, number: int, row: bytes) -> int:
    """A checksum of a row that also tells where it belongs."""
    return crc32(row, crc32(f"{kind} {number}".encode()))


def note_row(record: Record) -> bytes:
    """All of a record but its path. What a note that is as it was first seen does not have is left out."""
    return as_row(record[1:]) if is_told(record) else as_row(record[1:_PLAIN])


def is_told(record: Record) -> bool:
    """Whether more is known of a note than how it reads, and since when."""
    return record[_PLAIN:] != _NOTHING_MORE


def note_of(path: NotePath, row: bytes) -> Record:
    """The record of a note again."""
    try:
        return _record(path, *json.loads(row))
    except (ValueError, TypeError, RecursionError) as reason:
        raise Damaged(type(reason).__name__) from reason


def round_of(row: bytes) -> Round:
    """A week's round again."""
    try:
        weak, suggested, shown, *more = json.loads(row)
        counts = tuple(map(int, more[0])) if more else ()  # rounds of before 20 Nov 2026 have none
        return Round(tuple(weak), tuple(suggested), {number: (first, last) for number, (first, last) in shown}, counts)
    except (ValueError, TypeError, RecursionError) as reason:
        raise Damaged(type(reason).__name__) from reason


def without(round_: Round, numbers: frozenset[int]) -> Round:
    """A round in which these notes had no part; what it counted stays."""
    return round_._replace(
        weak=tuple(number for number in round_.weak if number not in numbers),
        suggested=tuple(number for number in round_.suggested if number not in numbers),
        shown={number: span for number, span in round_.shown.items() if number not in numbers},
    )


def about_of(row: bytes) -> About:
    """What the ledger is about, again."""
    try:
        plain: Iterable[Any] = json.loads(row)
        return About._make(tuple(each) if isinstance(each, list) else each for each in plain)
    except (ValueError, TypeError, RecursionError) as reason:
        raise Damaged(type(reason).__name__) from reason


_PLAIN = Record._fields.index("gone")
_NOTHING_MORE = tuple(Record._field_defaults.values())


def _record(
    path: NotePath,
    body: str,
    properties: str,
    names: Iterable[str],
    words: int,
    first: int,
    since: int,
    gone: int | None = None,
    edits: Sequence[Sequence[Any]] = (),
    changed: Iterable[int] = (),
    opened: Iterable[int] = (),
    linked: Iterable[int] = (),
    formerly: Sequence[Sequence[Any]] = (),
) -> Record:
    return Record(
        *(path, body, properties, tuple(names), words, first, since, gone),
        *(_pairs(edits), tuple(changed), tuple(opened), tuple(linked), _pairs(formerly)),
    )


def _pairs(plain: Sequence[Sequence[Any]]) -> tuple[tuple[Any, int], ...]:
    return tuple([(before, by) for before, by in plain]) if plain else ()

"""A file's place in, its rows out: SQLite, each change whole or not at all, and nothing ever thrown away.

What is no ledger of ours any more is renamed and stays beside the new one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from vaultprune.ledger.blocks import Entry, Known, blocks
from vaultprune.ledger.records import (
    About,
    Damaged,
    Round,
    about_of,
    as_row,
    round_of,
    sum_of,
)

if TYPE_CHECKING:
    import sqlite3

FORMAT = 2
A_PAGE = 4096
"""Bytes. A database with nothing in it is no longer than this, and a ledger always is."""
PATIENCE = 10.0
"""Seconds to wait for another run that is writing."""

_ABOUT, _NOTE, _ROUND = "about", "note", "round"
# busy, locked, out of memory, read-only, disk error, full, cannot be opened, no permission: none of them is damage
_PASSING = frozenset({5, 6, 7, 8, 10, 13, 14, 3})


class CannotKeep(Exception):
    """The file cannot be read or written at present; the message says why, as the end of a sentence."""


class Rows:
    """The rows of an open ledger. Raises `Damaged` for what was altered since it was written."""

    def __init__(self, connection: sqlite3.Connection, *, is_new: bool = False) -> None:
        self._connection, self._is_new = connection, is_new

    def about(self) -> About | None:
        """What the ledger is about; None in one that is being begun, and in no other."""
        if self._is_new:
            return None
        found = self._rows(_ABOUT)
        if not found:
            raise Damaged("it does not say whose it is")
        return about_of(found[0][1])

    def notes(self, about: About) -> Known:
        """Every note that was ever seen."""
        found = self._rows(_NOTE)
        if [number for number, _ in found] != list(range(1, about.blocks + 1)):
            raise Damaged("some notes are missing")
        known = Known(row for _, row in found)
        if len(known) != about.notes:
            raise Damaged("some notes are missing")
        return known

    def rounds(self) -> dict[int, Round]:
        """The round of each week, by its Monday."""
        return {monday: round_of(row) for monday, row in self._rows(_ROUND)}

    def is_whole(self) -> bool:
        """Whether the file as such is in order. This reads all of it."""
        return bool(self._connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))

    def put_about(self, about: About) -> None:
        """Say what the ledger is about."""
        self._put(_ABOUT, 0, as_row(about))

    def put_notes(self, entries: Iterable[Entry], after: int) -> int:
        """Write these notes behind so many blocks; what an earlier one says of them holds no more. All blocks then."""
        for data in blocks(entries):
            after += 1
            self._put(_NOTE, after, data)
        return after

    def rewrite_notes(self, entries: Iterable[Entry]) -> int:
        """Write these notes in place of all; the bytes of those that are left out are overwritten. All blocks then."""
        self._connection.execute("PRAGMA secure_delete = ON")
        self._connection.execute("DELETE FROM parts WHERE kind = ?", (_NOTE,))
        return self.put_notes(entries, 0)

    def put_round(self, monday: int, round_: Round) -> None:
        """Write a week's round in place of what stands there."""
        self._put(_ROUND, monday, as_row(round_))

    def remove_rounds(self, before: int) -> None:
        """Let go of the rounds of the weeks before this day."""
        self._connection.execute("DELETE FROM parts WHERE kind = ? AND number < ?", (_ROUND, before))

    def _put(self, kind: str, number: int, row: bytes) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)", (kind, number, row, sum_of(kind, number, row))
        )

    def _rows(self, kind: str) -> list[tuple[int, bytes]]:
        found = self._connection.execute(
            "SELECT number, data, sum FROM parts WHERE kind = ? ORDER BY number", (kind,)
        ).fetchall()
        for number, row, kept in found:
            if not isinstance(number, int) or not isinstance(row, bytes) or kept != sum_of(kind, number, row):
                raise Damaged(f"{kind} {number}")
        return [(number, row) for number, row, _ in found]


@contextmanager
def opened(file: Path) -> Iterator[Rows | None]:
    """The rows of a ledger to look at, None if there is none. Raises `Damaged` or `CannotKeep`."""
    if not os.path.lexists(file):
        yield None
        return
    with _connected(file, "rw") as connection:
        connection.execute("BEGIN")  # all that is read from here on is of one moment
        yield Rows(connection) if _is_begun(connection, file) else None


@contextmanager
def writing(file: Path) -> Iterator[Rows]:
    """The rows of a ledger to change: all of the changes are kept, or if anything is raised, none.

    The file is made if it is not there. One run writes at a time. Raises `Damaged` or `CannotKeep`.
    """
    try:
        os.makedirs(file.parent, mode=0o700, exist_ok=True)
    except OSError as error:
        raise CannotKeep(_said(error)) from None
    with _connected(file, "rwc") as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            is_new = not _is_begun(connection, file)
            if is_new:
                connection.execute(f"PRAGMA user_version = {FORMAT}")
                connection.execute(
                    "CREATE TABLE parts (kind TEXT, number INTEGER, data BLOB, sum INTEGER, PRIMARY KEY (kind, number))"
                )
            yield Rows(connection, is_new=is_new)
        except BaseException:
            connection.rollback()
            raise
        connection.execute("COMMIT")


def set_aside(file: Path, is_bad: Callable[[], bool]) -> Path | None:
    """Give what lies there another name, so that a new ledger can be begun; its new place.

    `is_bad` is asked once more when no other run can be doing the same: None if all is well by now.
    """
    try:
        with _alone(file):
            if not is_bad():
                return None
            aside = _free_name(file)
            for ending in ("-journal", ""):  # what a crash left half written belongs to the old file, not to the new
                with suppress(FileNotFoundError):
                    os.rename(f"{file}{ending}", f"{aside}{ending}")
            return aside
    except OSError as error:
        raise CannotKeep(_said(error)) from None


def asides(file: Path) -> tuple[Path, ...]:
    """What was set aside here, oldest first."""
    found: list[Path] = []
    while os.path.lexists(place := _aside(file, len(found) + 1)):
        found.append(place)
    return tuple(found)


def _free_name(file: Path) -> Path:
    return _aside(file, len(asides(file)) + 1)


def _aside(file: Path, number: int) -> Path:
    return file.with_name(f"{file.stem}.set-aside-{number}{file.suffix}")


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """No other run sets this file aside meanwhile."""
    handle = os.open(file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            import fcntl
        except ImportError:  # a system without such locks: two runs at this very moment are not to be expected
            pass
        else:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _connected(file: Path, mode: str) -> Iterator[sqlite3.Connection]:
    import sqlite3
    from urllib.parse import quote

    if os.path.lexists(file) and not os.path.isfile(file):  # to open a pipe would be to wait
        raise Damaged("not a file")
    place = f"file:{quote(os.fsencode(file))}?mode={mode}"
    try:
        with closing(sqlite3.connect(place, uri=True, timeout=PATIENCE, isolation_level=None)) as connection:
            yield connection
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and code & 0xFF in _PASSING:
            raise CannotKeep(str(error)) from None
        raise Damaged(str(error)) from None
    except (OverflowError, UnicodeDecodeError) as error:  # the latter where SQLite quotes what it stumbled over
        raise Damaged(str(error)) from None


def _is_begun(connection: sqlite3.Connection, file: Path) -> bool:
    """Whether anything was written yet; raises `Damaged` for a file of somebody else's."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    tables = connection.execute("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    if version > FORMAT:
        raise CannotKeep("a newer vaultprune wrote it")
    if not tables and version == 0 and os.path.getsize(file) <= A_PAGE:
        return False
    if version != FORMAT or tables != [("table", "parts")]:
        raise Damaged("another kind of file")
    return True


def _said(error: OSError) -> str:
    says = error.strerror or str(error)
    return says[:1].lower() + says[1:]

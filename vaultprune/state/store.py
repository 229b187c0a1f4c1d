"""A vault's folder in, what was remembered of it out: one SQLite file of its own in the user's cache folder.

Whatever is wrong with that file (damaged, foreign, locked, not to be written), nothing is remembered and nothing
is said: the same answer comes from the vault itself.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from vaultprune.state.packing import SHAPE, Damaged

if TYPE_CHECKING:
    import sqlite3

FORMAT = 3
_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_PAGE = 16384  # bytes; most parts are long
_PATIENCE = 0.2  # seconds to wait for another run that is writing

Make = Callable[[], Mapping[str, bytes | memoryview]]


class Store:
    """What is remembered of one vault. Opened, it reads nothing yet; `save` writes all that was kept, or nothing."""

    def __init__(self, vault: Path, *, folder: Path | None = None, writes: bool = True) -> None:
        self._vault = os.path.realpath(vault)
        self._file = cache_file(vault, folder)
        self._writes = writes
        self._forgot = False
        self._kept: dict[str, tuple[str, Make]] = {}
        self._prefix = f"{FORMAT}\n{SHAPE}\n{_program()}\n{self._vault}\n"

    def recall(self, what: str, key: str) -> Mapping[str, bytes] | None:
        """What was kept under this name with this very key, or None."""
        import sqlite3

        if self._forgot or not os.path.isfile(self._file):  # to open a pipe would be to wait
            return None
        known = self._key(what, key)
        try:
            with closing(self._connect("ro")) as connection:
                rows = connection.execute(
                    "SELECT name, many, checksum, data FROM columns WHERE what = ? AND key = ?", (what, known)
                ).fetchall()
            sound = [checksum == _checksum(known, name, many, data) for name, many, checksum, data in rows]
        except (sqlite3.Error, OSError, ValueError, OverflowError, TypeError, AttributeError):
            return None
        is_whole = bool(rows) and all(sound) and all(many == len(rows) for _, many, _, _ in rows)
        return {name: data for name, _, _, data in rows} if is_whole else None

    def forget(self) -> None:
        """Recall nothing from here on; what is kept from here on takes the place of all that was."""
        self._forgot = True
        self._kept = {}

    def keep(self, what: str, key: str, make: Make) -> None:
        """Remember what `make` gives under this name, in place of what was there; it is asked for on `save`."""
        if self._writes:
            self._kept[what] = (key, make)

    def save(self) -> None:
        """Write what was kept. Where that fails, what was remembered before stays, or nothing is."""
        if not self._kept:
            return
        import sqlite3

        kept, self._kept = self._kept, {}
        try:
            os.makedirs(os.path.dirname(self._file), mode=0o700, exist_ok=True)
            if os.path.lexists(self._file) and not os.path.isfile(self._file):
                os.unlink(self._file)
            try:
                self._write(kept)
            except sqlite3.OperationalError as reason:
                if "locked" in str(reason) or "full" in str(reason) or "readonly" in str(reason):
                    return
                self._begin_anew(kept)
            except sqlite3.DatabaseError:
                self._begin_anew(kept)
        except (sqlite3.Error, OSError, ValueError, OverflowError, TypeError, Damaged):
            return

    def _begin_anew(self, kept: Mapping[str, tuple[str, Make]]) -> None:
        os.unlink(self._file)
        with suppress(FileNotFoundError):
            os.unlink(self._file + "-journal")
        self._write(kept)

    def _write(self, kept: Mapping[str, tuple[str, Make]]) -> None:
        with closing(self._connect("rwc")) as connection:
            # what a crash leaves half written is noticed when it is read: waiting for the disk would gain nothing
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS columns"
                " (what TEXT, name TEXT, many INTEGER, key BLOB, checksum INTEGER, data BLOB, PRIMARY KEY (what, name))"
            )
            for what, (key, make) in kept.items():  # one after another: all at once would be most of a run's memory
                connection.execute("DELETE FROM columns WHERE what = ?", (what,))
                known, columns = self._key(what, key), make()
                for name, data in columns.items():
                    row = (what, name, len(columns), known, _checksum(known, name, len(columns), data), data)
                    connection.execute("INSERT INTO columns VALUES (?, ?, ?, ?, ?, ?)", row)
            connection.execute("COMMIT")

    def _connect(self, mode: str) -> sqlite3.Connection:
        import sqlite3
        from urllib.parse import quote

        place = "file:" + quote(os.fsencode(self._file)) + f"?mode={mode}"
        return sqlite3.connect(place, uri=True, timeout=_PATIENCE, isolation_level=None)

    def _key(self, what: str, key: str) -> bytes:
        return f"{self._prefix}{what}\n{key}".encode("utf-8", "surrogatepass")


def cache_file(vault: Path, folder: Path | None = None) -> str:
    """Where what is remembered of a vault lies, whether there is anything or not."""
    return os.path.join(folder or _cache_folder(), _file_name(os.path.realpath(vault)))


def remove(vault: Path, folder: Path | None = None) -> bool:
    """Take away all that is remembered of a vault. False if nothing was; what the disk keeps is an `OSError`."""
    file = cache_file(vault, folder)
    there = [place for place in (file, f"{file}-journal") if os.path.lexists(place)]
    for place in there:
        os.unlink(place)
    return bool(there)


def _checksum(key: bytes, name: str, many: int, data: bytes | memoryview) -> int:
    """Of a column, and of where it belongs: the key of the whole, its own name, and how many columns there are."""
    return crc32(data, crc32(f"{name} of {many}".encode(), crc32(key)))


def _file_name(vault: str) -> str:
    """A name for the vault's file: readable, and another one for every other path."""
    data = os.fsencode(vault)
    own = _NAMES.sub("-", os.path.basename(vault))[:40]
    return f"{own}-{crc32(data):08x}{crc32(data[::-1]):08x}.sqlite"


def _cache_folder() -> str:
    import platformdirs

    return platformdirs.user_cache_dir("vaultprune", appauthor=False)


def _program() -> str:
    """This very program: its version, and the size and time of each of its files, so that an edited one differs."""
    from vaultprune import __version__

    parts = [__version__, sys.version]
    folders = [os.path.dirname(os.path.dirname(__file__))]
    try:
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    if entry.name.endswith(".py"):
                        status = entry.stat()
                        parts.append(f"{entry.name} {status.st_size} {status.st_mtime_ns}")
                    elif entry.name != "__pycache__" and entry.is_dir():
                        folders.append(entry.path)
    except OSError:
        pass  # run from within an archive, where its version must do
    return f"{crc32(repr(parts).encode()):08x} {len(parts)}"

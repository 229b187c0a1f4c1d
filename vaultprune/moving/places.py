"""A note's path and what is in the vault in, its place in the archive out: the same folders, below the archive's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from vaultprune.model import NotePath

LONGEST_NAME = 255
"""Bytes that one name may take, on every file system we know."""
LONGEST_PATH = 4000
"""Bytes that a whole path may take: a little less than what Linux takes."""
_TRIES = 10_000


def key(path: str) -> str:
    """Two paths with one key are one file on some system that vaults are synced to."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def too_long(path: str, what: str = "its path in the archive") -> str:
    """The limit that a path exceeds, in words; "" if it exceeds none."""
    if max(map(_size, path.split("/"))) > LONGEST_NAME:
        return f"a name in {what} would be longer than {LONGEST_NAME} bytes"
    return f"{what} would be longer than {LONGEST_PATH:,} bytes" if _size(path) > LONGEST_PATH else ""


def _size(path: str) -> int:
    """The bytes of a name on disk: a lone surrogate stands for one byte that is not UTF-8, or is no name of a file."""
    try:
        return len(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return len(path.encode("utf-8", "surrogatepass"))


class Places:
    """Gives every note a place of its own. `paths` are all files of the vault; `folder` is the archive's.

    A place that is taken, also by a name that only some systems take for the same, or that was given to an earlier
    note, is not taken again: then the day stands behind the folder's name, since another name of the note itself
    would break links.
    """

    def __init__(self, paths: Iterable[str], folder: str = "Archive") -> None:
        self._folder = folder.strip("/")
        self._files: set[str] = set()
        self._spelt: dict[str, str] = {}
        for path in paths:
            self._take(path)

    def place(self, path: NotePath, day: date) -> NotePath:
        """Where this note goes if it is set aside on this day."""
        folder, _, name = f"{self._folder}/{path}".rpartition("/")
        wanted = base = self._as_spelt(folder)
        at, number = 0, 0
        for _ in range(_TRIES):
            blocked = self._blocked(wanted, name)
            if not blocked:
                break
            if at and blocked == max(at, 2):  # the folder that was marked: another number
                number += 1
            else:
                base, at, number = wanted, blocked, 1
            wanted = self._as_spelt(_marked(base, at, f"(archived {day.isoformat()}{f' {number}' * (number > 1)})"))
        found = f"{wanted}/{name}"
        self._take(found)
        return NotePath(found)

    def _blocked(self, folder: str, name: str) -> int:
        """The number of the folder on the way that cannot be used: a file has its name, or has the note's in it."""
        parts = folder.split("/")
        for count in range(2, len(parts) + 1):
            if key("/".join(parts[:count])) in self._files:
                return count
        whole = key(f"{folder}/{name}")
        return len(parts) if whole in self._files or whole in self._spelt else 0

    def _take(self, path: str) -> None:
        self._files.add(key(path))
        parts = path.split("/")[:-1]
        for count in range(len(parts), 0, -1):
            above = "/".join(parts[:count])
            if key(above) in self._spelt:
                break
            self._spelt[key(above)] = above

    def _as_spelt(self, folder: str) -> str:
        """The folder as it is spelt on disk, as far as it is there: `Archive/Ideas` is where `Archive/ideas` is."""
        parts = folder.split("/")
        for count in range(len(parts), 0, -1):
            spelt = self._spelt.get(key("/".join(parts[:count])))
            if spelt is not None:
                return "/".join((spelt, *parts[count:]))
        return folder


def _marked(folder: str, at: int, mark: str) -> str:
    """The folder with a mark behind the name of its part number `at`; the archive itself, number 1, keeps its name."""
    parts = folder.split("/")
    if at == 1:
        parts.insert(1, mark)
    else:
        parts[at - 1] += f" {mark}"
    return "/".join(parts)

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


def key(path: str) -> str:
    """Two paths with one key are one file on some system that vaults are synced to."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def too_long(path: str) -> str:
    """The limit that a path exceeds, in words; "" if it exceeds none."""
    longest = max(len(part.encode("utf-8", "surrogatepass")) for part in path.split("/"))
    if longest > LONGEST_NAME:
        return f"a name in its path in the archive would be longer than {LONGEST_NAME} bytes"
    if len(path.encode("utf-8", "surrogatepass")) > LONGEST_PATH:
        return f"its path in the archive would be longer than {LONGEST_PATH:,} bytes"
    return ""


class Places:
    """Gives every note a place of its own. `paths` are all files of the vault; `folder` is the archive's.

    A place that is taken, if only by a name that some system takes for the same, is not taken again, and neither is
    one that was given away before: then the day stands behind the folder's name. The name of the note itself stays,
    since links go by it.
    """

    def __init__(self, paths: Iterable[str], folder: str) -> None:
        self._folder = folder.strip("/")
        self._taken: set[str] = set()
        self._spelt: dict[str, str] = {}
        for path in paths:
            self._take(path)

    def place(self, path: NotePath, day: date) -> NotePath:
        """Where this note goes if it is set aside on this day."""
        folder, _, name = f"{self._folder}/{path}".rpartition("/")
        number = 1
        wanted = self._as_spelt(folder)
        while key(f"{wanted}/{name}") in self._taken or self._is_file(wanted):
            mark = f"(archived {day.isoformat()}{'' if number == 1 else f' {number}'})"
            # a note from the top of the vault has no folder to mark but the archive itself
            marked = f"{self._as_spelt(folder)} {mark}" if "/" in folder else f"{self._as_spelt(folder)}/{mark}"
            wanted = self._as_spelt(marked)
            number += 1
        found = f"{wanted}/{name}"
        self._take(found)
        return NotePath(found)

    def _take(self, path: str) -> None:
        self._taken.add(key(path))
        parts = path.split("/")[:-1]
        for count in range(len(parts), 0, -1):
            above = "/".join(parts[:count])
            if key(above) in self._spelt:
                break
            self._spelt[key(above)] = above
            self._taken.add(key(above))

    def _is_file(self, folder: str) -> bool:
        """Whether the last part of a folder is the name of a file, so that no folder can be made there."""
        return key(folder) in self._taken and key(folder) not in self._spelt

    def _as_spelt(self, folder: str) -> str:
        """The folder as it is spelt on disk, as far as it is there: `Archive/Ideas` is where `Archive/ideas` is."""
        parts = folder.split("/")
        for count in range(len(parts), 0, -1):
            spelt = self._spelt.get(key("/".join(parts[:count])))
            if spelt is not None:
                return "/".join((spelt, *parts[count:]))
        return folder

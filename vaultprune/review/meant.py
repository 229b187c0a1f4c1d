"""The name in a box and the vault as it is now in, the note that it means out, or why none can be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from vaultprune.model import NotePath
from vaultprune.review.identity import Identity, of_path, of_text
from vaultprune.vault import Vault

Digest = Callable[[NotePath], str | None]
"""The SHA-256 of a file as it is now; None if it is not there or cannot be read whole."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The note that a box means. Without a `path`: it lies in the archive, is gone, or could be one of several."""

    path: NotePath | None = None
    why: Literal["", "archived", "gone", "several"] = ""


@dataclass(frozen=True)
class Finder:
    """Which note of a vault a box means: the one in its place, else the one that had that place, or has that text.

    A note in its place is meant even if its text is another one: then it was edited. Otherwise there must be exactly
    one that could be meant, those in the archive among them.
    """

    vault: Vault
    digest: Digest

    def find(self, about: Identity) -> Meant:
        """The note that is meant."""
        here = self._places.get(about.place, ())
        if len(here) > 1:
            here = [number for number in here if self._is(number, about)]
            return self._only(here) if here else Meant(why="several")
        return self._only(here or self._moved(about))

    def _only(self, numbers: Sequence[int]) -> Meant:
        paths = [self.vault.notes.paths[number] for number in numbers]
        if any(path in self.vault.archived for path in paths):
            return Meant(why="archived")
        return Meant(paths[0]) if len(paths) == 1 else Meant(why="several" if paths else "gone")

    def _moved(self, about: Identity) -> Sequence[int]:
        """The notes that lay in this place once, and those that hold these very bytes now."""
        found = set(self._formerly.get(about.place, ()))
        found.update(number for number in self._texts.get(about.text, ()) if self._is(number, about))
        return sorted(found)

    def _is(self, number: int, about: Identity) -> bool:
        return about.is_file(self.digest(self.vault.notes.paths[number]))

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        return _by(enumerate(map(of_path, self.vault.notes.paths)))

    @cached_property
    def _formerly(self) -> Mapping[str, Sequence[int]]:
        along = self.vault.snapshot.observed.along(self.vault.notes.paths)
        return _by(
            (number, of_path(path))
            for number, seen in enumerate(along)
            for path, _ in (seen.formerly if seen is not None else ())
        )

    @cached_property
    def _texts(self) -> Mapping[str, Sequence[int]]:
        """The notes that are not empty, by their text: of two empty ones nobody can tell which is which."""
        notes = self.vault.notes
        pairs = enumerate(zip(notes.words, notes.body_digests, strict=True))
        return _by((number, of_text(digest)) for number, (words, digest) in pairs if words)


def _by(pairs: Iterable[tuple[int, str]]) -> Mapping[str, Sequence[int]]:
    found = defaultdict[str, list[int]](list)
    for number, key in pairs:
        found[key].append(number)
    return dict(found)

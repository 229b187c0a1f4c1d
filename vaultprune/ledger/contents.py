"""A snapshot in, what the ledger compares of it out: digests, names linked to, what is open in the app."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from vaultprune.model import NotePath, Snapshot
from vaultprune.notes import COUNTED, OWN_PROPERTY, Files, Notes
from vaultprune.notes.columns import Packed
from vaultprune.syntax.name import name_key


@dataclass(frozen=True)
class Contents:
    """The notes of a snapshot as the ledger sees them. Notes go by their place in the snapshot."""

    snapshot: Snapshot
    archive: str = ""
    _names: dict[int, str] = field(default_factory=dict)

    @cached_property
    def notes(self) -> Notes:
        """The notes themselves."""
        return Notes.of(self.snapshot.notes)

    @property
    def paths(self) -> Sequence[NotePath]:
        """Where each note lies."""
        return self.notes.paths

    @property
    def bodies(self) -> Packed:
        """The digest of each note's text."""
        return self.notes.body_digests

    @property
    def words(self) -> Sequence[int]:
        """How many words each note has."""
        return self.notes.words

    @property
    def day(self) -> int:
        """The local day of the snapshot."""
        return self.snapshot.taken_at.date().toordinal()

    @property
    def at(self) -> float:
        """Its moment, in seconds since 1970."""
        return self.snapshot.taken_at.timestamp()

    @cached_property
    def places(self) -> Mapping[NotePath, int]:
        """The place of each note, by its path."""
        return {path: place for place, path in enumerate(self.paths)}

    def place_of(self, path: str) -> int | None:
        """The place of the note that the app names like this."""
        return self.places.get(NotePath(path))

    def is_here(self, place: int) -> bool:
        """Whether the note could be read. Of one that could not, nothing is known, and nothing has changed."""
        return self.notes.unreadable[place] is None

    def unknown(self, numbers: Sequence[int]) -> list[int]:
        """The places of the notes that have the number 0 and could be read."""
        return [place for place, number in enumerate(numbers) if not number and self.is_here(place)]

    def properties(self, place: int) -> str:
        """A digest of a note's properties, "" if it has none."""
        row = self.notes.properties[place]
        if not row:
            return ""
        from hashlib import blake2b

        return blake2b(json.dumps(row, default=list).encode(), digest_size=8).hexdigest()

    def names(self, place: int) -> tuple[str, ...]:
        """The names that a note links to, in order, each once."""
        links, texts = self.notes.links, self._names
        found: set[str] = set()
        for at in range(links.starts[place], links.starts[place + 1]):
            if links.kind[at] < COUNTED:
                number = links.path[at]
                name = texts.get(number)
                if name is None:
                    name = texts.setdefault(number, name_key(links.texts[number]))
                found.add(name)
        return tuple(sorted(found - {"", name_key(self.paths[place])}))

    def is_silent(self, place: int) -> bool:
        """Whether its links keep no other note alive: it lies in the archive, or the program wrote it."""
        if self.archive and self.paths[place].lower().startswith(self.archive.strip("/").lower() + "/"):
            return True
        return self.is_own(place)

    def is_own(self, place: int) -> bool:
        """Whether the program itself wrote it: whatever changes in it tells of no use."""
        return any(str(pair[0]).lower().startswith(OWN_PROPERTY) for pair in self.notes.properties[place])

    def written(self, place: int) -> int:
        """The local day of a note's file time, and today where it has none that the calendar knows."""
        moment, zone = self._written[place], self.snapshot.taken_at.tzinfo or UTC
        try:
            return self.day if moment is None else datetime.fromtimestamp(moment / 1e9, zone).toordinal()
        except (OverflowError, ValueError, OSError):
            return self.day

    @cached_property
    def _written(self) -> Sequence[int | None]:
        return Files.of(self.snapshot.files).written_of(self.paths)

    def called(self, names: Container[str]) -> Iterator[tuple[int, str]]:
        """The places of the notes that go by one of these names, each with the name."""
        for place, lowered in enumerate(self.notes.lowered):
            name = lowered[lowered.rfind("/") + 1 :].removesuffix(".md")
            if name in names or not lowered.isascii() or "#" in lowered or "\\" in lowered or lowered[:1].isspace():
                key = name_key(self.paths[place])
                if key in names:
                    yield place, key

    def opened_since(self, open_notes: Sequence[str], recent: Sequence[str]) -> frozenset[str]:
        """The paths that are open in the app, and those that came forward among the last opened ones.

        `open_notes` and `recent` are what both were before. Where neither changed nobody used the app since, and a tab
        that has stood there for months tells of no use.
        """
        app = self.snapshot.app
        if (app.open_notes, app.last_opened) == (open_notes, recent):
            return frozenset()
        before = {path: place for place, path in enumerate(recent)}
        came: set[str] = set()
        passed = len(before)
        for path in reversed(app.last_opened):
            place = before.get(path)
            if place is None or place > passed:
                came.add(path)
            else:
                passed = place
        return frozenset(app.open_notes) | came

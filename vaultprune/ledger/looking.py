"""The records so far and a vault as it lies there now in, the records after this look out, and what it noticed."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vaultprune.ledger.blocks import Known
from vaultprune.ledger.contents import Contents
from vaultprune.ledger.following import followed
from vaultprune.ledger.ours import Ours
from vaultprune.ledger.records import About, Days, Pairs, Record
from vaultprune.model import NotePath
from vaultprune.syntax.name import name_key

MASS = 20
"""The same kind of change in more notes than this at one look was made by a program."""

PER_DAY = 20
"""More new notes than this for each day since the look before are an import."""

MOST_LINKS = 30
"""A change that adds more links than this at once makes a list, not a connection."""

MOST_NAMES = 50
"""Names of old that are kept of a note."""

MOST_DAYS = 1000
"""Days of one sort that are kept of a note; older ones are let go."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a look saw that the look before it had not. With `first` it was the first of all, and all notes are `new`.

    `since` is the day of the look before; `wrote`: whether there was anything to remember; `odd`: what is wrong.
    """

    notes: int
    first: bool = False
    since: int | None = None
    edited: int = 0
    properties: int = 0
    new: int = 0
    moved: int = 0
    gone: int = 0
    opened: int = 0
    wrote: bool = False
    odd: str | None = None

    @property
    def nothing(self) -> bool:
        """Whether all was as before."""
        return not (self.edited or self.properties or self.new or self.moved or self.gone or self.opened)


@dataclass(frozen=True, slots=True)
class _Change:
    """What is not as it was in one note: whether its body, by how many words, which names it links to."""

    number: int
    place: int
    body: bool
    words: int
    lost: frozenset[str]
    gained: frozenset[str]

    @property
    def kind(self) -> tuple[int, frozenset[str], frozenset[str]]:
        """Equal for changes that a program made alike in many notes."""
        return self.words, self.lost, self.gained


class Left(NamedTuple):
    """What a look leaves known of the notes of a snapshot, by their place.

    `numbers` are 0 for those of which nothing is known. `told` has the records of those of which more is known than
    since when they read as they do; for all others `firsts` and `sinces` say all.
    """

    numbers: array[int]
    firsts: array[int]
    sinces: array[int]
    told: Mapping[int, Record]


@dataclass(slots=True)
class Look:
    """One look in the making. With `differing` only the notes with these paths can be other than the records say.

    After `take`, `changed` holds the records that are not as before, by number; those of notes that were never seen
    before are made when they are asked for, and go by the numbers from `begins` on.
    """

    about: About
    known: Known
    now: Contents
    ours: Ours
    differing: frozenset[NotePath] | None = None
    changed: dict[int, Record] = field(default_factory=dict)
    numbers: array[int] = field(default_factory=lambda: array("I"))
    begins: int = 0
    fresh: list[int] = field(default_factory=list)

    @property
    def day(self) -> int:
        """The day of the look: today, or that of the look before if this clock or its time zone lags behind."""
        return max((self.now.day, *self.about.looks[-1:]))

    def take(self) -> Noticed:
        """Compare every note with its record."""
        looks, now, known = self.about.looks, self.now, self.known
        self.numbers, moved, back, gone = followed(known, now, self.ours.went)
        changes = [change for place in self._to_compare(moved, back) if (change := self._compared(place))]
        self.changed.update({number: known[number]._replace(gone=self.day) for number in gone})
        by_people = _without_mass(changes)
        self._edited(change.number for change in by_people if change.body)
        self._properties(change.number for change in by_people if not change.body)
        self._new()
        renamed = {name_key(now.paths[place]): name_key(known[number].path) for place, number in moved.items()}
        many_new = bool(looks) and len(self.fresh) > max(MASS, PER_DAY * (self.day - looks[-1]))
        fresh = [
            _Change(number, place, True, 0, frozenset(), frozenset(self.record(number).names))
            for number, place in enumerate(self.fresh if looks and not many_new else (), self.begins)
        ]
        self._linked([*by_people, *fresh], renamed)
        opened = self._opened()
        edited = sum(change.body for change in by_people)
        return Noticed(
            notes=len(now.paths),
            first=not looks,
            since=looks[-1] if looks else None,
            edited=edited,
            properties=len(by_people) - edited,
            new=len(self.fresh),
            moved=len(moved),
            gone=len(gone),
            opened=opened,
        )

    def record(self, number: int) -> Record:
        """A record as this look leaves it."""
        found = self.changed.get(number)
        if found is not None:
            return found
        return self.known[number] if not 0 < self.begins <= number else self._begun(self.fresh[number - self.begins])

    def many(self) -> int:
        """How many notes there are records of."""
        return len(self.known) + len(self.fresh)

    def records(self) -> Iterator[tuple[int, Record]]:
        """Every record as this look leaves it, by number; those of notes that are gone among them."""
        fresh = range(self.begins, self.begins + len(self.fresh))
        return ((number, self.record(number)) for number in (*self.known, *fresh))

    def to_write(self) -> Iterator[tuple[int, Record]]:
        """The records that are not as before, by number."""
        fresh = range(self.begins, self.begins + len(self.fresh))
        for number in (*sorted(number for number in self.changed if number not in fresh), *fresh):
            yield number, self.record(number)

    def left(self) -> Left:
        """What is known of the notes that are there."""
        known, numbers = self.known, self.numbers
        where, nothing = known.where, array("I", (0,))
        places = [where.get(number, -1) for number in numbers]
        firsts, sinces = (
            array("I", map((column + nothing).__getitem__, places)) for column in (known.firsts, known.sinces)
        )
        for place in self.fresh:
            firsts[place] = sinces[place] = self._first(place)
        special = known.told() | self.changed.keys()
        told: dict[int, Record] = {}
        for place in [place for place, number in enumerate(numbers) if number in special] if special else ():
            told[place] = record = self.record(numbers[place])._replace(names=())
            firsts[place], sinces[place] = record.first, record.since
        return Left(numbers, firsts, sinces, told)

    # --- the steps ----------------------------------------------------------------------------------

    def _first(self, place: int) -> int:
        # a file from after this look: the clock was behind, and the note is not as old as it says
        return max(self.day, self.now.written(place))

    def _begun(self, place: int) -> Record:
        now, first = self.now, self._first(place)
        body, properties = now.bodies[place], now.properties(place)
        return Record(now.paths[place], body, properties, now.names(place), now.words[place], first, first)

    def _to_compare(self, moved: Iterable[int], back: Iterable[int]) -> list[int]:
        """The places of the notes that were known before and may differ from their records."""
        numbers, differing = self.numbers, self.differing
        if differing is None:
            return [place for place, number in enumerate(numbers) if number]
        read = [place for place, path in enumerate(self.now.paths) if path in differing] if differing else []
        return sorted({*(place for place in read if numbers[place]), *moved, *back})

    def _compared(self, place: int) -> _Change | None:
        """Bring one record up to date with what is there; the change, unless there is none or it is our own."""
        now, number = self.now, self.numbers[place]
        before = self.known[number]
        path = now.paths[place]
        if path != before.path:
            formerly = (*before.formerly, (before.path, self.day))[-MOST_NAMES:]
            self.changed[number] = before._replace(path=path, gone=None, formerly=formerly)
        elif before.gone is not None:
            self.changed[number] = before._replace(gone=None)
        if not now.is_here(place):
            return None
        body, properties = now.bodies[place], now.properties(place)
        if body == before.body and properties == before.properties:
            return None
        names, words = now.names(place), now.words[place]
        self.changed[number] = self.record(number)._replace(body=body, properties=properties, names=names, words=words)
        found = self.ours.before(path)
        if now.is_own(place) or (found is not None and (not found or before.body in found)):
            return None
        lost, gained = frozenset(before.names), frozenset(names)
        return _Change(number, place, body != before.body, words - before.words, lost - gained, gained - lost)

    def _edited(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            record, before = self.record(number), self.known[number]
            seen = [day for day in self.about.looks if before.gone is None or day < before.gone]
            pair = (max((before.first, *seen[-1:])), self.day)
            edits: Pairs = record.edits
            if not edits or edits[-1][1] != self.day:
                edits = (*edits, pair)[-MOST_DAYS:]
            self.changed[number] = record._replace(edits=edits, since=self.day)

    def _properties(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            record = self.record(number)
            self.changed[number] = record._replace(changed=with_day(record.changed, self.day))

    def _new(self) -> None:
        """Number the notes that were never seen."""
        numbers, now = self.numbers, self.now
        self.fresh = now.unknown(numbers) if numbers.count(0) else []
        self.begins = max(self.known, default=0) + 1
        for number, place in enumerate(self.fresh, self.begins):
            numbers[place] = number

    def _linked(self, changes: Sequence[_Change], renamed: Mapping[str, str]) -> None:
        """Which notes somebody linked to anew. A link that only followed a rename is none."""
        found: Counter[str] = Counter()
        for change in changes:
            gained = {name for name in change.gained if renamed.get(name) not in change.lost}
            if len(gained) <= MOST_LINKS and not self.now.is_silent(change.place):
                found.update(gained)
        found = Counter({name: many for name, many in found.items() if many <= MASS})
        for place, name in self.now.called(found) if found else ():
            if number := self.numbers[place]:
                record = self.record(number)
                linked = (*record.linked, *(self.day,) * found[name])[-MOST_DAYS:]
                self.changed[number] = record._replace(linked=linked)

    def _opened(self) -> int:
        """How many notes were opened that had not been seen open on this day; at a first look nobody knows when."""
        if not self.about.looks:
            return 0
        found = 0
        for path in self.now.opened_since(self.about.open_notes, self.about.recent):
            place = self.now.place_of(path)
            number = 0 if place is None else self.numbers[place]
            if number and (record := self.record(number)).opened[-1:] != (self.day,):
                self.changed[number] = record._replace(opened=with_day(record.opened, self.day))
                found += 1
        return found


def with_day(days: Days, day: int) -> Days:
    """These days and one more, each once."""
    return days if days and days[-1] == day else (*days, day)[-MOST_DAYS:]


def _without_mass(changes: Sequence[_Change]) -> list[_Change]:
    """The changes without those that a program made: the same in more than 20 bodies, and in half of all that changed.

    Two hundred bodies that changed in two hundred ways are a phone that came home after months.
    """
    alike = Counter(change.kind for change in changes if change.body)
    kind, many = alike.most_common(1)[0] if alike else (None, 0)
    if many <= MASS or 2 * many < alike.total():
        return list(changes)
    return [change for change in changes if not change.body or change.kind != kind]

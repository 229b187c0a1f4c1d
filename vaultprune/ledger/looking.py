"""The records so far and a vault as it lies there now in, the records after this look out, and what it noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vaultprune.ledger.contents import Contents
from vaultprune.ledger.following import followed
from vaultprune.ledger.ours import Ours
from vaultprune.ledger.records import About, Days, Pairs, Record
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


@dataclass(slots=True)
class Look:
    """One look in the making. After `take`, `changed` holds the records that are not as before, by number."""

    about: About
    known: Mapping[int, Record]
    now: Contents
    ours: Ours
    changed: dict[int, Record] = field(default_factory=dict)

    @property
    def day(self) -> int:
        """The day of the look: today, or that of the look before if this clock or its time zone lags behind."""
        return max((self.now.day, *self.about.looks[-1:]))

    def take(self) -> Noticed:
        """Compare every note with its record."""
        looks, now = self.about.looks, self.now
        numbers, moved = followed(self.known, now, self.ours.went)
        changes = [change for place, number in numbers.items() if (change := self._compared(place, number))]
        gone = self._gone(frozenset(numbers.values()))
        by_people = _without_mass(changes)
        self._edited(change.number for change in by_people if change.body)
        self._properties(change.number for change in by_people if not change.body)
        new = self._new(numbers)
        renamed = {
            name_key(now.paths[place]): name_key(self.known[number].path)
            for place, number in numbers.items()
            if number in moved
        }
        many_new = bool(looks) and len(new) > max(MASS, PER_DAY * (self.day - looks[-1]))
        fresh = [
            _Change(number, place, True, 0, frozenset(), frozenset(self.record(number).names))
            for place, number in new.items()
            if looks and not many_new
        ]
        self._linked([*by_people, *fresh], {**numbers, **new}, renamed)
        opened = self._opened({**numbers, **new})
        edited = sum(change.body for change in by_people)
        return Noticed(
            notes=len(now.paths),
            first=not looks,
            since=looks[-1] if looks else None,
            edited=edited,
            properties=len(by_people) - edited,
            new=len(new),
            moved=len(moved),
            gone=gone,
            opened=opened,
        )

    def record(self, number: int) -> Record:
        """A record as this look leaves it."""
        return self.changed.get(number) or self.known[number]

    def records(self) -> dict[int, Record]:
        """All of them as this look leaves them."""
        return {**self.known, **self.changed}

    # --- the steps ----------------------------------------------------------------------------------

    def _compared(self, place: int, number: int) -> _Change | None:
        """Bring one record up to date with what is there; the change, unless there is none or it is our own."""
        now, before = self.now, self.known[number]
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
        if found is not None and (not found or before.body in found):
            return None
        lost, gained = frozenset(before.names), frozenset(names)
        return _Change(number, place, body != before.body, words - before.words, lost - gained, gained - lost)

    def _gone(self, there: frozenset[int]) -> int:
        found = [number for number, record in self.known.items() if record.gone is None and number not in there]
        self.changed.update({number: self.known[number]._replace(gone=self.day) for number in found})
        return len(found)

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

    def _new(self, numbers: Mapping[int, int]) -> dict[int, int]:
        """Begin a record for each note that was never seen; their numbers, by place."""
        now, found = self.now, dict[int, int]()
        number = max(self.known, default=0)
        for place, path in enumerate(now.paths):
            if place in numbers or not now.is_here(place):
                continue
            number += 1
            # a file from after this look: the clock was behind, and the note is not as old as it says
            first = max(self.day, now.written(place))
            found[place] = number
            self.changed[number] = Record(
                path, now.bodies[place], now.properties(place), now.names(place), now.words[place], first, first
            )
        return found

    def _linked(self, changes: Sequence[_Change], numbers: Mapping[int, int], renamed: Mapping[str, str]) -> None:
        """Which notes somebody linked to anew. A link that only followed a rename is none."""
        found: Counter[str] = Counter()
        for change in changes:
            gained = {name for name in change.gained if renamed.get(name) not in change.lost}
            if len(gained) <= MOST_LINKS and not self.now.is_silent(change.place):
                found.update(gained)
        found = Counter({name: many for name, many in found.items() if many <= MASS})
        if not found:
            return
        for place, number in numbers.items():
            many = found[name_key(self.now.paths[place])]
            if many:
                record = self.record(number)
                linked = (*record.linked, *(self.day,) * many)[-MOST_DAYS:]
                self.changed[number] = record._replace(linked=linked)

    def _opened(self, numbers: Mapping[int, int]) -> int:
        """How many notes were opened that had not been seen open on this day; at a first look nobody knows when."""
        if not self.about.looks:
            return 0
        found = 0
        for path in self.now.opened_since(self.about.open_notes, self.about.recent):
            place = self.now.place_of(path)
            number = None if place is None else numbers.get(place)
            if number is not None and (record := self.record(number)).opened[-1:] != (self.day,):
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

"""The records and an older copy of the vault in, the records with what it tells out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from vaultprune.ledger.contents import Contents
from vaultprune.ledger.following import by_text
from vaultprune.ledger.looking import MASS, MOST_LINKS
from vaultprune.ledger.records import Record
from vaultprune.syntax.name import name_key


@dataclass(frozen=True, slots=True)
class Learned:
    """What a copy told: of its `notes`, so many read the `same` now, were `edited` since, and are `gone` since.

    `new` are the notes of the vault that it does not have.
    """

    notes: int
    same: int
    edited: int
    gone: int
    new: int


def learn(known: Mapping[int, Record], then: Contents, taken: int) -> tuple[dict[int, Record], Learned]:
    """The records that know more by a copy made on the day `taken`, and what it told.

    A note whose body reads the same now was not edited since. One whose body differs was edited between then and the
    first look, if nothing else is known of when. A note that the copy has under another name is known by its text.
    """
    numbers = _matched(known, then)
    changed: dict[int, Record] = {}
    same = edited = 0
    links: Counter[str] = Counter()
    for place, number in numbers.items():
        record = known[number]
        if not then.is_here(place):
            continue
        if then.bodies[place] == record.body:
            same += 1
            after = _same(record, taken)
        else:
            edited += 1
            after = _differing(record, taken)
            gained = set(record.names) - set(then.names(place))
            if after.edits != record.edits and len(gained) <= MOST_LINKS and not then.is_silent(place):
                links.update(gained)
        if after != record:
            changed[number] = after
    _linked(known, changed, {name: many for name, many in links.items() if many <= MASS})
    alive = sum(record.gone is None for record in known.values())
    return changed, Learned(len(then.paths), same, edited, len(then.paths) - len(numbers), alive - len(numbers))


def _matched(known: Mapping[int, Record], then: Contents) -> dict[int, int]:
    """For each place in the copy the number of the note that it is now."""
    alive = {record.path: number for number, record in known.items() if record.gone is None}
    found = {place: alive[path] for place, path in enumerate(then.paths) if path in alive}
    there = [place for place in range(len(then.paths)) if place not in found and then.is_here(place)]
    taken = set(found.values())
    rest = [number for number in alive.values() if number not in taken]
    stayed = frozenset(then.bodies[place] for place in found)
    return {**found, **by_text(there, rest, known, then, lambda: stayed)}


def _same(record: Record, taken: int) -> Record:
    if taken < record.first:
        return record._replace(first=taken, since=record.since if record.edits else taken)
    last = record.edits[-1] if record.edits else None
    if last is not None and last[0] <= taken < last[1] == record.since:  # the edit was made before the copy
        return record._replace(since=taken, edits=(*record.edits[:-1], (last[0], taken)))
    return record


def _differing(record: Record, taken: int) -> Record:
    if taken >= record.first:
        return record
    if record.edits:  # how it read at the first look is not known any more
        return record._replace(first=taken)
    return record._replace(first=taken, edits=((taken, record.first),), since=record.first)


def _linked(known: Mapping[int, Record], changed: dict[int, Record], links: Mapping[str, int]) -> None:
    """A link that came between the copy and the first look is told with the day of that look."""
    if not links:
        return
    for number, before in known.items():
        many = links.get(name_key(before.path), 0) if before.gone is None else 0
        if many:
            record = changed.get(number, before)
            changed[number] = record._replace(linked=tuple(sorted((*record.linked, *(before.first,) * many))))

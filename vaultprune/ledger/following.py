"""The records and what is there now in, which note is which out: by path, by our own moves, and by its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from vaultprune.ledger.contents import Contents
from vaultprune.ledger.records import Record
from vaultprune.model import NotePath

TELLING = 3
"""A text of fewer words than this is no sign that two notes are one."""


def followed(
    known: Mapping[int, Record], now: Contents, went: Callable[[NotePath], NotePath]
) -> tuple[dict[int, int], frozenset[int]]:
    """For each place of a note that was known before the number of its record; and the numbers of those that moved.

    A note is the one that lay at its path. One whose path was not known is the one that the program itself moved there;
    else one that vanished and had the same text, as `by_text` finds it; else likewise one that was gone already, or
    whatever lay at this path when it was gone.
    """
    places = now.places
    alive = {record.path: number for number, record in known.items() if record.gone is None}
    dead = {record.path: number for number, record in known.items() if record.gone is not None}
    found = {places[path]: number for path, number in alive.items() if path in places}
    stayed = frozenset(now.bodies[place] for place in found)
    new = [place for place, path in enumerate(now.paths) if place not in found and now.is_here(place)]
    vanished = [number for path, number in alive.items() if path not in places]
    moved: dict[int, int] = {}
    for number in vanished:
        place = places.get(went(known[number].path), -1)
        if place >= 0 and place not in found:
            moved.setdefault(place, number)
    back: dict[int, int] = {}

    def left() -> list[int]:
        return [place for place in new if place not in moved and place not in back]

    def free(numbers: Iterable[int]) -> list[int]:
        taken = {*moved.values(), *back.values()}
        return [number for number in numbers if number not in taken]

    for place in left():
        lay = dead.get(now.paths[place])
        if lay is not None and known[lay].body == now.bodies[place]:
            back[place] = lay
    for candidates in (vanished, dead.values()):
        moved |= by_text(left(), free(candidates), known, now, stayed)
    still = frozenset(free(dead.values()))
    for place in left():
        lay = dead.get(now.paths[place])
        if lay in still:
            back[place] = lay
    return {**found, **back, **moved}, frozenset(moved.values())


def by_text(
    there: Sequence[int], numbers: Sequence[int], known: Mapping[int, Record], now: Contents, stayed: frozenset[str]
) -> dict[int, int]:
    """For places at which a text appeared the record of the note that had it.

    That is the one of these records with the same text and file name, if there is just one such, as when a folder was
    moved; else the one with this text alone, if the text says enough and no other note has it.
    """
    if not numbers:
        return {}
    named = _paired(
        {place: (now.bodies[place], _file_name(now.paths[place])) for place in there},
        {number: (known[number].body, _file_name(known[number].path)) for number in numbers},
    )
    taken = set(named.values())
    alone = _paired(
        {place: now.bodies[place] for place in there if place not in named},
        {number: known[number].body for number in numbers if number not in taken},
    )
    return named | {
        place: number
        for place, number in alone.items()
        if now.words[place] >= TELLING and now.bodies[place] not in stayed
    }


def _paired(places: Mapping[int, Hashable], numbers: Mapping[int, Hashable]) -> dict[int, int]:
    """The places and numbers that have the same key, where no other of either has it."""
    appeared, vanished = Counter(places.values()), Counter(numbers.values())
    by_key = {key: number for number, key in numbers.items() if vanished[key] == 1}
    return {place: by_key[key] for place, key in places.items() if key in by_key and appeared[key] == 1}


def _file_name(path: str) -> str:
    return path.rpartition("/")[2]

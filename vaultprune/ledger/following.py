"""The records and what is there now in, which note is which out: by path, by our own moves, and by its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

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
    else the one that vanished and had the same text, if there is no other of this text among those that vanished,
    those that appeared and those that stayed; else likewise one that was gone already.
    """
    places = now.places
    alive = {record.path: number for number, record in known.items() if record.gone is None}
    dead = {record.path: number for number, record in known.items() if record.gone is not None}
    found = {places[path]: number for path, number in alive.items() if path in places}
    new = [place for place, path in enumerate(now.paths) if place not in found and now.is_here(place)]
    vanished = [number for path, number in alive.items() if path not in places]
    moved: dict[int, int] = {}
    for number in vanished:
        place = places.get(went(known[number].path))
        if place is not None and place not in found and place not in moved:
            moved[place] = number
    back = {
        place: dead[path]
        for place in new
        if place not in moved and (path := now.paths[place]) in dead and known[dead[path]].body == now.bodies[place]
    }
    stayed = {now.bodies[place] for place in found}
    for candidates in (vanished, dead.values()):
        taken = {*moved.values(), *back.values()}
        there = [place for place in new if place not in moved and place not in back]
        moved |= by_text(there, (number for number in candidates if number not in taken), known, now, stayed)
    taken = {*moved.values(), *back.values()}
    back |= {
        place: number
        for place in new
        if place not in moved and place not in back and (number := dead.get(now.paths[place], -1)) not in {-1, *taken}
    }
    return {**found, **back, **moved}, frozenset(moved.values())


def by_text(
    there: Iterable[int], candidates: Iterable[int], known: Mapping[int, Record], now: Contents, stayed: set[str]
) -> dict[int, int]:
    """The places at which a text appeared that just one of the candidates had, and nothing else has."""
    by_body: dict[str, list[int]] = {}
    for number in candidates:
        by_body.setdefault(known[number].body, []).append(number)
    if not by_body:
        return {}
    there = list(there)
    appeared = Counter(now.bodies[place] for place in there)
    return {
        place: by_body[body][0]
        for place in there
        if now.words[place] >= TELLING
        and len(by_body.get(body := now.bodies[place], ())) == 1
        and appeared[body] == 1
        and body not in stayed
    }

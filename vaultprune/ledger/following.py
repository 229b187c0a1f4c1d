"""The records and what is there now in, which note is which out: by path, by our own moves, and by its text."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from vaultprune.ledger.blocks import Known
from vaultprune.ledger.contents import Contents
from vaultprune.ledger.records import Record
from vaultprune.model import NotePath

TELLING = 3
"""A text of fewer words than this is no sign that two notes are one."""


class Followed(NamedTuple):
    """The number of each note by its place, 0 where it was never seen; and how those were found that did not stay.

    `moved` and `back`, by place, are the notes found elsewhere than they were and those that had been gone;
    `gone` are the numbers of those that are not found any more.
    """

    numbers: array[int]
    moved: Mapping[int, int]
    back: Mapping[int, int]
    gone: Sequence[int]


def followed(known: Known, now: Contents, went: Callable[[NotePath], NotePath]) -> Followed:
    """Which of the known notes is which now.

    A note is the one that lay at its path. One whose path was not known is the one that the program itself moved there;
    else one that vanished and had the same text, as `by_text` finds it; else likewise one that was gone already, or
    whatever lay at this path when it was gone.
    """
    alive, dead, paths = known.alive, known.dead, now.paths
    numbers = array("I", [alive.get(path, 0) for path in paths])
    found = len(paths) - numbers.count(0)
    new = now.unknown(numbers) if found < len(paths) else []
    there = set(numbers) if found < len(alive) else frozenset[int]()
    vanished = [number for number in alive.values() if number not in there] if found < len(alive) else []
    moved: dict[int, int] = {}
    back: dict[int, int] = {}
    for number in vanished:
        place = now.places.get(went(known[number].path), -1)
        if place >= 0 and not numbers[place]:
            moved.setdefault(place, number)

    def left() -> list[int]:
        return [place for place in new if place not in moved and place not in back]

    def free(candidates: Iterable[int]) -> list[int]:
        taken = {*moved.values(), *back.values()}
        return [number for number in candidates if number not in taken]

    @cache
    def stayed() -> frozenset[str]:
        return frozenset(now.bodies[place] for place, number in enumerate(numbers) if number)

    for place in left():
        lay = dead.get(paths[place])
        if lay is not None and known[lay].body == now.bodies[place]:
            back[place] = lay
    for candidates in (vanished, dead.values()):
        moved |= by_text(left(), free(candidates), known, now, stayed)
    still = frozenset(free(dead.values()))
    for place in left():
        lay = dead.get(paths[place])
        if lay in still:
            back[place] = lay
    for place, number in (*back.items(), *moved.items()):
        numbers[place] = number
    return Followed(numbers, moved, back, free(vanished))


def by_text(
    there: Sequence[int],
    numbers: Sequence[int],
    known: Mapping[int, Record],
    now: Contents,
    stayed: Callable[[], Container[str]],
) -> dict[int, int]:
    """For places at which a text appeared the record of the note that had it.

    That is the one of these records with the same text and file name, if there is just one such, as when a folder was
    moved; else the one with this text alone, if the text says enough and no other note has it.
    """
    if not numbers or not there:
        return {}
    were = {number: known[number][:2] for number in numbers}
    named = _paired(
        {place: (now.bodies[place], _file_name(now.paths[place])) for place in there},
        {number: (body, _file_name(path)) for number, (path, body) in were.items()},
    )
    taken = set(named.values())
    alone = _paired(
        {place: now.bodies[place] for place in there if place not in named},
        {number: body for number, (_, body) in were.items() if number not in taken},
    )
    return named | {
        place: number
        for place, number in alone.items()
        if now.words[place] >= TELLING and now.bodies[place] not in stayed()
    }


def _paired(places: Mapping[int, Hashable], numbers: Mapping[int, Hashable]) -> dict[int, int]:
    """The places and numbers that have the same key, where no other of either has it."""
    appeared, vanished = Counter(places.values()), Counter(numbers.values())
    by_key = {key: number for number, key in numbers.items() if vanished[key] == 1}
    return {place: by_key[key] for place, key in places.items() if key in by_key and appeared[key] == 1}


def _file_name(path: str) -> str:
    return path.rpartition("/")[2]

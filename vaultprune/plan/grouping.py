"""Notes in an order and sets of them that go together in, groups and an order in which each stands in one row out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vaultprune.model import NotePath

Groups = tuple[tuple[NotePath, ...], ...]


def grouped(notes: Sequence[NotePath], sets: Iterable[Sequence[NotePath]]) -> tuple[Groups, tuple[NotePath, ...]]:
    """The groups of more than one, and all notes: as they come, but for those that a group brings forward."""
    leader = {note: note for note in notes}

    def first(note: NotePath) -> NotePath:
        while leader[note] != note:
            leader[note] = leader[leader[note]]
            note = leader[note]
        return note

    for some in sets:
        for note in some[1:]:
            leader[first(note)] = first(some[0])
    groups: dict[NotePath, list[NotePath]] = {}
    for note in notes:
        groups.setdefault(first(note), []).append(note)
    order = tuple(note for group in groups.values() for note in group)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1), order

"""Notes and sets of them that go together in, groups out, and an order in which each group stands in one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vaultprune.model import Move, NotePath, Plan

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


def rows(plan: Plan) -> tuple[tuple[Move, ...], ...]:
    """The moves of a plan, those of one group in one row, every other alone; in their order.

    `ValueError` if a group is of anything but several moves that follow one another.
    """
    moves = {move.source: move for move in plan.moves}
    group_of = {note: group for group in plan.together for note in group}
    found = tuple(
        tuple(moves[note] for note in group)
        for group in dict.fromkeys(group_of.get(move.source, (move.source,)) for move in plan.moves)
        if moves.keys() >= set(group)
    )
    groups = tuple(tuple(move.source for move in row) for row in found if len(row) > 1)
    if tuple(move for row in found for move in row) != plan.moves or groups != plan.together:
        raise ValueError("a group is of several moves of the same plan that stand in one row")
    return found

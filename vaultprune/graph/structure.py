"""Which notes are joined, as plain pairs in, groups and cut notes out.

Written out for arrays of numbers: on a large vault a graph of objects would take longer than reading the notes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from vaultprune.notes import Rows, RowsBuilder


class Structure(NamedTuple):
    """The groups of joined nodes, largest first, and the nodes whose removal would split theirs.

    `pieces` has for each such node the notes in the two largest pieces that would be left.
    """

    groups: tuple[tuple[int, ...], ...]
    pieces: Mapping[int, tuple[int, int]]


def structure_of(nodes: Iterable[int], pairs: Iterable[tuple[int, int]], notes: int) -> Structure:
    """The structure of an undirected graph; only nodes below `notes` are notes and weigh anything."""
    edges = list(pairs)
    known = sorted({*nodes, *(end for edge in edges for end in edge)})
    neighbours: list[list[int]] = [[] for _ in range(max(known, default=-1) + 1)]
    for one, other in edges:
        neighbours[one].append(other)
        neighbours[other].append(one)
    joined = Rows.of(neighbours)
    return Structure(groups_of(known, joined), pieces_of(known, joined, notes))


def joined_by(forward: Rows, backward: Rows, silent: AbstractSet[int]) -> Rows:
    """The sources that each source is linked with, whichever way; one that is linked both ways stands there twice."""
    sources = len(forward)
    joined = RowsBuilder()
    for number, row in enumerate(forward):
        if number in silent:
            joined.add(())
            continue
        if row and row[-1] >= sources:  # they are in order, and what is no source stands last
            row = row[: bisect_left(row, sources)]
        if silent and not silent.isdisjoint(row):
            row = array("I", [each for each in row if each not in silent])
        joined.items += row
        joined.items += backward[number]
        joined.starts.append(len(joined.items))
    return joined.rows()


def groups_of(nodes: Sequence[int], neighbours: Rows) -> tuple[tuple[int, ...], ...]:
    """The nodes that hang together, the largest group first, equal ones by their nodes."""
    seen: set[int] = set()
    groups: list[tuple[int, ...]] = []
    for start in nodes:
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for node in group:
            for other in neighbours[node]:
                if other not in seen:
                    seen.add(other)
                    group.append(other)
        groups.append(tuple(sorted(group)))
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def pieces_of(nodes: Sequence[int], neighbours: Rows, notes: int) -> dict[int, tuple[int, int]]:
    """The nodes whose removal would split their group, with the notes in the two largest pieces that would be left.

    One walk in depth over each group. What was first met below a node, and reaches nothing met before that node,
    is cut off without it; what is left of the group is the last piece.
    """
    walk = _Walk(neighbours, notes)
    found: dict[int, tuple[int, int]] = {}
    for root in nodes:
        if walk.met[root] or not neighbours.length(root):
            continue
        cut = walk.cut_off(root)
        whole = walk.size[root]
        for node, pieces in cut.items():
            if node != root:
                pieces.append(whole - (node < notes) - sum(pieces))
            if len(pieces) > 1:
                pieces.sort()
                found[node] = (pieces[-1], pieces[-2])
    return found


class _Walk:
    """A walk in depth: when each node was `met`, and the `size` of what was met from it on, in notes."""

    def __init__(self, neighbours: Rows, notes: int) -> None:
        self.met = [0] * len(neighbours)
        self.size = [int(node < notes) for node in range(len(neighbours))]
        self._neighbours = neighbours
        self._clock = 0

    def cut_off(self, root: int) -> dict[int, list[int]]:
        """The sizes of the pieces below each node of a group that reach nothing met before it."""
        met, size, neighbours, clock = self.met, self.size, self._neighbours, self._clock + 1
        met[root] = least = clock
        cut: dict[int, list[int]] = {}
        node, others = root, iter(neighbours[root])
        way: list[tuple[int, Iterator[int], int]] = []  # what lies above, how far each has got, what it reaches
        while True:
            for other in others:
                when = met[other]
                if not when:
                    way.append((node, others, least))
                    clock += 1
                    met[other] = least = clock
                    node, others = other, iter(neighbours[other])
                    break
                if when < least:  # the way back up is among these and proves nothing: it reaches just the node above
                    least = when
            else:
                if not way:
                    self._clock = clock
                    return cut
                below, reached = node, least
                node, others, least = way.pop()
                size[node] += size[below]
                if reached >= met[node]:
                    cut.setdefault(node, []).append(size[below])
                elif reached < least:
                    least = reached

"""Which notes are joined, as plain pairs in, groups and cut notes out.

Written out for arrays of numbers: on a large vault a graph of objects would take longer than reading the notes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from vaultprune.notes import Rows, RowsBuilder


@dataclass(frozen=True, slots=True)
class Structure:
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
    length = len(neighbours)
    met, above = array("I", bytes(4 * length)), array("I", bytes(4 * length))
    lowest, size = array("I", bytes(4 * length)), array("I", bytes(4 * length))
    found: dict[int, tuple[int, int]] = {}
    clock = 0
    for root in nodes:
        if met[root]:
            continue
        clock += 1
        met[root] = clock
        order, node, left = [root], root, [iter(neighbours[root])]
        while left:
            for other in left[-1]:
                if not met[other]:
                    clock += 1
                    met[other], above[other] = clock, node
                    order.append(other)
                    node = other
                    left.append(iter(neighbours[other]))
                    break
            else:
                left.pop()
                node = above[node]
        if len(order) > 2:
            _cut(order, neighbours, notes, (met, above, lowest, size), found)
    return found


def _cut(
    order: Sequence[int],
    neighbours: Rows,
    notes: int,
    columns: tuple[array[int], array[int], array[int], array[int]],
    found: dict[int, tuple[int, int]],
) -> None:
    """The notes that hold one group together, from the order in which a walk in depth met its nodes."""
    met, above, lowest, size = columns
    when, root = met.__getitem__, order[0]
    cut: dict[int, list[int]] = {}
    for node in reversed(order):
        # the edge back to where the walk came from is among these, and proves nothing: it reaches the node above, and
        # only what lies further up would keep the two together
        least = min(map(when, neighbours[node]))
        if lowest[node] and lowest[node] < least:
            least = lowest[node]
        size[node] += node < notes
        if node == root:
            break
        over = above[node]
        size[over] += size[node]
        if least >= met[over]:
            cut.setdefault(over, []).append(size[node])
        elif not lowest[over] or least < lowest[over]:
            lowest[over] = least
    for node, pieces in cut.items():
        if node != root:
            pieces.append(size[root] - (node < notes) - sum(pieces))
        if len(pieces) > 1:
            pieces.sort()
            found[node] = (pieces[-1], pieces[-2])

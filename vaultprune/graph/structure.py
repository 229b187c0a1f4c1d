"""Which notes are joined, as plain pairs in, groups and cut notes out.

Written out for arrays of numbers: on a large vault a graph of objects would take longer than reading the notes.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vaultprune.graph.rows import turned
from vaultprune.notes import Rows

Pairs = Callable[[], Iterator[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Structure:
    """The groups of joined nodes, largest first, and the nodes whose removal would split theirs.

    `pieces` has for each such node the notes in the two largest pieces that would be left.
    """

    groups: tuple[tuple[int, ...], ...]
    pieces: Mapping[int, tuple[int, int]]


def structure_of(nodes: Iterable[int], pairs: Iterable[tuple[int, int]], notes: int) -> Structure:
    """The structure of an undirected graph; only nodes below `notes` are notes and weigh anything."""
    known = sorted({*nodes})
    edges = list(pairs)
    known = sorted({*known, *(end for edge in edges for end in edge)})
    neighbours = both_ways(lambda: iter(edges), max(known, default=-1) + 1)
    return Structure(groups_of(known, neighbours), pieces_of(known, neighbours, notes))


def both_ways(pairs: Pairs, length: int) -> Rows:
    """The neighbours of each node, whichever way a pair goes."""

    def turned_pairs() -> Iterator[tuple[int, int]]:
        for one, other in pairs():
            yield one, other
            yield other, one

    return turned(turned_pairs, length)


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
    met, lowest, size = array("q", bytes(8 * length)), array("q", bytes(8 * length)), array("q", bytes(8 * length))
    cut: dict[int, list[int]] = {}
    found: dict[int, tuple[int, int]] = {}
    clock = 0
    for root in nodes:
        if met[root]:
            continue
        clock += 1
        met[root] = lowest[root] = clock
        size[root] = root < notes
        path = [root]
        left = [iter(neighbours[root])]
        cut.clear()
        while path:
            node = path[-1]
            for other in left[-1]:
                if not met[other]:
                    clock += 1
                    met[other] = lowest[other] = clock
                    size[other] = other < notes
                    path.append(other)
                    left.append(iter(neighbours[other]))
                    break
                if met[other] < lowest[node]:
                    # the edge back to where it came from is among these, and proves nothing: it reaches the node
                    # above, and only what lies further up would keep the two together
                    lowest[node] = met[other]
            else:
                path.pop()
                left.pop()
                if path:
                    above = path[-1]
                    size[above] += size[node]
                    if lowest[node] >= met[above]:
                        cut.setdefault(above, []).append(size[node])
                    elif lowest[node] < lowest[above]:
                        lowest[above] = lowest[node]
        for node, pieces in cut.items():
            rest = size[root] - (node < notes) - sum(pieces)
            if node != root:
                pieces.append(rest)
            if len(pieces) > 1:
                pieces.sort()
                found[node] = (pieces[-1], pieces[-2])
    return found

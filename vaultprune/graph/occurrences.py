"""Every link of a vault with what it means: one number an occurrence, found by its source or by its target."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property

from vaultprune.graph.rows import paired
from vaultprune.model import Link
from vaultprune.notes import COUNTED, Links, Rows

UNRESOLVED = -1


class Occurrences:
    """The links of all sources in order, each with a position and the ids of the files that it means.

    A target below `UNRESOLVED` stands for several files that tie: the first of `ties` has -2, the next -3. `links`
    gives the links themselves, in parts that follow one another, and is asked only where their words are needed.
    """

    def __init__(
        self,
        links: Callable[[], tuple[Links, ...]],
        starts: array[int],
        targets: array[int],
        ties: tuple[tuple[int, ...], ...],
        files: int,
    ) -> None:
        self.ties = ties
        self._links = links
        self._starts = starts
        self._targets = targets
        self._files = files

    def of(self, source: int) -> range:
        """The positions of a source's links."""
        return range(self._starts[source], self._starts[source + 1])

    def row(self, source: int) -> tuple[Link, ...]:
        """A source's links."""
        return tuple([self.link(position) for position in self.of(source)])

    def meant(self, position: int) -> tuple[int, ...]:
        """The files that the link at a position means: none, one, or several."""
        target = self._targets[position]
        if target >= 0:
            return (target,)
        return () if target == UNRESOLVED else self.ties[-2 - target]

    def source(self, position: int) -> int:
        """The source in which a position lies."""
        return bisect_right(self._starts, position) - 1

    def link(self, position: int) -> Link:
        """The link at a position."""
        for part in self._parts:
            if position < len(part.kind):
                return part.at(position)
            position -= len(part.kind)
        raise IndexError(position)

    def to(self, target: int) -> array[int]:
        """The positions of all links that mean a file, whatever their kind and source."""
        return self._arriving[target]

    def counted(self) -> int:
        """How many links there are of the kinds that make a backlink."""
        return sum(part.counted() for part in self._parts)

    def unresolved(self) -> Iterator[int]:
        """The position of every link that means nothing and would make a backlink, in order."""
        kinds = b"".join([part.kind.tobytes() for part in self._parts])
        for position, target in enumerate(self._targets):
            if target == UNRESOLVED and kinds[position] < COUNTED:
                yield position

    def unresolved_paths(self) -> set[str]:
        """The paths of the links that mean nothing and would make a backlink."""
        found: set[str] = set()
        start = 0
        for part in self._parts:
            targets = self._targets[start : start + len(part.kind)]
            counted = zip(targets, part.kind, part.path, strict=True)
            numbers = {path for target, kind, path in counted if target == UNRESOLVED and kind < COUNTED}
            found.update(part.texts[number] for number in numbers)
            start += len(part.kind)
        return found

    def tied(self) -> Iterator[int]:
        """The position of every link that may mean several files, in order."""
        return (position for position, target in enumerate(self._targets) if target < UNRESOLVED)

    @cached_property
    def _parts(self) -> tuple[Links, ...]:
        return self._links()

    @cached_property
    def _arriving(self) -> Rows:
        def pairs() -> Iterator[tuple[int, int]]:
            for position, target in enumerate(self._targets):
                if target >= 0:
                    yield position, target
                elif target != UNRESOLVED:
                    for tied in self.ties[-2 - target]:
                        yield position, tied

        return paired(pairs, self._files)

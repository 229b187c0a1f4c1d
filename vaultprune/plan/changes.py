"""A vault's links and the moves in, the links that would then mean something else out: all moves simulated at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

from vaultprune.graph import FileIndex, LinkGraph
from vaultprune.model import Link, LinkKind, NotePath

NEVER_REWRITTEN: frozenset[LinkKind] = frozenset({"uri", "html"})
"""Links that are told of and left as they are."""

MOST_TRIED = 4
"""Up to so many moves that have to do with one link are tried in every combination; more of them go together."""


@dataclass(frozen=True, slots=True)
class Change:
    """One link that means something, and may not mean it any more.

    `source` is where it stands now, `number` which of its links it is, `means` the files it means, as they are called
    now: one, or several that tie. `position` is its place among all links of the vault.
    """

    position: int
    source: NotePath
    number: int
    link: Link
    means: tuple[NotePath, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of a link that changes: the path it will look for, and the moves it is rewritten with."""

    path: str
    because: tuple[NotePath, ...]


def looked_up(index: FileIndex, link: Link, source: NotePath, path: str | None = None) -> frozenset[NotePath]:
    """What a link means in an index of files, or would mean if it looked for `path`."""
    wanted = link.path if path is None else path
    return frozenset(index.resolve_file(wanted) if link.kind == "canvas" else index.resolve(wanted, source))


@dataclass(frozen=True)
class Moved:
    """A vault in which notes lie elsewhere: `moves` says for each where from and where to."""

    graph: LinkGraph
    moves: Mapping[NotePath, NotePath]

    @cached_property
    def index(self) -> FileIndex:
        """All files as they would be then."""
        return FileIndex(self.now(path) for path in self.graph.files)

    def now(self, path: NotePath) -> NotePath:
        """Where a file lies then."""
        return self.moves.get(path, path)

    def means(self, link: Link, source: NotePath, path: str | None = None) -> frozenset[NotePath]:
        """What a link means then; `source` is where it stands now."""
        return looked_up(self.index, link, self.now(source), path)

    def changes(self) -> tuple[Change, ...]:
        """The links that mean something now, and would mean nothing or something else then, in the vault's order.

        A link is looked at if it stands in a note that moves, or means a file that some text could mean as well as
        one that moves: no other can change, for names stay and only folders do not.
        """
        return tuple(self._changed(sorted(set(self._touched()))))

    def arriving(self) -> Iterator[int]:
        """The positions of all links that mean a note that moves."""
        for path in self.moves:
            yield from self.graph.occurrences.to(self.graph.ids[path])

    def _touched(self) -> Iterator[int]:
        graph = self.graph
        for path in self.moves:
            yield from graph.occurrences.of(graph.ids[path])
            for namesake in self._namesakes(path):
                yield from graph.occurrences.to(graph.ids[namesake])

    def _changed(self, positions: Iterable[int]) -> Iterator[Change]:
        for position in positions:
            change = self._at(position)
            if change and self.means(change.link, change.source) != set(map(self.now, change.means)):
                yield change

    def _at(self, position: int) -> Change | None:
        """The link at a position, None if it goes nowhere: then it cannot break."""
        graph = self.graph
        meant = graph.occurrences.meant(position)
        if not meant:
            return None
        number = graph.occurrences.source(position)
        link, ordinal = graph.occurrences.link(position), position - graph.occurrences.of(number)[0]
        return Change(position, graph.sources[number], ordinal, link, tuple(graph.files[each] for each in meant))

    def concerned(self, source: NotePath, means: Iterable[NotePath]) -> tuple[NotePath, ...]:
        """The moves that could have to do with what a link means, in their order."""
        near = {source}
        for path in means:
            near.update(self._namesakes(path))
        return self._in_order(near)

    def because(self, change: Change, path: str | None) -> tuple[NotePath, ...]:
        """The fewest moves after which the link has to be rewritten and, looking for `path`, is right again.

        Without a `path` only the first half counts.
        """
        concerned = self.concerned(change.source, change.means)
        target = change.means[0]
        sets = [(target,), (change.source, target)] if target in self.moves else [(each,) for each in concerned]
        for moves in sets if len(concerned) > 1 else ():
            some = tuple(each for each in concerned if each in moves)
            if some and not self.is_right(change, None, some) and (path is None or self.is_right(change, path, some)):
                return some
        return concerned

    def is_right(self, change: Change, path: str | None, done: Collection[NotePath]) -> bool:
        """Whether the link, looking for `path` if that is given, means what it does now after those moves alone."""

        def then(file: NotePath) -> NotePath:
            return self.moves[file] if file in done else file

        # names do not change, so that only files of that name have a say
        index = FileIndex(then(file) for path in change.means for file in self._namesakes(path))
        return looked_up(index, change.link, then(change.source), path) == set(map(then, change.means))

    def together(self, settled: Mapping[int, Settled]) -> Iterator[tuple[NotePath, ...]]:
        """Moves that go together: between them, some link would mean something else. May overlap.

        `settled` says, by position, what becomes of the links that are rewritten.
        """
        for position in sorted(set(self._touched())):
            change = self._at(position)
            if change is None or change.link.kind in NEVER_REWRITTEN:
                continue
            concerned = self.concerned(change.source, change.means)
            if len(concerned) > MOST_TRIED or not self._right_all_along(change, concerned, settled.get(position)):
                yield concerned

    def _right_all_along(self, change: Change, concerned: Sequence[NotePath], settled: Settled | None) -> bool:
        """Whether the link is right after any of the moves that have to do with it, whichever were done."""
        for done in chain.from_iterable(combinations(concerned, size) for size in range(1, len(concerned))):
            rewritten = settled is not None and set(settled.because).issubset(done)
            if not self.is_right(change, settled.path if settled and rewritten else None, done):
                return False
        return True

    def _namesakes(self, path: NotePath) -> Sequence[NotePath]:
        """The files that some text could mean as well as this one, itself among them."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self.graph.index.namesakes(path)
        return known

    def _in_order(self, paths: Iterable[NotePath]) -> tuple[NotePath, ...]:
        return tuple(sorted((path for path in paths if path in self.moves), key=self._order.__getitem__))

    @cached_property
    def _order(self) -> Mapping[NotePath, int]:
        return {path: number for number, path in enumerate(self.moves)}

    @cached_property
    def _known(self) -> dict[NotePath, Sequence[NotePath]]:
        return {}

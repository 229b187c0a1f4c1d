"""What links to what in a vault, asked and answered in the words of a note-taker."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappush, heappushpop
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from vaultprune.graph.kept import pieces_dumped, pieces_loaded
from vaultprune.graph.occurrences import Occurrences
from vaultprune.graph.resolve import FileIndex, lookup_key
from vaultprune.graph.resolved import Resolved
from vaultprune.graph.structure import groups_of, joined_by, pieces_of
from vaultprune.model import BACKLINK_KINDS, FORGETFUL, FileKind, Link, Memory, NotePath
from vaultprune.notes import Rows

if TYPE_CHECKING:
    import networkx as nx


class ResolvedLink(NamedTuple):
    """A link and the file it means, None if there is none. Where several tie, `ambiguous` has them all."""

    link: Link
    target: NotePath | None
    ambiguous: tuple[NotePath, ...] = ()


class UnresolvedLink(NamedTuple):
    """A link path that no file answers to, as first written; the sources it stands in, and how often."""

    text: str
    sources: tuple[NotePath, ...]
    occurrences: int


@dataclass(frozen=True, eq=False, kw_only=True)
class LinkGraph:
    """The links of a vault, resolved. Made by `build_graph`.

    Every file has an id: first the notes in the order of the snapshot, then the canvases (together the
    `sources`), then all other files. Links of the kinds that the app does not count are listed and make no
    backlink; no more do those of the `silent` sources, nor a link of a note to itself. A link that may mean
    several files counts for each of them. A path that is no file of the vault is a `KeyError`.
    """

    notes: int
    sources: tuple[NotePath, ...]
    files: tuple[NotePath, ...]
    ids: Mapping[NotePath, int]
    kinds: Mapping[NotePath, FileKind]
    silent: frozenset[int]
    index: FileIndex
    occurrences: Occurrences
    resolved: Resolved
    memory: Memory = FORGETFUL
    key: str = ""

    @cached_property
    def forward(self) -> Rows:
        """The ids of the other files that each source links to in a way that counts."""
        return self.resolved.forward

    @cached_property
    def backward(self) -> Rows:
        """The ids of the sources that link to each file in a way that counts."""
        return self.resolved.backward

    # --- one note or canvas ---------------------------------------------------------------------------

    def links_of(self, path: NotePath) -> tuple[ResolvedLink, ...]:
        """Its links in order, one for every occurrence, of every kind."""
        source = self.ids[path]
        if source >= len(self.sources):
            return ()
        links = zip(self.occurrences.row(source), self.occurrences.of(source), strict=True)
        return tuple(self._resolved(link, self.occurrences.meant(position)) for link, position in links)

    def backlinks(self, path: NotePath) -> tuple[NotePath, ...]:
        """The other notes and canvases that link here, in path order."""
        return self._paths(self.backward[self.ids[path]])

    def backlink_ids(self, number: int) -> Sequence[int]:
        """The ids of the other notes and canvases that link to a file, ascending."""
        return self.backward[number]

    def backlink_occurrences(self, path: NotePath) -> tuple[tuple[NotePath, Link], ...]:
        """Every single link that makes a backlink, with its source, by source and then in order."""
        target, occurrences = self.ids[path], self.occurrences
        found = (
            (source, occurrences.link(position))
            for source in self.backlinks(path)
            for position in occurrences.of(self.ids[source])
            if target in occurrences.meant(position)
        )
        return tuple((source, link) for source, link in found if link.kind in BACKLINK_KINDS)

    def soft_mentions(self, path: NotePath) -> tuple[NotePath, ...]:
        """The sources that point here only in ways that the app does not count, in path order."""
        return self._paths(self.resolved.weak.get(self.ids[path], ()))

    def outgoing(self, path: NotePath) -> int:
        """How many other files it links to, and link paths that no file answers to, each counted once."""
        source = self.ids[path]
        return self.forward.length(source) + self.resolved.missing[source] if source < len(self.sources) else 0

    def note_targets(self, path: NotePath) -> tuple[NotePath, ...]:
        """The other notes that it links to, in path order."""
        source = self.ids[path]
        if source >= len(self.sources):
            return ()
        return self._paths(target for target in self.forward[source] if target < self.notes)

    def is_orphan(self, path: NotePath) -> bool:
        """Whether nothing links here."""
        return not self.backward.length(self.ids[path])

    def is_dead_end(self, path: NotePath) -> bool:
        """Whether it links to nothing."""
        return not self.outgoing(path)

    def is_isolated(self, path: NotePath) -> bool:
        """Whether it is both an orphan and a dead end."""
        return self.is_orphan(path) and self.is_dead_end(path)

    def is_tied(self, path: NotePath) -> bool:
        """Whether some link may mean this file or another just as well."""
        return self.ids[path] in self.tied

    def backlink_counts(self) -> Sequence[int]:
        """How many other notes and canvases link to each file, by its id."""
        return self.backward.lengths()

    def outgoing_counts(self) -> Sequence[int]:
        """What `outgoing` says, for every source by its id."""
        return list(map(int.__add__, self.forward.lengths(), self.resolved.missing))

    # --- the whole vault ------------------------------------------------------------------------------

    def unresolved(self) -> tuple[UnresolvedLink, ...]:
        """Every link path that no file answers to, in the order in which they first occur.

        Texts that look for the same are one, as first written. Silent sources are among the sources: such a
        link goes nowhere, whoever wrote it.
        """
        found: dict[str, list[tuple[int, str]]] = {}
        for position in self.occurrences.unresolved():
            link = self.occurrences.link(position)
            found.setdefault(lookup_key(link.path), []).append((self.occurrences.source(position), link.text))
        return tuple(
            UnresolvedLink(alike[0][1], self._paths({source for source, _ in alike}), len(alike))
            for alike in found.values()
        )

    def unresolved_count(self) -> int:
        """How many link paths there are that no file answers to."""
        return len(set(map(lookup_key, self.occurrences.unresolved_paths())))

    def ambiguous(self) -> Iterator[tuple[NotePath, ResolvedLink]]:
        """Every link that may mean several files, with its source, in order."""
        for position in self.occurrences.tied():
            found = self._resolved(self.occurrences.link(position), self.occurrences.meant(position))
            yield self.sources[self.occurrences.source(position)], found

    def unreachable_from(self, index_notes: Collection[NotePath]) -> frozenset[NotePath]:
        """The notes that no chain of links from the index notes leads to; silent ones neither link nor are listed."""
        start = {self.ids[path] for path in index_notes if path in self.ids}
        waiting, reached = list(start), start
        while waiting:
            source = waiting.pop()
            if source >= len(self.sources) or source in self.silent:
                continue
            new = set(self.forward[source]) - reached
            reached |= new
            waiting += new
        live = set(range(self.notes)) - self.silent
        return frozenset(self.files[number] for number in live - reached)

    def groups(self) -> tuple[tuple[NotePath, ...], ...]:
        """The notes and canvases that hang together by links in either direction, the largest group first."""
        return tuple(self._paths(group) for group in groups_of(self._live, self._joined))

    def bridges(self, smallest: int = 3) -> Mapping[NotePath, tuple[int, int]]:
        """The notes whose removal leaves two pieces of their group that have at least `smallest` notes each.

        With each the numbers of notes in the two largest pieces, the larger first.
        """
        return {
            self.files[number]: self._pieces[number]
            for number in sorted(number for number, pieces in self._pieces.items() if pieces[1] >= smallest)
            if number < self.notes
        }

    def hubs(self, *, least: int = 10, percentile: float = 98.0) -> Mapping[NotePath, int]:
        """The notes linked, in or out, with at least `least` other notes and canvases and more than nearly all are.

        With each that number. "Nearly all" is the value that `percentile` in 100 notes do not exceed, and a
        hub reaches it.
        """
        silent, forward, backward = self.silent, self.forward, self.backward
        many = self.notes - sum(number < self.notes for number in silent)
        first = many - max(0, ceil(percentile / 100 * many) - 1)
        # how many there could be at most is known at once, and only those that could be among the first are counted
        at_most = list(map(int.__add__, forward.lengths()[: self.notes], backward.lengths()))
        could = [number for number in range(self.notes) if at_most[number] >= least and number not in silent]
        found: dict[int, int] = {}
        highest: list[int] = []
        for number in sorted(could, key=at_most.__getitem__, reverse=True):
            if len(highest) == first and at_most[number] < highest[0]:
                break
            found[number] = len(self._neighbours(number))
            (heappush if len(highest) < first else heappushpop)(highest, found[number])
        wanted = max(least, highest[0]) if len(highest) == first and highest else least
        return {self.files[number]: found[number] for number in sorted(found) if found[number] >= wanted}

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Everything as a networkx graph of its own, for questions that this class does not answer.

        Nodes are the paths of all notes and canvases, of the other files that are linked, and `[[text]]` for
        every unresolved link path; each has its `kind` (`note`, `canvas`, `base`, `attachment`, `unresolved`)
        and whether it is `silent`. There is an edge for every occurrence, with the link's `kind` and `line`;
        an ambiguous link has one to each file that it may mean.
        """
        import networkx as nx  # only for those who ask

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for number, path in enumerate(self.sources):
            graph.add_node(path, kind="note" if number < self.notes else "canvas", silent=number in self.silent)
        unresolved: dict[str, str] = {}
        for source in self.sources:
            for found in self.links_of(source):
                targets: Iterable[str] = found.ambiguous or (() if found.target is None else (found.target,))
                if found.target is None:
                    key = lookup_key(found.link.path)
                    node = unresolved.setdefault(key, f"[[{found.link.text}]]")
                    graph.add_node(node, kind="unresolved", silent=False)
                    targets = (node,)
                for target in targets:
                    if target not in graph:
                        graph.add_node(target, kind=self.kinds[NotePath(target)], silent=False)
                    graph.add_edge(source, target, kind=found.link.kind, line=found.link.line)
        return graph

    # --- behind it ------------------------------------------------------------------------------------

    def _resolved(self, link: Link, meant: tuple[int, ...]) -> ResolvedLink:
        if len(meant) < 2:
            return ResolvedLink(link, self.files[meant[0]] if meant else None)
        tied = self._paths(meant)
        return ResolvedLink(link, tied[0], tied)

    def _paths(self, numbers: Iterable[int]) -> tuple[NotePath, ...]:
        return tuple(sorted([self.files[number] for number in numbers]))

    def _neighbours(self, number: int) -> set[int]:
        """The notes and canvases, silent ones aside, that a note links to or is linked from."""
        out = (target for target in self.forward[number] if target < len(self.sources))
        return set(self.backward[number]).union(out) - self.silent

    @cached_property
    def tied(self) -> frozenset[int]:
        """The ids of the files that some link may mean, or others just as well."""
        return frozenset().union(*self.occurrences.ties)

    @cached_property
    def _live(self) -> Sequence[int]:
        return [number for number in range(len(self.sources)) if number not in self.silent]

    @cached_property
    def _joined(self) -> Rows:
        """The notes and canvases, silent ones aside, that each of them is linked with."""
        return joined_by(self.forward, self.backward, self.silent)

    @cached_property
    def _pieces(self) -> Mapping[int, tuple[int, int]]:
        found = pieces_loaded(self.memory.recall("pieces", self.key), len(self.sources)) if self.key else None
        if found is None:
            known = found = pieces_of(self._live, self._joined, self.notes)
            self.memory.keep("pieces", self.key, lambda: pieces_dumped(known))
        return found

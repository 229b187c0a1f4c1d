"""Links as they are written in, the numbers of the files that they mean out: each text is looked up once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from vaultprune.graph.occurrences import UNRESOLVED
from vaultprune.graph.resolve import Choice, FileIndex, lookup_key
from vaultprune.model import NotePath
from vaultprune.notes import COUNTED, KINDS, Links

Parts: TypeAlias = tuple[Links, ...]
"""The links of all sources, in parts that follow one another."""

_CANVAS = KINDS.index("canvas")
_NOT_YET, _VARIES = -(1 << 31), -(1 << 31) + 1
"""Stand for a target until it is looked up, and where which file is meant depends on the source; no target is less."""


class Ties:
    """Several files that one link may mean just as well, each such group with a number below `UNRESOLVED`."""

    def __init__(self, known: Iterable[tuple[int, ...]] = ()) -> None:
        self._numbers: dict[tuple[int, ...], int] = {}
        self._groups: list[tuple[int, ...]] = []
        for group in known:  # a group that stands twice, since files are gone, keeps both its numbers
            self._numbers.setdefault(group, len(self._groups))
            self._groups.append(group)

    def number(self, group: tuple[int, ...]) -> int:
        """What stands for a group among the targets."""
        place = self._numbers.setdefault(group, len(self._groups))
        if place == len(self._groups):
            self._groups.append(group)
        return -2 - place

    def group(self, number: int) -> tuple[int, ...]:
        """The files that a number stands for."""
        return self._groups[-2 - number]

    def tuples(self) -> tuple[tuple[int, ...], ...]:
        """Every group, the first with the number -2."""
        return tuple(self._groups)


class Found(NamedTuple):
    """What the links of one source mean, in order; then, each once, the files that it links to in a way that counts.

    `missing` counts the link paths that no file answers to; `mentioned` are the files that it points to in other ways.
    """

    targets: Sequence[int]
    linked: Sequence[int]
    missing: int
    mentioned: Collection[int]


_NO_LINKS = Found((), (), 0, ())


class Lookup:
    """The links of a vault, and all that is needed to say what they mean."""

    def __init__(
        self, parts: Parts, sources: Sequence[NotePath], ids: Mapping[NotePath, int], index: FileIndex
    ) -> None:
        self.parts, self.sources, self.ids, self.index = parts, sources, ids, index

    def looking(self, links: Links, ties: Ties) -> Callable[[int, int], Found]:
        """What gives, for a row of these links and the number of their source, what they mean."""
        texts, kinds, paths, starts = links.texts, links.kind, links.path, links.starts
        index, ids, sources = self.index, self.ids, self.sources
        fixed = [_NOT_YET] * len(texts)
        choices: dict[int, Choice] = {}

        def target(found: Sequence[NotePath]) -> int:
            if len(found) == 1:
                return ids[found[0]]
            return ties.number(tuple([ids[path] for path in found])) if found else UNRESOLVED

        def first_seen(text: int) -> int:
            meaning = index.meaning(texts[text])
            if isinstance(meaning, tuple):
                meant = target(meaning)
            else:
                meant = _VARIES
                if meaning is not None:
                    choices[text] = meaning
            fixed[text] = meant
            return meant

        def from_here(text: int, source: NotePath) -> int:
            choice = choices.get(text)
            return target(index.resolve(texts[text], source) if choice is None else choice.seen_from(source))

        def unsettled(kind: int, text: int, source: NotePath) -> int:
            if kind == _CANVAS:
                return target(index.resolve_file(texts[text]))
            meant = first_seen(text) if fixed[text] == _NOT_YET else _VARIES
            return from_here(text, source) if meant == _VARIES else meant

        def look(row: int, number: int) -> Found:
            start, end = starts[row], starts[row + 1]
            if start == end:
                return _NO_LINKS
            targets: list[int] = []
            counted: set[int] = set()
            mentioned: set[int] = set()
            unresolved: set[int] = set()
            for kind, text in zip(kinds[start:end], paths[start:end], strict=True):
                meant = fixed[text]
                if meant <= _VARIES or kind == _CANVAS:
                    meant = unsettled(kind, text, sources[number])
                targets.append(meant)
                if meant >= 0:
                    (counted if kind < COUNTED else mentioned).add(meant)
                elif meant == UNRESOLVED:
                    if kind < COUNTED:
                        unresolved.add(text)
                else:
                    (counted if kind < COUNTED else mentioned).update(ties.group(meant))
            counted.discard(number)
            many = len(unresolved)
            if many > 1:
                many = len({lookup_key(texts[text]) for text in unresolved})
            if mentioned:
                mentioned -= counted
                mentioned.discard(number)
            return Found(targets, sorted(counted), many, mentioned)

        return look

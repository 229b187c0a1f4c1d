"""Links in, columns of numbers out, and single links again when asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from vaultprune.model import Link, LinkKind
from vaultprune.notes.rows import Rows, compacted

KINDS: tuple[LinkKind, ...] = (
    *("wikilink", "embed", "markdown", "image", "property", "canvas"),
    *("reference", "uri", "html", "mention"),
)
"""A link's kind as a number is its place here; those that make a backlink stand first."""
COUNTED = 6
_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}


class Links:
    """The links of many sources in order, as numbers: row i of source s is `starts[s] <= i < starts[s + 1]`.

    `texts` holds every text once; `text` and `path` are places in it.
    """

    def __init__(
        self,
        texts: Sequence[str],
        starts: array[int],
        text: array[int],
        path: array[int],
        kind: array[int],
        line: array[int],
    ) -> None:
        self.texts, self.starts = texts, starts
        self.text, self.path, self.kind, self.line = text, path, kind, line

    @classmethod
    def of(cls, rows: Sequence[Sequence[Link]]) -> Links:
        """The links of these sources."""
        growing = LinksBuilder()
        growing.extend(rows)
        return growing.column()

    def __len__(self) -> int:
        """How many sources there are."""
        return len(self.starts) - 1

    def at(self, position: int) -> Link:
        """One link."""
        texts = self.texts
        return Link(
            texts[self.text[position]], KINDS[self.kind[position]], self.line[position], texts[self.path[position]]
        )

    def row(self, source: int) -> tuple[Link, ...]:
        """The links of one source."""
        return tuple([self.at(position) for position in range(self.starts[source], self.starts[source + 1])])

    def counted(self) -> int:
        """How many of them are of the kinds that make a backlink."""
        return sum(map(self.kind.tobytes().count, range(COUNTED)))

    def check(self) -> None:
        """Raise `ValueError` if the numbers do not fit together."""
        many = len(self.text)
        rows = Rows(self.starts, self.text)
        if not rows.is_sound(len(self.texts)) or not many == len(self.path) == len(self.kind) == len(self.line):
            raise ValueError("the links do not fit together")
        if many and (max(self.path) >= len(self.texts) or max(self.kind) >= len(KINDS)):
            raise ValueError("a link is out of bounds")


class LinksBuilder:
    """Links as they come, kept as numbers: new ones, and those of others known `before`."""

    def __init__(self, before: Links | None = None) -> None:
        self._before = before
        self._ids: dict[str, int] = {text: number for number, text in enumerate(before.texts if before else ())}
        self._starts, self._line = array("I", (0,)), array("I")
        self._text, self._path, self._kind = array("I"), array("I"), array("B")

    def extend(self, rows: Iterable[Sequence[Link]]) -> None:
        """The links of the next sources."""
        ids, starts = self._ids, self._starts
        texts, paths, kinds, lines = self._text, self._path, self._kind, self._line
        for row in rows:
            for text, kind, line, path in row:
                number = ids.setdefault(text, len(ids))
                texts.append(number)
                paths.append(number if path == text else ids.setdefault(path, len(ids)))
                kinds.append(_NUMBERS[kind])
                lines.append(line)
            starts.append(len(texts))

    def take(self, first: int, after: int) -> None:
        """The links of several sources as they were before."""
        before = self._before
        if before is None or first == after:
            return
        start, end = before.starts[first], before.starts[after]
        shift = len(self._text) - start
        self._text += before.text[start:end]
        self._path += before.path[start:end]
        self._kind += before.kind[start:end]
        self._line += before.line[start:end]
        ends = before.starts[first + 1 : after + 1]
        self._starts.extend([place + shift for place in ends] if shift else ends)

    def column(self) -> Links:
        """All of them."""
        before = self._before
        texts, (text, path) = compacted(len(before.texts) if before else 0, list(self._ids), self._text, self._path)
        return Links(texts, self._starts, text, path, self._kind, self._line)

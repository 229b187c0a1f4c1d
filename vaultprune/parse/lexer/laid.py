"""A text and its layout in, its links and tags out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter

from vaultprune.model import Link
from vaultprune.parse.body import html_block_links
from vaultprune.parse.lexer import events
from vaultprune.parse.lexer.definitions import Definitions
from vaultprune.parse.lexer.inline import Inline
from vaultprune.parse.lexer.layout import Layout, Range
from vaultprune.parse.lexer.tables import cells_of
from vaultprune.syntax import html


class Laid(Inline):
    """Reads what is not code, HTML or mathematics, stretch by stretch."""

    def __init__(
        self, text: str, layout: Layout, defined: Definitions, first_line: int, event: re.Pattern[str]
    ) -> None:
        """As `Inline`."""
        super().__init__(text, defined, first_line, event)
        self.layout = layout

    def block_end(self, at: int) -> int:
        """Where the paragraph around `at` ends."""
        return self.layout.block_end(at)

    def read(self) -> tuple[Link, ...]:
        """Links by line, then by where they begin; the tags are in `tags`."""
        layout = self.layout
        raw = layout.raw if layout.raw and raw_may_tell(self.text, self.event) else frozenset()
        skipped: Sequence[Range] = layout.dead
        if self.defined.lines:
            skipped = sorted(layout.dead + self.defined.lines)
        self.live(0, len(self.text), skipped, raw)
        self.add_unused()
        return self.in_order(by_line=bool(raw))

    def live(self, start: int, end: int, skipped: Iterable[Range], raw: frozenset[int] | set[int]) -> None:
        """What stands between the ranges `skipped`, and the links of those that are `raw` HTML."""
        for dead, dead_end in skipped:
            if start < dead:
                self._between(start, dead)
            if dead in raw:
                self.add(dead, html_block_links(self.text[dead:dead_end], self.line_of(dead)))
            start = dead_end
        self._between(start, end)

    def _between(self, start: int, end: int) -> None:
        """One stretch between ranges of code: the rows of tables cell by cell, all else as it comes."""
        rows = self.layout.rows
        for row in rows[bisect_left(rows, start) : bisect_left(rows, end)]:
            if start < row:
                self.stretch(start, row, row)
            start = self._row(row, end)
        self.stretch(start, end, end)

    def _row(self, row: int, end: int) -> int:
        """Reads a row of a table; where it ends."""
        row_end = self.line_end(row, end)
        first = self.event.search(self.text, row, row_end)
        if first:
            at = first.start()
            self.row = True
            for cell, cell_end in cells_of(self.text, row, row_end):
                if cell_end > at:
                    self.free_end = cell
                    self.stretch(cell, cell_end, cell_end)
            self.row = False
        return row_end

    def in_order(self, *, by_line: bool) -> tuple[Link, ...]:
        """What has been found, by where it begins; `by_line` first, for HTML may name its lines in another order."""
        if len(self.links) > 1:
            self.links.sort(key=itemgetter(0))
            if by_line:
                self.links.sort(key=lambda found: found[1].line)
        return tuple([link for _, link in self.links])


def raw_may_tell(text: str, event: re.Pattern[str]) -> bool:
    """Whether raw HTML may name anything: most of it does not, and comments come by the dozen."""
    written = events.has_uris(event) or ("://" in text and ("&" in text or "\\" in text))
    return written or html.TAG_WITH_TARGET.search(text) is not None

"""A text in, what it holds out, in one pass: blocks are noticed as they come.

What lies at the margin, or plainly in a list, it takes on by itself; what stands within something else it has
laid out line by line, as far as that goes, and goes on behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from vaultprune.model import Link
from vaultprune.parse import queries
from vaultprune.parse.body import html_block_links
from vaultprune.parse.lexer import events, margin, nested
from vaultprune.parse.lexer.definitions import Definitions
from vaultprune.parse.lexer.laid import Laid, raw_may_tell
from vaultprune.parse.lexer.layout import Layout, Range, Undecided
from vaultprune.parse.lexer.lists import Lists
from vaultprune.parse.lexer.suspects import CODE_START, suspects
from vaultprune.parse.lexer.tables import heads

_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_FENCE = re.compile(r"```+(?=[^`\n]*(?:\n|\Z))|~~~+")
_HEAVY = re.compile(r"```+(?=[^`\n]*(?:\n|\Z))|~~~|<[A-Za-z/!?]|\$\$")
_CONTAINERS = re.compile(rf"\n(?:[ \t>]|{_MARKER}[ \t])*+\Z")
_FOOTNOTE = re.compile(
    rf"\n[ \t>]*+(?:{_MARKER}[ \t](?:[ \t>]|{_MARKER}[ \t])*+\[\^[^\]\n]++\]:"
    r"|\[\^[^\]\n]++\]:[ \t]*+(?:[-*+_`~<$>|#\n]|\[\^|[0-9]++[.)]))"
)
"""A footnote that holds more than a paragraph, or lies in a list."""

_BLANK = re.compile(r"\n[ \t]*(?=\n|\Z)")
_PLAIN_NEXT = re.compile(r"\n {0,3}[^\W\d_]")
_BLOCK_NEXT = re.compile(r"\n {0,3}(?:[-+*][ \t]+[^ \t\n]|#{1,6}[ \t]|```+[^`\n]*(?:\n|\Z)|~~~|<!--)")
_QUOTE_NEXT = re.compile(r"\n {0,3}>")
_HEADING = re.compile(r"\n {0,3}#{1,6}(?:[ \t]|\n|\Z)")
_NO_LAYOUT = Layout((), frozenset(), (), (), lambda at: at)


class Flat(Laid):
    """What has been found so far, and up to where."""

    _lists: Lists | None = None
    _paragraph = (0, -1)  # a place in the paragraph that was asked for last, and its end
    _laid_out = False  # whether reading is in a part that has been laid out line by line
    _free_from = 1  # behind this nothing that began above it is open any more
    _raw_tells: bool | None = None

    def __init__(self, text: str, defined: Definitions, first_line: int, event: re.Pattern[str]) -> None:
        """As `Inline`; the definitions are those found at a glance, be they code or not."""
        super().__init__(text, _NO_LAYOUT, defined, first_line, event)
        self.dead: list[Range] = []
        self.raw: set[int] = set()
        self.asked: list[tuple[str, str]] = []
        self.passed: list[Range] = []  # the definitions that are none in code
        self._parts: list[tuple[int, int, Layout]] = []  # what has been laid out line by line, from where to where
        self._next = len(text) + 1  # the next line that needs a closer look
        self._heads = heads(text) if "|" in text else frozenset()

    def read_all(self) -> None:
        """Reads the whole text."""
        stops = suspects(self.text, self._heads)
        defined = dict(self.defined.lines)
        if defined:
            stops = sorted({*stops, *defined})
        at = 0
        for stop in stops:
            if stop >= at:
                self._next = stop
                at = self.stretch(at, stop, len(self.text))
                if at == stop and stop in defined:
                    self.passed.append((stop, defined[stop]))
                    at = defined[stop]
                elif at == stop:
                    at = self._closely(stop)
        self._next = len(self.text) + 1
        self.stretch(at, len(self.text), len(self.text))

    def found(self) -> tuple[Link, ...]:
        """Links by line, then by where they begin; the tags are in `tags`."""
        self.add_unused()
        return self.in_order(by_line=bool(self.raw) and self._tells())

    def whole_layout(self) -> Layout:
        """The layout of the whole text, once it has been read."""
        starts = [start for start, _, _ in self._parts]
        rows = tuple([row for start, _, laid in self._parts for row in laid.rows])

        def block_end(at: int) -> int:
            part = bisect_right(starts, at)
            if part and at < self._parts[part - 1][1]:
                return self._parts[part - 1][2].block_end(at)
            self._next = starts[part] if part < len(starts) else len(self.text) + 1
            return self.block_end(at)

        return Layout(tuple(self.dead), frozenset(self.raw), tuple(self.asked), tuple(self.tasks), block_end, rows)

    def block_end(self, at: int) -> int:
        """Where the paragraph around `at` ends, as far as that is plain to see."""
        if self._laid_out:
            return self.layout.block_end(at)
        if not self._paragraph[0] <= at <= self._paragraph[1]:
            self._paragraph = (at, self._end_of_paragraph(at))  # many may ask
        return self._paragraph[1]

    def _end_of_paragraph(self, at: int) -> int:
        text = self.text
        line = text.rfind("\n", 0, at)
        if _HEADING.match(text, line):
            return margin.line_end(text, at)
        while True:
            end = margin.line_end(text, line + 1)
            if end == len(text) or _BLANK.match(text, end):
                return end
            if end + 1 >= self._next:
                raise Undecided
            if _BLOCK_NEXT.match(text, end):
                return end
            if _QUOTE_NEXT.match(text, end) and not _QUOTE_NEXT.match(text, line) and _follows_blank(text, line):
                return end
            if not _PLAIN_NEXT.match(text, end):
                raise Undecided
            line = end

    # --- blocks -------------------------------------------------------------------------------------

    def _character(self, at: int, end: int) -> int:
        char = self.text[at]
        if char in "`<$~" and self.text[at - 1] in "\n \t>" and not self._laid_out:
            after = self._begins(at)
            if after > at:
                return after
        return super()._character(at, end)

    def _begins(self, at: int) -> int:
        """Behind the block that begins with the character at `at`; `at` itself if none does."""
        text = self.text
        line = text.rfind("\n", max(self.consumed - 1, 0), at) + 1
        if not line or not _HEAVY.match(text, at):
            return at
        try:
            after = self._at_margin(at) if line == at else self._within(line, at)
        except Undecided:
            return self._closely(line)
        if after <= at:
            return at
        return self._behind(line, after)

    def _behind(self, start: int, end: int) -> int:
        """Takes note of a block; where reading goes on behind it."""
        self.opened.clear()
        self.dead.append((start, end))
        return self._closely(end) if self.text.startswith(CODE_START, end) else end

    def _at_margin(self, at: int) -> int:
        text = self.text
        if text[at] == "$":
            end = margin.end_of_mathematics(text, at)
        elif text[at] != "<":
            fence = _FENCE.match(text, at)
            end = margin.end_of_fence(text, at, fence[0], self.asked) if fence else at
        else:
            end = margin.end_of_html(text, at, self.dead)
            if end > at:
                self.raw.add(at)
                if self._tells():
                    self.add(at, html_block_links(text[at:end], self.line_of(at)))
        if end > at:
            self._free_from = end
        return end

    def _within(self, line: int, at: int) -> int:
        """The same of a fence that stands in a list or quote. Raises `Undecided` for anything else."""
        text = self.text
        if not _CONTAINERS.match(text, line - 1, at):
            return at
        fence = _FENCE.match(text, at)
        before = text[line:at]
        if not fence or queries.is_query(text[fence.end() : margin.line_end(text, at)]):
            raise Undecided
        if not before.strip(" \t"):
            return self._in_lists().end_of_fence(line, fence[0])
        if before not in (">", "> "):
            raise Undecided
        return margin.end_of_fence_in_quote(text, line, fence[0])

    def _in_lists(self) -> Lists:
        if self._lists is None:
            self._lists = Lists(self.text, self.dead)
        return self._lists

    def _tells(self) -> bool:
        if self._raw_tells is None:
            self._raw_tells = raw_may_tell(self.text, self.event)
        return self._raw_tells

    def _block(self, found: re.Match[str]) -> int:
        if self._laid_out:
            raise Undecided
        start, end = found.span()
        if found.lastindex == events.FENCE and (info := found[events.FENCE]) and queries.is_query(info):
            code = found[0][len(info) + 4 :]
            self.asked.append((info, code[: code.rfind("\n") + 1]))
        self.opened.clear()
        self._free_from = end + 1
        self.dead.append((start, end + 1))
        return end

    def _box(self, at: int, after: int) -> int:
        text = self.text
        if not self._laid_out:
            line = text.rfind("\n", max(self.consumed - 1, 0), at)
            if line >= 0:
                try:
                    if self._in_lists().open_task(line, at):
                        self.tasks.append(line + 1)
                except Undecided:
                    return self._closely(line + 1)
        return after

    def _footnote(self, at: int, after: int) -> int:
        line = self.text.rfind("\n", max(self.consumed - 1, 0), at)
        if line >= 0 and not self._laid_out and _FOOTNOTE.match(self.text, line):
            return self._closely(line + 1)
        return super()._footnote(at, after)

    # --- what has to be laid out line by line ---------------------------------------------------------

    def _closely(self, line: int) -> int:
        """Reads what the line at `line` is part of as it is laid out line by line; where that ends."""
        if self._laid_out or (self.opened and self.blank_below(abs(self.opened[-1]), len(self.text)) >= line - 1):
            raise Undecided
        start = self._free_above(line)
        layout, end = nested.layout_of_part(self.text, start, line, self._heads)
        tasks = len(self.tasks)
        above = self.dead[bisect_left(self.dead, (start, start)) :]
        dead = layout.dead[len(above) :]
        agreed = list(layout.dead[: len(above)]) == above and (not dead or dead[0][0] >= line)
        if not agreed or (layout.rows and layout.rows[0] < line):
            raise Undecided
        self.dead += dead
        self.raw.update(layout.raw)
        self.asked += layout.queries
        self._read_part(line, end, layout, dead)
        self.tasks[tasks:] = [task for task in layout.tasks if task >= line]
        return end

    def _read_part(self, line: int, end: int, layout: Layout, dead: Sequence[Range]) -> None:
        """Reads what has been laid out."""
        self._parts.append((line, end, layout))
        self.layout, self._laid_out = layout, True
        self.live(line, end, dead, layout.raw if layout.raw and self._tells() else frozenset())
        self.layout, self._laid_out = _NO_LAYOUT, False
        self._free_from = end
        self.opened = []
        self.forget_blanks()

    def _free_above(self, line: int) -> int:
        """Where the last line at `line` or above begins that nothing above it reaches."""
        text, floor = self.text, self._free_from
        at = line
        blocks = len(self.dead)
        while at > floor:
            while blocks and self.dead[blocks - 1][0] >= at:
                blocks -= 1
            if blocks and at < self.dead[blocks - 1][1]:
                at = self.dead[blocks - 1][0]
            elif text.startswith("\n", at - 2) and text[at : at + 1] not in (" ", "\t", "\n", ""):
                return at
            else:
                at = text.rfind("\n\n", floor - 1, at - 1) + 2
                if at == 1:
                    break
        return floor


def _follows_blank(text: str, line: int) -> bool:
    """Whether the line whose newline stands at `line` is the first of its paragraph for certain."""
    return line <= 0 or not text[text.rfind("\n", 0, line) + 1 : line].strip(" \t")

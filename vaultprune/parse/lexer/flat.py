"""A text in, what it holds out, in one pass: blocks are noticed as they come.

What lies at the margin, or plainly in a list, it takes on by itself; what stands within something else it has
laid out line by line, as far as that goes, and goes on behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from vaultprune.model import Link
from vaultprune.parse import queries
from vaultprune.parse.body import html_block_links
from vaultprune.parse.lexer import definitions, events, lists, margin, nested
from vaultprune.parse.lexer.laid import Laid, raw_may_tell
from vaultprune.parse.lexer.layout import Layout, Range, Undecided
from vaultprune.parse.lexer.suspects import CODE_START, suspects
from vaultprune.parse.lexer.tables import fit, heads

_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_FENCE = re.compile(r"```+(?=[^`\n]*(?:\n|\Z))|~~~+")
_HEAVY = re.compile(r"```+(?=[^`\n]*(?:\n|\Z))|~~~|<[A-Za-z/!?]|\$\$")
_CONTAINERS = re.compile(rf"\n(?:[ \t>]|{_MARKER}[ \t])*+\Z")
_FOOTNOTE = re.compile(
    rf"\n[ \t>]*+(?:{_MARKER}[ \t](?:[ \t>]|{_MARKER}[ \t])*+\[\^[^\]\n]++\]:"
    r"|\[\^[^\]\n]++\]:[ \t]*+(?:[-*+_`~<$>|#\n]|\[\^|[0-9]++[.)]))"
)
"""A footnote that holds more than a paragraph, or lies in a list."""

_TABLE = re.compile(r"\|[^\n]*+\n\|[ \t]*+:?-[\-:| \t]*+(?:\n\|[^\n]*+)*+(?=\n[ \t]*+(?:\n|\Z)|\Z)")
_BLANK = re.compile(r"\n[ \t]*(?=\n|\Z)")
_PLAIN_NEXT = re.compile(r"\n {0,3}[^\W\d_]")
_BLOCK_NEXT = re.compile(r"\n {0,3}(?:[-+*][ \t]+[^ \t\n]|#{1,6}[ \t]|```+[^`\n]*(?:\n|\Z)|~~~|<!--)")
_QUOTE_NEXT = re.compile(r"\n {0,3}>")
_HEADING = re.compile(r"\n {0,3}#{1,6}(?:[ \t]|\n|\Z)")
_NO_LAYOUT = Layout((), frozenset(), (), (), lambda at: at)


class Flat(Laid):
    """What has been found so far, and up to where."""

    def __init__(self, text: str, first_line: int, event: re.Pattern[str]) -> None:
        """As `Inline`, but no label is defined."""
        super().__init__(text, _NO_LAYOUT, definitions.NONE, first_line, event)
        self.dead: list[Range] = []
        self.raw: set[int] = set()
        self.asked: list[tuple[str, str]] = []
        self.tasks: list[int] = []
        self.may_define = False  # whether a label may be defined somewhere
        self._parts: list[tuple[int, int, Layout]] = []  # what has been laid out line by line, from where to where
        self._laid_out = False  # whether reading is in a part that has been laid out line by line
        self._free_from = 1  # behind this nothing that began above it is open any more
        self._next = len(text) + 1  # the next line that needs a closer look
        self._heads = heads(text) if "|" in text else frozenset()
        self._raw_tells: bool | None = None

    def read_all(self) -> None:
        """Reads the whole text."""
        at = 0
        for suspect in suspects(self.text, self._heads):
            if suspect >= at:
                self._next = suspect
                at = self.stretch(at, suspect, len(self.text))
                if at == suspect:
                    at = (suspect in self._heads and self._plain_table(suspect)) or self._closely(suspect)
        self._next = len(self.text) + 1
        self.stretch(at, len(self.text), len(self.text))

    def found(self) -> tuple[Link, ...]:
        """Links by line, then by where they begin; the tags are in `tags`."""
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
            return lists.end_of_fence(text, line, fence[0], self.dead)
        if before not in (">", "> "):
            raise Undecided
        return margin.end_of_fence_in_quote(text, line, fence[0])

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
        self._free_from = min(end + 1, len(self.text))
        self.dead.append((start, self._free_from))
        return end

    def _box(self, at: int, after: int) -> int:
        text = self.text
        if not self._laid_out and text[after : after + 1] in (" ", "\t", "\n", ""):
            line = text.rfind("\n", max(self.consumed - 1, 0), at)
            if line >= 0:
                try:
                    if lists.is_open_task(text, line, at, self.dead):
                        self.tasks.append(line + 1)
                except Undecided:
                    return self._closely(line + 1)
        return after

    def _before_colon(self, at: int, after: int) -> int:
        text = self.text
        if text.startswith("^", at + 1):
            line = text.rfind("\n", max(self.consumed - 1, 0), at) + 1
            if line and not self._laid_out and _FOOTNOTE.match(text, line - 1):
                return self._closely(line)
        elif not self.may_define:
            self.may_define = text.find("]:", at, margin.line_end(text, at)) >= 0
        return after

    def _plain_table(self, line: int) -> int:
        """Reads a table that stands by itself, with a pipe at the beginning of every line; where it ends, or 0."""
        text = self.text
        table = _TABLE.match(text, line)
        if not table or not (line == self._free_from or text.startswith("\n", line - 2)):
            return 0
        end = table.end()
        head, dashes, *rest = table[0].split("\n")
        if not fit(head, dashes) or "\\\\|" in table[0]:
            return 0
        rows = [line]
        at = line + len(head) + len(dashes) + 2
        for row in rest:
            rows.append(at)
            at += len(row) + 1
        self._read_part(line, end, Layout((), frozenset(), (), (), _NO_LAYOUT.block_end, tuple(rows)), ())
        return end

    # --- what has to be laid out line by line ---------------------------------------------------------

    def _closely(self, line: int) -> int:
        """Reads what the line at `line` is part of as it is laid out line by line; where that ends."""
        if self._laid_out or (self.opened and self.blank_below(abs(self.opened[-1]), len(self.text)) >= line - 1):
            raise Undecided
        start = self._free_above(line)
        layout, end = nested.layout_of_part(self.text, start, line, self._heads)
        above = [block for block in self.dead if block[0] >= start]
        dead = layout.dead[len(above) :]
        agreed = list(layout.dead[: len(above)]) == above and (not dead or dead[0][0] >= line)
        if not agreed or (layout.rows and layout.rows[0] < line):
            raise Undecided
        self.dead += dead
        self.raw.update(layout.raw)
        self.asked += layout.queries
        self.tasks += [task for task in layout.tasks if task >= line]
        self._read_part(line, end, layout, dead)
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

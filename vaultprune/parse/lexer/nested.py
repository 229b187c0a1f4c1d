"""A text in, its layout out, where blocks lie within one another: lists and quotes, line by line."""

from __future__ import annotations

import re
from bisect import bisect_right

from vaultprune.parse import queries
from vaultprune.parse.body import OPEN_TASK
from vaultprune.parse.lexer import flat
from vaultprune.parse.lexer.layout import Layout, Undecided, joined
from vaultprune.parse.lexer.tables import DELIMITERS, fit, may_hold_tables
from vaultprune.syntax import html

_FENCE = re.compile(r"(```+)(?=([^`\n]*)(?:\n|\Z))|(~~~+)([^\n]*)")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|\Z)")
_RULE = re.compile(r"(?:\*[ \t]*){3,}\Z|(?:-[ \t]*){3,}\Z|(?:_[ \t]*){3,}\Z")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")
_MARKER = re.compile(r"(?:[-+*]|([0-9]{1,9})[.)])(?=[ \t]|\Z)")
_FOOTNOTE = re.compile(r"\[\^[^ \]\n]+\]:[ \t]*")  # as in `block_rules`

_QUOTE = -1
_DEEPEST = 50
_MAY_BEGIN = frozenset("-+*#>`~<$|=_[:0123456789")
"""What a block may begin with; a line of a paragraph that begins otherwise only continues it."""


def layout(text: str) -> Layout:
    """The layout of a text that begins with a newline. Raises `Undecided` in corners where parsers differ."""
    scan = _Scan(text)
    at = 1
    length = len(text)
    while at <= length:
        end = text.find("\n", at)
        if end < 0:
            end = length
        if at >= scan.skip_to and not scan.plain_line(at, end):
            scan.line(at, end)
        at = end + 1
    starts = scan.starts
    starts.append(len(text) + 1)
    return Layout(
        joined(scan.dead, len(text)),
        frozenset(scan.raw),
        tuple(scan.queries),
        tuple(scan.tasks),
        lambda at: starts[bisect_right(starts, at)] - 1,
        rows=tuple(scan.rows),
    )


class _Scan:
    """Where the scan stands: the lists and quotes that are open, and what lies open in the innermost of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tables = may_hold_tables(text)
        if self.tables and "\\\\|" in text:
            raise Undecided
        self.dead: list[tuple[int, int, int]] = []  # start, end, and the start of the block
        self.raw: set[int] = set()
        self.queries: list[tuple[str, str]] = []
        self.rows: list[int] = []
        self.tasks: list[int] = []
        self.starts: list[int] = []
        self.skip_to = 0
        self._open: list[int] = []  # for each list item the width of its indentation, or _QUOTE
        self._leaf = ""  # paragraph, table, fence, html or nothing
        self._block = 0
        self._closing: re.Pattern[str] = html.BLANK
        self._marks = ""
        self._above: tuple[int, int] | None = None  # the line of a paragraph above, if it may be a table's head
        self._empty_item = self._quoted = False

    def plain_line(self, start: int, end: int) -> bool:
        """Takes a line that begins with a letter at the margin, or a blank one; False if it needs a closer look."""
        if start == end:
            if self._open or self._leaf in ("fence", "html"):
                return False
            self._end_leaf()
            return True
        if not self.text[start].isalpha():
            return False
        if self._open:
            if self._leaf == "paragraph":  # which goes on lazily
                self._go_on_lazily(start, end)
                return True
            self._leave(0)
        if self._leaf == "":
            self._leaf = "paragraph"
            self.starts.append(start)
        elif self._leaf != "paragraph":
            return False
        self._above = (start, end)
        return True

    def _go_on_lazily(self, start: int, end: int) -> None:
        """A line of a paragraph that stands outside its list or quote; a table's head may do so, too."""
        if self.tables and self.text.find("|", start, end) >= 0:
            raise Undecided
        self._above = None

    def line(self, start: int, end: int) -> None:
        """One line more, from `start` to `end`."""
        at, column, base, matched = self._descend(start, end)
        first, first_column = self._blanks(at, column, end)
        if first >= end:
            self._blank_line(start, end, matched)
            return
        self._empty_item = False
        self._quoted = _QUOTE in self._open
        if matched < len(self._open) and self._leaf != "paragraph":
            self._leave(matched)
        if self._leaf in ("fence", "html"):
            self._inside(start, end, first, first_column - base)
        else:
            self._begin(start, end, first, first_column, base, matched)

    def _blanks(self, at: int, column: int, end: int) -> tuple[int, int]:
        """Behind the blanks at `at`, and in which column that is."""
        text = self.text
        while at < end and text[at] in " \t":
            column += 1 if text[at] == " " else 4 - column % 4
            at += 1
        return at, column

    def _descend(self, start: int, end: int) -> tuple[int, int, int, int]:
        """How many of the open lists and quotes the line goes on with, and where its own text begins."""
        at, column, base, matched = start, 0, 0, 0
        for width in self._open:
            first, first_column = self._blanks(at, column, end)
            if width == _QUOTE:
                if first >= end or self.text[first] != ">" or first_column - base > 3:
                    break
                at, column, base = self._behind_quote(first, first_column, end)
            elif first < end:
                if first_column - base < width:
                    break
                base += width
            matched += 1
        return at, column, base, matched

    def _behind_quote(self, at: int, column: int, end: int) -> tuple[int, int, int]:
        """Behind a `>`: one blank belongs to it, or the first column of a tab."""
        at, column = at + 1, column + 1
        if self.text.startswith("\t", at, end):
            return at, column, column + 1
        behind = self._blanks(at, column, end)[0]
        if self.text.find("\t", at, behind) >= 0:
            raise Undecided
        blank = behind > at
        return at + blank, column + blank, column + blank

    def _leave(self, matched: int) -> None:
        del self._open[matched:]
        self._end_leaf()

    def _end_leaf(self) -> None:
        self._leaf, self._above = "", None

    def _blank_line(self, start: int, end: int, matched: int) -> None:
        if matched < len(self._open):
            self._leave(matched)
        elif self._leaf == "fence" or (self._leaf == "html" and self._closing is not html.BLANK):
            self._die(start, end)
        else:
            self._end_leaf()
            if self._empty_item and self._open:
                self._open.pop()
        self._empty_item = False

    def _die(self, start: int, end: int) -> None:
        self.dead.append((start, end + 1, self._block))

    def _inside(self, start: int, end: int, first: int, indent: int) -> None:
        """A line of a fence or of raw HTML."""
        self._die(start, end)
        if self._leaf == "html":
            if self._closing.search(self.text, first, end):
                self._leaf = ""
        else:
            rest = self.text[first:end].rstrip(" \t")
            if indent <= 3 and len(rest) >= len(self._marks) and not rest.strip(self._marks[0]):
                self._end_leaf()

    def _begin(self, start: int, end: int, first: int, column: int, base: int, matched: int) -> None:
        """What begins on a line: lists and quotes first, then what lies in them."""
        text = self.text
        item = False
        while True:
            char = text[first]
            indent = column - base
            paragraph = self._leaf == "paragraph"
            lazy = paragraph and matched < len(self._open)
            if indent >= 4:
                if char == ">" and (_QUOTE in self._open or self._quoted):
                    raise Undecided
                self._indented(start, end, char, lazy)
                return
            if paragraph and char not in _MAY_BEGIN:
                self._above = (first, end)
                if lazy:
                    self._go_on_lazily(start, end)
                return
            if lazy and self._refuses_lazy(char, first, end, matched):
                raise Undecided
            if char == ">":
                self._enter(matched, _QUOTE)
                at, column, base = self._behind_quote(first, column, end)
                item = False
            elif marker := self._marker(first, end, paragraph, lazy):
                behind = column + len(marker)
                at = first + len(marker)
                first, column = self._blanks(at, behind, end)
                gap = column - behind
                width = indent + len(marker) + (gap if first < end and gap <= 4 else 1)
                self._enter(matched, width)
                base += width
                item = True
                if first >= end:
                    self._empty_item = True
                    self.starts.append(start)
                    return
                matched += 1
                continue
            else:
                self._lay(start, end, first, matched, lazy, item)
                return
            matched += 1
            first, column = self._blanks(at, column, end)
            if first >= end:
                self.starts.append(start)
                return

    def _refuses_lazy(self, char: str, first: int, end: int, matched: int) -> bool:
        """Whether a line outside the list or quote of the paragraph above is a corner where parsers differ."""
        outside = self._open[matched:]
        if _QUOTE in outside and (char == "[" or any(width != _QUOTE for width in outside)):
            return True
        return self.tables and DELIMITERS.match(self.text, first, end) is not None

    def _enter(self, matched: int, width: int) -> None:
        self._leave(matched)
        self._open.append(width)
        if len(self._open) > _DEEPEST:
            raise Undecided

    def _marker(self, first: int, end: int, paragraph: bool, lazy: bool) -> str:
        """The marker of a list item that begins at `first`; empty if none does."""
        found = _MARKER.match(self.text, first, end)
        if not found or _RULE.match(self.text, first, end):
            return ""
        if paragraph and not lazy:
            if self.text[first] == "-" and _UNDERLINE.match(self.text, first, end):
                return ""
            empty = not self.text[found.end() : end].strip(" \t")
            if empty or (found[1] and int(found[1]) != 1):  # these do not interrupt a paragraph
                return ""
        return found[0]

    def _indented(self, start: int, end: int, char: str, lazy: bool) -> None:
        """A line indented like code: it is, unless it continues a paragraph."""
        if lazy and char in _MAY_BEGIN:
            raise Undecided
        if self._leaf == "paragraph":
            self._above = None
            return
        self._end_leaf()
        self._block = start
        self.starts.append(start)
        self._die(start, end)

    def _lay(self, start: int, end: int, first: int, matched: int, lazy: bool, item: bool) -> None:
        """What lies in the innermost list or quote."""
        text = self.text
        paragraph = self._leaf == "paragraph"
        char = text[first]
        if paragraph and not lazy and self._is_head() and self._is_row_of_dashes(first, end):
            self._table(start, end, first)
        elif paragraph and not lazy and char in "-=" and _UNDERLINE.match(text, first, end):
            self._end_leaf()
        elif self._is_line_of_its_own(char, first, end):
            self._leave(matched)
            self.starts.append(start)
        elif char in "`~" and (fence := _FENCE.match(text, first, end)):
            self._leave(matched)
            self._fence(start, end, first, fence)
        elif char == "<" and (closing := self._raw(first, end)):
            self._leave(matched)
            self._html(start, end, first, closing)
        elif char == "$" and text.startswith("$$", first) and self._mathematics(start, end, first, matched):
            pass
        elif char == "[" and self._leaf != "table" and _FOOTNOTE.match(text, first, end):
            self._footnote(start, end, first, matched)
        elif self._leaf == "table":
            self.starts.append(start)
            self.rows.append(start)
        elif lazy:
            self._go_on_lazily(start, end)
        elif paragraph:
            self._above = (first, end)
        else:
            self._paragraph(start, end, first, item)

    def _is_line_of_its_own(self, char: str, first: int, end: int) -> bool:
        if char == "#":
            return _HEADING.match(self.text, first, end) is not None
        return char in "*-_" and _RULE.match(self.text, first, end) is not None

    def _is_row_of_dashes(self, first: int, end: int) -> bool:
        return DELIMITERS.match(self.text, first, end) is not None and self.text.find("-", first, end) >= 0

    def _is_head(self) -> bool:
        """Whether the line above may be a table's head."""
        return self._above is not None and "|" in self.text[slice(*self._above)]

    def _fence(self, start: int, end: int, first: int, found: re.Match[str]) -> None:
        self._marks = found[1] or found[3]
        info = found[2] or found[4] or ""
        if not self._open and first == start:
            stop = flat.end_of_fence(self.text, start, self._marks, self.queries)
            self.dead.append((start, stop, start))
            self.starts += (start, stop)
            self.skip_to = stop
            return
        self._leaf, self._block = "fence", start
        if queries.is_query(info):
            raise Undecided
        self.starts.append(start)
        self._die(start, end)

    def _raw(self, first: int, end: int) -> re.Pattern[str] | None:
        """What ends the raw HTML that begins at `first`; None if none does."""
        line = self.text[first:end]
        closing = html.block_end(line)
        if closing is None and self._leaf not in ("paragraph", "table") and html.lone_tag(line):
            return html.BLANK
        return closing

    def _html(self, start: int, end: int, first: int, closing: re.Pattern[str]) -> None:
        self._leaf, self._block, self._closing = "html", start, closing
        self.starts.append(start)
        self.raw.add(start)
        if _QUOTE in self._open:
            raise Undecided
        self._inside(start, end, first, 0)

    def _mathematics(self, start: int, end: int, first: int, matched: int) -> bool:
        """Takes mathematics that begins on a line of its own; False if none does."""
        if self.text.find("$$", first + 2, end) >= 0:
            return False
        if matched or self._open:
            raise Undecided
        behind = flat.end_of_math(self.text, start, first)
        if behind == start:
            return False
        if behind < len(self.text) and not self.text[behind].isspace():
            raise Undecided
        self._leave(matched)
        line_end = self.text.find("\n", behind)
        line_end = line_end if line_end >= 0 else len(self.text)
        self.dead.append((start, behind, start))
        self.starts += (start, behind, line_end + 1)
        self.skip_to = line_end + 1
        return True

    def _footnote(self, start: int, end: int, first: int, matched: int) -> None:
        found = _FOOTNOTE.match(self.text, first, end)
        behind = found.end() if found else end
        if behind >= end or self.text[behind] in _MAY_BEGIN:
            raise Undecided  # blocks of its own
        self._enter(matched, 4)
        self._leaf = "paragraph"
        self.starts.append(start)

    def _table(self, start: int, end: int, first: int) -> None:
        """A row of dashes below a line: a table, if both have as many cells."""
        above, above_end = self._above or (first, first)
        if not fit(self.text[above:above_end], self.text[first:end]):
            raise Undecided
        line = self.text.rfind("\n", 0, above) + 1
        if self.text[line:above].strip(" \t") or self._open:
            raise Undecided
        if self.starts[-1] != line:
            self.starts.append(line)
        self.rows.append(line)
        self._end_leaf()
        self._leaf = "table"
        self.starts.append(start)

    def _paragraph(self, start: int, end: int, first: int, item: bool) -> None:
        self._end_leaf()
        self._leaf = "paragraph"
        self._above = (first, end)
        self.starts.append(start)
        if item and OPEN_TASK.match(self.text, first, end):
            self.tasks.append(start)

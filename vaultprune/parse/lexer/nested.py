"""A text in, its layout out, where blocks lie within one another: lists and quotes, line by line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection

from vaultprune.parse import queries
from vaultprune.parse.body import OPEN_TASK
from vaultprune.parse.lexer import margin
from vaultprune.parse.lexer.containers import MAY_BEGIN, QUOTE, Asked, behind_quote, blanks, descend
from vaultprune.parse.lexer.layout import Layout, Undecided, joined
from vaultprune.parse.lexer.tables import DELIMITERS, ODD_HEAD, heads, is_head
from vaultprune.syntax import html

_FENCE = re.compile(r"(```+)(?=([^`\n]*)(?:\n|\Z))|(~~~+)([^\n]*)")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|\Z)")
_RULE = re.compile(r"(?:\*[ \t]*){3,}\Z|(?:-[ \t]*){3,}\Z|(?:_[ \t]*){3,}\Z")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")
_MARKER = re.compile(r"(?:[-+*]|([0-9]{1,9})[.)])(?=[ \t]|\Z)")
_FOOTNOTE = re.compile(r"\[\^[^ \]\n]+\]:[ \t]*")  # as in `block_rules`
_PLAIN_TEXT = re.compile(
    r"[^\-+*#>`~<$|=_\[:0-9]|\[(?!\^)|#{1,6}[^# \t]|[*_]{1,2}[^*_ \t]|`{1,2}[^`]|<https?://|\$[^$]|[0-9]{1,9}[^0-9.)]"
)
"""What certainly begins no block, though it may look like one; a table's head aside."""
_DEEPEST = 50


def layout(text: str) -> Layout:
    """The layout of a text that begins with a newline. Raises `Undecided` in corners where parsers differ."""
    return layout_of_part(text, 1, len(text), heads(text) if "|" in text else ())[0]


def layout_of_part(text: str, start: int, past: int, table_heads: Collection[int]) -> tuple[Layout, int]:
    """The same from the line at `start`, up to the first line behind `past` that nothing above it reaches; and where.

    Nor may anything above reach the line at `start`.
    """
    scan = _Scan(text, table_heads)
    at = start
    length = len(text)
    while at <= length:
        end = text.find("\n", at)
        if end < 0:
            end = length
        if at >= scan.skip_to:
            if at > past and scan.stands_free(at):
                break
            if not scan.plain_line(at, end):
                scan.line(at, end)
        at = end + 1
    at = min(at, length)
    scan.end_leaf()
    starts = scan.starts
    starts.append(at + 1 if at == length else at)
    laid = Layout(
        joined(scan.dead, length),
        frozenset(scan.raw),
        tuple(scan.queries),
        tuple(scan.tasks),
        lambda at: starts[bisect_right(starts, at)] - 1,
        tuple(scan.rows),
    )
    return laid, at


class _Scan:
    """Where the scan stands: the lists and quotes that are open, and what lies open in the innermost of them."""

    def __init__(self, text: str, table_heads: Collection[int]) -> None:
        self.text = text
        self.heads = table_heads
        self.dead: list[tuple[int, int, int]] = []  # start, end, and the start of the block
        self.raw: set[int] = set()
        self.queries: list[tuple[str, str]] = []
        self.rows: list[int] = []
        self.tasks: list[int] = []
        self.starts: list[int] = []
        self.skip_to = 0
        self._open: list[int] = []  # for each list item the width of its indentation, or QUOTE
        self._leaf = ""  # paragraph, table, fence, html or nothing
        self._block = 0
        self._closing: re.Pattern[str] = html.BLANK
        self._marks = ""
        self._asked: Asked | None = None
        self._above: tuple[int, int] | None = None  # the line of a paragraph above, if it may be a table's head
        self._empty_item = self._quoted = False

    def stands_free(self, at: int) -> bool:
        """Whether nothing above reaches the line at `at`: it stands at the margin, below a blank one."""
        text = self.text
        if not text.startswith("\n", at - 2) or text[at : at + 1] in (" ", "\t", "\n", ""):
            return False
        return self._leaf not in ("fence", "html")

    def plain_line(self, start: int, end: int) -> bool:
        """Takes a line that begins with a letter at the margin, or a blank one; False if it needs a closer look."""
        if start == end:
            if self._open or self._leaf in ("fence", "html"):
                return False
            self.end_leaf()
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
        if self.heads and self.text.find("|", start, end) >= 0:
            raise Undecided
        self._above = None

    def line(self, start: int, end: int) -> None:
        """One line more, from `start` to `end`."""
        text = self.text
        at, column, base, matched = descend(text, self._open, start, end)
        first, first_column = blanks(text, at, column, end)
        if first >= end:
            self._blank_line(start, end, matched)
            return
        self._empty_item = False
        self._quoted = QUOTE in self._open
        if matched < len(self._open) and self._leaf != "paragraph":
            self._leave(matched)
        if self._leaf in ("fence", "html"):
            self._inside(start, end, first, first_column - base)
        elif start in self.heads and ODD_HEAD.match(text, start - 1):
            raise Undecided
        else:
            self._begin(start, end, first, first_column, base, matched)

    def _leave(self, matched: int) -> None:
        del self._open[matched:]
        self.end_leaf()

    def end_leaf(self) -> None:
        """Nothing goes on below."""
        self._leaf, self._above = "", None
        if self._asked:
            self.queries.append((self._asked.info, self._asked.code))
            self._asked = None

    def _blank_line(self, start: int, end: int, matched: int) -> None:
        if matched < len(self._open):
            self._leave(matched)
        elif self._leaf == "fence" or (self._leaf == "html" and self._closing is not html.BLANK):
            self._die(start, end)
        else:
            self.end_leaf()
            if self._empty_item and self._open:
                self._open.pop()
        self._empty_item = False

    def _die(self, start: int, end: int) -> None:
        self.dead.append((start, end + 1, self._block))
        if self._asked and start != self._block:
            self._asked.keep(self.text[start:end])

    def _inside(self, start: int, end: int, first: int, indent: int) -> None:
        """A line of a fence or of raw HTML."""
        self._die(start, end)
        if self._leaf == "html":
            if self._closing.search(self.text, first, end):
                self._leaf = ""
        else:
            rest = self.text[first:end].rstrip(" \t")
            if indent <= 3 and len(rest) >= len(self._marks) and not rest.strip(self._marks[0]):
                if self._asked:
                    self._asked.lines.pop()
                self.end_leaf()

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
                if char == ">" and (QUOTE in self._open or self._quoted):
                    raise Undecided
                self._indented(start, end, char, lazy)
                return
            if paragraph and char not in MAY_BEGIN:
                self._above = (first, end)
                if lazy:
                    self._go_on_lazily(start, end)
                return
            if lazy and self._refuses_lazy(char, first, end, matched):
                raise Undecided
            if char == ">":
                self._enter(matched, QUOTE)
                at, column, base = behind_quote(text, first, column, end)
                item = False
            elif marker := self._marker(first, end, paragraph, lazy):
                behind = column + len(marker)
                at = first + len(marker)
                first, column = blanks(text, at, behind, end)
                gap = column - behind
                if gap != first - at and QUOTE in self._open:
                    raise Undecided  # tabs behind tabs
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
            first, column = blanks(text, at, column, end)
            if first >= end:
                self.starts.append(start)
                return

    def _refuses_lazy(self, char: str, first: int, end: int, matched: int) -> bool:
        """Whether a line outside the list or quote of the paragraph above is a corner where parsers differ."""
        outside = self._open[matched:]
        if QUOTE in outside and (char == "[" or any(width != QUOTE for width in outside)):
            return True
        return bool(self.heads) and DELIMITERS.match(self.text, first, end) is not None

    def _refuses_indented(self, start: int, end: int, char: str) -> bool:
        """The same of a line that is indented like code besides."""
        if char == "|" or (QUOTE in self._open and (self._open != [QUOTE] or char not in "-*+")):
            return True
        return bool(self.heads and (start in self.heads or DELIMITERS.match(self.text[start:end].strip(" \t"))))

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
        if lazy and char in MAY_BEGIN and self._refuses_indented(start, end, char):
            raise Undecided
        if self._leaf == "paragraph":
            self._above = None
            return
        self.end_leaf()
        self._block = start
        self.starts.append(start)
        self._die(start, end)

    def _lay(self, start: int, end: int, first: int, matched: int, lazy: bool, item: bool) -> None:
        """What lies in the innermost list or quote."""
        text = self.text
        paragraph = self._leaf == "paragraph"
        char = text[first]
        if paragraph and not lazy and self._above and is_head(text, *self._above, first, end):
            self._table(start, *self._above)
        elif paragraph and not lazy and char in "-=" and _UNDERLINE.match(text, first, end):
            self.end_leaf()
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
            self._footnote(start, end, first, matched, item)
        elif self._leaf == "table":
            self.starts.append(start)
            self._row(first, end)
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

    def _fence(self, start: int, end: int, first: int, found: re.Match[str]) -> None:
        self._marks = found[1] or found[3]
        info = found[2] or found[4] or ""
        if not self._open and first == start:
            stop = margin.end_of_fence(self.text, start, self._marks, self.queries)
            self.dead.append((start, stop, start))
            self.starts += (start, stop)
            self.skip_to = stop
            return
        self._leaf, self._block = "fence", start
        if queries.is_query(info):
            self._asked = Asked(info, self.text[start:first], quoted=QUOTE in self._open)
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
        if QUOTE in self._open:
            raise Undecided
        self._inside(start, end, first, 0)

    def _mathematics(self, start: int, end: int, first: int, matched: int) -> bool:
        """Takes mathematics that begins on a line of its own; False if none does."""
        if self.text.find("$$", first + 2, end) >= 0:
            return False
        if matched or self._open:
            raise Undecided
        behind = margin.end_of_dollars(self.text, start, first)
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

    def _footnote(self, start: int, end: int, first: int, matched: int, item: bool) -> None:
        found = _FOOTNOTE.match(self.text, first, end)
        behind = found.end() if found else end
        if start in self.heads or not _PLAIN_TEXT.match(self.text, behind, end):
            raise Undecided
        self._enter(matched, 4)
        self._leaf = "paragraph"
        self.starts.append(start)
        if item and OPEN_TASK.match(self.text, behind, end):
            self.tasks.append(start)

    def _table(self, start: int, above: int, above_end: int) -> None:
        line = self.text.rfind("\n", 0, above) + 1
        if self.text[line:above].strip(" \t>"):
            raise Undecided
        if self.starts[-1] != line:
            self.starts.append(line)
        self._row(above, above_end)
        self.end_leaf()
        self._leaf = "table"
        self.starts.append(start)

    def _row(self, first: int, end: int) -> None:
        if self.text.find("\\\\|", first, end) >= 0:
            raise Undecided  # whether the pipe is escaped, parsers do not agree
        self.rows.append(first)

    def _paragraph(self, start: int, end: int, first: int, item: bool) -> None:
        self.end_leaf()
        self._leaf = "paragraph"
        self._above = (first, end)
        self.starts.append(start)
        if item and OPEN_TASK.match(self.text, first, end):
            self.tasks.append(start)

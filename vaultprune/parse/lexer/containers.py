"""A line in, how far the lists and quotes that are open reach into it out; and the code of a query within them."""

from __future__ import annotations

from collections.abc import Iterable

from vaultprune.parse.lexer.layout import Undecided

QUOTE = -1
"""Stands among the widths of list items for a quote."""

MAY_BEGIN = frozenset("-+*#>`~<$|=_[:0123456789")
"""What a block may begin with; a line of a paragraph that begins otherwise only continues it."""


def blanks(text: str, at: int, column: int, end: int) -> tuple[int, int]:
    """Behind the blanks at `at`, and in which column that is."""
    while at < end and text[at] in " \t":
        column += 1 if text[at] == " " else 4 - column % 4
        at += 1
    return at, column


def behind_quote(text: str, at: int, column: int, end: int) -> tuple[int, int, int]:
    """Behind a `>`: one blank belongs to it, or the first column of a tab."""
    at, column = at + 1, column + 1
    if text.startswith("\t", at, end):
        return at, column, column + 1
    behind = blanks(text, at, column, end)[0]
    if text.find("\t", at, behind) >= 0:
        raise Undecided
    blank = behind > at
    return at + blank, column + blank, column + blank


def descend(text: str, opened: Iterable[int], start: int, end: int) -> tuple[int, int, int, int]:
    """Where the text of a line begins, in which column, from which column on, and with how many of the open it goes on.

    `opened` are the widths of list items, or `QUOTE`.
    """
    at, column, base, matched = start, 0, 0, 0
    for width in opened:
        first, first_column = blanks(text, at, column, end)
        if width == QUOTE:
            if first >= end or text[first] != ">" or first_column - base > 3:
                break
            at, column, base = behind_quote(text, first, first_column, end)
        elif first < end:
            if first_column - base < width:
                break
            base += width
        matched += 1
    return at, column, base, matched


class Asked:
    """A query in a list or quote: its lines are kept without what stands left of its fence."""

    def __init__(self, info: str, before: str, *, quoted: bool) -> None:
        """`before` is what stands left of the fence on its own line."""
        if "\t" in before or (quoted and before not in (">", "> ")):
            raise Undecided
        self.info = info
        self.lines: list[str] = []
        self._left = 0 if quoted else len(before)

    def keep(self, line: str) -> None:
        """Takes one line more."""
        if line.startswith(">"):
            line = line[2 if line.startswith("> ") else 1 :]
        left = min(self._left, len(line) - len(line.lstrip(" ")))
        if left < self._left and line.startswith("\t", left):
            raise Undecided
        self.lines.append(line[left:])

    @property
    def code(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

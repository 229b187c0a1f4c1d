"""A text in, whether there may be tables in it out; and a head and the dashes below it, whether they make one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultprune.parse.lexer.layout import Undecided
from vaultprune.syntax import wikilink

_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_ROW = re.compile(r"\n[ \t>]*(?:\|[ \t]*:?-|:?-+:?[ \t]*(?:\||(?=\n|\Z)))")
_ODD_HEAD = re.compile(
    rf"\n[ \t]*(?:[`~<$#]|{_MARKER}(?:[ \t]|\n)|>[^\n]*\n(?![ \t]*>))|\n[ \t]*>[ \t>]*(?:[`~<$#]|{_MARKER}(?:[ \t]|\n))"
)
DELIMITERS = re.compile(r"(?:-[-|:]|[|:][-|: \t])[-|: \t]*\Z")
"""The line of dashes below a table's head."""

_CELL_END = re.compile(rf"\\\||{wikilink.WIKILINK.pattern}|\|")
_ESCAPED_PIPE = re.compile(r"\\\|")


def may_hold_tables(text: str) -> bool:
    """Whether there may be a table in a text. Raises `Undecided` if its head may be something else as well."""
    if "|" not in text:
        return False
    found = False
    for row in _ROW.finditer(text):
        head = text.rfind("\n", 0, row.start())
        if head >= 0 and text.find("|", head, row.start()) >= 0:
            if _ODD_HEAD.match(text, head):
                raise Undecided
            found = True
    return found


def fit(head: str, dashes: str) -> bool:
    """Whether a line and the dashes below it have as many cells."""
    row = dashes.split("|")
    if any(not cell.strip(" \t") for cell in row[1:-1]):
        return False
    return 0 < len(_cells(head)) == len([cell for cell in row if cell.strip(" \t")])


def _cells(row: str) -> list[str]:
    cells = _ESCAPED_PIPE.sub("x", row.strip(" \t")).split("|")
    if cells and not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return cells


def cells_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the cells of a row begin and end, blanks aside."""
    ends = [pipe.start() for pipe in _CELL_END.finditer(text, start, end) if pipe[0] == "|"]
    for stop in (*ends, end):
        while start < stop and text[start].isspace():
            start += 1
        if start < stop:
            yield start, stop
        start = stop + 1

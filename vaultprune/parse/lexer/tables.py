"""A text in, where there may be tables in it out; and a head and the dashes below it, whether they make one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultprune.syntax import wikilink

_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_HEAD_ENDS = re.compile(r"\|[^\n]*+\n(?=[ \t>]*+(?:\|[ \t]*+:?-|:?-++:?[ \t]*+(?:\||\n|\Z)))")
ODD_HEAD = re.compile(
    rf"\n[ \t]*+(?:[`~<$#]|{_MARKER}(?:[ \t]|\n)|>[^\n]*+\n(?![ \t]*>)|>[ \t>]*+(?:[`~<$#]|{_MARKER}(?:[ \t]|\n)))"
)
"""What may be a table's head and something else as well."""

DELIMITERS = re.compile(r"(?:-[-|:]|[|:][-|: \t])[-|: \t]*\Z")
"""The line of dashes below a table's head."""

_CELLS = (
    r"(?:[^\[\]`$<\\|\n]++|\|(?!#)|`[^`|\n]++`(?!`)|\[\[[^\[\]\n|\\]++(?:\\?\|[^\[\]\n|\\]*+)?\]\](?!\()"
    r"|\[[^\[\]`<$\\#:|\n]*+\](?:\((?:https://[^\x00-\x20\x7f()\\<|]*+|[^\x00-\x20\x7f()\\<&|`\[\]#$]*+)\)|(?![(:\[])))*+"
)
_ROW = rf"(?=[|]|[^\W\d_]){_CELLS}"
PLAIN_TABLE = re.compile(
    rf"\n(?:(?=[|])|(?<=\n\n)){_ROW}\n[ \t]*+[|]?[ \t]*+:?-[\-:| \t]*+(?:\n{_ROW})*+(?=\n[ \t]*+(?:\n|\Z)|\Z)"
)
"""A table that reads the same whether it is one or not."""

_CELL_END = re.compile(rf"\\\||{wikilink.WIKILINK.pattern}|\|")
_ESCAPED_PIPE = re.compile(r"\\\|")


def heads(text: str) -> frozenset[int]:
    """Where the lines begin that may be the head of a table."""
    return frozenset([text.rfind("\n", 0, found.start()) + 1 for found in _HEAD_ENDS.finditer(text)])


def is_head(text: str, start: int, end: int, below: int, below_end: int) -> bool:
    """Whether one stretch is a table's head, and the other the dashes below it."""
    if text.find("|", start, end) < 0 or not DELIMITERS.match(text, below, below_end):
        return False
    return text.find("-", below, below_end) >= 0 and fit(text[start:end], text[below:below_end])


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

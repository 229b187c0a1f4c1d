"""A text in, the lines out of which nobody can tell at a glance whether they are text, code or rows of a table."""

from __future__ import annotations

import re
from collections.abc import Collection

from vaultprune.parse.lexer.layout import Undecided
from vaultprune.parse.lexer.tables import PLAIN_TABLE

CODE_START = ("    ", "\t", " \t", "  \t", "   \t")
"""What a line begins with that may be code for its indentation."""

_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_INDENTED = re.compile(
    rf"\n(?=[^\n]*+\n[ \t])[ \t]*+(?=[\n#>=\-*_+0-9])(?:{_MARKER}[ \t]++)*+(?=[\n#>=\-*_+0-9])"
    r"(?:[#>][^\n]*+|[\-*_=+ \t]++|[0-9]{1,9}[.)])?+"
    r"(?=\n(?: {4}| {0,3}\t)[ \t]*+[^ \t\n])"
)
"""The line above one that may be code for its indentation: a blank one, or what is no paragraph."""

_FAR = r" ?(?: {4}| {0,3}\t)"
_FAR_ITEM = r"(?: {5}| +\t|\t[ \t])"
_FAR_OFF = re.compile(
    rf"\n[ \t]*+(?=[>*+\-0-9])(?:(?:>(?!{_FAR})|{_MARKER}(?=[ \t])(?!{_FAR_ITEM}))[ \t]*+)*+"
    rf"(?:>{_FAR}|{_MARKER}{_FAR_ITEM})"
)
"""A list item or quote whose text stands so far off that it may be code."""

_INNER_TAB = re.compile(r"\t(?<=[^\n\t]\t)")

_STEP = 64
_DEEP = re.compile(r"[ \t>*+\-0-9.)]{4}")
_VERY_DEEP = re.compile(r"\n[ \t>*+\-0-9.)]{300}")
"""The full reading gives up on more than two hundred lists or quotes within one another."""


def suspects(text: str, table_heads: Collection[int]) -> list[int]:
    """Where lines begin that need a closer look, in order. Raises `Undecided` if nobody would write such a text."""
    # of a line that begins with so many marks, at least four can be seen at this distance
    if len(text) > 4 * _STEP and _DEEP.search(text[::_STEP]) and _VERY_DEEP.search(text):
        raise Undecided
    found = [head for head in table_heads if not PLAIN_TABLE.match(text, head - 1)]
    blanks, tab = text.find("    "), "\t" in text
    if blanks >= 0 or tab:
        if text.startswith(CODE_START, 1):
            found.append(1)
        found += [above.end() + 1 for above in _INDENTED.finditer(text)]
        if (blanks >= 0 and text.find("     ", blanks) >= 0) or (tab and _INNER_TAB.search(text)):
            found += [line.start() + 1 for line in _FAR_OFF.finditer(text)]
    found.sort()
    return found

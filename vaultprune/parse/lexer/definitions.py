"""A text in, the labels for reference links that it defines out, where it is plain to see which lines define one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vaultprune.parse.lexer.layout import Range, Undecided
from vaultprune.syntax import reference

_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_BRACKET = re.compile(r"\]:")
_PERHAPS = re.compile(rf"\n(?:[ \t>]|{_MARKER}[ \t]|\[\^[^\]\n]*+\]:)*+\[(?!\^)(?:[^\[\]\\\n]|\\[^\n]){{1,999}}\]:")
"""What any line that defines a label begins with, whatever it lies in."""


class Definitions(NamedTuple):
    """The destination of each label as first defined, where that begins, and the ranges of all such lines."""

    destinations: Mapping[str, str] = {}
    places: Mapping[str, int] = {}
    lines: tuple[Range, ...] = ()


NONE = Definitions()


def definitions(text: str, dead: Sequence[Range]) -> Definitions:
    """The labels that a text defines outside the ranges `dead`; it begins with a newline.

    Raises `Undecided` unless each stands at the margin, and blank lines around it and its like.
    """
    if not _BRACKET.search(text):
        return NONE
    destinations: dict[str, str] = {}
    places: dict[str, int] = {}
    lines: list[Range] = []
    end = -1
    line = -1
    for bracket in _BRACKET.finditer(text):
        above, line = line, text.rfind("\n", 0, bracket.start())
        if line == above or not _PERHAPS.match(text, line):
            continue
        start = line + 1
        block = bisect_right(dead, (start, len(text))) - 1
        if block >= 0 and start < dead[block][1]:
            continue
        found = reference.DEFINITION.match(text, start)
        label = reference.normalised(found[1]) if found else ""
        below = text.startswith("\n", start - 2) or start - 1 in (0, end)
        if not found or not label or not below or text[start] != "[":
            raise Undecided
        end = found.end()
        if text[end : end + 2] not in ("", "\n", "\n\n") and not _PERHAPS.match(text, end):
            raise Undecided
        if label not in places:
            places[label] = start
            destinations[label] = found[2] if found[2] is not None else found[3]
        lines.append((start, end))
    return Definitions(destinations, places, tuple(lines)) if lines else NONE

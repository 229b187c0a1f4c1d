"""The text of a checklist note in, its boxes out, whatever people and programs did to the lines around them.

A box is a task with one block id of ours behind it. Only that id says which note it is about: names, links and words in
the line may be changed, lines moved, indented or put into a quote. What stands in code or in a comment is no box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vaultprune.parse import text_below
from vaultprune.review.identity import Identity, identity_named

Part = Literal["note", "keep", "snooze"]
PARTS: dict[str, Part] = {"": "note", "-k": "keep", "-s": "snooze"}
BLOCK = "vp-"
"""How the block ids of boxes begin."""

_TASK = re.compile(r"\A[ \t>]{0,400}(?:[-*+]|\d{1,9}[.)])[ \t]{1,20}\[(.)\](?=[ \t])")
_ID = re.compile(r"(?<![^ \t])\^vp-([a-z2-7]{20})(|-[ks])(?![^ \t])", re.IGNORECASE)
_FENCE = re.compile(r"\A[ \t>]{0,400}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,20})?(`{3,400}|~{3,400})(.{0,1000})")


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a checklist note: which note it is about, what its tick would say, the mark in it, and its line.

    `line` counts from 1 below the properties.
    """

    about: Identity
    part: Part
    mark: str
    line: int

    @property
    def is_ticked(self) -> bool:
        """Whether there is any mark in it."""
        return not self.mark.isspace()


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of one note, in order. `unclear` are lines with a mark and more than one id: nobody can tell whose."""

    found: tuple[Box, ...] = ()
    unclear: tuple[int, ...] = ()

    @property
    def ticked(self) -> int:
        """In how many of them there is a mark, the unclear ones among them."""
        return sum(box.is_ticked for box in self.found) + len(self.unclear)


def boxes(data: bytes) -> Boxes:
    """The boxes in the bytes of a note."""
    found: list[Box] = []
    unclear: list[int] = []
    for number, line in _outside_code(text_below(data)):
        task = _TASK.match(line)
        if task is None:
            continue
        names = {(name.lower(), part.lower()) for name, part in _ID.findall(line)}
        if len(names) > 1 and not task[1].isspace():
            unclear.append(number)
        elif len(names) == 1:
            [(name, part)] = names
            found.append(Box(identity_named(name), PARTS[part], task[1], number))
    return Boxes(tuple(found), tuple(unclear))


def _outside_code(text: str) -> Iterator[tuple[int, str]]:
    """The lines that stand neither in a block of code nor in a comment, each with its number."""
    fence, comment = "", ""
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if fence:
            closing = _FENCE.match(line)
            if closing and closing[1].startswith(fence) and not closing[2].strip():
                fence = ""
            continue
        was_in, comment = comment, _comment_after(line, comment)
        if was_in or comment:
            continue
        opening = _FENCE.match(line)
        if opening and not ("`" in opening[1] and "`" in opening[2]):
            fence = opening[1]
            continue
        yield number, line


def _comment_after(line: str, comment: str) -> str:
    """What would end the comment that is open at the end of a line, `""` if none is."""
    at = 0
    while True:
        if comment:
            end = line.find(comment, at)
            if end < 0:
                return comment
            at, comment = end + len(comment), ""
        starts = [
            (place, close) for mark, close in (("%%", "%%"), ("<!--", "-->")) if (place := line.find(mark, at)) >= 0
        ]
        if not starts:
            return ""
        place, comment = min(starts)
        at = place + (2 if comment == "%%" else 4)

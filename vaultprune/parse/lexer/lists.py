"""A line in a list in, whether it is a task out, or where code in it ends: where it is plain to see what is an item."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultprune.parse.lexer.layout import Range, Undecided

_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_AT_MARGIN = re.compile(r"\n(?:[-*+]|1[.)])[ \t]+")
_ITEM = re.compile(rf"\n([ \t]*)({_MARKER})([ \t]+)(?=[^ \t\n])(?!>|{_MARKER}(?:[ \t\n]|\Z))")
"""An item with a text of its own, and none within it."""

_ONLY_CONTAINERS = re.compile(rf"\n[ \t>]*(?:(?:{_MARKER}|>|\[\^[^\]\n]*\]:)[ \t]*)*")
_RULE = re.compile(r"\n[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,})(?=\n|\Z)")
_BLANK = re.compile(r"\n[ \t]*(?=\n|\Z)")
_LONGEST_LIST = 300


class Lists:
    """The lists of one text, followed from items at the margin. Raises `Undecided` where that may be misleading."""

    def __init__(self, text: str, dead: Sequence[Range]) -> None:
        """`dead` are the blocks of code known so far, in order; lines are asked for in order."""
        self._text = text
        self._dead = dead
        self._line = -1  # the last one that was asked for, and how far the items are indented that are open in it
        self._widths: tuple[int, ...] = ()

    def open_task(self, line: int, at: int) -> bool:
        """Whether the `[ ]` at `at` makes a task; `line` is the newline above."""
        text = self._text
        if text[line + 1] not in " \t" and (item := _AT_MARGIN.match(text, line, at)) and item.end() == at:
            return True
        item = _ITEM.match(text, line)
        if item and item.end() == at:
            widths = self._widths_above(line)
            if not _continue(text, line, widths):
                raise Undecided
            self._line, self._widths = line, tuple(widths)
            return True
        if at > line + 1 and (prefix := _ONLY_CONTAINERS.match(text, line, at)) and prefix.end() == at:
            raise Undecided
        return False

    def end_of_fence(self, start: int, marks: str) -> int:
        """Where a fence ends that is indented at `start`: with its last line, or with the item in which it stands."""
        text = self._text
        indent = _indent(text, start)
        if indent <= 3:  # all of it indented alike, it matters not by which item
            end = _closing(text, start, marks, indent, 3)
            if end > 0:
                return end
        width = max((width for width in self._widths_above(start - 1) if width <= indent), default=0)
        if indent - width > 3:
            raise Undecided
        return abs(_closing(text, start, marks, width, width + 3))

    def _widths_above(self, line: int) -> list[int]:
        """How far the items that are open above `line` are indented."""
        text = self._text
        live = self._dead[-1][1] if self._dead else 0
        lines: list[int] = []
        above = line
        while not lines or not _AT_MARGIN.match(text, above):
            above = text.rfind("\n", 0, above)
            if above == self._line and above > 0:
                break
            if above < 0 or len(lines) > _LONGEST_LIST or above + 1 < live:
                raise Undecided
            lines.append(above)
        widths = list(self._widths) if above == self._line else []
        blank = False
        for at in reversed(lines):
            if _BLANK.match(text, at):
                blank = True
            elif not _continue(text, at, widths) and blank:
                raise Undecided  # code, perhaps
            else:
                blank = False
        return widths


def _continue(text: str, at: int, widths: list[int]) -> bool:
    """Takes the line at `at` into account; False if it is no item, but goes on with the text of the one above."""
    item = _ITEM.match(text, at)
    if not item or (text[item.end()] in "-*" and _RULE.match(text, at)):
        raise Undecided  # a blank line, a paragraph, an empty item; or an item within the item
    before, marker, gap = item.groups()
    indent = len(before)
    behind = indent + len(marker)
    width = behind + len(gap)
    if "\t" in before or "\t" in gap:
        indent = len(before.expandtabs(4))
        behind = indent + len(marker)
        width = len((before + marker + gap).expandtabs(4))
    beside = False
    while widths and indent < widths[-1]:
        widths.pop()
        beside = True
    if indent - (widths[-1] if widths else 0) >= 4:
        return False
    if (not beside and marker[0].isdigit() and marker[:-1] != "1") or width - behind > 4:
        raise Undecided  # may not interrupt a paragraph; or holds code
    widths.append(width)
    return True


def _closing(text: str, start: int, marks: str, width: int, farthest: int) -> int:
    """Behind a fence's last line, which is indented no farther than `farthest`.

    Where its item ends, as a negative number, if a line indented less than `width` comes first.
    """
    at = text.find("\n", start) + 1
    while at > 0:
        line_end = text.find("\n", at)
        line = text[at : line_end if line_end >= 0 else len(text)].strip(" \t")
        if line:
            indent = _indent(text, at)
            if indent < width:
                return -at
            if len(line) >= len(marks) and not line.strip(marks[0]):
                if indent <= farthest:
                    return line_end + 1 if line_end >= 0 else len(text)
                if farthest == 3 and width:
                    return -at
        at = line_end + 1
    return len(text) if width == 0 else -len(text)


def _indent(text: str, at: int) -> int:
    """In which column the first character of a line stands."""
    column = 0
    while text.startswith((" ", "\t"), at):
        column += 1 if text[at] == " " else 4 - column % 4
        at += 1
    return column

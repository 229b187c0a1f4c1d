"""A line in a list in, whether it is a task out, or where code in it ends: where it is plain to see what is an item."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultprune.parse.lexer.layout import Range, Undecided

_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_AT_MARGIN = re.compile(r"\n(?:[-*+]|1[.)])[ \t]+")
_ITEM = re.compile(rf"\n([ \t]*)({_MARKER})([ \t]+)(?=[^ \t\n])")
_ONLY_CONTAINERS = re.compile(rf"\n[ \t>]*(?:(?:{_MARKER}|>|\[\^[^\]\n]*\]:)[ \t]*)*")
_RULE = re.compile(r"\n[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})(?=\n|\Z)")
_BLANK = re.compile(r"\n[ \t]*(?=\n|\Z)")
_MORE = re.compile(rf">|{_MARKER}(?:[ \t]|\n|\Z)")
_LONGEST_LIST = 300


def is_open_task(text: str, line: int, at: int, dead: Sequence[Range]) -> bool:
    """Whether the `[ ]` at `at` makes a task; `line` is the newline above. Raises `Undecided` if it only may."""
    item = _AT_MARGIN.match(text, line, at)
    if item and item.end() == at:
        return True
    item = _ITEM.match(text, line)
    if item and item.end() == at:
        if not _continue(text, line, _widths_above(text, line, dead)):
            raise Undecided
        return True
    if at > line + 1 and (prefix := _ONLY_CONTAINERS.match(text, line, at)) and prefix.end() == at:
        raise Undecided
    return False


def _widths_above(text: str, line: int, dead: Sequence[Range]) -> list[int]:
    """How far the items that are open above `line` are indented: the list is followed from an item at the margin."""
    lines: list[int] = []
    above = line
    while not lines or not _AT_MARGIN.match(text, above):
        above = text.rfind("\n", 0, above)
        if above < 0 or len(lines) > _LONGEST_LIST or any(start <= above + 1 < end for start, end in dead):
            raise Undecided
        lines.append(above)
    widths: list[int] = []
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
    if not item or _RULE.match(text, at) or _MORE.match(text, item.end()):
        raise Undecided  # a blank line, a paragraph, an empty item; or an item within the item
    indent = len(item[1].expandtabs(4))
    beside = False
    while widths and indent < widths[-1]:
        widths.pop()
        beside = True
    if indent - (widths[-1] if widths else 0) >= 4:
        return False
    if not beside and item[2][0].isdigit() and item[2][:-1] != "1":
        raise Undecided  # may not interrupt a paragraph
    behind = len((item[1] + item[2]).expandtabs(4))
    widths.append(len((item[1] + item[2] + item[3]).expandtabs(4)))
    if widths[-1] - behind > 4:
        raise Undecided
    return True


def end_of_fence(text: str, start: int, marks: str, dead: Sequence[Range]) -> int:
    """Where a fence ends that is indented at `start`: with its last line, or with the list item in which it stands."""
    indent = _indent(text, start)
    if indent <= 3:  # all of it indented alike, it matters not by which item
        end = _closing(text, start, marks, indent, 3)
        if end > 0:
            return end
    widths = _widths_above(text, start - 1, dead)
    while widths and indent < widths[-1]:
        widths.pop()
    width = widths[-1] if widths else 0
    if indent - width > 3:
        raise Undecided
    return abs(_closing(text, start, marks, width, width + 3))


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

"""Block rules for markdown-it: mathematics, tables whose cells all count, and a guard against bottomless nesting."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import lheading as plain_underlined
from markdown_it.rules_block import table as plain_table

from vaultprune.syntax import wikilink

DEEPEST = 420
"""Levels of quotes and lists within one another; a list takes two. Python's stack holds a little more."""

Rule = Callable[[StateBlock, int, int, bool], bool]

FOOTNOTE = re.compile(r"\[\^[^ \]\n]+\]:[ \t]*")
"""What a footnote's text begins with."""

_TASK = re.compile(r"(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]++(?:>[ \t>]*+)?)*+\[ \](?=[ \t\n]|\Z)")
_CELL = re.compile(rf"\\\||{wikilink.WIKILINK.pattern}|\|")


class TooDeep(Exception):
    """Quotes or lists are nested more deeply than can be read."""


def depth_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Reads nothing; stops where going on would drop the rest of the note or overflow the stack."""
    if state.level > DEEPEST:
        raise TooDeep
    return False


def math_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`$$` at the start of a line, up to the next `$$`; what stands behind that is text again."""
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    if not line.startswith("$$") or "$$" in line[2:]:
        return False
    indent = min(state.blkIndent, state.sCount[start])  # less than the list's, it is one with what follows the list
    last = start + 1
    while last < end and state.sCount[last] >= indent and "$$" not in (line := _line(state, last)):
        last += 1
    if last >= end or state.sCount[last] < indent:
        return False
    if silent:
        return True
    state.line = last + 1
    token = state.push("math_block", "", 0)
    token.map = [start, state.line]
    if rest := line.partition("$$")[2].strip(" \t"):
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = rest, [last, state.line], []
    return True


def footnote_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[^1]: text` and the blocks below it that are indented by four. Its first line is text, however far off."""
    if state.is_code_block(start):
        return False
    found = FOOTNOTE.match(_line(state, start))
    if not found:
        return False
    if silent:
        return True
    before = (state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType, state.listIndent)
    state.bMarks[start] += state.tShift[start] + found.end()
    state.tShift[start] = 0
    state.blkIndent += 4
    state.sCount[start] = state.blkIndent
    state.parentType, state.listIndent = "footnote", -1
    state.level += 1
    if state.bMarks[start] < state.eMarks[start]:
        state.md.block.tokenize(state, start, end)
    else:
        state.line = start + 1
        state.md.block.tokenize(state, start + 1, end)
    state.level -= 1
    state.blkIndent -= 4
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType, state.listIndent = before
    return True


def unless_lazy(rule: Rule) -> Rule:
    """The rule, but never for a line that can only go on with a paragraph.

    That is one which a quote further out has taken already (its indentation is -1), and one that stands
    outside its list item, yet too far right for a block of whatever it stands in. The plain rules look
    only at the innermost indentation.
    """

    def asked(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        indent = state.sCount[start]
        if silent and indent < state.blkIndent:
            outer = max((base for base in state.env["bases"] if base <= indent), default=0)
            if indent < 0 or indent - outer > 3:
                return False
        return rule(state, start, end, silent)

    return asked


def remembering(rule: Rule, *, quote: bool) -> Rule:
    """The rule of a list or quote, with the indentation around it kept for `unless_lazy`."""

    def asked(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return rule(state, start, end, silent)
        bases = state.env["bases"]
        state.env["bases"] = [] if quote else [*bases, state.blkIndent]
        try:
            return rule(state, start, end, silent)
        finally:
            state.env["bases"] = bases

    return asked


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table. Cells beyond the last column are read too, and a pipe within `[[a|b]]` cuts no cell: safe is safe.

    Its `meta` tells whether its head is the text of an open task as well: where the one reading keeps the note and the
    other does not, both count.
    """
    if not plain_table(state, start, end, True):
        return False
    if silent:
        return True
    endings = state.md.block.ruler.getRules("blockquote")
    parent, state.parentType = state.parentType, "table"
    task = _TASK.match(_line(state, start))
    in_item = bool(state.tokens) and state.tokens[-1].type == "list_item_open" and state.tokens[-1].map == [start, 0]
    opened = state.push("table_open", "table", 1)
    opened.meta = {"open_task": task is not None and (in_item or task[0] != "[ ]")}
    _push_cells(state, start)
    row = start + 2
    while row < end and state.sCount[row] >= state.blkIndent:
        if any(rule(state, row, end, True) for rule in endings):
            break
        if not _line(state, row).strip() or state.is_code_block(row):
            break
        _push_cells(state, row)
        row += 1
    state.push("table_close", "table", -1)
    opened.map = [start, row]
    state.parentType = parent
    state.line = row
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _push_cells(state: StateBlock, row: int) -> None:
    for content in cells(_line(state, row)):
        token = state.push("inline", "", 0)
        token.map = [row, row + 1]
        token.content = content
        token.children = []


def cells(row: str) -> list[str]:
    r"""The cells of a row that hold anything, in order, with `\|` turned into a plain pipe."""
    found: list[str] = []
    current: list[str] = []
    at = 0
    for piece in _CELL.finditer(row):
        current.append(row[at : piece.start()])
        at = piece.end()
        if piece[0] == "|":
            found.append("".join(current))
            current.clear()
        else:
            current.append(piece[0].replace("\\|", "|"))
    current.append(row[at:])
    found.append("".join(current))
    return [cell for cell in (content.strip() for content in found) if cell]


def underlined_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An underlined heading as CommonMark has it, which keeps its lines as a paragraph does."""
    if not plain_underlined(state, start, end, silent):
        return False
    inline = state.tokens[-2]
    inline.content = state.getLines(start, state.line - 1, state.blkIndent, False).strip(" \t\n")
    return True


def paragraph_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph as CommonMark has it; only blanks are stripped from its ends, so that it keeps its lines."""
    endings = state.md.block.ruler.getRules("paragraph")
    parent, state.parentType = state.parentType, "paragraph"
    line = start + 1
    while line < state.lineMax and not state.isEmpty(line):
        # a line indented further, or a lazy one (less than zero), only continues the paragraph
        lazy = state.sCount[line] - state.blkIndent > 3 or state.sCount[line] < 0
        if not lazy and any(rule(state, line, state.lineMax, True) for rule in endings):
            break
        line += 1
    content = state.getLines(start, line, state.blkIndent, False).strip(" \t\n")
    state.line = line
    opened = state.push("paragraph_open", "p", 1)
    opened.map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [start, line], []
    state.push("paragraph_close", "p", -1)
    state.parentType = parent
    return True

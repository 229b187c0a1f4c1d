"""A text in, its layout out, where blocks lie side by side: nothing within anything else."""

from __future__ import annotations

import re

from vaultprune.parse import queries
from vaultprune.parse.lexer import lists
from vaultprune.parse.lexer.layout import Layout, Undecided
from vaultprune.parse.lexer.tables import may_hold_tables
from vaultprune.syntax import html

_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_CODE_INDENT = r"(?: {4}| {0,3}\t)"
_HEAVY = r"(?:```|~~~|<[A-Za-z/!?]|\$\$)"

# every alternative begins with a newline and looks at one line, or at the beginning of the next
_BLOCK = re.compile(
    rf"\n(?:(```+(?=[^`\n]*(?:\n|\Z))|~~~+)"  # 1: a fence
    r"|(<[A-Za-z/!?])"  # 2: raw HTML
    r"|(\$\$)"  # 3: mathematics
    r"|(?:> ?|([ \t]+))(```+(?=[^`\n]*(?:\n|\Z))|~~~+)"  # 5: a fence in a quote, or behind 4: the blanks of a list
    # 6: anything else within a list or quote, or more of these than anybody writes
    rf"|([ \t]+{_HEAVY}|[ \t]*(?:>[ \t]*|{_MARKER}[ \t]+){{1,9}}+(?:{_HEAVY}|>|{_MARKER}[ \t]+{_MARKER})))"
)
_INDENTED = re.compile(
    rf"\n(?=[ \t\n#>=\-*_+0-9])(?:(?=[ \t]*\n{_CODE_INDENT}[ \t]*[^ \t\n])"
    rf"|(?=[ \t]*(?:{_MARKER}[ \t]+)*(?:(?:[#>=]|---|\*[ \t]*\*|__|- -)[^\n]*+|{_MARKER}[ \t]*+)\n{_CODE_INDENT}))"
)
"""Lines that may be code for their indentation: below a blank line, or below what is no paragraph."""

_FAR_OFF = re.compile(
    rf"\n(?=[ \t>*+\-0-9])(?:[ \t>]|{_MARKER}[ \t])*(?:{_MARKER}(?: {{5}}| +\t|\t[ \t])|> ?(?: {{4}}|\t))"
)
"""A list item or quote whose text stands so far off that it may be code."""

_FOOTNOTE = re.compile(
    rf"\n(?:[ \t>]*\[\^[^\]\n]+\]:[ \t]*(?:[-*+`~<$>|#]|[0-9]+[.)]|\n)|[ \t>]*(?:{_MARKER}[ \t]+)+\[\^[^\]\n]+\]:)"
)
"""A footnote that holds more than a paragraph, or lies in a list."""

_CLOSING = {char: re.compile(rf"\n {{0,3}}({re.escape(char)}{{3,}})[ \t]*(?=\n|\Z)") for char in "`~"}
_BLANK = re.compile(r"\n[ \t]*(?=\n|\Z)")
_ROW_THEN_INDENTED = re.compile(rf"\n(?![ \t]*{_MARKER}[ \t])[ \t]*[^ \t\n][^\n]*\n{_CODE_INDENT}")
_CODE_START = ("    ", "\t", " \t", "  \t", "   \t")
_MANY_MARKERS = re.compile(rf"\n(?=[ \t>*+\-0-9])[ \t]*(?:>[ \t]*|{_MARKER}[ \t]+){{9}}(?:>|{_MARKER})")
"""More lists and quotes within one another than anybody writes."""

_PLAIN_NEXT = re.compile(r"\n {0,3}[^\W\d_]")
_BLOCK_NEXT = re.compile(r"\n {0,3}(?:[-+*][ \t]+[^ \t\n]|#{1,6}[ \t])")
_QUOTE_NEXT = re.compile(r"\n {0,3}>")
_HEADING = re.compile(r"\n {0,3}#{1,6}(?:[ \t]|\n|\Z)")
_PARAGRAPH = re.compile(r"\n {0,3}(?:[-*+][ \t]+)?[^\W\d_]")


def layout(text: str) -> Layout:
    """The layout of a text that begins with a newline. Raises `Undecided` where blocks lie within one another."""
    dead: list[tuple[int, int]] = []
    raw: set[int] = set()
    asked: list[tuple[str, str]] = []
    if "```" in text or "<" in text or "~~~" in text or "$$" in text:
        _blocks(text, dead, raw, asked)
    elif _MANY_MARKERS.search(text):
        raise Undecided
    tables = may_hold_tables(text)
    _refuse_code(text, dead, tables)
    tasks = lists.open_tasks(text, dead, tables) if "[ ]" in text else ()
    return Layout(tuple(dead), frozenset(raw), tuple(asked), tasks, lambda at: _block_end(text, at, tables), tables)


def _blocks(text: str, dead: list[tuple[int, int]], raw: set[int], asked: list[tuple[str, str]]) -> None:
    """Finds the code, HTML and mathematics that begin at the margin."""
    found = _BLOCK.search(text)
    while found:
        start = found.start() + 1
        kind = found.lastindex
        if kind == 1:
            end = end_of_fence(text, start, found[1], asked)
        elif kind == 2:
            end = _html(text, start, dead)
            if end > start:
                raw.add(start)
        elif kind == 3:
            end = _math(text, start)
        elif kind == 5:
            _refuse_query(text, found.end())
            if found[4]:
                end = lists.end_of_fence(text, start, found[5], dead)
            else:
                end = _end_of_fence_in_quote(text, start, found[5])
        else:
            raise Undecided
        if end > start:
            dead.append((start, end))
        found = _BLOCK.search(text, max(start, end - 1))


def _refuse_code(text: str, dead: list[tuple[int, int]], tables: bool) -> None:
    """Raises `Undecided` where a line may be code for its indentation, or belong to a footnote."""
    if text.startswith(_CODE_START, 1):
        raise Undecided
    if "    " in text or "\t" in text:
        suspects = [_INDENTED, _FAR_OFF, _ROW_THEN_INDENTED] if tables else [_INDENTED, _FAR_OFF]
        if any(text.startswith(_CODE_START, end) for _, end in dead) or " " * 100 in text or "\t" * 50 in text:
            raise Undecided
    else:
        suspects = []
    if "[^" in text:
        suspects.append(_FOOTNOTE)
    for suspect in suspects:
        start = 0
        for dead_start, end in (*dead, (len(text), 0)):
            if suspect.search(text, start, dead_start):
                raise Undecided
            start = end - 1


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return found if found >= 0 else len(text)


def end_of_fence(text: str, start: int, marks: str, asked: list[tuple[str, str]]) -> int:
    """Where a fence that begins at `start` ends, behind its last line."""
    opened = _line_end(text, start)
    end = last = len(text)
    for closing in _CLOSING[marks[0]].finditer(text, opened):
        if len(closing[1]) >= len(marks):
            last, end = closing.start() + 1, min(closing.end() + 1, len(text))
            break
    info = text[start + len(marks) : opened]
    if info and queries.is_query(info):
        asked.append((info, text[opened + 1 : last]))
    return end


def _refuse_query(text: str, at: int) -> None:
    """Raises `Undecided` if the info at `at` is that of a query: its code is not as it stands in the text."""
    info = text[at : _line_end(text, at)]
    if info and queries.is_query(info):
        raise Undecided


def _end_of_fence_in_quote(text: str, start: int, marks: str) -> int:
    """Where a fence ends that stands behind a `>` at the margin: with its last line, or with the quote."""
    at = _line_end(text, start) + 1
    while text.startswith(">", at):
        line_end = _line_end(text, at)
        rest = text[at + 1 : line_end].rstrip(" \t")
        if len(rest) >= len(marks) and not (bare := rest.lstrip(" \t")).strip(marks[0]) and len(bare) >= len(marks):
            if len(rest) - len(bare) > 4 or "\t" in rest:
                raise Undecided
            return min(line_end + 1, len(text))
        at = line_end + 1
    if text.startswith((" >", "  >", "   >"), at):
        raise Undecided
    return min(at, len(text))


def _html(text: str, start: int, dead: list[tuple[int, int]]) -> int:
    """Where an HTML block that begins at `start` ends; `start` itself if none begins there."""
    if text.startswith("<!--", start):
        last = text.find("-->", start)
        return min(_line_end(text, last) + 1, len(text)) if last >= 0 else len(text)
    line_end = _line_end(text, start)
    line = text[start:line_end]
    closing = html.block_end(line)
    if closing is None:
        if not html.lone_tag(line) or _in_paragraph(text, start, dead):
            return start
        closing = html.BLANK
    if closing is html.BLANK:
        blank = _BLANK.search(text, line_end)
        return blank.start() + 1 if blank else len(text)
    found = closing.search(text, start)
    return min(_line_end(text, found.end() - 1) + 1, len(text)) if found else len(text)


def _in_paragraph(text: str, start: int, dead: list[tuple[int, int]]) -> bool:
    """Whether the line above belongs to a paragraph that a lone tag cannot interrupt."""
    above = text.rfind("\n", 0, start - 1)
    if above < 0 or not text[above:start].strip(" \t\n") or (dead and dead[-1][1] == start):
        return False
    if not _PARAGRAPH.match(text, above):
        raise Undecided
    return True


def _math(text: str, start: int) -> int:
    """The same, up to and with the end of the line; text behind the mathematics is a paragraph of its own."""
    end = end_of_math(text, start, start)
    if end == start:
        return start
    line_end = _line_end(text, end)
    if text[end:line_end].strip(" \t"):
        raise Undecided
    return min(line_end + 1, len(text))


def end_of_math(text: str, start: int, first: int) -> int:
    """Behind the mathematics whose dollars stand at `first` in the line at `start`; `start` if none begins there."""
    line_end = _line_end(text, first)
    if text.find("$$", first + 2, line_end) >= 0:
        return start
    closing = text.find("$$", line_end)
    return closing + 2 if closing >= 0 else start


def _block_end(text: str, at: int, tables: bool) -> int:
    """Where the paragraph around `at` ends, as far as that is plain to see."""
    line = text.rfind("\n", 0, at)
    if _HEADING.match(text, line):
        return _line_end(text, at)
    while True:
        line_end = _line_end(text, line + 1)
        if line_end == len(text) or _BLANK.match(text, line_end) or _BLOCK_NEXT.match(text, line_end):
            return line_end
        if _QUOTE_NEXT.match(text, line_end) and not _QUOTE_NEXT.match(text, line) and _follows_blank(text, line):
            return line_end
        if not _PLAIN_NEXT.match(text, line_end) or (tables and "|" in text[line : _line_end(text, line_end + 1)]):
            raise Undecided
        line = line_end


def _follows_blank(text: str, line: int) -> bool:
    """Whether the line whose newline stands at `line` is the first of its paragraph for certain."""
    return line <= 0 or not text[text.rfind("\n", 0, line) + 1 : line].strip(" \t")

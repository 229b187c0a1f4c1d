"""Where code, raw HTML and mathematics end that begin at the margin of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultprune.parse import queries
from vaultprune.parse.lexer.layout import Range, Undecided
from vaultprune.syntax import html

_CLOSING = {char: re.compile(rf"\n {{0,3}}({re.escape(char)}{{3,}})[ \t]*(?=\n|\Z)") for char in "`~"}
_BLANK = re.compile(r"\n[ \t]*(?=\n|\Z)")
_PARAGRAPH = re.compile(r"\n {0,3}(?:[-*+][ \t]+)?[^\W\d_]")


def line_end(text: str, at: int) -> int:
    """Where the line of `at` ends."""
    found = text.find("\n", at)
    return found if found >= 0 else len(text)


def end_of_fence(text: str, start: int, marks: str, asked: list[tuple[str, str]]) -> int:
    """Where a fence that begins at `start` ends, behind its last line; what it asks for goes to `asked`."""
    opened = line_end(text, start)
    end = last = len(text)
    for closing in _CLOSING[marks[0]].finditer(text, opened):
        if len(closing[1]) >= len(marks):
            last, end = closing.start() + 1, min(closing.end() + 1, len(text))
            break
    info = text[start + len(marks) : opened]
    if info and queries.is_query(info):
        asked.append((info, text[opened + 1 : last]))
    return end


def end_of_fence_in_quote(text: str, start: int, marks: str) -> int:
    """Where a fence ends that stands behind a `>` at the margin: with its last line, or with the quote."""
    at = line_end(text, start) + 1
    while text.startswith(">", at):
        end = line_end(text, at)
        rest = text[at + 1 : end].rstrip(" \t")
        if len(rest) >= len(marks) and not (bare := rest.lstrip(" \t")).strip(marks[0]) and len(bare) >= len(marks):
            if len(rest) - len(bare) > 4 or "\t" in rest:
                raise Undecided
            return min(end + 1, len(text))
        at = end + 1
    if text.startswith((" >", "  >", "   >"), at):
        raise Undecided
    return min(at, len(text))


def end_of_html(text: str, start: int, dead: Sequence[Range]) -> int:
    """Where an HTML block that begins at `start` ends, what is `dead` above it known; `start` if none begins there."""
    if text.startswith("<!--", start):
        last = text.find("-->", start)
        return min(line_end(text, last) + 1, len(text)) if last >= 0 else len(text)
    first_end = line_end(text, start)
    line = text[start:first_end]
    closing = html.block_end(line)
    if closing is None:
        if not html.lone_tag(line) or _in_paragraph(text, start, dead):
            return start
        closing = html.BLANK
    if closing is html.BLANK:
        blank = _BLANK.search(text, first_end)
        return blank.start() + 1 if blank else len(text)
    found = closing.search(text, start)
    return min(line_end(text, found.end() - 1) + 1, len(text)) if found else len(text)


def _in_paragraph(text: str, start: int, dead: Sequence[Range]) -> bool:
    """Whether the line above belongs to a paragraph that a lone tag cannot interrupt."""
    above = text.rfind("\n", 0, start - 1)
    if above < 0 or not text[above:start].strip(" \t\n") or (dead and dead[-1][1] == start):
        return False
    if not _PARAGRAPH.match(text, above):
        raise Undecided
    return True


def end_of_mathematics(text: str, start: int) -> int:
    """Behind the last line of mathematics that begins at `start`; `start` if none begins there."""
    end = end_of_dollars(text, start, start)
    if end == start:
        return start
    last = line_end(text, end)
    if text[end:last].strip(" \t"):
        raise Undecided  # what stands behind the mathematics is a paragraph of its own
    return min(last + 1, len(text))


def end_of_dollars(text: str, start: int, first: int) -> int:
    """Behind the mathematics whose dollars stand at `first` in the line at `start`; `start` if none begins there."""
    first_end = line_end(text, first)
    if text.find("$$", first + 2, first_end) >= 0:
        return start
    closing = text.find("$$", first_end)
    return closing + 2 if closing >= 0 else start

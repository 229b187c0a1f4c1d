"""A file's text in, its note out, or None: the quick reading of what most notes are made of.

What it finds is exactly what the full reading would find; where it cannot be sure of that, it declines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from vaultprune.model import Note, NotePath, Query
from vaultprune.parse import note, properties, queries
from vaultprune.parse.body import Body, outside_comments
from vaultprune.parse.lexer import definitions, events, nested, simple_block
from vaultprune.parse.lexer.definitions import Definitions
from vaultprune.parse.lexer.flat import Flat
from vaultprune.parse.lexer.laid import Laid
from vaultprune.parse.lexer.layout import Layout, Range, Undecided
from vaultprune.parse.lexer.margin import line_end
from vaultprune.parse.properties import Frontmatter
from vaultprune.parse.text import Decoded

MOST_BRACKETS = 2_000
LONGEST_BLOCK = 100_000
"""The full reading gives up on paragraphs beyond these; whether one is, it alone tells."""

LARGEST = 400_000
"""A body of more characters is left to the full reading."""

_APP_SCHEME = re.compile(r"://(?<=([Oo][Bb][Ss][Ii][Dd][Ii][Aa][Nn])://)")
_PARAGRAPH_ENDS = re.compile(r"\n(?:[ \t]*\n|(?=[-+*][ \t]+[^ \t\n]))")
"""What no paragraph goes beyond: a blank line, or an item of a list at the margin."""


def lex_note(path: NotePath, decoded: Decoded) -> Note | None:
    """The note in a text, None if only the full reading can tell."""
    if decoded.plain:
        return None
    text = decoded.text
    frontmatter, start = note.read_properties(text, read_block)
    below = text[start:]
    body = read(below, text.count("\n", 0, start) + 1)
    return None if body is None else note.assemble(path, decoded, frontmatter, below, body)


def read_block(block: str) -> Frontmatter:
    """What a block of properties holds."""
    found = simple_block.read(block)
    if found is not None:
        return found
    from vaultprune.parse import yaml_block  # most vaults need it for a few notes or none

    return properties.read(block, yaml_block.read)


def read(body: str, first_line: int) -> Body | None:
    """What a body holds, None if only the full reading can tell."""
    text = f"\n{body}"
    large = len(body) > MOST_BRACKETS and (len(body) > LONGEST_BLOCK or body.count("[") > MOST_BRACKETS)
    if large and (len(body) > LARGEST or _may_hold_a_giant(body)):
        return None
    # of a large text with code or tasks, only the scan line by line is sure to take no more time than its length
    by_line = large and any(mark in body for mark in ("```", "~~~", "[ ]"))
    for reading in (_by_line,) if by_line else (_at_once, _by_line):
        try:
            return reading(text, first_line)
        except Undecided:
            continue
    return None


def _may_hold_a_giant(body: str) -> bool:
    """Whether a paragraph may be too large for the full reading."""
    return any(len(part) > LONGEST_BLOCK or part.count("[") > MOST_BRACKETS for part in _PARAGRAPH_ENDS.split(body))


def _at_once(text: str, first_line: int) -> Body:
    """What a text holds whose blocks lie side by side, but for some."""
    uris = _has_uris(text)
    try:
        defined = definitions.definitions(text, ())
        certain = True
    except Undecided:  # some lines are code, perhaps
        defined, certain = definitions.NONE, False
    flat = Flat(text, defined, first_line, events.at_once(defined=bool(defined.lines), uris=uris))
    flat.read_all()
    if not certain or len(flat.passed) < len(defined.lines):
        defined = definitions.definitions(text, flat.dead)
        if defined.lines or flat.defined.lines:
            return _laid_out(text, first_line, flat.whole_layout(), defined)
    tasks = _tasks(text, first_line, flat.tasks, flat.dead) if flat.tasks else ()
    return Body(flat.found(), tuple(flat.tags), tasks, _queries(flat.asked) if flat.asked else ())


def _by_line(text: str, first_line: int) -> Body:
    """What any text holds."""
    layout = nested.layout(text)
    return _laid_out(text, first_line, layout, definitions.definitions(text, layout.dead))


def _laid_out(text: str, first_line: int, layout: Layout, defined: Definitions) -> Body:
    laid = Laid(text, layout, defined, first_line, events.in_text(uris=_has_uris(text)))
    links = laid.read()
    tasks = _tasks(text, first_line, layout.tasks, layout.dead)
    return Body(links, tuple(laid.tags), tasks, _queries(layout.queries))


def _queries(asked: Sequence[tuple[str, str]]) -> tuple[Query, ...]:
    return tuple([query for info, code in asked if (query := queries.in_code(info, code))])


def _has_uris(text: str) -> bool:
    """Whether a text holds a URI of the app. Raises `Undecided` if one is not written in small letters."""
    schemes = _APP_SCHEME.findall(text)
    if any(scheme != "obsidian" for scheme in schemes):
        raise Undecided
    return bool(schemes)


def _tasks(text: str, first_line: int, tasks: Sequence[int], dead: Sequence[Range]) -> tuple[int, ...]:
    """The lines of open tasks that do not stand in comments; `tasks` is where they begin."""
    if tasks and "%%" in text:
        tasks = outside_comments(tasks, _marked(text, dead))
    lines = []
    line, counted = first_line, 1
    for at in tasks:
        line += text.count("\n", counted, at)
        counted = at
        lines.append(line)
    return tuple(lines)


def _marked(text: str, dead: Sequence[Range]) -> Iterator[tuple[int, str]]:
    """The lines with a `%%` that are no code, and where they begin."""
    at = text.find("%%")
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = line_end(text, at)
        block = bisect_right(dead, (start, len(text) + 1)) - 1
        if block < 0 or start > max(dead[block][0], dead[block][1] - 1):
            yield start, text[start:end]
        at = text.find("%%", end)

"""A file's text in, its note out, or None: the quick reading of what most notes are made of.

What it finds is exactly what the full reading would find; where it cannot be sure of that, it declines.
"""

from __future__ import annotations

import re

from vaultprune.model import Note, NotePath, Query
from vaultprune.parse import note, properties, queries
from vaultprune.parse.body import Body, commented_lines
from vaultprune.parse.lexer import definitions, flat, nested, simple_block
from vaultprune.parse.lexer.inline import EVENT, EVENT_OR_URI, Inline
from vaultprune.parse.lexer.layout import Layout, Undecided
from vaultprune.parse.properties import Frontmatter
from vaultprune.parse.text import Decoded, line_finder

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
    frontmatter, start = note.read_properties(text, _properties)
    below = text[start:]
    body = read(below, text.count("\n", 0, start) + 1)
    return None if body is None else note.assemble(path, decoded, frontmatter, below, body)


def _properties(block: str) -> Frontmatter:
    found = simple_block.read(block)
    if found is not None:
        return found
    from vaultprune.parse import yaml_block  # most vaults need it for a few notes or none

    return properties.read(block, yaml_block.read)


def read(body: str, first_line: int) -> Body | None:
    """What a body holds, None if only the full reading can tell."""
    text = f"\n{body}"
    large = len(body) > LONGEST_BLOCK or body.count("[") > MOST_BRACKETS
    if large and (len(body) > LARGEST or _may_hold_a_giant(body)):
        return None
    # of a large text with code or tasks, only the scan line by line is sure to take no more time than its length
    by_line = large and any(mark in body for mark in ("```", "~~~", "[ ]"))
    for lay_out in (nested.layout,) if by_line else (flat.layout, nested.layout):
        try:
            return _read(text, first_line, lay_out(text))
        except Undecided:
            continue
    return None


def _may_hold_a_giant(body: str) -> bool:
    """Whether a paragraph may be too large for the full reading."""
    return any(len(part) > LONGEST_BLOCK or part.count("[") > MOST_BRACKETS for part in _PARAGRAPH_ENDS.split(body))


def _read(text: str, first_line: int, layout: Layout) -> Body:
    defined = definitions.definitions(text, layout.dead)
    inline = Inline(text, layout, defined, first_line, EVENT_OR_URI if _has_uris(text) else EVENT)
    links = inline.read()
    found: list[Query] = []
    for info, code in layout.queries:
        query = queries.in_code(info, code)
        if query:
            found.append(query)
    return Body(links, tuple(inline.tags), _tasks(text, first_line, layout), tuple(found))


def _has_uris(text: str) -> bool:
    """Whether a text holds a URI of the app. Raises `Undecided` if one is not written in small letters."""
    if "://" not in text:
        return False
    schemes = _APP_SCHEME.findall(text)
    if any(scheme != "obsidian" for scheme in schemes):
        raise Undecided
    return bool(schemes)


def _tasks(text: str, first_line: int, layout: Layout) -> tuple[int, ...]:
    """The lines of open tasks that do not stand in comments."""
    if not layout.tasks:
        return ()
    line = line_finder(text, -1)
    lines = [line(at) for at in layout.tasks]
    if "%%" in text:
        code = {number for start, end in layout.dead for number in range(line(start), line(max(start, end - 1)) + 1)}
        commented = commented_lines(text[1:].split("\n"), code)
        lines = [number for number in lines if number not in commented]
    return tuple([number + first_line for number in lines])

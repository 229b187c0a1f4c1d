"""One file's bytes in, what Obsidian would read in it out. Nothing here raises, whatever the bytes.

A note is read quickly if the lexer can tell for certain how it is to be read, and else in full, with the same
outcome. What is needed is imported with the first file that needs it: a run that reads nothing pays for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultprune.model import Base, Canvas, Note, NotePath

if TYPE_CHECKING:
    from vaultprune.parse.body import Body


def parse_note(path: NotePath, data: bytes) -> Note:
    """The note in a Markdown file."""
    from vaultprune.parse import lexer
    from vaultprune.parse.text import decode

    decoded = decode(data)
    return lexer.lex_note(path, decoded) or parse_in_full(path, data)


def parse_in_full(path: NotePath, data: bytes) -> Note:
    """The same by the full reading alone: what the quick one is measured against."""
    from vaultprune.parse import frontmatter_block, note, properties, reference
    from vaultprune.parse.text import decode

    def block(written: str) -> properties.Frontmatter:
        return properties.read(written, frontmatter_block.load)

    return note.read(path, decode(data), block, reference.read)


def parse_canvas(path: NotePath, data: bytes) -> Canvas:
    """The links of a `.canvas` file."""
    from vaultprune.parse import canvas

    return canvas.read(path, data, _read_card)


def _read_card(text: str, first_line: int) -> Body:
    """What the text of a card holds, read as that of a note is."""
    from vaultprune.parse import lexer

    found = lexer.read(text, first_line)
    if found is not None:
        return found
    from vaultprune.parse import reference

    return reference.read(text, first_line)


def parse_base(path: NotePath, data: bytes) -> Base:
    """What a `.base` file asks for."""
    from vaultprune.parse import base

    return base.read(path, data)


def unread_note(path: NotePath, why: str) -> Note:
    """A note that could not be read at all: it is there, and nothing is known of it."""
    return Note(path, unreadable=why)

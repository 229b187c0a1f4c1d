"""One file's bytes in, what Obsidian would read in it out. Nothing here raises, whatever the bytes.

Properties and body are each read quickly if it is certain how they are to be read, and else in full, with the same
outcome. The full reading is imported with the first file that needs it: most vaults have none.
"""

from __future__ import annotations

from vaultprune.model import Base, Canvas, Note, NotePath
from vaultprune.parse import lexer, note
from vaultprune.parse.body import Body
from vaultprune.parse.text import decode


def parse_note(path: NotePath, data: bytes) -> Note:
    """The note in a Markdown file."""
    return note.read(path, decode(data), lexer.read_block, _read_body)


def _read_body(text: str, first_line: int) -> Body:
    """What a text holds that begins on this line, below the properties or on a card."""
    found = lexer.read(text, first_line)
    if found is not None:
        return found
    from vaultprune.parse import reference

    return reference.read(text, first_line)


def parse_in_full(path: NotePath, data: bytes) -> Note:
    """The same note by the full reading alone: what the quick one is measured against."""
    from vaultprune.parse import frontmatter_block, properties, reference

    def block(written: str) -> properties.Frontmatter:
        return properties.read(written, frontmatter_block.load)

    return note.read(path, decode(data), block, reference.read)


def text_below(data: bytes) -> str:
    """The text of a Markdown file below its properties, for people to read."""
    return note.text_below(decode(data), lexer.read_block)


def parse_canvas(path: NotePath, data: bytes) -> Canvas:
    """The links of a `.canvas` file."""
    from vaultprune.parse import canvas

    return canvas.read(path, data, _read_body)


def parse_base(path: NotePath, data: bytes) -> Base:
    """What a `.base` file asks for."""
    from vaultprune.parse import base

    return base.read(path, data)


def unread_note(path: NotePath, why: str) -> Note:
    """A note that could not be read at all: it is there, and nothing is known of it."""
    return Note(path, unreadable=why)

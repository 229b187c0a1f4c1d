"""The path and bytes of a Markdown file in, the Note out, put together from its properties and its body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from vaultprune.model import Note, NotePath, Problem
from vaultprune.parse import properties
from vaultprune.parse.body import Body
from vaultprune.parse.properties import Frontmatter
from vaultprune.parse.text import Decoded

ReadBlock = Callable[[str], Frontmatter]
ReadBody = Callable[[str, int], Body]

_BLANKS = b"\t\n\v\f\r\x1c\x1d\x1e\x1f "
_NO_BREAK, _IDEOGRAPHIC = "\xa0", "\u3000"
_TYPESET = "".join(map(chr, range(0x2000, 0x200B)))
_OTHER_BLANKS = tuple(map(str.encode, f"\x85\u1680\u2028\u2029\u202f\u205f{_TYPESET}{_NO_BREAK}{_IDEOGRAPHIC}"))
"""White space in ASCII, and beyond."""

_IN_WORDS = bytes(byte not in _BLANKS for byte in range(256))


def assemble(path: NotePath, decoded: Decoded, frontmatter: Frontmatter, text: str, body: Body) -> Note:
    """The note that its parts make; `text` is what is below the properties."""
    below = _stripped(_end_of(decoded, text))
    tags = frontmatter.tags + body.tags
    is_odd = decoded.problem or frontmatter.problem or body.problem
    problems = tuple(_problems(path, decoded, frontmatter, body)) if is_odd else ()
    return Note(
        path,
        frontmatter.links + body.links,
        _once(tags) if len(tags) > 1 else tags,
        frontmatter.aliases,
        frontmatter.properties,
        0 if decoded.binary else count_words(text, below),
        body.open_tasks,
        body.queries,
        sha256(below).hexdigest()[:16],
        problems,
    )


def _problems(path: NotePath, decoded: Decoded, frontmatter: Frontmatter, body: Body) -> Iterator[Problem]:
    if decoded.problem:
        yield Problem(path, decoded.problem)
    if frontmatter.problem:
        yield Problem(path, *frontmatter.problem)
    if body.problem:
        yield Problem(path, body.problem)


def count_words(text: str, data: bytes) -> int:
    """How many words a text has, which is given in UTF-8 as well: runs of characters between white space.

    White space is that of ASCII, the no-break space and the ideographic one. No list of words is made, which takes
    longer than all else: `marks` has a bit for every byte of a word, so that each word changes the bits twice.
    """
    if len(text) != len(data):
        for blank in (_NO_BREAK, _IDEOGRAPHIC):
            if blank in text:
                data = data.replace(blank.encode(), b" ")
    marks = int.from_bytes(data.translate(_IN_WORDS), "little")
    return (marks ^ marks << 8).bit_count() >> 1


def _end_of(decoded: Decoded, text: str) -> bytes:
    """The bytes of a text that a file ends with."""
    above = len(decoded.text) - len(text)
    if above and len(decoded.text) != len(decoded.data):
        above = len(decoded.text[:above].encode("utf-8", "surrogatepass"))
    return decoded.data[above:] if above else decoded.data


def _stripped(body: bytes) -> bytes:
    """A body without outer white space."""
    inner = body.strip(_BLANKS)
    beyond_ascii = bool(inner) and (inner[0] > 127 or inner[-1] > 127)
    if beyond_ascii and (inner.startswith(_OTHER_BLANKS) or inner.endswith(_OTHER_BLANKS)):
        return inner.decode("utf-8", "surrogatepass").strip().encode("utf-8", "surrogatepass")
    return inner


def _once(tags: Iterable[str]) -> tuple[str, ...]:
    """Each tag once whatever its case, as first spelt."""
    first: dict[str, str] = {}
    for name in tags:
        first.setdefault(name.lower(), name)
    return tuple(first.values())


def read(path: NotePath, decoded: Decoded, read_block: ReadBlock, read_body: ReadBody) -> Note:
    """A note whose block is read by `read_block` and whose body by `read_body`."""
    text = decoded.text
    if decoded.plain or decoded.binary:
        from vaultprune.parse import plain  # few vaults hold such a file

        if decoded.binary:
            return assemble(path, decoded, properties.NOTHING, text, plain.read(text, 1))
        read_body = plain.read
    frontmatter, start = read_properties(text, read_block)
    first_line = text.count("\n", 0, start) + 1
    below = text[start:]
    return assemble(path, decoded, frontmatter, below, read_body(below, first_line))


def text_below(decoded: Decoded, read_block: ReadBlock) -> str:
    """The text of a note below its properties; that of a file which is no text is empty."""
    return "" if decoded.binary else decoded.text[read_properties(decoded.text, read_block)[1] :]


def read_properties(text: str, read_block: ReadBlock) -> tuple[Frontmatter, int]:
    """What the properties hold, and where the body begins.

    A line `...` ends the block too if what stands above it can be read: then nothing below it is missed.
    """
    if not text.startswith("---"):
        return properties.NOTHING, 0
    block, start = properties.split(text)
    if "..." in (text if block is None else block):
        short, after = properties.split_at_dots(text)
        if short is not None:
            frontmatter = read_block(short)
            if not frontmatter.problem:
                return frontmatter, after
    return (properties.NOTHING, 0) if block is None else (read_block(block), start)

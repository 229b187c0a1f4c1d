"""The path and bytes of a Markdown file in, the Note out, put together from its properties and its body."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from vaultprune.model import Note, NotePath, Problem
from vaultprune.parse import plain, properties
from vaultprune.parse.body import Body
from vaultprune.parse.properties import Frontmatter
from vaultprune.parse.text import Decoded

ReadBlock = Callable[[str], Frontmatter]
ReadBody = Callable[[str, int], Body]


def assemble(path: NotePath, decoded: Decoded, frontmatter: Frontmatter, body: Body, body_text: str) -> Note:
    """The note that its parts make."""
    problems = []
    if decoded.problem:
        problems.append(Problem(path, decoded.problem))
    if frontmatter.problem:
        problems.append(Problem(path, *frontmatter.problem))
    if body.problem:
        problems.append(Problem(path, body.problem))
    return Note(
        path=path,
        links=frontmatter.links + body.links,
        tags=_once(frontmatter.tags + body.tags),
        aliases=frontmatter.aliases,
        properties=frontmatter.properties,
        words=0 if decoded.binary else len(body_text.split()),
        open_tasks=body.open_tasks,
        queries=body.queries,
        body_digest=digest(body_text),
        problems=tuple(problems),
    )


def digest(body: str) -> str:
    """A digest of a body, outer white space aside."""
    return hashlib.sha256(body.strip().encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _once(tags: Iterable[str]) -> tuple[str, ...]:
    """Each tag once whatever its case, as first spelt."""
    first: dict[str, str] = {}
    for name in tags:
        first.setdefault(name.lower(), name)
    return tuple(first.values())


def read(path: NotePath, decoded: Decoded, read_block: ReadBlock, read_body: ReadBody) -> Note:
    """A note whose block is read by `read_block` and whose body by `read_body`."""
    text = decoded.text
    if decoded.binary:
        return assemble(path, decoded, properties.NOTHING, plain.read(text, 1), text)
    frontmatter, start = read_properties(text, read_block)
    first_line = text.count("\n", 0, start) + 1
    below = text[start:]
    body = (plain.read if decoded.plain else read_body)(below, first_line)
    return assemble(path, decoded, frontmatter, body, below)


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

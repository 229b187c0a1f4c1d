"""What the text below the properties holds, whoever read it; and the words of queries and comments in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from vaultprune.model import Link, LinkKind, Query
from vaultprune.syntax import html, markdown_link, property_link, uri
from vaultprune.syntax.target import Target


class Body(NamedTuple):
    """What a body holds, in document order; lines are those of the file. `problem` if it was only searched."""

    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    open_tasks: tuple[int, ...] = ()
    queries: tuple[Query, ...] = ()
    problem: str | None = None


OPEN_TASK = re.compile(r"\[ \](?=[ \t\n]|\Z)")
"""What the text of a list item begins with if it is an open task."""

_COMMENT_OPENS = re.compile(r"\A[ \t>]*+%%")


def commented_lines(lines: Sequence[str], code: Set[int]) -> frozenset[int]:
    """The numbers (from 0) of the lines in `%%` blocks, those that begin a line and end on a later one.

    Links and tags in them count all the same; only list items are none. A block that is never closed is none.
    """
    inside: set[int] = set()
    opened: int | None = None
    for number, line in enumerate(lines):
        if number in code or "%%" not in line:
            continue
        if opened is not None:
            inside.update(range(opened, number + 1))
            opened = None
        elif (found := _COMMENT_OPENS.match(line)) and line.find("%%", found.end()) < 0:
            opened = number
    return frozenset(inside)


def html_block_links(content: str, line: int) -> Iterator[Link]:
    """What an HTML block that begins on `line` names: its links and images, then the app's URIs in it."""
    for at, destination in html.destinations(content):
        yield from told("html", markdown_link.target(destination), line + content.count("\n", 0, at))
    if "://" in content:
        plain = markdown_link.unescaped(content)
        for at, target in property_link.uris(plain):
            yield from told("uri", target, line + plain.count("\n", 0, at))


def html_tag_links(tag: str, line: int) -> Iterator[Link]:
    """What one HTML tag in running text names; `line` is that of its start."""
    for at, destination in html.destinations(tag):
        where = line + tag.count("\n", 0, at)
        yield from told("html", markdown_link.target(destination), where)
        yield from told("uri", uri.target(markdown_link.unescaped(destination)), where)


def told(kind: LinkKind, target: Target | None, line: int) -> Iterator[Link]:
    """The link, if it names anything."""
    if target:
        yield Link(target.text, kind, line, target.path)

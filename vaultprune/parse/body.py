"""What the text below the properties holds, whoever read it; and the words of queries and comments in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
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


def outside_comments(items: Iterable[int], lines: Iterable[tuple[int, str]]) -> list[int]:
    """Those list items that stand in no `%%` block, one that begins a line and ends on a later one.

    Items and lines go by the same numbers; `lines` are all that hold a `%%` and are no code. Links and tags in such
    a block count all the same. A block that is never closed is none.
    """
    blocks = list(_comments(lines))
    firsts = [first for first, _ in blocks]
    found = []
    for item in items:
        block = bisect_right(firsts, item) - 1
        if block < 0 or item > blocks[block][1]:
            found.append(item)
    return found


def _comments(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """The first and the last line of each block."""
    opened: int | None = None
    for number, line in lines:
        if opened is not None:
            yield opened, number
            opened = None
        elif (found := _COMMENT_OPENS.match(line)) and line.find("%%", found.end()) < 0:
            opened = number


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

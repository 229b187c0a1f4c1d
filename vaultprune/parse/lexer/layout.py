"""How the blocks of a text lie: what is code, raw HTML or mathematics, and where a paragraph ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

Range: TypeAlias = tuple[int, int]
"""Where something begins and ends."""


class Undecided(Exception):
    """The lexer cannot tell how this is to be read; a fuller reading will."""


class Layout(NamedTuple):
    """Offsets are those in the text, which begins with a newline of its own.

    `dead` are the ranges in which nothing is a link, in order; `raw` the starts of those that are HTML;
    `queries` the code blocks that may be queries, as (info, code). `tasks` are the starts of lines with an open
    task. `block_end(at)` is where the paragraph around `at` ends; it may raise `Undecided`. `rows` are where the
    rows of tables begin.
    """

    dead: tuple[Range, ...]
    raw: frozenset[int]
    queries: tuple[tuple[str, str], ...]
    tasks: tuple[int, ...]
    block_end: Callable[[int], int]
    rows: tuple[int, ...] = ()


def joined(dead: list[tuple[int, int, int]], length: int) -> tuple[Range, ...]:
    """Ranges of the same block that touch are one."""
    found: list[Range] = []
    last = -1
    for start, end, block in dead:
        if found and block == last:
            found[-1] = (found[-1][0], min(end, length))
        else:
            found.append((start, min(end, length)))
        last = block
    return tuple(found)

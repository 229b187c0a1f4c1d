"""`[[note#heading|shown]]` in, the note it names out; an embed is the same behind a `!`."""

from __future__ import annotations

import re

from vaultprune.syntax.target import Target

INNER = r"(?:[^\[\]\n]++|\[[^\[\]\n]*+\](?=\]\])|\[(?!\[)|\](?!\]))+"
"""What may stand between the brackets: no newline, no `[[`, no `]]`; but `a [b]` before a `]]` belongs together."""

WIKILINK = re.compile(rf"\[\[(?!\[)({INNER})\]\]")


def linkpath(inner: str) -> str:
    """`inner` up to the first pipe, then up to the first `#`; empty for the note itself."""
    bar = inner.find("|")
    name = inner[:bar].removesuffix("\\") if bar > 0 else ""  # a pipe in a table is written with a backslash
    return (name or inner[max(bar, 0) :]).partition("#")[0]  # an empty name does not split: `[[|x]]` is a note "|x"


def target(inner: str) -> Target:
    """What `[[inner]]` names. Nothing in it is decoded."""
    path = linkpath(inner)
    return Target(path, path)

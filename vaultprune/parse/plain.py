"""A text that cannot be read as Markdown in, every link that might stand in it out: this over-counts, safely."""

from __future__ import annotations

import re

from vaultprune.model import Link, LinkKind
from vaultprune.parse.body import Body
from vaultprune.parse.text import line_finder
from vaultprune.syntax import markdown_link, property_link, tag, wikilink

_LABEL_END = re.compile(r"\](?=\()")
_TAG = re.compile(rf"#(?<![^{tag.SPACE}]#)({tag.CHARACTERS}+)")
_OPEN_TASK = re.compile(r"^[ \t>]{0,400}(?:[-*+]|[0-9]{1,9}[.)])[ \t]{1,9}\[ \](?=[ \t\n]|\Z)", re.MULTILINE)
_LONGEST_LABEL = 1000


def read(text: str, first_line: int, problem: str | None = None) -> Body:
    """Links, tags and open tasks wherever they might be, code and comments included."""
    line = line_finder(text, first_line)
    found: list[tuple[int, LinkKind, str, str]] = []
    for match in wikilink.WIKILINK.finditer(text):
        embed = text[match.start() - 1 : match.start()] == "!"
        target = wikilink.target(match[1])
        found.append((match.start(), "embed" if embed else "wikilink", *target))
    for match in _LABEL_END.finditer(text):
        tail = markdown_link.TAIL.match(text, match.end())
        named = markdown_link.target(markdown_link.destination(tail)) if tail else None
        if named:
            start = text.rfind("[", max(0, match.start() - _LONGEST_LABEL), match.start())
            image = start > 0 and text[start - 1] == "!"
            found.append((start if start >= 0 else match.start(), "image" if image else "markdown", *named))
    for at, named in property_link.uris(text) if "://" in text else ():
        found.append((at, "uri", *named))
    found.sort(key=lambda link: link[0])
    return Body(
        links=tuple(Link(written, kind, line(at), path) for at, kind, written, path in found),
        tags=tuple(name for match in _TAG.finditer(text) if (name := tag.name(match[1]))),
        open_tasks=tuple(line(match.start()) for match in _OPEN_TASK.finditer(text)),
        problem=problem,
    )

"""A property's text in, the link that it is, or the links that it mentions, out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultprune.syntax import markdown_link, uri, wikilink
from vaultprune.syntax.target import Target

_WHOLE_WIKILINK = re.compile(rf"!?{wikilink.WIKILINK.pattern}")
_LABEL = re.compile(r"!?\[[^\[\]\n]{0,1000}\](?=\()")


def whole(text: str) -> Target | None:
    """What the property links to if all of it is one wikilink, embed or Markdown link; else None."""
    text = text.strip()
    found = _WHOLE_WIKILINK.fullmatch(text)
    if found:
        return wikilink.target(found[1])
    label = _LABEL.match(text)
    tail = markdown_link.TAIL.fullmatch(text, label.end()) if label else None
    return markdown_link.target(markdown_link.destination(tail)) if tail else None


def mentions(text: str) -> Iterator[tuple[int, Target]]:
    """Where and what a longer text names, by wikilinks and Markdown links."""
    for found in wikilink.WIKILINK.finditer(text):
        yield found.start(), wikilink.target(found[1])
    for label in _LABEL.finditer(text):
        tail = markdown_link.TAIL.match(text, label.end())
        named = markdown_link.target(markdown_link.destination(tail)) if tail else None
        if named:
            yield label.start(), named


def uris(text: str) -> Iterator[tuple[int, Target]]:
    """Where and what the app's own URIs in a text name."""
    for found in uri.URI.finditer(text):
        named = uri.target(found[0])
        if named:
            yield found.start(), named

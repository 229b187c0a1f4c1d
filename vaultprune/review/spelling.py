"""A note in, a link to it out that is sure to mean it, written so that no name can break the line it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from vaultprune.graph import FileIndex
from vaultprune.model import NotePath
from vaultprune.reports.markdown import plain
from vaultprune.syntax import markdown_link
from vaultprune.words import name, title

_NOT_IN_A_WIKILINK = frozenset("#^[]|\\`$%~=<>{}!*")
"""What ends a wikilink, or could be taken for something else before it is read as one."""

_NEVER_DECODED = "/;?:@&=+$,"
"""What the app leaves encoded in a destination: it has to stand there as it is."""


def link_to(path: NotePath, source: NotePath, index: FileIndex) -> str:
    """A link from `source` that means this note alone, shown by its name; no link where none can mean it.

    By its name where it is the only one of that name: such a link goes on working when the note is set aside. A
    wikilink where that can hold the name, else a Markdown link.
    """
    ways = _ways(path, by_name=index.namesakes(path) == [path])
    found = (text for text, looks_for in ways if index.resolve(looks_for, source) == (path,))
    return next(found, plain(name(path)))


def _ways(path: NotePath, *, by_name: bool) -> Iterator[tuple[str, str]]:
    """The ways to write a link, each with what is looked up then."""
    whole = path[: -len(".md")] if path.lower().endswith(".md") else path
    own, shown = whole.rpartition("/")[2], name(path)
    for text in dict.fromkeys((own, whole) if by_name else (whole,)):
        if title(text) == text.strip() == text and _NOT_IN_A_WIKILINK.isdisjoint(text):
            yield f"[[{text}]]" if text == shown else f"[[{text}|{shown}]]", text
    for text in dict.fromkeys((path.rpartition("/")[2], path) if by_name else (path,)):
        destination = quote(text, safe=_NEVER_DECODED, errors="surrogatepass")
        target = markdown_link.target(destination)
        if target is not None:
            yield f"[{plain(shown)}]({destination})", target.path

"""A file's bytes and some of its links in, the bytes of each link's path out: looked for, and then tried.

Where a text stands that could be the path of a link, another text is put in its place and the file is read again:
the link that then has that text is the one that stands there. What stands in code or in a comment gives no link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from vaultprune.model import Link
from vaultprune.plan.spelling import Form

Quotes = Literal["none", "single", "double", "json"]
"""How a text is escaped where it stands: not at all, or as between quotation marks in properties or in JSON."""

Read = Callable[[bytes], tuple[Link, ...]]

MOST_TRIED_APART = 200
"""Up to so many places are tried one by one, where trying all at once does not tell."""

_JSON_STRING = re.compile(r'"(?:[^"\\]++|\\[\s\S])*+"')
_JSON_PIECE = re.compile(r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\])")
_JSON_SHORT = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_DESTINATION_BEGINS = re.compile(r"(?:\(|\]:)[ \t\r\n>]{0,200}\Z")
_ENDS_WIKILINK = ("]]", "|", "#", "\\|")
_BLANKS = frozenset(" \t\r\n")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the path of one or more links stands: its bytes, and how another path would have to be written there."""

    start: int
    end: int
    form: Form
    quotes: Quotes
    raw: str
    text: str


def find_sites(
    data: bytes, links: Sequence[Link], wanted: Iterable[int], read: Read, *, canvas: bool = False
) -> dict[int, Site]:
    """The places of the wanted links, by their number in `links`; one that cannot be found for certain is missing.

    `read` gives the links of a file's bytes.
    """
    numbers = frozenset(wanted)
    sites = _possible(data, [links[number] for number in sorted(numbers)], canvas)
    found = _tried(data, links, sites, read)
    if found is None:
        found = {}
        for site in sites[:MOST_TRIED_APART]:
            found.update(_tried(data, links, [site], read) or {})
    return {number: site for number, site in found.items() if number in numbers}


def _tried(data: bytes, links: Sequence[Link], sites: Sequence[Site], read: Read) -> dict[int, Site] | None:
    """Which links stand in which places; None if the file has other links with all of them exchanged."""
    probe = "vaultprune"
    while probe.encode() in data:
        probe += "x"
    texts = [f"{probe}{number}x" for number in range(len(sites))]
    by_text = dict(zip(texts, sites, strict=True))
    now = read(exchanged(data, [(site.start, site.end, text.encode()) for text, site in by_text.items()]))
    if len(now) != len(links):
        return None
    found: dict[int, Site] = {}
    for number, (before, after) in enumerate(zip(links, now, strict=True)):
        if (before.kind, before.line) != (after.kind, after.line):
            return None
        site = by_text.get(after.text)
        if site is not None and site.text == before.text:
            found[number] = site
        elif before != after:
            return None
    return found


def exchanged(data: bytes, spans: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The bytes with each span (start, end, new bytes) exchanged; they come in order and do not overlap."""
    pieces: list[bytes] = []
    at = 0
    for start, end, new in spans:
        if start < at:
            raise ValueError("two links overlap")
        pieces += (data[at:start], new)
        at = end
    pieces.append(data[at:])
    return b"".join(pieces)


def written(site: Site, text: str) -> bytes:
    """Another path as it has to stand in this place. Bytes at the end that mean the same stay as they are."""
    if site.quotes == "json":
        return _in_json(site, text).encode("utf-8", "surrogateescape")
    return _quoted(text, site.quotes).encode("utf-8", "surrogateescape")


# --- places that a link could stand in ---------------------------------------------------------------


def _possible(data: bytes, links: Iterable[Link], canvas: bool) -> list[Site]:
    """Every place that looks like the path of one of the links, by their start, none within another."""
    texts = dict.fromkeys((link.text, link.kind) for link in links)
    found: list[Site] = []
    note = _NoteText(data)
    cards = list(_json_texts(note.text)) if canvas else []
    for text, kind in texts:
        if not canvas:
            found += _in_note(note, text, kind in ("property", "mention"))
        for card in cards:
            if text in card.text:
                found += _in_card(note, card, text, kind == "canvas")
    found.sort(key=lambda site: (site.start, -site.end))
    apart: list[Site] = []
    for site in found:
        if not apart or apart[-1].end <= site.start:
            apart.append(site)
    return apart


class _NoteText:
    """A file's text with every byte kept, and from places in it back to the bytes."""

    def __init__(self, data: bytes) -> None:
        self.text = data.decode("utf-8", "surrogateescape")
        self._plain = self.text.isascii()

    def byte(self, at: int) -> int:
        """The byte at which the character at a place begins."""
        return at if self._plain else len(self.text[:at].encode("utf-8", "surrogateescape"))


def _in_note(note: _NoteText, text: str, in_property: bool) -> Iterator[Site]:
    spellings: dict[str, Quotes] = {text: "none"}
    if in_property:
        spellings.setdefault(_quoted(text, "single"), "single")
        spellings.setdefault(_quoted(text, "double"), "double")
    for raw, quotes in spellings.items():
        for at, form in _places(note.text, raw):
            yield Site(note.byte(at), note.byte(at + len(raw)), form, quotes, raw, text)


def _places(text: str, wanted: str) -> Iterator[tuple[int, Form]]:
    """Where a text stands like the path of a wikilink or like a destination."""
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if text.startswith("[[", at - 2) and at >= 2:
            if text.startswith(_ENDS_WIKILINK, end):
                yield at, "wikilink"
        elif at and text[at - 1] == "<":
            if text[end : end + 1] in (">", "#") and _DESTINATION_BEGINS.search(text, max(0, at - 203), at - 1):
                yield at, "angled"
        elif (text[end : end + 1] in ("", ")", "#") or text[end] in _BLANKS) and _DESTINATION_BEGINS.search(
            text, max(0, at - 202), at
        ):
            yield at, "plain"
        at = text.find(wanted, at + 1)


# --- JSON --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _JsonText:
    """A string in JSON: what it says, and where in the file each of its characters is written."""

    text: str
    raw: str
    starts: Sequence[int]


def _json_texts(source: str) -> Iterator[_JsonText]:
    for found in _JSON_STRING.finditer(source):
        raw = found[0][1:-1]
        pieces = _JSON_PIECE.findall(raw)
        starts = list(accumulate(map(len, pieces), initial=found.start() + 1))
        yield _JsonText("".join(map(_json_meant, pieces)), raw, starts)


def _json_meant(piece: str) -> str:
    """What one piece of a JSON string stands for: always one character."""
    if piece[0] != "\\":
        return piece
    if piece[1] != "u":
        return _JSON_SHORT.get(piece[1], "\ufffd")
    if len(piece) == 12:
        return chr(0x10000 + ((int(piece[2:6], 16) - 0xD800) << 10) + int(piece[8:], 16) - 0xDC00)
    return chr(int(piece[2:], 16))


def _in_card(note: _NoteText, card: _JsonText, text: str, whole: bool) -> Iterator[Site]:
    if whole and card.text == text:
        places: Iterable[tuple[int, Form]] = [(0, "file")]
    else:
        places = _places(card.text, text)
    for at, form in places:
        start, end = card.starts[at], card.starts[at + len(text)]
        raw = note.text[start:end]
        yield Site(note.byte(start), note.byte(end), form, "json", raw, text)


def _in_json(site: Site, text: str) -> str:
    same = 0
    while same < min(len(text), len(site.text)) and text[-1 - same] == site.text[-1 - same]:
        same += 1
    pieces = _JSON_PIECE.findall(site.raw)
    tail = "".join(pieces[len(pieces) - same :])
    slash = "\\/" if "\\/" in site.raw else "/"
    ascii_only = "\\u" in site.raw and site.raw.isascii()
    return "".join(_json_written(char, slash, ascii_only) for char in text[: len(text) - same]) + tail


def _json_written(char: str, slash: str, ascii_only: bool) -> str:
    if char == "/":
        return slash
    if char in '"\\':
        return "\\" + char
    if char >= " " and (char.isascii() or not ascii_only):
        return char
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


# --- properties --------------------------------------------------------------------------------------


def _quoted(text: str, quotes: Quotes) -> str:
    if quotes == "single":
        return text.replace("'", "''")
    return text.replace("\\", "\\\\").replace('"', '\\"') if quotes == "double" else text


def requoted(site: Site, text: str) -> Iterator[Site]:
    """The ways in which a path may have to be escaped in a property, where its old text does not tell."""
    yield site
    if site.quotes == "none" and set(text) & set("'\"\\"):
        for quotes in ("single", "double"):
            yield Site(site.start, site.end, site.form, quotes, site.raw, site.text)

"""Raw HTML in, the destinations of its links and images out."""

from __future__ import annotations

import re
from collections.abc import Iterator

TAG_WITH_TARGET = re.compile(r"<(?:a|img)\s[^<>]{0,2000}>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"\s(?:href|src)\s{0,9}=\s{0,9}(?:\"([^\"]{0,1900})\"|'([^']{0,1900})'|([^\s\"'=<>`]{1,1900}))", re.IGNORECASE
)


def destinations(html: str) -> Iterator[tuple[int, str]]:
    """Where each `<a href>` and `<img src>` outside comments stands, and the destination as written."""
    comment = html.find("<!--")
    closed = 0
    for tag in TAG_WITH_TARGET.finditer(html):
        while comment != -1 and tag.start() >= max(comment, closed):
            end = html.find("-->", comment + 2)
            closed = end + 3 if end != -1 else len(html)
            comment = html.find("<!--", closed)
        if tag.start() >= closed:
            attribute = ATTRIBUTE.search(tag[0])
            if attribute:
                yield tag.start(), next(value for value in attribute.groups() if value is not None)


# --- where raw HTML begins and ends, as CommonMark has it ------------------------------------------

_ATTRIBUTE = r"\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*(?:[^\"'=<>`\x00-\x20]+|'[^']*'|\"[^\"]*\"))?"
_TAG = rf"<[A-Za-z][A-Za-z0-9\-]*(?:{_ATTRIBUTE})*\s*/?>|</[A-Za-z][A-Za-z0-9\-]*\s*>"
INLINE_TAG = re.compile(_TAG)
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^<>\x00-\x20]*)>")

BLANK = re.compile(r"\A[ \t]*\Z")
_BLOCK_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr|html|iframe|legend|li|link|"
    "main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|"
    "title|tr|track|ul"
)
_BLOCK_BEGINS = re.compile(
    rf"<(?:((?a:script|pre|style|textarea)(?=\s|>|$))|(!--)|(\?)|(![A-Za-z])|(!\[CDATA\[)"
    rf"|(/?(?a:{_BLOCK_NAMES})(?=\s|/?>|$)))",
    re.IGNORECASE,
)
_BLOCK_ENDS = (
    re.compile(r"</(?a:script|pre|style|textarea)>", re.IGNORECASE),
    re.compile(r"-->"),
    re.compile(r"\?>"),
    re.compile(r">"),
    re.compile(r"\]\]>"),
    BLANK,
)
_LONE_TAG = re.compile(rf"(?:{_TAG})\s*$")


def block_end(line: str) -> re.Pattern[str] | None:
    """What the last line of an HTML block holds that begins with `line`; None if `line` begins none.

    A block that ends with a blank line ends above it. One that `lone_tag` begins ends so as well.
    """
    begins = _BLOCK_BEGINS.match(line)
    return _BLOCK_ENDS[begins.lastindex - 1] if begins and begins.lastindex else None


def lone_tag(line: str) -> bool:
    """Whether `line` is one whole tag, which begins an HTML block unless a paragraph is open."""
    return _LONE_TAG.match(line) is not None

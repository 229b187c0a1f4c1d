"""The links and tags in one run of Markdown, found letter by letter: text in, what stands in it out.

Part of the independent reader: it knows nothing of the package and uses no Markdown library.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .reader_blocks import TAG

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
WHITE = frozenset(" \t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff").union(map(chr, range(0x2000, 0x200B)))
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
ANGLE = re.compile(
    rf"<!-->|<!--->|<!--.*?-->|<\?.*?\?>|<![A-Z].*?>|<!\[CDATA\[.*?\]\]>|{TAG}"
    r"|<[A-Za-z][A-Za-z0-9+.-]+:[^\s<>]*>|<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>",
    re.DOTALL,
)
TITLE = re.compile(r"""\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))\s*\)""", re.DOTALL)


class Found(NamedTuple):
    """One link: where it stands in the run, its kind, the path as written, and the path to look up."""

    at: int
    kind: str
    text: str
    path: str


def decode_uri(text: str) -> str:
    """What JavaScript's `decodeURI` makes of `text`; a broken sequence leaves it alone."""
    pieces = re.split(r"((?:%[0-9A-Fa-f]{2})+)", text)
    out = ""
    for piece in pieces:
        if not re.fullmatch(r"(?:%[0-9A-Fa-f]{2})+", piece):
            if "%" in piece:
                return text
            out += piece
            continue
        try:
            letters = bytes.fromhex(piece.replace("%", "")).decode("utf-8")
        except UnicodeDecodeError:
            return text
        out += "".join(f"%{ord(letter):02X}" if letter in ";/?:@&=+$,#" else letter for letter in letters)
    return out


def wikilink_path(inner: str) -> str:
    """The path in what stands between the brackets of a wikilink."""
    pipe = inner.find("|")
    path = inner[:pipe].removesuffix("\\") if pipe > 0 else inner
    return (path or inner[1:]).partition("#")[0]


def in_tag(letter: str) -> bool:
    """Whether a tag may hold the letter."""
    if letter in PUNCTUATION:
        return letter in "-_/"
    return not (
        letter.isspace() or letter == "\ufeff" or "\u2000" <= letter <= "\u206f" or "\u2e00" <= letter <= "\u2e7f"
    )


def tag_of(text: str) -> str | None:
    """The tag that `text` spells, without a trailing slash, or None if it is none."""
    name = text.rstrip("/")
    return name if name and all(map(in_tag, name)) and not name.isdigit() else None


@dataclass
class Inline:
    """One run, read.

    `marks` says of each letter whether it is text (t), escaped (e), emphasis (m), the end of an HTML tag (h),
    or not read (x).
    """

    run: str
    links: list[Found] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.marks = ["t"] * len(self.run)
        self.scan(0, len(self.run))
        self.emphasis()
        self.find_tags()
        self.links.sort()

    def opaque(self, start: int, end: int) -> None:
        self.marks[start:end] = "x" * (end - start)

    def skip(self, at: int, end: int) -> int:
        """Where what starts at `at` and is not read ends: code, math, HTML, an escape. `at` if nothing does."""
        run = self.run
        letter = run[at]
        if letter == "\\":
            return at + 2 if run[at + 1 : at + 2] in PUNCTUATION and at + 1 < end else at
        if letter == "`":
            stop = at
            while stop < end and run[stop] == "`":
                stop += 1
            fence = run[at:stop]
            for other in re.finditer("`+", run[stop:end]):
                if other.group() == fence:
                    return stop + other.end()
            return stop
        if letter == "<":
            match = ANGLE.match(run, at, end)
            return match.end() if match else at
        return self.skip_math(at, end) if letter == "$" else at

    def skip_math(self, at: int, end: int) -> int:
        run = self.run
        if run.startswith("$$", at):
            close = run.find("$$", at + 2, end)
            return close + 2 if close > at + 2 else at + 2
        if at + 1 >= end or run[at + 1].isspace():
            return at
        for stop in range(at + 1, end):
            if run[stop] == "\n":
                break
            if run[stop] == "$" and run[stop - 1] != "\\" and not run[stop - 1].isspace():
                if run[stop + 1 : stop + 2].isdigit():
                    continue
                return stop + 1
        return at

    def scan(self, at: int, end: int) -> None:
        """Mark what is not read, and collect links, from `at` to `end`."""
        run = self.run
        while at < end:
            if run[at] == "[":
                after = self.wikilink(at, end) or self.markdown(at, end)
                at = after or at + 1
                continue
            after = self.skip(at, end)
            if after > at:
                self.opaque(at, after)
                if run[at] == "\\":
                    self.marks[at + 1] = "e"
                elif run[at] == "<" and re.match(r"</?[A-Za-z][A-Za-z0-9-]*[\s/>]", run[at:]):
                    self.marks[after - 1] = "h"
                elif run[at] == "`" and set(run[at:after]) == {"`"}:
                    self.marks[at:after] = "t" * (after - at)
                at = after
            else:
                at += 1

    def embeds(self, at: int) -> bool:
        return at > 0 and self.run[at - 1] == "!" and self.marks[at - 1] == "t"

    def wikilink(self, at: int, end: int) -> int | None:
        run = self.run
        close = run.find("]]", at, end)
        if not run.startswith("[[", at) or run.startswith("[[[", at) or close < 0:
            return None
        inner = run[at + 2 : close]
        if inner.count("[") > inner.count("]") and run.startswith("]]]", close):
            inner += "]"
        if not inner or "\n" in inner or "[[" in inner:
            return None
        path = wikilink_path(inner)
        self.links.append(Found(at, "embed" if self.embeds(at) else "wikilink", path, path))
        after = at + 4 + len(inner)
        self.opaque(at, after)
        # [[a]](b.md) may be a Markdown link with brackets in its text: both are counted.
        target = self.destination(after, end) if run.startswith("(", after) else None
        if target is not None:
            self.add_markdown(at, target[0])
        return after

    def bracket(self, at: int, end: int) -> int | None:
        """Where the bracket that opens at `at` closes."""
        depth = 0
        while at < end:
            after = self.skip(at, end)
            if after > at:
                at = after
                continue
            if self.run.startswith("[[", at) and not self.run.startswith("[[[", at):
                close = self.run.find("]]", at, end)
                if close > 0 and not set("[\n") & set(self.run[at + 2 : close]) and close > at + 2:
                    at = close + 2
                    continue
            depth += {"[": 1, "]": -1}.get(self.run[at], 0)
            if depth == 0:
                return at
            at += 1
        return None

    def destination(self, at: int, end: int) -> tuple[str, int] | None:
        """The destination between the parentheses that open at `at`, and where they close."""
        run = self.run
        start = at + 1
        while start < end and run[start].isspace():
            start += 1
        stop = start
        if run.startswith("<", start):
            stop = start + 1
            while stop < end and run[stop] not in "<>\n":
                stop += 2 if run[stop] == "\\" else 1
            if stop >= end or run[stop] != ">":
                return None
            text, stop = run[start + 1 : stop], stop + 1
        else:
            depth = 0
            while stop < end and run[stop] > " ":
                if run[stop] == "\\" and run[stop + 1 : stop + 2] in PUNCTUATION:
                    stop += 2
                    continue
                depth += {"(": 1, ")": -1}.get(run[stop], 0)
                if depth < 0:
                    break
                stop += 1
            if depth > 0:
                return None
            text = run[start:stop]
        if text.startswith("[["):
            return None
        title = TITLE.match(run, stop, end)
        if title:
            return text, title.end()
        while stop < end and run[stop].isspace():
            stop += 1
        return (text, stop + 1) if stop < end and run[stop] == ")" else None

    def markdown(self, at: int, end: int) -> int | None:
        close = self.bracket(at, end)
        if close is None or not self.run.startswith("(", close + 1):
            return None
        target = self.destination(close + 1, end)
        if target is None:
            return None
        written, after = target
        self.scan(at + 1, close)
        self.opaque(close + 1, after)
        self.add_markdown(at, written)
        return after

    def add_markdown(self, at: int, written: str) -> None:
        """Add the link with this destination, unless it is empty or leads out of the vault."""
        plain = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", written))
        if plain and not SCHEME.match(plain):
            path = decode_uri(plain.partition("#")[0])
            self.links.append(Found(at, "image" if self.embeds(at) else "markdown", written.partition("#")[0], path))

    def emphasis(self) -> None:
        """Mark the letters that are emphasis, strike-through or highlight and no text."""
        run, marks = self.run, self.marks
        openers: list[tuple[int, int, str, bool]] = []
        for match in re.finditer(r"\*+|_+|~~|==", run):
            at, end, letter = match.start(), match.end(), match.group()[0]
            if set(marks[at:end]) != {"t"}:
                continue
            before = run[at - 1] if at else " "
            after = run[end] if end < len(run) else " "
            left = not after.isspace() and (after.isalnum() or before.isspace() or not before.isalnum())
            right = not before.isspace() and (before.isalnum() or after.isspace() or not after.isalnum())
            opens, closes = left, right
            if letter == "_":
                opens = left and (not right or not before.isalnum())
                closes = right and (not left or not after.isalnum())
            length = end - at
            while closes and length:
                index = next((i for i in range(len(openers) - 1, -1, -1) if self.pairs(openers[i], match, opens)), None)
                if index is None:
                    break
                start, size, _, both = openers[index]
                used = min(2, size, length)
                marks[start + size - used : start + size] = "m" * used
                marks[at : at + used] = "m" * used
                at, length = at + used, length - used
                del openers[index:]
                if size > used:
                    openers.append((start, size - used, letter, both))
            if opens and length:
                openers.append((at, length, letter, closes))

    @staticmethod
    def pairs(opener: tuple[int, int, str, bool], closer: re.Match[str], closer_opens: bool) -> bool:
        _, size, letter, both = opener
        other = len(closer.group())
        if letter != closer.group()[0]:
            return False
        three = (both or closer_opens) and (size + other) % 3 == 0 and not (size % 3 == 0 and other % 3 == 0)
        return letter in "~=" or not three

    def find_tags(self) -> None:
        run, marks = self.run, self.marks
        chain = -1
        for at, letter in enumerate(run):
            if letter != "#" or marks[at] != "t":
                continue
            free = at == 0 or (marks[at - 1] == "t" and run[at - 1] in WHITE)
            if not free and marks[at - 1] not in "emh" and chain != at:
                continue
            end = at + 1
            while end < len(run) and marks[end] == "t" and in_tag(run[end]):
                end += 1
            tag = tag_of(run[at + 1 : end])
            if tag:
                self.tags.append(tag)
                chain = end

"""A block of properties in, what it holds out, or None: the quick reading of the shapes that most blocks are made of.

These are keys with a value on their line, lists, mappings one deep, and texts of several lines. What it finds is
exactly what `yaml_block` would find; where it cannot be sure of that, it declines. The same lines stand in note after
note, `tags:` and `publish: true`: what a line says is worked out once, and then known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from vaultprune.model import Link, Properties, PropertyValue
from vaultprune.parse import properties
from vaultprune.parse.properties import FIRST_LINE, NOTHING, Frontmatter
from vaultprune.parse.tree import Items, Leaf, Mapping, Node, plain_value

LARGEST = 16 * 1024
LINES_KNOWN, VALUES_KNOWN = 2048, 512

_ODD = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
"""What YAML reads as the end of a line, or refuses. No line has any, so that the patterns below need not tell."""

# text that means itself: no blank before a `#`, none behind a `:`
_FIRST = r"(?:[^ \-?:,\[\]{}#&*!|>'\"%@`]|-(?=\w))"
_PLAIN = rf"{_FIRST}[^:#]*+(?:(?::(?![ ]|\Z)|(?<! )#)[^:#]*+)*"
_IN_FLOW = rf"{_FIRST}[^:#,\[\]{{}}]*+"
_QUOTED = r"\"[^\\\"]*+\"|'[^']*+(?:''[^']*+)*+'"
_KEY = r"[^\W_][\w\-]{0,60}+(?: [\w\-]{1,60}+){0,9}+"
_PART = rf"(?:{_IN_FLOW}|{_QUOTED})"
_PAIR = rf"{_KEY}: +{_PART}"

_LINE = re.compile(
    rf"( {{0,60}})(?:({_KEY}):|-)"
    rf"(?: +(?:({_PLAIN})|({_QUOTED})|(\[ *(?:{_PART}(?:, *{_PART})*)? *\])"
    rf"|(\{{ *(?:{_PAIR}(?:, *{_PAIR})*)? *\}})|([|>]-?)))? *"
)
_COMMENT = re.compile(r" {0,60}(?:#.{0,200}+)?")
_EACH = re.compile(rf"(?:({_KEY}): +)?(?:({_IN_FLOW})|({_QUOTED}))")
_MARGIN = re.compile(r" {1,60}(?=[^ ])")

_NO_LINE = 1 - FIRST_LINE
"""The line of a value that becomes line 0 of the file."""


class _Line(NamedTuple):
    """What one line says, wherever it stands: its links are on line 0.

    `key` is None for an entry of a list, whose value is `value`; `pairs` are a key and its value, flattened. With
    `is_open` more lines may say what the value is; with `mark` they do, as a text.
    """

    depth: int = -1
    key: str | None = None
    is_open: bool = False
    mark: str = ""
    pairs: tuple[tuple[str, PropertyValue], ...] = ()
    value: PropertyValue = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


_SAYS_NOTHING = _Line()


def read(block: str) -> Frontmatter | None:
    """Everything in a block of simple lines, None if it is not made of such alone."""
    if not block or block == "{}\n":  # as programs write that there are none
        return NOTHING
    if len(block) > LARGEST or block[-1] != "\n":
        return None
    lines = block.split("\n")
    return _gathered(_with_texts(lines) if "|" in block or ">" in block else map(_line, lines))


def _gathered(lines: Iterable[_Line | None]) -> Frontmatter | None:
    """What the lines of a block say together, None if they do not fit together."""
    pairs: list[tuple[str, PropertyValue]] = []
    links: list[Link] = []
    tags: list[str] = []
    aliases: list[str] = []
    items: list[PropertyValue] = []
    waiting = margin = None  # the key whose value is still to come; the one at the margin that may hold a mapping
    least = inner = 0  # how deep the entries of its list stand at least, and the keys of that mapping
    for number, line in enumerate(lines, FIRST_LINE):
        if line is None:
            return None
        depth, key, is_open, _, made, value, its_tags, its_aliases, its_links = line
        if depth < 0:
            continue
        if key is None:
            if waiting is None or (depth != least if items else depth < least):
                return None
            least = depth
            items.append(value)
            if waiting is margin and not inner:
                role = waiting.lower()
                if role == "tags":
                    tags += its_tags
                elif role == "aliases":
                    aliases += its_aliases
        else:
            if depth and (margin is None or (depth != inner if inner else items)):
                return None
            if waiting is not None and (inner or not depth):
                pairs.append((waiting, tuple(items) or None))
                items = []
            if depth:
                key, made = f"{margin}.{key}", tuple([(f"{margin}.{name}", value) for name, value in made])
            else:
                margin = key if is_open else None
                tags += its_tags
                aliases += its_aliases
            waiting = key if is_open else None
            least = inner = depth
            pairs += made
        if its_links:
            links += [link._replace(line=number + link.line) for link in its_links]
    if waiting is not None:
        pairs.append((waiting, tuple(items) or None))
    if len(links) > 1:
        links.sort(key=lambda link: link.line)
    return Frontmatter(Properties(tuple(pairs)), tuple(links), tuple(tags), tuple(aliases))


@lru_cache(LINES_KNOWN)
def _line(written: str) -> _Line | None:
    """What a line says, None if it is not simple."""
    found = None if _is_odd(written) else _LINE.fullmatch(written)
    if not found:
        return _SAYS_NOTHING if _COMMENT.fullmatch(written) and not _is_odd(written) else None
    blanks, key, plain, quoted, flow, mapping, mark = found.groups()
    depth = len(blanks)
    if plain or quoted:
        return _said(depth, key, _leaf(plain, quoted), written)
    if flow:
        items = [_leaf(plain, quoted) for _, plain, quoted in _EACH.findall(flow)]
        return _said(depth, key, Items(tuple(items), _NO_LINE, True), written)
    if key is None:
        return None if mapping or mark else _said(depth, None, Leaf(None, "", _NO_LINE), "")
    if mapping:
        pairs = [(name, _leaf(plain, quoted)) for name, plain, quoted in _EACH.findall(mapping)]
        return _said(depth, key, Mapping(tuple(pairs), _NO_LINE), written)
    return _Line(depth, key, not mark, mark or "")


def _is_odd(written: str) -> bool:
    """Whether a line holds what no simple line does."""
    return not written.isprintable() and bool(re.search(_ODD, written))


@lru_cache(VALUES_KNOWN)
def _leaf(plain: str | None, quoted: str | None) -> Leaf:
    """A value as it is meant, and as it was written."""
    if plain:
        plain = plain.rstrip(" ")
        return Leaf(plain_value(plain), plain, _NO_LINE)
    text = quoted[1:-1] if quoted else ""
    if quoted and quoted[0] == "'":
        text = text.replace("''", "'")
    return Leaf(text, text, _NO_LINE)


def _said(depth: int, key: str | None, node: Node, written: str) -> _Line:
    """The line of a key or of an entry with this value."""
    may_link = "[[" in written or "](" in written or "://" in written
    links = tuple(properties.links_in(node)) if may_link else ()
    value = properties.value_of(node)
    if key is None:
        tag, alias = (properties.tag_of(node), properties.alias_of(node)) if isinstance(node, Leaf) else (None, None)
        return _Line(depth, None, False, "", (), value, (tag,) if tag else (), (alias,) if alias else (), links)
    role = key.lower()
    return _Line(
        depth,
        key,
        False,
        "",
        tuple(properties.flattened(key, node)) if isinstance(node, Mapping) else ((key, value),),
        None,
        tuple(properties.tags_in(node)) if role == "tags" else (),
        tuple(properties.aliases_in(node)) if role == "aliases" else (),
        links,
    )


# --- texts of several lines ---------------------------------------------------------------------------


def _with_texts(lines: Sequence[str]) -> Iterator[_Line | None]:
    """What each line says, where texts may stand: the line that announces one says all of it, its own say nothing."""
    after = 0
    for number, written in enumerate(lines):
        if number < after:
            yield _SAYS_NOTHING
            continue
        line = _line(written)
        if line is None or not line.mark:
            yield line
            continue
        after, text = _text(lines, number + 1, line)
        yield None if text is None else _said(line.depth, line.key, Leaf(text, text, _NO_LINE + 1), text)


def _text(lines: Sequence[str], start: int, line: _Line) -> tuple[int, str | None]:
    """Where the text below a line ends, and the text; None if it is not simple."""
    first = _MARGIN.match(lines[start])
    if not first or len(first[0]) <= line.depth:
        return start, None
    margin, end = first[0], start
    taken: list[str] = []
    for number, written in enumerate(lines[start:-1], start):  # the last is what follows the last line feed
        if written.startswith(margin):
            taken.append(written[len(margin) :])
            end = number + 1
        elif not written.strip(" "):
            taken.append("")
        else:
            break
    del taken[end - start :]
    if any(map(_is_odd, taken)) or not taken[-1].strip(" "):
        return end, None
    if line.mark[0] == "|":
        text = "\n".join(taken)
    elif all(part and part[0] != " " for part in taken):
        text = " ".join(taken)
    else:
        return end, None
    return end, text if line.mark[1:] else f"{text}\n"

"""The block between the dashes in, what Obsidian reads in it out: properties, links, tags, aliases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from vaultprune.model import Link, LinkKind, Properties, PropertyValue
from vaultprune.parse.tree import Items, Leaf, Mapping, Node, Unreadable
from vaultprune.syntax import property_link, tag, wikilink
from vaultprune.syntax.target import Target

_FIRST = re.compile(r"---[ \t]*\n")
_REST_OF_LINE = re.compile(r"[ \t]*(?:\n|\Z)")

FIRST_LINE = 2
"""The line of the file on which a block begins."""


class Frontmatter(NamedTuple):
    """What a block of properties holds. `problem` and its line in the file, if it could not be read."""

    properties: Properties = Properties()
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    problem: tuple[str, int] | None = None


NOTHING = Frontmatter()


def split(text: str) -> tuple[str | None, int]:
    """The block of properties, None without one, and where the body begins.

    It begins with the very first line and ends with the next line of three dashes.
    """
    at = text.find("\n---", 3)
    if text.startswith("---\n") and text.startswith("\n---\n", at):  # no blanks behind the dashes, as it mostly is
        return text[4 : at + 1], at + 5
    return _cut(text, "---")


def split_at_dots(text: str) -> tuple[str | None, int]:
    """The same for a block that a line of three dots ends, before any of three dashes."""
    block, start = _cut(text, "...")
    return (None, 0) if block is None or _cut(f"---\n{block}", "---")[0] is not None else (block, start)


def _cut(text: str, end: str) -> tuple[str | None, int]:
    first = _FIRST.match(text)
    if not first:
        return None, 0
    start = first.end()
    at = text.find(f"\n{end}", start - 1)
    while at != -1:
        last = _REST_OF_LINE.match(text, at + 4)
        if last:
            return text[start : at + 1], last.end()
        at = text.find(f"\n{end}", at + 1)
    return None, 0


def read(block: str, load: Callable[[str], Node | None]) -> Frontmatter:
    """Everything in a block, read by `load`. A block that cannot be read has no properties, but is told."""
    try:
        tree = load(block)
    except Unreadable as reason:
        return _broken(block, str(reason), reason.line + FIRST_LINE - 1)
    if tree is None or (isinstance(tree, Leaf) and tree.value is None):
        return NOTHING
    if not isinstance(tree, Mapping):
        return _broken(block, "properties are not valid YAML", FIRST_LINE)
    return gathered(tree)


def _broken(block: str, why: str, line: int) -> Frontmatter:
    """No properties; links in the block are mentions, so that a mistake in it hides no note altogether."""
    links = [
        Link(target.text, "mention", FIRST_LINE + block.count("\n", 0, at), target.path)
        for at, target in property_link.mentions(block)
    ]
    return Frontmatter(links=tuple(sorted(links, key=lambda link: link.line)), problem=(why, line))


def gathered(tree: Mapping) -> Frontmatter:
    """What a block that could be read holds."""
    tags: list[str] = []
    aliases: list[str] = []
    for key, value in tree.pairs:
        name = key.lower()
        if name == "tags":
            tags.extend(tags_in(value))
        elif name == "aliases":
            aliases.extend(aliases_in(value))
    flat: list[tuple[str, PropertyValue]] = []
    links: list[Link] = []
    for key, value in tree.pairs:
        if isinstance(value, Leaf):  # as most are: told here, so that it is soon done
            flat.append((key, value.value))
        else:
            flat.extend(flattened(key, value))
        links.extend(links_in(value))
    if len(links) > 1:
        links.sort(key=lambda link: link.line)
    return Frontmatter(Properties(tuple(flat)), tuple(links), tuple(tags), tuple(aliases))


def flattened(prefix: str, node: Node) -> Iterator[tuple[str, PropertyValue]]:
    """`a: {b: 1}` as `a.b`, a mapping in a list as `a.0.b`."""
    if isinstance(node, Leaf):
        yield prefix, node.value
    elif isinstance(node, Items):
        flat = tuple(value_of(item) for item in node.items if not isinstance(item, Mapping))
        if flat or not node.items:
            yield prefix, flat
        for number, item in enumerate(node.items):
            if isinstance(item, Mapping):
                yield from flattened(f"{prefix}.{number}", item)
    elif not node.pairs and prefix:
        yield prefix, None
    else:
        for key, value in node.pairs:
            yield from flattened(f"{prefix}.{key}" if prefix else key, value)


def value_of(node: Node) -> PropertyValue:
    """What an entry of a list means."""
    if isinstance(node, Leaf):
        return node.value
    if isinstance(node, Items):
        return tuple([value_of(item) for item in node.items])
    return tuple([value_of(value) for _, value in node.pairs])


def tags_in(node: Node) -> Iterator[str]:
    """A list of tags, or one text that is one tag; a text with blanks or commas is none."""
    for item in node.items if isinstance(node, Items) else (node,):
        name = tag_of(item) if isinstance(item, Leaf) else None
        if name:
            yield name


def tag_of(leaf: Leaf) -> str | None:
    """The tag that one value is."""
    return None if leaf.value is None else tag.in_property(leaf.written)


def aliases_in(node: Node) -> Iterator[str]:
    """A list of aliases, or one text that is one alias, commas and all."""
    for item in node.items if isinstance(node, Items) else (node,):
        name = alias_of(item) if isinstance(item, Leaf) else None
        if name:
            yield name


def alias_of(leaf: Leaf) -> str | None:
    """The alias that one value is."""
    return None if leaf.value is None or not leaf.written.strip() else leaf.written


def links_in(node: Node) -> Iterator[Link]:
    """The links in a value, those that it is and those that it mentions."""
    if isinstance(node, Leaf):
        if isinstance(node.value, str) and ("[" in node.value or "://" in node.value):
            yield from links_in_text(node.value, node.line + FIRST_LINE - 1)
    elif isinstance(node, Items):
        if (unquoted := _unquoted_wikilink(node)) is not None:
            target = wikilink.target(unquoted)
            yield Link(target.text, "mention", node.line + FIRST_LINE - 1, target.path)
        else:
            for item in node.items:
                yield from links_in(item)
    else:
        for _, value in node.pairs:
            yield from links_in(value)


def _unquoted_wikilink(node: Items) -> str | None:
    """`k: [[a]]` is a list in a list to YAML, and no link to the app; but somebody meant one."""
    if node.flow and len(node.items) == 1 and isinstance(inner := node.items[0], Items) and inner.flow:
        written = [item.written for item in inner.items if isinstance(item, Leaf)]
        if written and len(written) == len(inner.items):
            return ", ".join(written)
    return None


def links_in_text(text: str, line: int) -> Iterator[Link]:
    """The links of one text: the link that it is, or those that it mentions."""
    if "[" in text:
        whole = property_link.whole(text)
        if whole:
            yield Link(whole.text, "property", line, whole.path)
            return
        yield from _told("mention", text, line, property_link.mentions(text))
    if "://" in text:
        yield from _told("uri", text, line, property_link.uris(text))


def _told(kind: LinkKind, text: str, line: int, found: Iterator[tuple[int, Target]]) -> Iterator[Link]:
    for at, target in found:
        yield Link(target.text, kind, line + text.count("\n", 0, at), target.path)

"""A second reader of vaults, written from the rules alone: vault folder in, links, tags, aliases and tasks out.

It shares no line with the package and none of its libraries but PyYAML, so where both agree, two
readings of the same rules agree. It looks up every link by going through all files of the vault.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .reader_blocks import Blocks
from .reader_inline import Found, Inline, tag_of

Target = str | tuple[str, ...] | None
"""A path, several that tie, or None for a link that leads nowhere."""


class Edge(NamedTuple):
    """One link as read: its kind, its path as written, where it leads, and its line (0: not told)."""

    kind: str
    text: str
    target: Target
    line: int = 0


@dataclass
class Page:
    """What one note or canvas holds."""

    links: list[Edge] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    open_tasks: list[int] = field(default_factory=list)


# --- files ------------------------------------------------------------------------------------------


def files_of(vault: Path) -> list[str]:
    """Every file of the index, in path order."""
    found: list[str] = []
    entered: list[str] = []
    root = os.path.realpath(vault)

    def within(path: str, folder: str) -> bool:
        return path == folder or path.startswith(folder.rstrip("/") + "/")

    def walk(folder: str, prefix: str) -> None:
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if name.startswith("."):
                continue
            if os.path.isdir(path):
                real = os.path.realpath(path)
                if os.path.islink(path):
                    if any(within(real, other) or within(other, real) for other in [root, *entered]):
                        continue
                    entered.append(real)
                walk(path, prefix + name + "/")
            elif os.path.isfile(path):
                found.append(prefix + name)

    walk(str(vault), "")
    return sorted(found)


def extension(path: str) -> str:
    return os.path.splitext(path)[1].lower()


# --- properties -------------------------------------------------------------------------------------


class Pairs(list[tuple[Any, Any]]):
    """A mapping as its pairs in order, since a key may stand there twice."""


class Loader(yaml.SafeLoader):
    """YAML in which only null, true and false are no texts; a mapping becomes its pairs."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("null", r"(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("merge", r"<<$", ["<"]),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def _pairs(loader: Loader, node: yaml.MappingNode) -> Pairs:
    return Pairs((loader.construct_object(k, deep=True), loader.construct_object(v, deep=True)) for k, v in node.value)


Loader.add_constructor("tag:yaml.org,2002:map", _pairs)


def split(text: str) -> tuple[str | None, str, int]:
    """The properties' text or None, the body, and the line on which the body starts."""
    lines = text.split("\n")
    if lines[0].rstrip(" \t") == "---":
        for index, line in enumerate(lines[1:], 1):
            end, block = line.rstrip(" \t"), "\n".join([*lines[1:index], ""])
            if end == "---" or (end == "..." and properties_of(block)):
                return block, "\n".join(lines[index + 1 :]), index + 2
    return None, text, 1


def properties_of(source: str) -> Pairs:
    """The pairs of the block, none if it is broken or no mapping."""
    try:
        value = yaml.load(source, Loader)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError):
        return Pairs()
    if not isinstance(value, Pairs):
        return Pairs()
    return value


def property_links(value: object, found: list[Found], seen: frozenset[int] = frozenset()) -> None:
    """Collect the links among the values, however deep they stand."""
    if isinstance(value, str):
        link = whole_link(value.strip())
        found.extend([link] if link else [])
    elif isinstance(value, list) and id(value) not in seen and len(seen) < 100:
        for item in value:
            inner = item[1] if isinstance(value, Pairs) else item
            property_links(inner, found, seen | {id(value)})


def whole_link(text: str) -> Found | None:
    """The link that the text is from end to end, if it is one."""
    start = 1 if text.startswith("!") else 0
    inline = Inline(text)
    outer = next((link for link in inline.links if link.at == start), None)
    if outer is None or outer.kind in ("wikilink", "embed"):
        return outer if len(inline.links) == 1 and set(inline.marks[start:]) == {"x"} else None
    close = inline.bracket(start, len(text))
    target = inline.destination(close + 1, len(text)) if close is not None else None
    return outer if target is not None and target[1] == len(text) else None


def values(pairs: Pairs, name: str) -> list[object]:
    """The values of a property in any case of its name, a list opened."""
    found: list[object] = []
    for key, value in pairs:
        if isinstance(key, str) and key.lower() == name:
            found.extend([value] if not isinstance(value, list) or isinstance(value, Pairs) else value)
    return found


def as_text(value: object) -> str | None:
    return str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else None


# --- resolution -------------------------------------------------------------------------------------


def normal(path: str) -> str:
    """A path as it is compared, case aside."""
    path = unicodedata.normalize("NFC", path.replace("\\", "/"))
    return path.replace("\u00a0", " ").replace("\u202f", " ").strip("/")


class Index:
    """All files of a vault; looks up link paths by going through them."""

    def __init__(self, paths: list[str]) -> None:
        self.paths = [(path, normal(path), normal(path).lower()) for path in paths]
        self.memo: dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {}

    def hits(self, name: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """The files of exactly that path, and those whose path ends with it."""
        low = normal(name).lower()
        if low not in self.memo:
            exact = [(path, plain) for path, plain, key in self.paths if key == low]
            ending = [(path, plain) for path, plain, key in self.paths if key.endswith("/" + low)]
            self.memo[low] = (exact, ending)
        return self.memo[low]

    @staticmethod
    def choose(hits: list[tuple[str, str]], name: str) -> Target:
        """One file, or all that tie; where they differ in nothing but case, the one spelt alike."""
        if len({plain.lower() for _, plain in hits}) == 1:
            alike = [hit for hit in hits if ("/" + hit[1]).endswith("/" + normal(name))]
            hits = alike or hits
        return hits[0][0] if len(hits) == 1 else tuple(sorted(path for path, _ in hits))

    def resolve(self, link: str, source: str) -> Target:
        """Where a link path leads from a source."""
        if not link:
            return source
        return self.lookup(link, source) or (self.lookup(link.strip(), source) if link != link.strip() else None)

    def lookup(self, link: str, source: str) -> Target:
        folder = source.rpartition("/")[0]
        link = unicodedata.normalize("NFC", link.replace("\\", "/"))
        fixed = link.startswith(("/", "./", "../"))
        if link.startswith(("./", "../")):
            parts = folder.split("/") if folder else []
            for part in link.split("/"):
                if part == "..":
                    if not parts:
                        return None
                    parts.pop()
                elif part not in ("", "."):
                    parts.append(part)
            link = "/".join(parts)
        if not normal(link):
            return None
        names = (link, link.rstrip("/") + ".md")
        for name in names:
            exact, _ = self.hits(name)
            if exact:
                return self.choose(exact, name)
        for name in () if fixed else names:
            _, ending = self.hits(name)
            if ending:
                own = [hit for hit in ending if hit[1].rpartition("/")[0].lower() == normal(folder).lower()]
                pool = own or ending
                shortest = min(len(plain) for _, plain in pool)
                return self.choose([hit for hit in pool if len(hit[1]) == shortest], name)
        return None


# --- pages ------------------------------------------------------------------------------------------


def read_markdown(text: str, first_line: int, page: Page) -> list[tuple[Found, int]]:
    """The links of a body with their lines; tags and tasks go to the page."""
    blocks = Blocks(text, first_line)
    found: list[tuple[Found, int]] = []
    for run in blocks.runs:
        joined = "\n".join(line for _, line in run.lines)
        inline = Inline(joined)
        found.extend((link, run.lines[joined.count("\n", 0, link.at)][0]) for link in inline.links)
        page.tags.extend([] if run.definition else inline.tags)
    page.open_tasks.extend(blocks.open_tasks)
    return found


def decoded(file: Path) -> str:
    text = file.read_bytes().decode("utf-8", errors="replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_note(text: str, source: str, index: Index) -> Page:
    """One note, read."""
    page = Page()
    head, body, first_line = split(text)
    pairs = properties_of(head) if head is not None else Pairs()
    given = values(pairs, "tags")
    for item in given:
        word = as_text(item)
        tag = tag_of(word.strip().removeprefix("#")) if word else None
        page.tags.extend([tag] if tag else [])
    page.aliases = [name for item in values(pairs, "aliases") if (name := as_text(item)) is not None]
    links: list[Found] = []
    property_links(pairs, links)
    page.links = [Edge("property", link.text, index.resolve(link.path, source)) for link in links]
    found = read_markdown(body, first_line, page)
    page.links += [Edge(link.kind, link.text, index.resolve(link.path, source), line) for link, line in found]
    once = {tag.lower(): tag for tag in reversed(page.tags)}
    page.tags = [tag for tag in dict.fromkeys(page.tags) if once[tag.lower()] == tag]
    return page


def read_canvas(text: str, source: str, index: Index, exact: frozenset[str]) -> Page:
    """One canvas: its file cards, and the links in its text cards."""
    page = Page()
    try:
        data = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        return page
    nodes = data.get("nodes") if isinstance(data, dict) else None
    for node in nodes if isinstance(nodes, list) else []:
        kind = node.get("type") if isinstance(node, dict) else None
        if kind == "file" and isinstance(node.get("file"), str) and node["file"]:
            page.links.append(Edge("canvas", node["file"], node["file"] if node["file"] in exact else None))
        elif kind == "text" and isinstance(node.get("text"), str):
            for link, _ in read_markdown(node["text"].replace("\r\n", "\n"), 1, Page()):
                page.links.append(Edge(link.kind, link.text, index.resolve(link.path, source)))
    return page


def read(vault: Path) -> dict[str, Page]:
    """Every note and canvas of the vault by its path."""
    paths = files_of(vault)
    index = Index(paths)
    pages: dict[str, Page] = {}
    for path in paths:
        if extension(path) == ".md":
            pages[path] = read_note(decoded(vault / path), path, index)
        elif extension(path) == ".canvas":
            pages[path] = read_canvas(decoded(vault / path), path, index, frozenset(paths))
    return pages

"""A link as it is written and the file that it is to mean in, the ways to write that in the same style out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vaultprune.graph.resolve import folded, spelt
from vaultprune.model import Link, NotePath
from vaultprune.syntax import markdown_link
from vaultprune.syntax.target import decode_uri

Form = Literal["wikilink", "plain", "angled", "file"]
"""How a link's path is written: between brackets, as a destination without or with `<>`, as a canvas's file."""

_ENCODED_LETTER = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")
_ENTITY = re.compile(r"&(?=#[0-9xX]|[A-Za-z][A-Za-z0-9]{1,31};)")
_NOT_PLAIN = re.compile(r"[\x00-\x20\x7f\\<>\"]")
_NOT_ANGLED = re.compile(r"[\x00-\x1f\x7f\\<>]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Way:
    """A link's path as it would be written, and what is looked up then."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A link that needs another path: how it is written, where it stood and stands, what it meant and shall mean."""

    link: Link
    form: Form
    source: NotePath
    moved_source: NotePath
    target: NotePath
    moved_target: NotePath


def ways(wanted: Rewriting) -> Iterator[Way]:
    """The ways to write the link, the one most like the old first. What each means is for the caller to look up."""
    seen: set[str] = set()
    for path in _paths(wanted):
        for text in _texts(wanted, path):
            way = as_read(wanted.form, text)
            if way and text not in seen:
                seen.add(text)
                yield way


def as_read(form: Form, text: str) -> Way | None:
    """A link's path as a reader would take it; None if it would not stand for a path."""
    if form in ("plain", "angled"):
        tail = markdown_link.TAIL.fullmatch(f"(<{text}>)" if form == "angled" else f"({text})")
        target = markdown_link.target(text) if tail and markdown_link.destination(tail) == text else None
        return Way(*target) if target else None
    return Way(text, text) if text and not (form == "wikilink" and set(text) & set("#|\n")) else None


def _paths(wanted: Rewriting) -> Iterator[str]:
    """The new paths that could be written, without any escapes."""
    core, target = wanted.link.path.strip(), wanted.moved_target
    if wanted.form == "file":
        yield "/" + target if core.startswith("/") else target
        return
    folder = wanted.moved_source.rpartition("/")[0]
    from_here = posixpath.relpath("/" + target, "/" + folder)
    dotted = from_here if from_here.startswith("../") else f"./{from_here}"
    preferred: tuple[str, ...] = (target, "/" + target)
    if core.startswith(("./", "../")):
        preferred = (dotted, *preferred)
    elif core.startswith("/"):
        preferred = ("/" + target, target)
    elif wanted.form != "wikilink" and _beside(wanted, core):
        preferred = (from_here, dotted, *preferred)
    for path in preferred:
        if _leaves_out_extension(core, wanted.target) and target.lower().endswith(".md"):
            yield path[:-3]
    yield from preferred


def _beside(wanted: Rewriting, core: str) -> bool:
    """Whether a destination without dots leads to its file from the source's own folder, and not from the top."""
    folder = wanted.source.rpartition("/")[0]
    if not folder:
        return False
    found = posixpath.normpath(f"{folder}/{core}")
    return any(_alike(found + end, wanted.target) for end in ("", ".md"))


def _leaves_out_extension(core: str, target: NotePath) -> bool:
    last, name = spelt(core).rstrip("/").rpartition("/")[2], target.rpartition("/")[2]
    return not _alike(last, name) and _alike(last + ".md", name)


def _alike(one: str, other: str) -> bool:
    return folded(spelt(one)) == folded(spelt(other))


def _texts(wanted: Rewriting, path: str) -> Iterator[str]:
    """The ways to write one path: first with the parts that it shares with the old text left as they were written."""
    raw = wanted.link.text
    core = raw.strip()
    lead, trail = raw[: len(raw) - len(raw.lstrip())], raw[len(raw.rstrip()) :]
    decoded = wanted.link.text != wanted.link.path
    letters = _ENCODED_LETTER.search(raw) is not None
    parts = path.split("/")
    old = core.split("/")
    same = 0
    while same < min(len(parts), len(old)) and _same_part(old[-1 - same], parts[-1 - same], decoded):
        same += 1
    for kept in dict.fromkeys((same, 0)):
        new = parts[: len(parts) - kept]
        tail = old[len(old) - kept :]
        for escaped in (True, False) if wanted.form in ("plain", "angled") else (False,):
            written = [_escaped(part, wanted.form, letters) for part in new] if escaped else new
            yield f"{lead}{'/'.join((*written, *tail))}{trail}"


def _same_part(written: str, part: str, decoded: bool) -> bool:
    meant = decode_uri(markdown_link.unescaped(written)) if decoded else written
    return part not in ("", ".", "..") and _alike(meant, part)


def _escaped(part: str, form: Form, letters: bool) -> str:
    """One part of a path as it can stand in a destination."""
    part = part.replace("%", "%25")
    part = (_NOT_PLAIN if form == "plain" else _NOT_ANGLED).sub(lambda found: _encoded(found[0]), part)
    if form == "plain" and not _balanced(part):
        part = part.replace("(", "%28").replace(")", "%29")
    if letters:
        part = _NOT_ASCII.sub(lambda found: _encoded(found[0]), part)
    return _ENTITY.sub("&amp;", part)


def _encoded(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def _balanced(part: str) -> bool:
    depth = 0
    for char in part:
        depth += (char == "(") - (char == ")")
        if not 0 <= depth <= 1:
            return False
    return depth == 0

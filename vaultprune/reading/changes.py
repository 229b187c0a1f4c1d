"""Two versions of one note in, the kind of change between them out."""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Collection
from typing import Literal, NamedTuple, TypeAlias
from urllib.parse import unquote

from vaultprune.syntax.name import name_key

Kind: TypeAlias = Literal["body", "links", "properties", "format"]

WIKILINK = re.compile(r"\[\[([^\[\]\n|]{0,1000})(?:\|([^\[\]\n]{0,1000}))?\]\]")
MARKDOWN_TARGET = re.compile(r"\]\(((?:[^()\n]|\([^()\n]{0,300}\)){0,1000})\)")
TOKEN = re.compile(r"[^\W_]+|\[[^\w\s\[\]]\]|[^\x00-\x7f]")
"""A word; a task's mark such as `[-]`; a sign of its own such as an emoji. Markdown's own signs are none of these."""

_MASK = "\ue000"  # stands for a link's target: a private-use character, so a token by itself
_CHUNK = 1 << 14


class Difference(NamedTuple):
    """What sort of change it is, a number that equal changes of words share (0: not computed), and the links gained."""

    kind: Kind
    signature: int = 0
    gained: tuple[str, ...] = ()


def difference(old: bytes | None, new: bytes | None, name: str = "") -> Difference:
    """The strongest sort of change from `old` to `new`: words, link targets, properties, or only format.

    `None` is a version that cannot be had; the change is then taken for one of words. In the signature the
    words of the note's own `name` count as one and the same, so that a script which writes each note's name
    into it is seen to have done one thing.
    """
    if old is None or new is None:
        return Difference("body")
    old_properties, old_body = _split(old)
    new_properties, new_body = _split(new)
    before, after = _differing(old_body, new_body)
    lines = _lines_changed(before, after)
    if _is_written(before, after, lines):
        return Difference("body", _signature(*_words_changed(*lines), name), _gained(before, after))
    if TOKEN.findall(before) != TOKEN.findall(after):
        return Difference("links")  # with the targets masked, the words were the same
    if old_properties.split() != new_properties.split():
        lines = _lines_changed(*_differing(old_properties, new_properties))
        return Difference("properties", _signature(*_words_changed(*lines), name))
    return Difference("format")


def first_version(new: bytes | None) -> Difference:
    """What a note began with: the links that it had from the start."""
    return Difference("body", 0, _gained("", _split(new)[1].decode("utf-8", "replace")) if new else ())


def _gained(before: str, after: str) -> tuple[str, ...]:
    """The names that `after` links to and `before` does not, each once, as `name_key` spells them."""
    if "[[" not in after and "](" not in after:
        return ()
    had = _linked(before)
    return tuple(sys.intern(name) for name in _linked(after) if name not in had)


def _linked(text: str) -> dict[str, None]:
    """The names of the notes that a text links to, in the order of the text."""
    found = [link[1] for link in WIKILINK.finditer(text)]
    found += [unquote(link[1].strip().strip("<>")) for link in MARKDOWN_TARGET.finditer(text) if "://" not in link[1]]
    return dict.fromkeys(key for target in found if (key := name_key(target)))


def _lines_changed(before: str, after: str) -> tuple[str, str]:
    """The lines lost and the lines gained, wherever they stand: all in which a word can be lost or gained."""
    old, new = Counter(before.split("\n")), Counter(after.split("\n"))
    return "\n".join((old - new).elements()), "\n".join((new - old).elements())


def _words_changed(lost_lines: str, gained_lines: str) -> tuple[Counter[str], Counter[str]]:
    """The words lost and the words gained, with their numbers."""
    old, new = Counter(TOKEN.findall(lost_lines)), Counter(TOKEN.findall(gained_lines))
    return old - new, new - old


def _is_written(before: str, after: str, lines: tuple[str, str]) -> bool:
    """Whether words or their order differ for another reason than that a link's target changed."""
    if any(_words_changed(*map(_without_targets, lines))):
        return True
    return TOKEN.findall(_without_targets(before)) != TOKEN.findall(_without_targets(after))


def _split(data: bytes) -> tuple[bytes, bytes]:
    """The properties' block, without its fences, and the body below it."""
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    if not data.startswith(b"---", start):
        return b"", data[start:]
    first = data.find(b"\n", start)
    if first < 0 or data[start + 3 : first].strip():
        return b"", data[start:]
    at = data.find(b"\n---", first)
    while at >= 0:
        end = data.find(b"\n", at + 1)
        end = len(data) if end < 0 else end
        if not data[at + 4 : end].strip():
            return data[first + 1 : at + 1], data[end + 1 :]
        at = data.find(b"\n---", end)
    return b"", data[start:]


def _differing(old: bytes, new: bytes) -> tuple[str, str]:
    """The whole lines between the first and the last difference: all that needs to be looked at more closely."""
    if old == new:
        return "", ""
    head = _common(old, new, min(len(old), len(new)), at_the_end=False)
    head = old.rfind(b"\n", 0, head) + 1
    tail = _common(old, new, min(len(old), len(new)) - head, at_the_end=True)
    line = old.find(b"\n", len(old) - tail)
    tail = len(old) - line - 1 if line >= 0 else 0
    return (
        old[head : len(old) - tail].decode("utf-8", "replace"),
        new[head : len(new) - tail].decode("utf-8", "replace"),
    )


def _common(old: bytes, new: bytes, most: int, *, at_the_end: bool) -> int:
    """How many bytes, `most` at most, the two have in common at one end. Slices compare at the speed of memory."""

    def same(start: int, end: int) -> bool:
        if at_the_end:
            return old[len(old) - end : len(old) - start] == new[len(new) - end : len(new) - start]
        return old[start:end] == new[start:end]

    done = 0
    while done < most and same(done, min(done + _CHUNK, most)):
        done = min(done + _CHUNK, most)
    low, high = done, min(done + _CHUNK, most)
    while low < high:
        middle = (low + high + 1) // 2
        if same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _without_targets(text: str) -> str:
    """The text with the target of each link masked; its display text and addresses on the web stay."""
    if "[[" in text:
        text = WIKILINK.sub(_masked_wikilink, text)
    return MARKDOWN_TARGET.sub(_masked_markdown, text) if "](" in text else text


def _masked_wikilink(link: re.Match[str]) -> str:
    # The app turns [[Name]] into [[Folder/Name|Name]] by itself when the name becomes ambiguous.
    target, shown = link.groups("")
    return f"[[{_MASK}]]" if not shown or shown in target.replace("#", "/").split("/") else f"[[{_MASK}{shown}]]"


def _masked_markdown(link: re.Match[str]) -> str:
    return link[0] if "://" in link[1] else f"]({_MASK})"


def _signature(lost: Collection[str], gained: Collection[str], name: str) -> int:
    """A number made of the sets of words lost and gained: the same for the same words, on every machine.

    Sets, not counts: a word replaced everywhere is replaced twice in one note and five times in another.
    """
    own = frozenset(TOKEN.findall(name))
    # A footer of dates that is taken out of every note is one change; numbers that somebody writes are his own.
    before = {_MASK if word in own else "0" if word.isdecimal() else word for word in lost}
    after = {_MASK if word in own else word for word in gained}
    text = "\0".join(sorted(before)) + "\n" + "\0".join(sorted(after))
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1 or 1

"""Percent-encoded text in, what it names out: the few ways in which a link's destination is decoded."""

from __future__ import annotations

import re
from typing import NamedTuple


class Target(NamedTuple):
    """What a link names: `text` as written, `path` as it is looked up. Both without subpath and display text."""

    text: str
    path: str


SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{1,31}:")
"""What a destination that leads out of the vault begins with."""

_ENCODED_RUN = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_RESERVED = frozenset(b";/?:@&=+$,#")


def _decoded(text: str, reserved: frozenset[int]) -> str:
    """`text` with its percent sequences decoded; as it stands when one of them is broken."""
    percents = text.count("%")
    if not percents:
        return text
    if percents == text.count("%20"):  # by far the most frequent one
        return text.replace("%20", " ")
    if _LONE_PERCENT.search(text):
        return text
    parts: list[str] = []
    end = 0
    for run in _ENCODED_RUN.finditer(text):
        parts.append(text[end : run.start()])
        end = run.end()
        written = run[0]
        waiting = bytearray()
        try:
            for at in range(0, len(written), 3):
                byte = int(written[at + 1 : at + 3], 16)
                if byte in reserved:
                    parts.append(waiting.decode("utf-8"))
                    waiting.clear()
                    parts.append(written[at : at + 3])
                else:
                    waiting.append(byte)
            parts.append(waiting.decode("utf-8"))
        except UnicodeDecodeError:
            return text
    parts.append(text[end:])
    return "".join(parts)


def decode_uri(text: str) -> str:
    """As `decodeURI` of JavaScript does it: `%20` is a space, `%23` and the other reserved ones stay as written."""
    return _decoded(text, _RESERVED)


def decode_component(text: str) -> str:
    """As `decodeURIComponent` does it: every sequence, the reserved ones as well."""
    return _decoded(text, frozenset())

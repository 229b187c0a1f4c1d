"""`#tag` in, its name out: which characters a tag may hold, and what makes it none."""

from __future__ import annotations

import re
from functools import lru_cache

SPACE = "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What the app takes for white space; none of it means anything inside a character class."""

CHARACTERS = rf"[^{SPACE}!-,.:-@\[-\^`{{-~\u2000-\u206f\u2e00-\u2e7f]"
"""One character of a tag: everything but white space and punctuation; `-`, `_` and `/` may stand in it."""

TAG = re.compile(rf"#({CHARACTERS}+)")
BEFORE = re.compile(rf"[{SPACE}]")
"""What has to stand left of a tag, if it does not begin a line."""

_NAME = re.compile(rf"{CHARACTERS}+")


def name(written: str) -> str | None:
    """The name of a tag written `#written`; None if it is none: digits alone make no tag."""
    if written.isdigit() and written.isascii():
        return None
    return written.rstrip("/") or None


@lru_cache(512)  # the same few tags stand in note after note
def in_property(written: str) -> str | None:
    """The name of one entry of the property `tags`; None if it is no valid tag."""
    written = written.strip()
    written = written.removeprefix("#")
    return name(written) if _NAME.fullmatch(written) else None

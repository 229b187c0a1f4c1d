"""`$x$` and `$$x$$` in, where it ends out: inside mathematics nothing is a link."""

from __future__ import annotations

import re

_INLINE = re.compile(r"\$(?![\s$])(?:[^$\\\n]++|\\[^\n])*\$(?![0-9$])")


def end(text: str, at: int, limit: int) -> int:
    """Where the mathematics ends that begins at the `$` in `text[at]`; -1 if none begins there.

    One dollar: nothing blank inside either end, no digit behind (prices are no mathematics), one line.
    Two dollars: anything up to the next two.
    """
    if text.startswith("$$", at, limit):
        close = text.find("$$", at + 2, limit)
        return close + 2 if close > at + 2 else -1
    found = _INLINE.match(text, at, limit)
    if not found or text[found.end() - 2].isspace():
        return -1
    return found.end()

r"""The bytes of a file in, its text with `\n` line ends out, and what was odd about them. Never raises."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

LARGEST = 5 * 1024 * 1024
"""A file above this many bytes is not read in full; its links are only looked for."""

_LOOKED_AT_FOR_NUL = 8 * 1024
_BOM = b"\xef\xbb\xbf"


class Decoded(NamedTuple):
    """A file's text, its `data` the same in UTF-8.

    `plain`: it cannot be read as a note and is only searched for links; `binary`: because it is no text at all.
    """

    text: str
    data: bytes
    plain: bool = False
    binary: bool = False
    problem: str | None = None


def decode(data: bytes) -> Decoded:
    r"""The text of a file: one BOM dropped, line ends made `\n`, NUL and invalid bytes replaced by U+FFFD."""
    kept = data
    if kept[:3] == _BOM:
        kept = kept[3:]
    if b"\r" in kept:
        kept = kept.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\0" in kept or len(data) > LARGEST:
        return _odd(data)
    try:
        return Decoded(kept.decode(), kept)
    except UnicodeDecodeError:
        return _odd(data)


def _odd(data: bytes) -> Decoded:
    """The text of a file that is too large, holds NUL or is not valid UTF-8."""
    binary, problem = False, None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and b"\0" in data:  # every bracket of UTF-16 has a NUL beside it
        text = data.decode("utf-16", errors="replace")
        problem = "not UTF-8 but UTF-16"
    else:
        binary = b"\0" in data[:_LOOKED_AT_FOR_NUL]
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as reason:
            text = data.decode("utf-8", errors="replace")
            problem = f"not valid UTF-8 from byte {reason.start}"
    if binary:
        problem = "not a text file (it holds NUL bytes); its links were only looked for"
    elif len(data) > LARGEST:
        size = f"{len(data) / 1024 / 1024:.0f} MiB"
        problem = f"too large to read in full ({size}); its links were only looked for"
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return Decoded(text, text.encode("utf-8", "surrogatepass"), binary or len(data) > LARGEST, binary, problem)


def line_finder(text: str, first: int = 1) -> Callable[[int], int]:
    """A function from an offset in `text` to its line; the first line of `text` has the number `first`."""
    starts = [0]
    at = text.find("\n")
    while at != -1:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return lambda offset: bisect_right(starts, offset) - 1 + first

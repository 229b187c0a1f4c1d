"""A note as it is suggested in, an opaque name for it out, which tells who was meant and as what.

A box in the checklist note carries such a name. So nothing has to be remembered beside that note: which note a tick is
about, and whether somebody edited it since, can be told from the vault as it is.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from dataclasses import dataclass

LENGTHS = (6, 6, 8)
"""Letters for the path, for the text and for the whole file: 30 bits, 30 bits and 40 bits."""
_NAME = re.compile(r"[a-z2-7]{20}")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a note that was suggested: a piece each of the digests of its path, its text and its file."""

    place: str
    text: str
    file: str

    def __str__(self) -> str:
        return f"{self.place}{self.text}{self.file}"

    def is_file(self, sha256: str | None) -> bool:
        """Whether a file with this SHA-256 is what was suggested, byte for byte."""
        return sha256 is not None and of_file(sha256) == self.file


def identity(path: str, body_digest: str, file_digest: str) -> Identity:
    """The name of a note at this path, with this text, in a file with this SHA-256."""
    return Identity(of_path(path), of_text(body_digest), of_file(file_digest))


def identity_named(name: str) -> Identity:
    """The identity again; `ValueError` for what is no such name."""
    name = name.lower()
    if not _NAME.fullmatch(name):
        raise ValueError(f"no name of a note: {name!r}")
    first, second, _ = LENGTHS
    return Identity(name[:first], name[first : first + second], name[first + second :])


def of_path(path: str) -> str:
    """The piece for a path, whatever its case."""
    return _letters(hashlib.sha256(path.lower().encode("utf-8", "surrogatepass")).digest(), LENGTHS[0])


def of_text(body_digest: str) -> str:
    """The piece for a note's text, by the digest under which notes are known again."""
    return _letters(hashlib.sha256(body_digest.encode()).digest(), LENGTHS[1])


def of_file(sha256: str) -> str:
    """The piece for a whole file."""
    return _letters(bytes.fromhex(sha256), LENGTHS[2])


def _letters(digest: bytes, length: int) -> str:
    return b32encode(digest).decode("ascii").lower()[:length]

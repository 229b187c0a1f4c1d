"""A path or a link's target in, the name by which notes are compared out, whatever folder stands before it."""

from __future__ import annotations

import unicodedata


def name_key(target: str) -> str:
    """The last part of a path or a link, without heading and `.md`, in lower case and one Unicode form."""
    name = target.split("#", 1)[0].replace("\\", "/").strip().rstrip("/").rpartition("/")[2]
    return unicodedata.normalize("NFC", name).lower().removesuffix(".md")

"""`[label]: destination` in, label and destination out: links that the app keeps apart and does not count."""

from __future__ import annotations

import re

DEFINITION = re.compile(
    r"[ ]{0,3}\[(?!\^)((?:[^\[\]\\\n]|\\[^\n]){1,200})\]:[ \t]*+"
    r"(?:<((?:[^<>\\\n]++|\\[^\n])*)>|(?!<|\[\[)([^\s\x00-\x1f]++))"
    r"(?:[ \t]++(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t]*+(?=\n|\Z)"
)
"""One whole line that defines a label. A destination `[[a]]` is left to be read as text."""

LABEL = re.compile(r"\[((?:[^\[\]\\]|\\[\s\S]){0,200})\]")


def normalised(label: str) -> str:
    """Labels that differ in case and white space alone are the same."""
    return " ".join(label.casefold().split())


def definitions(content: str) -> tuple[list[tuple[int, str, str]], int]:
    """The definitions at the top of a paragraph as (offset, label, destination), and where they end."""
    found: list[tuple[int, str, str]] = []
    at = 0
    while match := DEFINITION.match(content, at):
        label = normalised(match[1])
        if not label:
            break
        found.append((at, label, match[2] if match[2] is not None else match[3]))
        at = min(match.end() + 1, len(content))
        if at == len(content):
            break
    return found, at

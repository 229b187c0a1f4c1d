"""Every rule of how Obsidian reads a vault, as cases: a small vault each, and what must be found in it."""

from __future__ import annotations

from . import (
    cases_canvas,
    cases_files,
    cases_markdown,
    cases_places,
    cases_properties,
    cases_resolving,
    cases_tags,
    cases_wikilinks,
)
from .case import Case


def _numbered(family: str, first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{family}-{number}" for number in range(first, last + 1))


RULES: tuple[str, ...] = (
    *_numbered("FS", 1, 12),
    "CFG-1",
    *_numbered("WL", 1, 20),
    *_numbered("ML", 1, 14),
    *_numbered("NC", 1, 15),
    *_numbered("FM", 1, 16),
    *_numbered("TG", 1, 9),
    *_numbered("RS", 0, 15),
    *_numbered("GR", 1, 6),
    *_numbered("CV", 1, 5),
    *_numbered("BS", 1, 2),
    "TK-1",
)
"""The rules that can be checked by reading a vault; each has at least one case."""

CASES: tuple[Case, ...] = (
    *cases_files.CASES,
    *cases_wikilinks.CASES,
    *cases_markdown.CASES,
    *cases_places.CASES,
    *cases_properties.CASES,
    *cases_tags.CASES,
    *cases_resolving.CASES,
    *cases_canvas.CASES,
)

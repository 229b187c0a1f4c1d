"""Figures in, the parts of a picture out: SVG that stands in a page and says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

from vaultprune.words import shortened


def picture(name: str, box: tuple[int, int], title: str, says: str, parts: Sequence[str]) -> str:
    """A picture, by its size, with a title and a sentence that stand for it; `name` is its own on the page."""
    return (
        f'<svg viewBox="0 0 {box[0]} {box[1]}" role="img" aria-labelledby="{name}-title {name}-says">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-says">{escape(says)}</desc>'
        + "".join(parts)
        + "</svg>"
    )


def label(x: float, y: float, says: str, anchor: str) -> str:
    """A few words in a picture."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(shortened(says, 40))}</text>'


def ticks_up_to(most: float) -> list[float]:
    """Round numbers from 0 to at least `most`, five steps at most; 1 at the least."""
    most = max(most, 1.0)
    step = 10.0 ** floor(log10(most / 5)) if most > 5 else 1.0
    for factor in (1, 2, 5, 10):
        if most / (step * factor) <= 5:
            step *= factor
            break
    return [step * number for number in range(ceil(most / step) + 1)]

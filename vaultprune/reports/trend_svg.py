"""A figure at every moment in, a small picture of it out, as SVG that says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from vaultprune.reports.svg import picture

WIDTH, HEIGHT = 240, 56
EDGE = 5
"""Room around what is drawn, so that the dots at its ends are whole."""

Points = Sequence[tuple[str, int | None]]
"""For each moment what it is called and the figure, None where it is not known."""


def line(name: str, title: str, points: Points) -> str:
    """A figure that holds at each moment: a line that begins at zero below, with a gap where nothing is known."""
    top = _top(points)
    places = [_x(place, len(points)) for place in range(len(points))]
    known = [(x, None if value is None else _y(value / top)) for x, (_, value) in zip(places, points, strict=True)]
    parts = [_ground()]
    for is_known, stretch in groupby(known, key=lambda point: point[1] is not None):
        if is_known:
            parts.append(f'<polyline class="line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in stretch)}"/>')
    parts += [f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in known if y is not None]
    return picture(name, (WIDTH, HEIGHT), title, _says(points), parts)


def bars(name: str, title: str, points: Points) -> str:
    """A figure of what was done from one moment to the next: a bar for each."""
    top = _top(points)
    slot = (WIDTH - 2 * EDGE) / max(1, len(points))
    parts = [_ground()]
    for place, (_, value) in enumerate(points):
        if value:
            y = _y(value / top)
            x = EDGE + slot * (place + 0.15)
            size = f'width="{slot * 0.7:.1f}" height="{_y(0) - y:.1f}"'
            parts.append(f'<rect class="dot" x="{x:.1f}" y="{y:.1f}" {size}/>')
    return picture(name, (WIDTH, HEIGHT), title, _says(points), parts)


def _says(points: Points) -> str:
    return " ".join(f"{called}: {'not known' if value is None else f'{value:,}'}." for called, value in points)


def _top(points: Points) -> int:
    return max(1, *(value or 0 for _, value in points)) if points else 1


def _ground() -> str:
    return f'<line class="grid" x1="{EDGE}" y1="{_y(0):.1f}" x2="{WIDTH - EDGE}" y2="{_y(0):.1f}"/>'


def _x(place: int, of: int) -> float:
    return EDGE + (WIDTH - 2 * EDGE) * (place / (of - 1) if of > 1 else 0.5)


def _y(share: float) -> float:
    return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)

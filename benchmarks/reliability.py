"""The table of chances stated and seen in, the diagram of it out: `python benchmarks/reliability.py` draws it anew."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
TABLE, DIAGRAM = DOCS / "reliability.csv", DOCS / "reliability.svg"

SIDE, LEFT, TOP = 320, 56, 40
"""Of each square, and of the margin to its left and above it, in pixels."""
APART = 88
COLOURS = {"git": "#2a6f97", "file times": "#b5651d"}


def drawn(rows: Iterable[Mapping[str, str]]) -> str:
    """Two squares side by side, stated across and seen upwards: on the diagonal the chance was true.

    Each dot is one band of chances, as large as its number of notes; its line is the 95 % interval over the vaults.
    """
    rows = list(rows)
    width, height = LEFT + len(COLOURS) * (SIDE + APART), TOP + SIDE + 56
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12" fill="#333">',
        "<title>Chances stated and seen</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, (source, colour) in enumerate(COLOURS.items()):
        bands = [row for row in rows if row["source"] == source]
        parts += _square(LEFT + place * (SIDE + APART), source, colour, bands)
    return "\n".join([*parts, "</svg>", ""])


def _square(left: int, source: str, colour: str, rows: list[Mapping[str, str]]) -> list[str]:
    def across(share: float) -> str:
        return f"{left + share * SIDE:.1f}"

    def upwards(share: float) -> str:
        return f"{TOP + (1 - share) * SIDE:.1f}"

    parts = [
        f'<text x="{left}" y="{TOP - 14}" font-size="14">with {source}</text>',
        f'<rect x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>',
        f'<line x1="{across(0)}" y1="{upwards(0)}" x2="{across(1)}" y2="{upwards(1)}" stroke="#999" '
        'stroke-dasharray="4 4"/>',
        f'<text x="{across(0.5)}" y="{TOP + SIDE + 40}" text-anchor="middle">stated, in 100</text>',
    ]
    for tenths in range(0, 11, 2):
        share = tenths / 10
        parts.append(f'<text x="{across(share)}" y="{TOP + SIDE + 18}" text-anchor="middle">{tenths * 10}</text>')
        parts.append(f'<text x="{left - 8}" y="{upwards(share - 0.012)}" text-anchor="end">{tenths * 10}</text>')
    parts.append(
        f'<text transform="translate({left - 38} {upwards(0.5)}) rotate(-90)" text-anchor="middle">seen, in 100</text>'
    )
    for row in rows:
        stated, used = float(row["stated"]), float(row["used"])
        parts.append(
            f'<line x1="{across(stated)}" y1="{upwards(float(row["low"]))}" x2="{across(stated)}" '
            f'y2="{upwards(float(row["high"]))}" stroke="{colour}" stroke-opacity="0.5"/>'
        )
        parts.append(
            f'<circle cx="{across(stated)}" cy="{upwards(used)}" r="{2 + (int(row["notes"]) / 700) ** 0.5:.1f}" '
            f'fill="{colour}" fill-opacity="0.8"><title>{row["notes"]} notes: stated {stated:.3f}, seen {used:.3f}'
            "</title></circle>"
        )
    return parts


def rows_of(table: Path) -> list[dict[str, str]]:
    """The rows of the table: a source and a band of chances each."""
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    DIAGRAM.write_text(drawn(rows_of(TABLE)), encoding="utf-8")

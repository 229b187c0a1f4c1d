"""The diagram of the chances is the table's, and the page shows the table's figures."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from benchmarks.reliability import DIAGRAM, DOCS, TABLE, drawn, rows_of


def test_the_diagram_is_drawn_from_the_table() -> None:
    assert DIAGRAM.read_text(encoding="utf-8") == drawn(rows_of(TABLE))


def test_the_diagram_has_a_dot_for_each_row() -> None:
    dots = [each for each in ElementTree.parse(DIAGRAM).iter() if each.tag.endswith("circle")]

    assert len(dots) == len(rows_of(TABLE)) == 20


def test_the_page_shows_the_figures_of_the_table() -> None:
    page = Path(DOCS / "evaluation.md").read_text(encoding="utf-8")

    for row in rows_of(TABLE):
        assert f"{int(row['notes']):,} | {row['stated']} | {row['used']} [{row['low']}, {row['high']}]" in page


def test_the_bands_hold_every_note_once() -> None:
    for source in ("git", "file times"):
        assert sum(int(row["notes"]) for row in rows_of(TABLE) if row["source"] == source) == 43_124

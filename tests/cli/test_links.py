from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.worlds import NOW, Tool, a_note, garden

WORLD = {
    "A/Same.md": a_note(),
    "B/Same.md": a_note(tags="[one, two]"),
    "Home.md": a_note("[[Same]] [[Nowhere]] [[nowhere#part|else]]\n[[Quiet 1]]", aliases="[Start]"),
    "Broken.md": "---\na: [1\n---\n",
    "Archive/Old.md": a_note("[[Quiet 2]]"),
    "Board.canvas": '{"nodes": [], "edges": []}',
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return garden(tmp_path / "Garden", WORLD)


def test_the_index_is_told_in_few_lines(tool: Tool, vault: Path) -> None:
    done = tool("links", vault, "--now", NOW, "--limit", "3")

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        "Garden, Fri 20 Nov 2026\n"
        "48 notes, 1 canvas, 45 links, 2 tags, 1 alias. 1 of the notes lies in Archive/.\n"
        "\n"
        "1 unresolved link (no file answers to it)\n"
        "  Nowhere, 2 times, in Home\n"
        "\n"
        "1 ambiguous link (it may mean several files)\n"
        "  Same in Home, line 6: A/Same or B/Same\n"
        "\n"
        "4 orphans, 3 isolated (no other note links to them)\n"
        "  Broken\n"
        "  Home\n"
        "  Ideas/Quiet 2\n"
        "  ... and 1 more: --limit 4\n"
    )
    assert "\n1 file could not be read as it should\n  Broken, line " in done.out
    assert done.out.endswith("\nNothing has been changed.\n")


def test_csv_has_a_row_for_each_link(tool: Tool, vault: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(tool("links", vault, "--format", "csv").out)))

    of_home = [row for row in rows if row["source"] == "Home.md"]
    assert [row["text"] for row in of_home] == ["Same", "Nowhere", "nowhere", "Quiet 1"]
    assert [row["target"] for row in of_home] == ["A/Same.md", "", "", "Ideas/Quiet 1.md"]
    assert of_home[0]["ambiguous"] == "A/Same.md; B/Same.md"


def test_a_vault_without_links_is_told_as_well(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "Empty/.obsidian").mkdir(parents=True)

    done = tool("links", tmp_path / "Empty", "--now", NOW)

    assert done.out == "Empty, Fri 20 Nov 2026\n0 notes, 0 links, 0 tags, 0 aliases.\n\nNothing has been changed.\n"

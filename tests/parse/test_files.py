"""Files as they lie about: odd encodings, canvases, bases, queries."""

import subprocess
import sys

import pytest

from vaultprune.model import NotePath, Query
from vaultprune.parse import parse_base, parse_canvas, parse_note, unread_note

PATH = NotePath("x")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(b"[[a]]", None, id="FS-11 UTF-8"),
        pytest.param(b"\xef\xbb\xbf[[a]]", None, id="FS-11 a BOM"),
        pytest.param(b"x\xff [[a]]", "not valid UTF-8 from byte 1", id="FS-11 broken bytes"),
        pytest.param(
            b"\xff\xfe\x80 [[a]]", "not valid UTF-8 from byte 0", id="FS-11 broken bytes like a mark of UTF-16"
        ),
        pytest.param("\ufeff[[a]]".encode("utf-16-le"), "not UTF-8 but UTF-16", id="UTF-16, little end first"),
        pytest.param("\ufeff[[a]]".encode("utf-16-be"), "not UTF-8 but UTF-16", id="UTF-16, big end first"),
        pytest.param(
            b"\0[[a]]", "not a text file (it holds NUL bytes); its links were only looked for", id="FS-11 NUL bytes"
        ),
        pytest.param(
            b"[[a]]" + b" " * 6 * 1024 * 1024,
            "too large to read in full (6 MiB); its links were only looked for",
            id="above the size cap",
        ),
    ],
)
def test_links_are_seen_whatever_the_encoding(data: bytes, what: str | None) -> None:
    note = parse_note(PATH, data)

    assert [link.path for link in note.links] == ["a"]
    assert [problem.what for problem in note.problems] == ([what] if what else [])


def test_an_empty_file_is_a_note_with_nothing_in_it() -> None:
    note = parse_note(PATH, b"")

    assert (note.links, note.tags, note.words, note.problems) == ((), (), 0, ())


def test_a_note_that_could_not_be_read_says_why() -> None:
    assert unread_note(PATH, "permission denied").unreadable == "permission denied"


def test_a_large_note_keeps_its_properties() -> None:
    note = parse_note(
        PATH, b'---\nup: "[[a]]"\ntags: [t]\n---\n#u [b](c.md) ![d](e.png) ![[f]]' + b" " * 6 * 1024 * 1024
    )

    assert [(link.path, link.kind) for link in note.links] == [
        ("a", "property"),
        ("c.md", "markdown"),
        ("e.png", "image"),
        ("f", "embed"),
    ]
    assert note.tags == ("t", "u")


@pytest.mark.parametrize(
    "read",
    [
        pytest.param("None", id="nothing"),
        pytest.param(
            "parse_note('n.md', b'---\\nk: |\\n  v\\nm:\\n  n: [o, p]\\n---\\n- [[a]]')", id="a note of simple lines"
        ),
        pytest.param('parse_canvas("c.canvas", b\'{"nodes": [{"type": "text", "text": "[[a]]"}]}\')', id="a canvas"),
    ],
)
def test_nothing_heavy_is_imported_for(read: str) -> None:
    heavy = ("markdown_it", "frontmatter", "yaml")
    code = f"import sys; from vaultprune.parse import *; {read}; print([m for m in {heavy} if m in sys.modules])"

    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


CANVAS = b"""{"nodes": [
 {"type": "file", "file": "a.md", "subpath": "#h"},
 {"type": "text", "text": "see [[b]]\\nand [c](d.md) `[[no]]`"},
 {"type": "link", "url": "https://e.org"},
 {"type": "group", "label": "[[no]]"},
 {"type": "file", "file": 3}, {"type": "file"}, {"type": "new", "file": "no.md"}, 7,
 {"type": "file", "file": "a.md"}
], "edges": [{"fromNode": "x"}]}"""


def test_a_canvas_links_by_its_file_cards_and_the_text_of_its_cards() -> None:
    found = [(link.path, link.kind, link.line) for link in parse_canvas(PATH, CANVAS).links]

    assert found == [
        ("a.md", "canvas", 2),
        ("b", "wikilink", 3),
        ("d.md", "markdown", 3),
        ("a.md", "canvas", 7),
    ]


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        pytest.param(b"", 0, id="CV-1 an empty file is an empty canvas"),
        pytest.param(b"{}", 0, id="CV-1 nothing in it"),
        pytest.param(b"[1]", 0, id="CV-4 no mapping"),
        pytest.param(b'{"nodes": {"file": "a.md"}}', 0, id="CV-4 no list of nodes"),
        pytest.param(b'{"nodes": [', 1, id="CV-4 broken"),
        pytest.param(b'{"nodes": [], "x": NaN}', 1, id="CV-4 not a number"),
        pytest.param(b"[" * 200_000, 1, id="CV-4 nested without end"),
        pytest.param(b"\xff\xfe\x00", 2, id="CV-4 no text"),
    ],
)
def test_a_canvas_without_links_never_stops_a_run(data: bytes, problems: int) -> None:
    canvas = parse_canvas(PATH, data)

    assert (len(canvas.links), len(canvas.problems)) == (0, problems)


def test_half_a_character_in_a_canvas_can_be_written_out() -> None:
    canvas = parse_canvas(PATH, b'{"nodes": [{"type": "file", "file": "a\\ud800.md"}]}')

    assert canvas.links[0].path.encode("utf-8") == b"a?.md"


BASE = b"""
filters:
  and:
    - file.inFolder("Projects/")
    - or:
      - file.hasTag("book", "#film")
      - '!file.inFolder("No")'
    - not:
      - file.hasTag("no")
formulas:
  x: file.inFolder("No")
views:
  - type: table
    filters: file.folder == "Reading"
  - type: cards
    filters:
      and:
        - taggedWith(file.file, "note")
        - file.path.startsWith("Logs/")
        - file.hasLink("No")
"""


def test_a_base_names_folders_and_tags() -> None:
    base = parse_base(PATH, BASE)

    assert base.query == Query("base", ("Projects", "Reading", "Logs"), ("book", "film", "note"))
    assert base.problems == ()


@pytest.mark.parametrize(
    "data", [b"a: b: c", b"\xff", b"x: [" * 100, b"a: &b [*b]", b"x: " + b"y" * 70_000, b"", b"- a", b"filters: 3"]
)
def test_a_base_that_names_nothing_never_stops_a_run(data: bytes) -> None:
    assert parse_base(PATH, data).query == Query("base")


@pytest.mark.parametrize(
    ("block", "query"),
    [
        pytest.param(
            'dataview\nLIST FROM "A/b" or #t and -"No" and !#no\nWHERE x = "No"',
            Query("dataview", ("A/b",), ("t",)),
            id="Dataview",
        ),
        pytest.param('dataview\ntable x\nfrom "A"', Query("dataview", ("A",)), id="Dataview in lower case"),
        pytest.param(
            'dataviewjs\ndv.pages(\'"A" and #t\'); dv.pages("#u")',
            Query("dataviewjs", ("A",), ("t", "u")),
            id="DataviewJS",
        ),
        pytest.param(
            "tasks\nnot done\npath includes A/b\n(tags include #t) AND (folder includes C/)\n"
            "path does not include No\nfolder includes {{query.file.folder}}",
            Query("tasks", ("A/b", "C"), ("t",)),
            id="Tasks",
        ),
        pytest.param('query\ntag:#t path:"A b" -tag:#no path:C', Query("query", ("A b", "C"), ("t",)), id="a search"),
        pytest.param('base\nfilters: file.inFolder("A")', Query("base", ("A",)), id="a base"),
    ],
)
def test_a_query_names_folders_and_tags(block: str, query: Query) -> None:
    assert parse_note(PATH, f"```{block}\n```\n".encode()).queries == (query,)


@pytest.mark.parametrize(
    "block",
    [
        "dataview\nLIST",
        "dataview\nLIST FROM [[a]]",
        "tasks\nnot done",
        "query\nwords",
        "base\nviews: [",
        "js\nx",
        "\nx",
        "dataviewjs\nx",
    ],
)
def test_a_query_that_names_nothing_is_none(block: str) -> None:
    assert parse_note(PATH, f"```{block}\n```\n".encode()).queries == ()

"""What the block at the top of a note holds, rule by rule."""

import pytest

from vaultprune.model import Note, NotePath, Problem
from vaultprune.parse import parse_note

PATH = NotePath("n.md")


def read(text: str) -> Note:
    return parse_note(PATH, text.encode())


def block(text: str) -> Note:
    return read(f"---\n{text}\n---\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\na: 1\n---\nx", id="FM-1 three dashes"),
        pytest.param("---  \na: 1\n--- \t\nx", id="FM-1 blanks behind them"),
        pytest.param("\ufeff---\na: 1\n---\nx", id="FM-1 behind a BOM"),
        pytest.param("---\r\na: 1\r\n---\r\nx", id="FM-2 the line ends of Windows"),
        pytest.param("---\na: 1\n...\nx\n\n---\n", id="FM-2 three dots"),
        pytest.param("---\na: 1\n...\nx", id="FM-2 three dots and nothing else"),
        pytest.param('---\n{"a": 1}\n---', id="FM-4 JSON"),
    ],
)
def test_this_is_a_block_of_properties(text: str) -> None:
    assert read(text).properties.items == (("a", 1),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n---\na: [[x]]\n---\n", id="FM-1 a blank line above"),
        pytest.param(" ---\na: [[x]]\n---\n", id="FM-1 a space before"),
        pytest.param("----\na: [[x]]\n----\n", id="FM-1 four dashes"),
        pytest.param("---\na: [[x]]\n", id="FM-1 not closed"),
        pytest.param("---\na: [[x]]\n ---\n", id="FM-1 closed with a space before"),
        pytest.param("---\nb [[x]]\n...\n", id="FM-2 three dots below what is no block"),
    ],
)
def test_this_is_text(text: str) -> None:
    note = read(text)

    assert not note.properties
    assert [(link.path, link.kind) for link in note.links] == [("x", "wikilink")]


@pytest.mark.parametrize("inside", ["", "\n", "# only a comment\n"])
def test_an_empty_block_is_none_and_no_problem(inside: str) -> None:
    note = read(f"---\n{inside}---\n[[x]]")

    assert (note.properties.items, note.problems) == ((), ())
    assert [link.path for link in note.links] == ["x"]


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        pytest.param("a: [[x]]\nb: @c", 3, id="a reserved character"),
        pytest.param("tags:x [[x]]", 2, id="FM-3 a text, no mapping"),
        pytest.param("- [[x]]", 2, id="FM-3 a list, no mapping"),
        pytest.param("a: [[x]]\nb:\n\t- c", 4, id="a tab"),
        pytest.param("a: [[x]]\nb: {", 4, id="a bracket never closed"),
        pytest.param("a: [[x]]\nb: *c", 3, id="an alias"),
        pytest.param("a: [[x]]\nb: &c d", None, id="an anchor alone does no harm"),
    ],
)
def test_a_block_that_cannot_be_read_is_told_and_hides_no_link(inside: str, line: int | None) -> None:
    note = read(f"---\n{inside}\n---\n[[y]]")

    assert [problem.line for problem in note.problems] == ([line] if line else [])
    assert bool(note.properties) == (line is None)
    assert [(link.path, link.kind) for link in note.links] == [("x", "mention"), ("y", "wikilink")]
    assert note.words == 1


def test_the_problem_says_what_the_contract_promises() -> None:
    assert block("a: b: c").problems == (Problem(PATH, "properties are not valid YAML", 2),)


@pytest.mark.parametrize(
    ("inside", "items"),
    [
        pytest.param("a: 2024-07-21", (("a", "2024-07-21"),), id="FM-6 a date is text"),
        pytest.param("a: 2024-13-45", (("a", "2024-13-45"),), id="FM-6 even an impossible one"),
        pytest.param("a: true\nb: False", (("a", True), ("b", False)), id="FM-6 booleans"),
        pytest.param("a: yes\nb: on\nno: off", (("a", "yes"), ("b", "on"), ("no", "off")), id="FM-6 words are words"),
        pytest.param("a: 12:30\nb: 190:20:30", (("a", "12:30"), ("b", "190:20:30")), id="FM-6 times are text"),
        pytest.param("a: 010\nb: 1_000", (("a", "010"), ("b", "1_000")), id="FM-6 odd numbers are text"),
        pytest.param("a: 246\nb: -1.5\nc: 1e3", (("a", 246), ("b", -1.5), ("c", 1000.0)), id="FM-6 numbers"),
        pytest.param(f"a: {'9' * 5000}", (("a", "9" * 5000),), id="FM-6 a number without end is text"),
        pytest.param("a: .nan\nb: .inf\nc: 1e999", (("a", ".nan"), ("b", ".inf"), ("c", "1e999")), id="no number"),
        pytest.param("a:\nb: ~\nc: null", (("a", None), ("b", None), ("c", None)), id="nothing"),
        pytest.param("a: \"1\"\nb: 'true'", (("a", "1"), ("b", "true")), id="quoted is text"),
        pytest.param("a: [1, x]\nb:\n  - y\n  -", (("a", (1, "x")), ("b", ("y", None))), id="lists"),
        pytest.param("a: []", (("a", ()),), id="an empty list"),
        pytest.param("a: {b: 1, c: {d: 2}}", (("a.b", 1), ("a.c.d", 2)), id="FM-11 nested"),
        pytest.param("a:\n  - b: 1\n  - c", (("a", ("c",)), ("a.0.b", 1)), id="FM-11 nested in a list"),
        pytest.param("a: 1\na: 2", (("a", 1), ("a", 2)), id="FM-5 a key twice: both"),
        pytest.param("a: {{title}}\nb: 1", (("a", None), ("b", 1)), id="a template's placeholder"),
        pytest.param("a: !!python/object:x y", (("a", "y"),), id="a foreign tag is text"),
    ],
)
def test_values(inside: str, items: tuple[tuple[str, object], ...]) -> None:
    assert block(inside).properties.items == items


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        pytest.param('up: "[[a]]"', [("a", "property", 2)], id="FM-8 wholly a wikilink"),
        pytest.param("up: '[[a#h|b]]'", [("a", "property", 2)], id="FM-8 with heading and display text"),
        pytest.param(
            'x: 1\nup:\n  - "[[a]]"\n  - "[[b]]"', [("a", "property", 4), ("b", "property", 5)], id="FM-8 lists"
        ),
        pytest.param('aliases: "[[a]]"', [("a", "property", 2)], id="FM-8 in any key"),
        pytest.param('up: "[t](a%20b.md)"', [("a b.md", "property", 2)], id="FM-10 a Markdown link"),
        pytest.param('a: {b: ["[[c]]"]}', [("c", "property", 2)], id="FM-11 nested"),
        pytest.param('cover: "![[i.png]]"', [("i.png", "property", 2)], id="FM-12 an embed"),
        pytest.param('x: "see [[a]]"', [("a", "mention", 2)], id="FM-9 within a text"),
        pytest.param('x: "[[a]] [[b]]"', [("a", "mention", 2), ("b", "mention", 2)], id="FM-9 two"),
        pytest.param("x: [[a|b]]", [("a", "mention", 2)], id="FM-9 not quoted"),
        pytest.param("x:\n  - [[a, b]]", [("a, b", "mention", 3)], id="FM-9 not quoted, with a comma, in a list"),
        pytest.param("x: |\n  one\n  [[a]]", [("a", "mention", 4)], id="FM-9 in a long text"),
        pytest.param("x: obsidian://open?file=a%20b", [("a b", "uri", 2)], id="ML-12 a URI"),
        pytest.param('x: "[[a]]"\nx: "[[b]]"', [("a", "property", 2), ("b", "property", 3)], id="FM-5 a key twice"),
        pytest.param('"[[a]]": x', [], id="FM-12 a key"),
        pytest.param("x: 1\n# ...\ny: '[[a]]'", [("a", "property", 4)], id="FM-2 dots that end nothing"),
        pytest.param("x: a\ny: [b]\nz: '[t](https://e.org)'", [], id="no link"),
        pytest.param("# [[a]]\nx: 1", [], id="a comment"),
    ],
)
def test_links(inside: str, found: list[tuple[str, str, int]]) -> None:
    assert [(link.path, link.kind, link.line) for link in block(inside).links] == found


@pytest.mark.parametrize(
    ("inside", "tags"),
    [
        pytest.param("tags: [a, b/c]", ["a", "b/c"], id="FM-15 a list"),
        pytest.param("tags:\n- a\n- '#b'", ["a", "b"], id="FM-15 with a number sign"),
        pytest.param("tags: a", ["a"], id="FM-15 one text"),
        pytest.param("TAGS: a\nTags: [b]", ["a", "b"], id="FM-7 in any case"),
        pytest.param("tags: a\ntags: b", ["a", "b"], id="FM-5 twice"),
        pytest.param("tags: [A, a]", ["A"], id="TG-7 once"),
        pytest.param("tags: a, b", [], id="FM-15 a text with commas"),
        pytest.param("tags: a b", [], id="FM-15 a text with blanks"),
        pytest.param("tags: [2024, ~, a b, 1.5, '#']", [], id="FM-15 entries that are no tags"),
        pytest.param("tags:\nx: 1", [], id="FM-15 empty"),
        pytest.param("tag: a", [], id="FM-7 the singular"),
        pytest.param("x:\n  tags: a", [], id="FM-15 nested"),
    ],
)
def test_tags(inside: str, tags: list[str]) -> None:
    assert list(block(inside).tags) == tags


@pytest.mark.parametrize(
    ("inside", "aliases"),
    [
        pytest.param("aliases: [a, b]", ["a", "b"], id="FM-13 a list"),
        pytest.param("ALIASES: a, b", ["a, b"], id="FM-13 one text, commas and all"),
        pytest.param("aliases: [1, ~, [x], '', c]", ["1", "c"], id="FM-13 numbers as text, no nothing, nothing nested"),
        pytest.param("alias: a", [], id="FM-7 the singular"),
        pytest.param("aliases:", [], id="FM-13 empty"),
    ],
)
def test_aliases(inside: str, aliases: list[str]) -> None:
    assert list(block(inside).aliases) == aliases


def test_tags_of_the_properties_come_first() -> None:
    assert read("---\ntags: [b]\n---\n#a #B").tags == ("b", "a")

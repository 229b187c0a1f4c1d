"""What the text of a note holds, rule by rule."""

import pytest

from vaultprune.model import Note, NotePath
from vaultprune.parse import parse_note


def read(text: str) -> Note:
    return parse_note(NotePath("n.md"), text.encode())


def links(text: str) -> list[tuple[str, str]]:
    return [(link.kind, link.path) for link in read(text).links]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("[[a]] ![[b]]", [("wikilink", "a"), ("embed", "b")], id="WL-1 WL-6"),
        pytest.param(
            "|a|b|\n|-|-|\n|[[t\\|x]]|y|", [("wikilink", "t")], id="WL-7 a backslash before the pipe in a table"
        ),
        pytest.param(r"[[t\|x]]", [("wikilink", "t")], id="WL-8 the same outside a table"),
        pytest.param("|a|b|\n|-|-|\n|[[t|x]]|y|", [("wikilink", "t")], id="WL-8 a bare pipe in a table"),
        pytest.param("|a|\n|-|\n|y|[[t]]|", [("wikilink", "t")], id="a cell beyond the last column"),
        pytest.param("\\[[[a]]", [("wikilink", "a")], id="WL-14 an escaped bracket before a link"),
        pytest.param("\\\\[[a]]", [("wikilink", "a")], id="WL-14 an escaped backslash before a link"),
        pytest.param("# h [[a]]\n\nx [[b]]\n===\n", [("wikilink", "a"), ("wikilink", "b")], id="WL-20 headings"),
        pytest.param("- [ ] [[a]]\n\t- [[b]]", [("wikilink", "a"), ("wikilink", "b")], id="WL-19 lists"),
        pytest.param("> [!note] [[a]]\n> [[b]]", [("wikilink", "a"), ("wikilink", "b")], id="WL-19 a callout"),
        pytest.param("x[^1]\n\n[^1]: [[a]]\n\n    [[b]]", [("wikilink", "a"), ("wikilink", "b")], id="TK-4 a footnote"),
        pytest.param("**[[a]]** <br>[[b]]", [("wikilink", "a"), ("wikilink", "b")], id="WL-19 emphasis, behind HTML"),
        pytest.param("[x [[a]]](b.md)", [("markdown", "b.md"), ("wikilink", "a")], id="WL-19 a link in a link"),
        pytest.param("[[1]](b.md)", [("wikilink", "1"), ("markdown", "b.md")], id="brackets in brackets are both"),
        pytest.param("[t](My%20Note.md#h) ![i](p.png)", [("markdown", "My Note.md"), ("image", "p.png")], id="ML-1"),
        pytest.param("[](a)", [("markdown", "a")], id="ML-7 a link without text"),
        pytest.param("[![a](i.png)](n.md)", [("markdown", "n.md"), ("image", "i.png")], id="ML-13 an image in a link"),
        pytest.param("[t][r] [r][] [R]\n\n[r]: a.md", [("reference", "a.md")] * 3, id="ML-10 each use"),
        pytest.param("[r]: a.md", [("reference", "a.md")], id="ML-10 a definition that nothing uses"),
        pytest.param("[key]: [[a]]", [("wikilink", "a")], id="ML-10 a wikilink is no definition"),
        pytest.param('x <a href="a.md">y</a>', [("html", "a.md")], id="ML-11 an HTML link"),
        pytest.param('<div>\n<img src="i.png">\n</div>', [("html", "i.png")], id="ML-11 an image in an HTML block"),
        pytest.param("see obsidian://open?file=a%20b.", [("uri", "a b.")], id="ML-12 a URI in the text"),
        pytest.param("<obsidian://open?file=a>", [("uri", "a")], id="ML-12 a URI in angle brackets"),
        pytest.param("[t](obsidian://open?vault=V&file=a)", [("uri", "a")], id="ML-12 a URI as a destination"),
        pytest.param('<a href="obsidian://open?vault=V&amp;file=a">x</a> y', [("uri", "a")], id="ML-12 a URI in HTML"),
        pytest.param(
            '<div>\n<a href="obsidian://open?file=a">x</a>', [("uri", "a")], id="ML-12 a URI in an HTML block"
        ),
        pytest.param("```\nx\n```\n[[a]]", [("wikilink", "a")], id="NC-1 behind a fence"),
        pytest.param("````\n```\n````\n[[a]]", [("wikilink", "a")], id="NC-1 a shorter fence closes nothing"),
        pytest.param("```\nx\n``` y\n```\n[[a]]", [("wikilink", "a")], id="NC-1 a fence with text closes nothing"),
        pytest.param("- x\n  ```\n  y\n  ```\n  [[a]]", [("wikilink", "a")], id="NC-1 behind a fence in a list"),
        pytest.param("> ```\n> x\n\n[[a]]", [("wikilink", "a")], id="NC-1 a fence ends with its quote"),
        pytest.param("``a` [[x]]", [("wikilink", "x")], id="NC-2 backticks without a partner"),
        pytest.param("p\n    [[a]]", [("wikilink", "a")], id="NC-3 indented, but the paragraph goes on"),
        pytest.param("- x\n\n    [[a]]", [("wikilink", "a")], id="NC-3 indented, but in a list"),
        pytest.param("<!-- x -->\n[[a]]", [("wikilink", "a")], id="NC-4 behind a comment's line"),
        pytest.param("<div>\n\n[[a]]\n\n</div>", [("wikilink", "a")], id="NC-5 a blank line ends the HTML block"),
        pytest.param("a <b>[[x]]</b>", [("wikilink", "x")], id="NC-6 between inline tags"),
        pytest.param("$5 [[a]] and $6", [("wikilink", "a")], id="NC-7 prices are no mathematics"),
        pytest.param("$ [[a]] $", [("wikilink", "a")], id="NC-7 blanks inside"),
        pytest.param(
            "%%[[a]]%%\n\n%%\n[[b]]\n%%", [("wikilink", "a"), ("wikilink", "b")], id="NC-9 the app's comments"
        ),
        pytest.param("key:: [[a]]\n[key:: [[b]]]", [("wikilink", "a"), ("wikilink", "b")], id="NC-11 inline fields"),
        pytest.param("<% [[a]] %>\n{{title}} [[b]]", [("wikilink", "a"), ("wikilink", "b")], id="NC-12 templates"),
    ],
)
def test_this_is_a_link(text: str, found: list[tuple[str, str]]) -> None:
    assert links(text) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[[]] [x]() []()", id="WL-10 ML-7 empty"),
        pytest.param(r"\[\[a\]\] \[[a]]", id="WL-14 NC-8 escaped"),
        pytest.param("[t](My Note.md)", id="ML-3 a bare space"),
        pytest.param("[t](https://e.org) [m](mailto:a@b.c) <https://e.org>", id="ML-9 ML-11 external"),
        pytest.param("x[^1] [^2]\n\n[^1]: a", id="TK-4 a footnote's own mark"),
        pytest.param("```\n[[a]]\n```", id="NC-1 a fence"),
        pytest.param("~~~ x\n[[a]]", id="NC-1 a fence that is not closed"),
        pytest.param("- x\n  ```\n  [[a]]\n  ```", id="NC-1 a fence in a list"),
        pytest.param("> ```\n> [[a]]\n> ```", id="NC-1 a fence in a quote"),
        pytest.param("`[[a]]` ``[[a]] ` x``", id="NC-2 inline code"),
        pytest.param("x\n\n    [[a]]\n\n\t[[a]]", id="NC-3 indented code"),
        pytest.param("    [[a]]", id="NC-3 indented code at the start"),
        pytest.param("x <!-- [[a]] -->\n\n<!--\n[[a]]\n-->\n\n<!-- --> [[a]]", id="NC-4 HTML comments"),
        pytest.param("<div>\n[[a]]\n</div>", id="NC-5 an HTML block"),
        pytest.param("$[[a]]$ $$[[a]]$$\n\n$$\n[[a]]\n\n[[a]]\n$$", id="NC-7 mathematics"),
        pytest.param("text\n$$\n[[a]]\n$$", id="NC-7 mathematics behind a paragraph"),
        pytest.param("```dataview\nLIST FROM [[a]]\n```", id="NC-10 blocks of plugins"),
        pytest.param("`= [[a]].x`", id="NC-11 inline Dataview"),
        pytest.param('<!-- <a href="a.md"> -->', id="ML-11 NC-4 an HTML link in a comment"),
        pytest.param("`obsidian://open?file=a`", id="ML-12 NC-2 a URI in code"),
    ],
)
def test_this_is_no_link(text: str) -> None:
    assert links(text) == []


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        pytest.param("#a\n x #b\t#c", ["a", "b", "c"], id="TG-3 at the start of a line, behind white space"),
        pytest.param("x\u00a0#a\u3000#b", ["a", "b"], id="TG-3 wide and unbreakable spaces"),
        pytest.param("#a#b #c/#d", ["a", "b", "c", "d"], id="TG-4 behind another tag"),
        pytest.param(r"\[#b", ["b"], id="TG-4 behind an escape"),
        pytest.param("_#b_ *#c* **#d** ~~#e~~", ["b", "c", "d", "e"], id="TG-4 behind an emphasis mark"),
        pytest.param("|a|b|\n|-|-|\n|#c|x|", ["c"], id="TG-4 behind the pipe of a table"),
        pytest.param("# h #a\n\n- #b\n\n> #c", ["a", "b", "c"], id="TG-9 heading, list, quote"),
        pytest.param("%% #a %%", ["a"], id="NC-9 the app's comments"),
        pytest.param("[see #x](u) [[a#h|#y]]", ["x"], id="NC-14 the text of a Markdown link"),
        pytest.param("<b>#x</b> y", ["x"], id="NC-6 behind an inline tag"),
        pytest.param("#A #a #B", ["A", "B"], id="TG-7 once, as first spelt"),
    ],
)
def test_this_is_a_tag(text: str, tags: list[str]) -> None:
    assert list(read(text).tags) == tags


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('a#b (#b) "#b" .#b —#b ,#b [#b](u) 1#b', id="TG-3 behind another character"),
        pytest.param("*#b\n\na_#b_c\n\nx*#b*y", id="TG-4 a mark that marks nothing"),
        pytest.param("a#b#c", id="TG-4 a chain whose first is blocked"),
        pytest.param("# b\n\n##b\n\n#\n\n#1984", id="TG-2 TG-5 no tag at all"),
        pytest.param(r"\#tag", id="NC-8 escaped"),
        pytest.param("`#a` $#a$ <!-- #a --> x", id="section 4 code, mathematics, comments"),
        pytest.param("<p>#a</p>", id="TG-9 in an HTML block"),
        pytest.param("[[a#h]] [x](a.md#h) https://e.org/#f <https://e.org/#g>", id="NC-14 headings and fragments"),
        pytest.param("[[a]]#b `x`#b %%#b%% <!-- x -->#b", id="TG-3 behind a link, code, a comment"),
    ],
)
def test_this_is_no_tag(text: str) -> None:
    assert read(text).tags == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("- [ ] a\n* [ ] b\n+ [ ] c\n1. [ ] d\n\n2) [ ] e", [1, 2, 3, 4, 6], id="TK-1 every marker"),
        pytest.param("- [ ] a\n\t- [ ] b\n\n> - [ ] c", [1, 2, 4], id="TK-1 nested, in a quote"),
        pytest.param("- [ ]", [1], id="TK-1 without a word"),
        pytest.param("%% x %%\n- [ ] a", [2], id="NC-9 behind an inline comment"),
        pytest.param("%%\n- [ ] a", [2], id="NC-9 a comment that is never closed"),
        pytest.param("- [ ] a | b\n--- | ---\n", [1], id="TK-1 above dashes that make a table of it"),
        pytest.param("x\n\n- [ ] a | b\n    --- | ---\n  c | d\n", [3], id="TK-1 a table within the item"),
        pytest.param("> 1. - [ ] a | b\n>    --- | ---\n", [1], id="TK-1 a table, nested and in a quote"),
        pytest.param("[ ] a | b\n--- | ---\n\n- [x] a | b\n--- | ---\n", [], id="TK-1 a table and no open task"),
        pytest.param("- [x] a\n- [-] b\n- [/] c\n- [>] d", [], id="TK-1 any other character"),
        pytest.param("[ ] a\n\n- a [ ] b\n- [ ]a\n- [ ](u)\n- # [ ] a", [], id="TK-1 not at the start of a list item"),
        pytest.param("```\n- [ ] a\n```\n\n<!--\n- [ ] b\n-->", [], id="TK-1 code and comments"),
        pytest.param("%%\n- [ ] a\n%%\n\n%% x\n- [ ] b\n%%", [], id="NC-9 in a block of the app's comments"),
    ],
)
def test_open_tasks(text: str, lines: list[int]) -> None:
    assert list(read(text).open_tasks) == lines


def test_links_stand_in_the_order_of_the_note_with_their_lines() -> None:
    text = (
        '---\nup: "[[p]]"\n---\n[r] x\n[[a]] [b](b.md)\n\n- [[c]]\n  [[d]]\n\n'
        "|x|\n|-|\n|[[e]]|\n\n<div>\n<a href='f.md'>\n</div>\n\n[r]: g.md\n[s]: h.md\n"
    )

    assert [(link.path, link.line) for link in read(text).links] == [
        ("p", 2),
        ("g.md", 4),
        ("a", 5),
        ("b.md", 5),
        ("c", 7),
        ("d", 8),
        ("e", 12),
        ("f.md", 15),
        ("h.md", 19),
    ]


def test_a_drawing_is_read_like_any_note() -> None:
    text = (
        "---\nexcalidraw-plugin: parsed\n---\n# Excalidraw Data\n## Text Elements\n[[a]] ^x1\n\n"
        "## Element Links\nx2: [[b]]\n\n## Embedded Files\nx3: [[c.png]]\n\n%%\n## Drawing\n```json\n"
        '{"x": "[[no]]"}\n```\n%%'
    )

    assert [link.path for link in read(text).links] == ["a", "b", "c.png"]


def test_words_are_those_below_the_properties() -> None:
    assert read("---\na: b c d\n---\none two\n\nthree").words == 3


def test_a_digest_does_not_see_outer_blanks_or_line_ends() -> None:
    one = read("---\na: b\n---\n\ntext\n\nmore\n")

    assert one.body_digest == read("text\r\n\r\nmore").body_digest
    assert one.body_digest != read("text\nmore").body_digest

"""The quick reading says what the full one says, or nothing: on documents made of what is ambiguous, and on vaults."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultprune.model import NotePath
from vaultprune.parse import frontmatter_block, lexer, parse_in_full, parse_note, properties
from vaultprune.parse.lexer import simple_block
from vaultprune.parse.text import decode

PATH = NotePath("n.md")

PIECES = """
[[a]] | [[b\\|c]] | ![[d]] | [[ | [ | ] | ](e.md) | [t](f.md) | ![i](g.png) | [x](h.md "t") | (j) | ` | `` | ``` |
~~~ | #t | #u#v | # | _#x_ | **#y** | * | _ | ~~ | == | $ | $$ | $x$ | \\ | \\[ | \\# | %% | <!-- | --> | <br> | </b> |
<div> | </div> | <a href="k.md"> | <https://m.n> | < |
> | - [ ]| [ ] | \\| | |---|---| | |-| | --- | === | ## | text | word |
日本 | 12 | [^1] | [^1]: | [r]: | : | ! | &amp; | obsidian://open?file=q | " | ' | <? | <x@y.z> | $5 | a_b | 1. | + |
> [!note] | ```dataview | FROM "x" | [[a|b]] | {{d}} | key:: """.replace("\n", " ").split(" | ")
WHITE = ["\n", "\n\n", " ", "  ", "    ", "\t", "\n    ", "\n\t", "\n- ", "\n  - ", "\n> ", "\n1. ", "\n  ", "", "|"]
DEFINITIONS = [
    *("[r]", "![x][r]", "[x][R]", "[r][]", "[ [r] ][x]", "[x]: u.md\n[R]: v.md 't'", "[x #t\ny][r]", "[x][r][x](w.md)"),
    *("- [r]\n- x][r]", "| a | b |\n|---|---|\n| [r] | [x\\|y][r] |", "```\n\n[x]: u.md\n\n```", "<!--", "[x]:"),
]
LINES = [
    *("---", "tags: [a, #b]", "tags: x", "- c", "  - d", 'up: "[[a]]"', "k: [[b]]", "n: 1.50", "e:", "aliases:"),
    *("...", "q: 'x'", "d: 2024-01-01", "a: b: c", "t: {{d}}", "", "x: # y", "y: a #b", "f: [p, q]"),
    *("z: http://x.y", "- [[g]]", "\tx", "TAGS: y z", "# h: i", "#", "  k: v", "  e:", "    - d", "  f: [p, 'q']"),
    *("s: |", "  s: >-", "k: >", "  x [[y]]", "   z", "    ", "  # c", "f: {a: 1, b: '[[c]]'}", "q: 'it''s'", "- -1"),
    *("v: 📅 [x](y.md)", "-", "{}", "p: \xa0", "  tags:", "u: -1e3", "- 'a'", " - [p]", "s: |+", "o: {}", "k: |-"),
]

bodies = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(WHITE)), max_size=14).map(
    lambda pairs: "".join(piece + white for piece, white in pairs)
)
blocks = st.lists(st.sampled_from(LINES), max_size=7).map(lambda lines: "---\n" + "\n".join(lines) + "\n---\n")


def say_the_same(text: str) -> None:
    data = text.encode()
    quick = lexer.lex_note(PATH, decode(data))

    assert quick is None or quick == parse_in_full(PATH, data)


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(bodies)
def test_of_a_body_both_readings_say_the_same(body: str) -> None:
    say_the_same(body)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("a <b>[[x]]</b>#t <b>#u </b> #v", id="tags that name nothing"),
        pytest.param("a </b c='[[x]]'> </b/> <b c='[[y]]'> <b c=\"#t\" />", id="tags with something in them"),
        pytest.param("1) <b>[[x]]\n\n- <div>[[y]]</div>\n\na. <b>[[z]]", id="tags behind markers"),
        pytest.param("<span c='d'>[[x]]</span>\n\n<span>\n[[y]]\n\n<span>#t</span>", id="tags at the margin"),
        pytest.param("$5 [[x]] $6 #t $a [[y]]$ $ [[z]]$ $b $[[w]]$7", id="dollars"),
        pytest.param("$a \\$ [[x]]$ [[y]] $\\$ #t", id="dollars behind backslashes"),
        pytest.param("`a` b ![[x]]`c` `[[y]]` d ``e` `f` #t `g`#u", id="code in a row"),
        pytest.param("[[x]](y.md) ![[x]](y.md) [[x]] (y.md) `a`![[z]]", id="wikilinks and parentheses"),
    ],
)
def test_what_is_skipped_whole_reads_the_same(line: str) -> None:
    for text in (line, f"{line}\n\n[r]: s.md", f"{line}\n\n> {line}", f"{line} <obsidian://open?file=q>"):
        assert lexer.lex_note(PATH, decode(text.encode())) == parse_in_full(PATH, text.encode())


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.lists(bodies | st.sampled_from(DEFINITIONS), min_size=2, max_size=5))
def test_of_reference_links_both_readings_say_the_same(parts: list[str]) -> None:
    say_the_same("\n\n[r]: s.md\n\n".join(parts))


@settings(max_examples=500, deadline=None, derandomize=True)
@given(blocks, bodies)
def test_of_a_whole_note_both_readings_say_the_same(block: str, body: str) -> None:
    say_the_same(block + body)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_of_any_text_both_readings_say_the_same(text: str) -> None:
    say_the_same(text)


@settings(max_examples=3000, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from([*LINES, "a", ": ", "|", ">", "}", "{", "- ", "[", "]", "'", '"', "\u2028", "\x85", "é"]),
        max_size=7,
    )
)
def test_of_a_block_both_readings_say_the_same(lines: list[str]) -> None:
    block = "\n".join(lines) + "\n"
    quick = simple_block.read(block)

    assert quick is None or quick == properties.read(block, frontmatter_block.load)


@pytest.mark.parametrize(
    "block",
    [
        pytest.param("", id="nothing"),
        pytest.param("{}\n", id="nothing, as programs write it"),
        pytest.param("# c\n\na: 1\n   \n  # d\nb: -2.5\n", id="comments and blank lines"),
        pytest.param("a: 📅 21\nb: <% x %>\nc: .d\ne: 'it''s'\nf: \"g # h\"\n", id="values that begin with a sign"),
        pytest.param("a: 2024-05-06\nb: yes\nc: null\nd: ~\ne: 007\nf: http://x.y/#z\n", id="plain values"),
        pytest.param("tags: [a, \"b\", 'c d']\naliases: []\nk: [ 1, true ]\n", id="lists in brackets"),
        pytest.param("Tags:\n- a\n- '#b'\n- c d\n-\naliases:\n    - e, f\n    - 12\n", id="lists of entries"),
        pytest.param(
            "m:\n  r: 4\n  s: {n: web, ok: true}\n  t:\n  - a\n  - b\n  u:\nv: {}\n", id="a mapping in a mapping"
        ),
        pytest.param("m:\n  tags: [a]\n  aliases:\n    - b\n", id="tags of a mapping are no tags"),
        pytest.param(
            "up: '[[a]]'\nm:\n  k: x [[b]] [c](d.md)\nl:\n- '[[e|f]]'\n- obsidian://open?file=g\n", id="links"
        ),
        pytest.param("s: |\n  a [t](x.md)\n\n    [[b]]: c\n  # d\n\nk: >-\n e\n f\n", id="texts of several lines"),
        pytest.param("m:\n  s: |-\n    - a\n  t: >\n    b\ntags: |\n  c\n", id="texts in a mapping"),
    ],
)
def test_the_quick_reading_takes_on_a_block(block: str) -> None:
    quick = simple_block.read(block)

    assert quick is not None
    assert quick == properties.read(block, frontmatter_block.load)


@pytest.mark.parametrize(
    "block",
    [
        pytest.param("a: *b\n", id="an alias"),
        pytest.param("a: &b c\n", id="an anchor"),
        pytest.param("a: b\n  c\n", id="a value that goes on"),
        pytest.param("a:\n- b: c\n", id="a mapping in a list"),
        pytest.param("a:\n  b: c\n - d\n", id="an entry that belongs nowhere"),
        pytest.param("a:\n - b\n  c: d\n", id="a key below a list"),
        pytest.param("a: |\n\n  b\n", id="a text that begins with a blank line"),
        pytest.param("a: |+\n  b\n\n", id="a text that keeps its blank lines"),
        pytest.param("a: >\n  b\n\n  c\n", id="a folded text of two paragraphs"),
        pytest.param("a: |\n  b\n c\n", id="a text that breaks off"),
        pytest.param("a: [[b]]\n", id="a link without quotes"),
        pytest.param("...\na: b\n", id="the end of a document"),
        pytest.param("a: |", id="a text that is not there"),
        pytest.param("a: |\n  b", id="a last line without an end"),
    ],
)
def test_the_quick_reading_declines_a_block(block: str) -> None:
    assert simple_block.read(block) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- a\n    - [ ] [[b]]\n\n\t- c [d](e.md)\n", id="nested lists"),
        pytest.param(
            "- a\n  ```\n  [[no]]\n  ```\n\n> ~~~\n> [[no]]\n> ~~~\n> [[b]]\n", id="fences in lists and quotes"
        ),
        pytest.param("x\n\n    [[no]]\n\ny [[b]]\n", id="indented code"),
        pytest.param("<div>\n[[no]]\n\n[[a]] <b>#t</b> <!-- [[no]] -->\n", id="raw HTML"),
        pytest.param("$$\n[[no]]\n$$ [[a]]\n\n$x$ $5 [[b]]\n", id="mathematics"),
        pytest.param("|a|b|\n|-|-|\n|[[c\\|d]]|`x|y`|\n", id="tables"),
        pytest.param("%%\n- [ ] x\n%%\n- [ ] y\n", id="comments"),
        pytest.param("[r] ![x][r] [[a]][s] [x][]\n\n[R]: a.md\n[s]: b.md 't'\n\n[t]: c.md", id="reference links"),
        pytest.param("[t\n[b `x`](c.md) u](d.md)\n", id="a link in a link, at the beginning of a line"),
        pytest.param("- [[a]] [b](c.md)\n" * 3000, id="a long list"),
        pytest.param("a ` b\n" * 3000, id="marks of code in a long paragraph"),
        pytest.param("a\n\n    [[no]]\n\n" * 1000, id="code by indentation, many times"),
        pytest.param("x\n\n    [[no]]\n\n> a | b\n> -- | --\n> [[c\\|d]] | e\n\n[[f]]\n", id="a table in a quote"),
        pytest.param("- a\n\n  | b | c |\n  |---|---|\n  | #t | [[d\\|e]] |\n", id="a table in a list"),
        pytest.param("1. a\n  1. b\n    - [[c]]\n\nd\n", id="a list indented by too little"),
        pytest.param(
            "|a|b|\n|-|-|\n|c|d|\n\n1. a\n  1. b\n    - [[c]]\n", id="a list indented by too little, beside a table"
        ),
        pytest.param("> a\n    - [[b]]\n", id="an indented entry that goes on with the text of a quote"),
        pytest.param(
            '- a\n\n  ```dataview\n  LIST FROM "b"\n  ```\n\n> ```tasks\n> path includes c\n> ```\n', id="queries"
        ),
        pytest.param("a [^1] | b\n\n[^1]: **c** [[d]]\n[^2]: `e`\n    [[f]]\n", id="footnotes that begin with a mark"),
        pytest.param("- [^1]: [ ] [[a]]\n", id="a task in a footnote in a list"),
        pytest.param("[r] [[a]]\n\n|b|c|\n|-|-|\n|[r]|[[d]]|\n\n[r]: e.md\n", id="reference links beside a table"),
        pytest.param("<!-- [[no]] -->\n<!--\n- [ ] no\n--> [[no]]\n[[a]] <!-- #no --> #b\n", id="comments in HTML"),
        pytest.param("#t [x\n    y](a.md)\n", id="a label that goes on below a line that is no heading"),
        pytest.param("[a [b](c.md)](d.md) [[e]](f.md) obsidian://open?file=g\n", id="links in links"),
    ],
)
def test_the_quick_reading_takes_on(text: str) -> None:
    quick = lexer.lex_note(PATH, decode(text.encode()))

    assert quick is not None
    assert quick == parse_in_full(PATH, text.encode())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[r]\n\n> [r]: a.md", id="a label that is defined in a quote"),
        pytest.param("- > [r]: u.md\n\n[r]", id="a label that is defined in a quote in a list"),
        pytest.param("[^1]: " * 300 + "[[a]]", id="footnotes without end"),
        pytest.param("a\n\n>   \t- [[no]]\n\n[[b]]\n", id="code in a quote behind blanks and a tab"),
        pytest.param("a *#b*", id="a tag behind an emphasis mark"),
        pytest.param(">" * 600 + " [[a]]", id="quotes without end"),
    ],
)
def test_the_quick_reading_declines(text: str) -> None:
    assert lexer.lex_note(PATH, decode(text.encode())) is None
    assert parse_note(PATH, text.encode()) == parse_in_full(PATH, text.encode())


def vault_notes() -> Iterator[Path]:
    corpus = os.environ.get("VAULTPRUNE_CORPUS")
    if corpus:
        yield from (path for path in sorted(Path(corpus).rglob("*.md")) if path.is_file())


def test_of_every_note_of_real_vaults_both_readings_say_the_same() -> None:
    read = declined = 0
    differ = []
    for path in vault_notes():
        data = path.read_bytes()
        quick = lexer.lex_note(PATH, decode(data))
        read += 1
        if quick is None:
            declined += 1
        elif quick != parse_in_full(PATH, data):
            differ.append(path.name)
    if not read:
        pytest.skip("set VAULTPRUNE_CORPUS to a folder of vaults to compare both readings on real notes")

    assert not differ
    assert declined <= read * 0.02, f"{declined} of {read} notes are too much for the quick reading"

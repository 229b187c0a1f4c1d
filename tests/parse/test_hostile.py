"""Notes that nobody wrote for reading: they finish, raise nothing, and hide no link that stands in plain sight."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultprune.model import NotePath
from vaultprune.parse import parse_base, parse_canvas, parse_note

PATH = NotePath("x.md")

MERGE_BOMB = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40))
LIST_BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))

YAML = {
    "merge bomb": MERGE_BOMB,
    "list bomb": LIST_BOMB,
    "cycle": "a: &a [*a]",
    "mapping cycle": "&a a: *a",
    "brackets 100": "a: " + "[" * 100,
    "brackets 65536": "a: " + "[" * 65_536,
    "brackets 1000000": "a: " + "[" * 1_000_000,
    "closed brackets": "a: " + "[" * 500 + "]" * 500,
    "braces": "a: " + "{" * 60_000,
    "braces with keys": "a: " + "{b: " * 15_000,
    "dashes": "- " * 30_000,
    "indents": "\n".join(" " * n + "a:" for n in range(300)),
    "questions": "? " * 30_000,
    "many keys": "\n".join(f"k{n}: v" for n in range(6000)),
    "many items": "a: [" + "x," * 30_000 + "]",
    "long line": "a: " + "x" * 70_000,
    "long key": "x" * 60_000 + ": a",
    "long quote": 'a: "' + "\\n" * 30_000,
    "unclosed quote": "a: 'b",
    "huge number": "a: " + "9" * 60_000,
    "huge float": "a: 1e" + "9" * 60_000,
    "long digits float": "a: " + "1" * 30_000 + "." + "1" * 30_000,
    "sexagesimal": "a: " + ":".join(["59"] * 10_000),
    "impossible date": "a: 2024-13-45\nb: 2024-02-30T25:61:61Z",
    "python object": "a: !!python/object/apply:os.system ['true']",
    "binary": "a: !!binary x",
    "local tag": "a: !b c",
    "directive": "%YAML 9.9\na: b",
    "tag directive": "%TAG ! tag:x,2000:\na: b",
    "control characters": "a: \x01\x02",
    "nul": "a: \0",
    "noncharacter": "a: \ufffe\uffff",
    "next line": "a: b\x85c: d\u2028e: f",
    "bom within": "a: \ufeffb",
    "tabs": "a:\n\t- b",
    "merge key": "<<: {a: b}",
    "merge scalar": "<<: a",
    "template": "a: {{date:YYYY-MM-DD}}\n{{title}}: b",
    "documents": "a: b\n--- c\n--- d",
    "anchors": "".join(f"&a{n} k{n}: v\n" for n in range(2000)),
}


@pytest.mark.parametrize("name", sorted(YAML))
def test_no_block_of_properties_does_harm(name: str) -> None:
    block = f"[[a]]\n{YAML[name]}\n"
    note = parse_note(PATH, f"---\n{YAML[name]}\n---\n[[x]]\n".encode())
    parse_note(PATH, f"---\n{block}---\n".encode())
    parse_base(PATH, YAML[name].encode())

    assert ("x", "wikilink") in [(link.path, link.kind) for link in note.links]


def test_there_are_forty_such_blocks() -> None:
    assert len(YAML) == 40


BODIES = {
    "brackets 100": "[" * 100,
    "brackets 65536": "[" * 65_536,
    "brackets 1000000": "[" * 1_000_000,
    "brackets and a tail": "[" * 50_000 + "](a",
    "pairs of brackets": "[a](" * 20_000,
    "labels": "[a][" * 20_000 + "\n\n[a]: b",
    "wikilinks never closed": "[[a" * 30_000,
    "embeds": "![[" * 30_000,
    "quotes": ">" * 100_000,
    "quotes on many lines": (">" * 300 + "\n") * 300,
    "list bomb": "- " * 50_000,
    "numbered bomb": "1. " * 30_000,
    "quotes and lists": "> - " * 20_000,
    "emphasis": "*a_" * 20_000,
    "stars": "*" * 60_000,
    "underscores between letters": "a_" * 40_000,
    "strikes": "~~a" * 20_000,
    "backticks": "".join("`" * n + " " for n in range(1, 400)),
    "angle brackets": "<a " * 30_000,
    "comments never closed": "x <!-- " * 15_000,
    "instructions never closed": "x <? " * 20_000,
    "attributes": "<a b='" * 15_000,
    "dollars": "$a " * 30_000,
    "double dollars": "$$a\n" * 20_000 + "x",
    "tags": "#" * 60_000,
    "chain of tags": "#a" * 30_000,
    "percents": "%%\n" * 30_000,
    "table": "|" * 3000 + "\n" + "|-" * 3000 + "\n" + "|a\n" * 3000,
    "table of pipes": "a|b\n-|-\n" + "[[a|" * 20_000,
    "definitions": "".join(f"[a{n}]: b\n" for n in range(10_000)),
    "footnotes": "".join(f"[^{n}]: " for n in range(3000)),
    "entities": "&#" * 40_000,
    "backslashes": "\\" * 80_001,
    "headings": "a\n=\n" * 10_000,
    "addresses": "obsidian://(" * 8000,
    "one long line": "a" * 3_000_000,
    "many lines": "a\n" * 60_000,
    "many blank lines": "\n" * 500_000,
}


@pytest.mark.parametrize("name", sorted(BODIES))
def test_no_text_does_harm_and_the_link_below_it_is_seen(name: str) -> None:
    note = parse_note(PATH, f"{BODIES[name]}\n\n\n# [[x]]\n".encode())

    assert "x" in [link.path for link in note.links]


def test_a_list_nested_two_hundred_deep_is_read_to_its_end() -> None:
    text = "".join(f"{'  ' * depth}- [[n{depth}]] `[[no]]`\n" for depth in range(200))

    note = parse_note(PATH, text.encode())

    assert [link.path for link in note.links] == [f"n{depth}" for depth in range(200)]
    assert note.problems == ()


def test_what_is_nested_without_end_is_searched_and_said() -> None:
    note = parse_note(PATH, (">" * 5000 + " [[x]] #t\n- [ ] y").encode())

    assert [link.path for link in note.links] == ["x"]
    assert (note.tags, note.open_tasks) == (("t",), (2,))
    assert [problem.what for problem in note.problems] == [
        "nested too deeply to read in full; its links were only looked for"
    ]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_raise(data: bytes) -> None:
    parse_note(PATH, data)
    parse_note(PATH, b"---\n" + data + b"\n---\n" + data)
    parse_canvas(PATH, data)
    parse_base(PATH, data)

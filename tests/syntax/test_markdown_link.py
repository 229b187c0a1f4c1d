import pytest

from vaultprune.syntax import markdown_link
from vaultprune.syntax.target import Target, decode_component, decode_uri


def named(tail: str) -> Target | None:
    found = markdown_link.TAIL.fullmatch(tail)
    return markdown_link.target(markdown_link.destination(found)) if found else None


@pytest.mark.parametrize(
    ("tail", "target"),
    [
        pytest.param("(note)", Target("note", "note"), id="ML-2 without extension"),
        pytest.param("(My%20Note.md)", Target("My%20Note.md", "My Note.md"), id="ML-3 a space encoded"),
        pytest.param("(<My Note.md>)", Target("My Note.md", "My Note.md"), id="ML-3 a space in angle brackets"),
        pytest.param('(a.md "t")', Target("a.md", "a.md"), id="ML-4 a title"),
        pytest.param("(a.md 't')", Target("a.md", "a.md"), id="ML-4 a title in single quotes"),
        pytest.param("(a.md (t))", Target("a.md", "a.md"), id="ML-4 a title in parentheses"),
        pytest.param("(a%23b.md)", Target("a%23b.md", "a%23b.md"), id="ML-5 reserved sequences stay"),
        pytest.param("(%C3%BC.md)", Target("%C3%BC.md", "ü.md"), id="ML-5 UTF-8 sequences are decoded"),
        pytest.param("(100%)", Target("100%", "100%"), id="ML-5 broken: stays undecoded"),
        pytest.param("(a%20b%FF)", Target("a%20b%FF", "a%20b%FF"), id="ML-5 no UTF-8: stays undecoded"),
        pytest.param("(#h)", Target("", ""), id="ML-6 the note itself"),
        pytest.param("(a.md#h)", Target("a.md", "a.md"), id="ML-6 a heading"),
        pytest.param("(example.org)", Target("example.org", "example.org"), id="ML-9 without scheme it is internal"),
        pytest.param("(a(b).md)", Target("a(b).md", "a(b).md"), id="parentheses in pairs"),
        pytest.param(r"(a\(b.md)", Target(r"a\(b.md", "a(b.md"), id="an escaped parenthesis"),
        pytest.param("(a&amp;b.md)", Target("a&amp;b.md", "a&b.md"), id="an entity"),
        pytest.param("(../x/a.md)", Target("../x/a.md", "../x/a.md"), id="ML-8 relative"),
    ],
)
def test_a_destination_names(tail: str, target: Target) -> None:
    assert named(tail) == target


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param("(My Note.md)", id="ML-3 a bare space"),
        pytest.param("()", id="ML-7 empty"),
        pytest.param("(<>)", id="ML-7 empty in angle brackets"),
        pytest.param("(https://e.org)", id="ML-9 a web address"),
        pytest.param("(mailto:a@b.c)", id="ML-9 an e-mail address"),
        pytest.param("(file:///a.md)", id="ML-9 a file elsewhere"),
        pytest.param("(obsidian://open?file=a)", id="ML-9 a URI of the app"),
        pytest.param("(a", id="not closed"),
    ],
)
def test_this_names_nothing_in_the_vault(tail: str) -> None:
    assert named(tail) is None


def test_decoding_keeps_what_javascript_keeps() -> None:
    assert decode_uri("%20%2f%3F%26%3A%c3%a9") == " %2f%3F%26%3Aé"
    assert decode_component("%20%2f%3F") == " /?"

import pytest

from vaultprune.syntax import wikilink


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("[[a]]", ["a"], id="WL-1 a name"),
        pytest.param("[[a.md]]", ["a.md"], id="WL-1 with its extension"),
        pytest.param("[[a|b|c]]", ["a"], id="WL-2 shown otherwise, further pipes are shown"),
        pytest.param("[[a#h1#h2|x]]", ["a"], id="WL-3 a heading"),
        pytest.param("[[a#^id]]", ["a"], id="WL-4 a block"),
        pytest.param("[[a^id]]", ["a^id"], id="WL-4 a caret alone belongs to the name"),
        pytest.param("[[#h]] [[#^id]] [[##h]]", ["", "", ""], id="WL-5 the note itself"),
        pytest.param(r"[[a\|b]]", ["a"], id="WL-7 WL-8 a pipe in a table has a backslash"),
        pytest.param("[[ a ]] [[a |b]]", [" a ", "a "], id="WL-9 blanks are kept as written"),
        pytest.param("[[|]] [[|x]]", ["|", "|x"], id="WL-10 an empty name does not split"),
        pytest.param("[[a]b]]", ["a]b"], id="WL-12 one closing bracket is part of the name"),
        pytest.param("[[a [b]]]", ["a [b]"], id="WL-12 a bracket opened in the name is closed in it"),
        pytest.param("[[outer [[inner]] x]]", ["inner"], id="WL-13 the inner of two"),
        pytest.param("[[[a]]]", ["a"], id="WL-13 in one more pair of brackets"),
        pytest.param("[key:: [[a]]]", ["a"], id="NC-11 an inline field in brackets"),
        pytest.param("[[https://e.org]]", ["https://e.org"], id="WL-15 no external form"),
        pytest.param("[[a%20b]]", ["a%20b"], id="WL-16 not decoded"),
        pytest.param("[[v1.2 notes]]", ["v1.2 notes"], id="WL-17 dots are harmless"),
        pytest.param("[[Ünï/日本 🎉]] [[a & b (c) 'd']]", ["Ünï/日本 🎉", "a & b (c) 'd'"], id="WL-18 any character"),
        pytest.param("[[pa#th/x]]", ["pa"], id="cut at the number sign before any look at slashes"),
    ],
)
def test_a_wikilink_names(text: str, names: list[str]) -> None:
    assert [wikilink.target(found[1]).path for found in wikilink.WIKILINK.finditer(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[[]]", id="WL-10 nothing within"),
        pytest.param("[[a\nb]]", id="WL-11 a newline within"),
        pytest.param(r"\[\[a\]\]", id="WL-14 escaped"),
        pytest.param("[[a]", id="not closed"),
        pytest.param("[a]]", id="not opened"),
    ],
)
def test_this_is_no_wikilink(text: str) -> None:
    assert not wikilink.WIKILINK.search(text)

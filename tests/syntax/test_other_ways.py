import pytest

from vaultprune.syntax import html, math, property_link, reference, uri
from vaultprune.syntax.target import Target


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("[[a]]", "a", id="FM-8 a wikilink"),
        pytest.param("[[a#h|b]]", "a", id="FM-8 with heading and display text"),
        pytest.param(" [[a]]\n", "a", id="FM-8 blanks around it"),
        pytest.param("![[i.png]]", "i.png", id="FM-12 an embed"),
        pytest.param("[t](a%20b.md)", "a b.md", id="FM-10 a Markdown link"),
    ],
)
def test_a_property_that_is_wholly_a_link(text: str, path: str) -> None:
    found = property_link.whole(text)

    assert found is not None
    assert found.path == path


@pytest.mark.parametrize(
    "text", ["see [[a]]", "[[a]] [[b]]", "[t](https://e.org)", "a", "", "[t](a.md) x", "[[]]", "x [t](a.md)"]
)
def test_a_property_that_is_no_link(text: str) -> None:
    assert property_link.whole(text) is None


def test_a_longer_property_mentions_its_links() -> None:
    found = [target.path for _, target in property_link.mentions("[[a]] and [[b|c]], [d](e.md), [f](https://g.h)")]

    assert found == ["a", "b", "e.md"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("obsidian://open?vault=V&file=a%20b%2Fc", Target("a%20b%2Fc", "a b/c")),
        ("obsidian://open?file=a%23h&vault=V", Target("a%23h", "a")),
        ("obsidian://vault/My%20Vault/b/c", Target("b/c", "b/c")),
        ("obsidian:///home/me/a.md", Target("/home/me/a.md", "/home/me/a.md")),
        ("obsidian://open?path=%2Fhome%2Fa", Target("%2Fhome%2Fa", "/home/a")),
        ("OBSIDIAN://open?file=a", Target("a", "a")),
        ("obsidian://open?vault=V", None),
        ("obsidian://search?query=x", None),
        ("https://open?file=a", None),
    ],
)
def test_a_uri_of_the_app_names(text: str, target: Target | None) -> None:
    assert uri.target(text) == target


def test_a_uri_in_running_text_ends_before_what_is_not_its_own() -> None:
    found = [
        match[0] for match in uri.URI.finditer('(obsidian://open?file=a(1)) "obsidian://open?file=b" obsidian://c.')
    ]

    assert found == ["obsidian://open?file=a(1)", "obsidian://open?file=b", "obsidian://c."]


def test_html_names_its_links_and_images_outside_comments() -> None:
    raw = '<!-- <a href="no.md"> --><A class="k" href=\'y.md\'>x</A><img src=z.png><div href="no.md"><img alt="">'

    assert [destination for _, destination in html.destinations(raw)] == ["y.md", "z.png"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("$x$", 3),
        (r"$a\$b$ c", 6),
        ("$$x$$", 5),
        ("$$a\nb$$ c", 7),
        ("$ x$", -1),
        ("$x $", -1),
        ("$5 and $6", -1),
        ("$x$5", -1),
        ("$a\nb$", -1),
        ("$$$$", -1),
        ("$$x", -1),
        ("$", -1),
    ],
)
def test_where_mathematics_ends(text: str, end: int) -> None:
    assert math.end(text, 0, len(text)) == end


@pytest.mark.parametrize(
    ("paragraph", "defined"),
    [
        ("[r]: a.md", [("r", "a.md")]),
        ('[R  x]: <a b.md> "title"\n[q]: c.md\nand text', [("r x", "a b.md"), ("q", "c.md")]),
        ("[^1]: a footnote", []),
        ("[r]: a.md and more", []),
        ("[key]: [[a]]", []),
        ("[top]: #heading", [("top", "#heading")]),
        ("text\n[r]: a.md", []),
    ],
)
def test_definitions_of_reference_links(paragraph: str, defined: list[tuple[str, str]]) -> None:
    assert [(label, destination) for _, label, destination in reference.definitions(paragraph)[0]] == defined

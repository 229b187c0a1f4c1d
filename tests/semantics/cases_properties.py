"""Cases of section 5: the properties at a note's top."""

from __future__ import annotations

from .case import NONE, A, Case, only, prop, wiki


def props(rule: str, name: str, block: str, /, body: str = "", **expected: object) -> Case:
    """A note with such properties."""
    return Case(rule, name, f"---\n{block}\n---\n{body}", **expected)  # type: ignore[arg-type]


UP = (prop("a"),)

CASES: tuple[Case, ...] = (
    props("FM-1", "between dashes", "tags: [x]", "[[a]]", links=A, tags=("x",)),
    Case("FM-1", "spaces behind the dashes", "---  \ntags: [x]\n--- \n[[a]]", A, tags=("x",)),
    Case("FM-1", "nothing below it", "---\nup: '[[a]]'\n---", UP),
    Case("FM-1", "a blank line before it", "\n---\nup: '[[a]]'\ntags: [x]\n---\n", A, tags=()),
    Case("FM-1", "a space before it", " ---\nup: '[[a]]'\ntags: [x]\n---\n", A, tags=()),
    Case("FM-1", "four dashes", "----\ntags: [x]\nup: '[[a]]'\n---\n", A, tags=()),
    Case("FM-1", "not closed", "---\ntags: [x]\nup: '[[a]]'\n\n[[b]]", (wiki("a"), wiki("b")), tags=()),
    Case("FM-1", "further down it is a rule", "x\n\n---\ntags: [x]\n---\n", NONE, tags=()),
    Case(
        "FM-1", "a line of dashes in the body below it", "---\ntags: [x]\n---\na\n\n---\n[[a]]\n---\n", A, tags=("x",)
    ),
    Case("FM-2", "CRLF", "---\r\ntags: [x]\r\nup: '[[a]]'\r\n---\r\n[[b]] #y\r\n", (*UP, wiki("b")), tags=("x", "y")),
    Case("FM-2", "CRLF ends a tag list", "---\r\ntags:\r\n  - x\r\n  - y\r\n---\r\n", NONE, tags=("x", "y")),
    Case(
        "FM-2",
        "three dots keep the links above and below them",
        "---\nup: '[[a]]'\n...\n[[b]]\n",
        backlinks={"a.md": ("Home.md",), "b.md": ("Home.md",)},
        sure=False,
    ),
    Case(
        "FM-2",
        "three dots keep them where a line of dashes follows, too",
        "---\nup: '[[a]]'\n...\n[[b]]\n\n---\n",
        backlinks={"a.md": ("Home.md",), "b.md": ("Home.md",)},
        sure=False,
    ),
    props("FM-3", "broken", "a: [x\nup: '[[a]]'\ntags: [x]", "[[b]] #y", links=(wiki("b"),), tags=("y",), aliases=()),
    props(
        "FM-3",
        "a placeholder of a template breaks nothing",
        "date: {{date}}\ntags: [x]\nup: '[[a]]'",
        "[[b]] #y",
        links=(*UP, wiki("b")),
        tags=("x", "y"),
        sure=False,
    ),
    props("FM-3", "a scalar", "tags:x [[a]]", "[[b]]", links=(wiki("b"),), tags=()),
    props("FM-3", "a list", "- '[[a]]'\n- x", "[[b]]", links=(wiki("b"),), tags=()),
    props("FM-3", "tabs for indentation", "a:\n\t- x\ntags: [y]", "[[b]]", links=(wiki("b"),), tags=()),
    props("FM-4", "JSON", '{"tags": ["x"], "up": "[[a]]"}', links=UP, tags=("x",)),
    Case("FM-4", "an empty block", "---\n---\n[[a]] #x", A, tags=("x",)),
    Case("FM-4", "a block of blank lines", "---\n\n---\n[[a]]", A, tags=(), aliases=()),
    props("FM-5", "a key twice", "up: '[[a]]'\nup: '[[b]]'", links=(*UP, prop("b")), sure=False),
    props("FM-5", "tags twice", "tags: [x]\ntags: [y]", tags=("x", "y"), sure=False),
    props("FM-5", "aliases twice", "aliases: [x]\naliases: [y]", aliases=("x", "y"), sure=False),
    props("FM-6", "a date that is none", "date: 2024-13-45\nup: '[[a]]'\ntags: [x]", links=UP, tags=("x",)),
    props(
        "FM-6", "words are words", "aliases: [yes, on, 12:30, 2024-07-21]", aliases=("yes", "on", "12:30", "2024-07-21")
    ),
    props("FM-6", "tags that YAML 1.1 takes for booleans", "tags: [yes, off, n]", tags=("yes", "off", "n")),
    props(
        "FM-6", "a tag that looks like a time", "tags: [2024-07-21, y2024]", tags=("2024-07-21", "y2024"), sure=False
    ),
    props("FM-7", "keys in capitals", "TAGS: [x]\nAliases: [n]", tags=("x",), aliases=("n",)),
    props("FM-7", "the singular is not read", "tag: x\nalias: n", tags=(), aliases=()),
    props("FM-8", "wholly one link", 'up: "[[a]]"', links=UP),
    props("FM-8", "with heading and display text", 'up: "[[a#h|b]]"', links=UP),
    props("FM-8", "in a list", 'up:\n  - "[[a]]"\n  - x\n  - "[[b]]"', links=(*UP, prop("b"))),
    props("FM-8", "in single quotes", "up: '[[a]]'", links=UP),
    props("FM-8", "in aliases", 'aliases: ["[[a]]"]', links=UP),
    props("FM-8", "to itself", 'up: "[[#h]]"', links=(prop("", "Home.md"),)),
    props("FM-8", "that names nothing", 'up: "[[nowhere]]"', links=(prop("nowhere", None),)),
    props("FM-8", "to an image", 'cover: "[[p.png]]"', links=(prop("p.png"),), files=only("p.png")),
    props("FM-8", "in a folded text", "up: >-\n  [[a]]", links=UP),
    props("FM-8", "counts as a backlink", 'up: "[[a]]"', links=UP, backlinks={"a.md": ("Home.md",)}),
    props("FM-9", "within a longer text", 'up: "see [[a]]"', links=NONE, soft=(("mention", "a.md"),)),
    props("FM-9", "two in one text", 'up: "[[a]] [[b]]"', links=NONE, soft=(("mention", "a.md"), ("mention", "b.md"))),
    props("FM-9", "without quotes", "up: [[a]]", links=NONE, soft=(("mention", "a.md"),)),
    props("FM-9", "without quotes in a list", "up:\n  - [[a]]", links=NONE, soft=(("mention", "a.md"),)),
    props("FM-10", "a Markdown link", 'up: "[t](a.md)"', links=(prop("a.md"),)),
    props(
        "FM-10",
        "an encoded one",
        'up: "[t](My%20Note.md#h)"',
        links=(prop("My%20Note.md", "My Note.md"),),
        files=only("My Note.md"),
    ),
    props("FM-10", "to the web", 'up: "[t](https://e.org)"', links=NONE),
    props("FM-10", "within a longer text", 'up: "see [t](a.md)"', links=NONE),
    props("FM-11", "in a nested mapping", 'x:\n  y: "[[a]]"\n  z: ["[[b]]"]', links=(*UP, prop("b")), sure=False),
    props("FM-11", "in a list of mappings", 'x:\n  - y: "[[a]]"\n  - z: 1', links=UP, sure=False),
    props("FM-12", "a key is none", '"[[a]]": x', links=NONE),
    props("FM-12", "an embed", 'cover: "![[p.png]]"', links=(prop("p.png"),), files=only("p.png"), sure=False),
    props("FM-13", "a list", "aliases: [One, two words]", aliases=("One", "two words")),
    props("FM-13", "one text", "aliases: One", aliases=("One",)),
    props("FM-13", "a text with a comma stays one", "aliases: One, Two", aliases=("One, Two",)),
    props(
        "FM-13",
        "nulls and nested values are skipped, numbers are texts",
        "aliases: [One, null, [x], 7]",
        aliases=("One", "7"),
    ),
    props("FM-13", "null", "aliases:", aliases=()),
    Case(
        "FM-14",
        "an alias resolves nothing",
        "[[My Alias]]",
        (wiki("My Alias", None),),
        files={"a.md": "---\naliases: [My Alias]\n---\n"},
    ),
    props("FM-15", "a list", "tags: [x, y/z]", tags=("x", "y/z")),
    props("FM-15", "a single text", "tags: x", tags=("x",)),
    props("FM-15", "a text with a comma gives none", "tags: x, y", tags=()),
    props("FM-15", "a text with a space gives none", "tags: x y", tags=()),
    props("FM-15", "null, empty", "tags:", tags=()),
    props("FM-15", "an empty list", "tags: []", tags=()),
    props("FM-15", "entries with #", 'tags: ["#x", y]', tags=("x", "y")),
    props("FM-15", "a single text with #", 'tags: "#x"', tags=("x",)),
    props("FM-15", "entries that are no tags", "tags: [2024, 'x y', null, '', y]", tags=("y",)),
    props("FM-15", "a nested property is none", "x:\n  tags: [y]", tags=()),
    props("FM-16", "a date is no link", "date: 2024-07-21", links=NONE, files=only("2024-07-21.md")),
)

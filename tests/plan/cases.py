"""Links before and after a note is set aside: what is written there, and what has to be written there then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NOTE = "dir/Note.md"
W = "Archive/dir (archived 2026-11-20)/Note"
M = "Archive/dir%20(archived%202026-11-20)/Note.md"
A = "Archive/dir (archived 2026-11-20)/Note.md"


@dataclass(frozen=True)
class Case:
    """One file with links, and how it has to read after the moves. `others` are further, empty files."""

    id: str
    before: str | bytes
    after: str | bytes
    at: str = "u.md"
    moved: tuple[str, ...] = (NOTE,)
    others: tuple[str, ...] = ()


def _cases(name: str, rows: Sequence[tuple[str, str, str]], **world: object) -> list[Case]:
    return [Case(f"{name}: {what}", before, after, **world) for what, before, after in rows]  # type: ignore[arg-type]


# An earlier Note lies in the archive at the very place, so the folder gets a mark and every path that was written
# out would lead to the earlier one.
TAKEN = _cases(
    "place taken",
    [
        ("wikilink", "see [[dir/Note]].", f"see [[{W}]]."),
        ("wikilink with extension", "[[dir/Note.md]]", f"[[{W}.md]]"),
        ("wikilink with display text", "[[dir/Note|my note]]", f"[[{W}|my note]]"),
        ("wikilink with several pipes", "[[dir/Note|a|b]]", f"[[{W}|a|b]]"),
        ("wikilink with heading", "[[dir/Note#A heading]]", f"[[{W}#A heading]]"),
        ("wikilink with two headings", "[[dir/Note#A#B|c]]", f"[[{W}#A#B|c]]"),
        ("wikilink with block", "[[dir/Note#^b1]]", f"[[{W}#^b1]]"),
        ("bare wikilink", "[[Note]]", f"[[{W}]]"),
        ("bare wikilink with extension", "[[Note.md]]", f"[[{W}.md]]"),
        ("bare wikilink with heading and text", "[[Note#h|t]]", f"[[{W}#h|t]]"),
        ("rooted wikilink", "[[/dir/Note]]", f"[[/{W}]]"),
        ("rooted wikilink with extension", "[[/dir/Note.md]]", f"[[/{W}.md]]"),
        ("wikilink with blanks", "[[ dir/Note ]]", f"[[ {W} ]]"),
        ("wikilink with a blank before the pipe", "[[dir/Note |x]]", f"[[{W} |x]]"),
        ("wikilink in another case", "[[DIR/note]]", "[[Archive/dir (archived 2026-11-20)/note]]"),
        ("embed", "![[dir/Note]]", f"![[{W}]]"),
        ("embed of a heading", "![[dir/Note#h]]", f"![[{W}#h]]"),
        ("embed of a block", "![[Note#^b]]", f"![[{W}#^b]]"),
        (
            "escaped pipe in a table",
            "| a | b |\n| - | - |\n| [[dir/Note\\|x]] | y |\n",
            f"| a | b |\n| - | - |\n| [[{W}\\|x]] | y |\n",
        ),
        ("embed in a table", "| a |\n| - |\n| ![[dir/Note#h\\|100]] |\n", f"| a |\n| - |\n| ![[{W}#h\\|100]] |\n"),
        ("Markdown link in a table", "| a |\n| - |\n| [x](dir/Note.md) |\n", f"| a |\n| - |\n| [x]({M}) |\n"),
        ("Markdown link", "[t](dir/Note.md)", f"[t]({M})"),
        ("Markdown link without extension", "[t](dir/Note)", f"[t]({M[:-3]})"),
        ("Markdown link with title", '[t](dir/Note.md "T")', f'[t]({M} "T")'),
        ("Markdown link with a title in single quotes", "[t](dir/Note.md 'T')", f"[t]({M} 'T')"),
        ("Markdown link with heading", "[t](dir/Note.md#A%20h)", f"[t]({M}#A%20h)"),
        ("Markdown link with heading and title", '[t](dir/Note.md#h "T")', f'[t]({M}#h "T")'),
        ("Markdown link with block", "[t](dir/Note#^b)", f"[t]({M[:-3]}#^b)"),
        ("Markdown link in angle brackets", "[t](<dir/Note.md>)", f"[t](<{A}>)"),
        ("angle brackets with heading", "[t](<dir/Note.md#A h>)", f"[t](<{A}#A h>)"),
        ("angle brackets with title", '[t](<dir/Note.md> "T")', f'[t](<{A}> "T")'),
        ("angle brackets without extension", "[t](<dir/Note>)", f"[t](<{A[:-3]}>)"),
        ("bare Markdown link", "[t](Note.md)", f"[t]({M})"),
        ("rooted Markdown link", "[t](/dir/Note.md)", f"[t](/{M})"),
        ("Markdown link with dot", "[t](./dir/Note.md)", f"[t](./{M})"),
        ("Markdown link with needless encoding", "[t](dir/%4Eote.md)", f"[t]({M[:-7]}%4Eote.md)"),
        ("Markdown link with blanks around", "[t]( dir/Note.md )", f"[t]( {M} )"),
        ("Markdown link with a line end before the title", '[t](dir/Note.md\n"T")', f'[t]({M}\n"T")'),
        ("image syntax", "![t](dir/Note.md)", f"![t]({M})"),
        ("image link within a link", "[![a](i.png)](dir/Note.md)", f"[![a](i.png)]({M})"),
        ("wikilink as the text of a link", "[[Note]](dir/Note.md)", f"[[{W}]]({M})"),
        ("reference definition", "see [t][r]\n\n[r]: dir/Note.md\n", f"see [t][r]\n\n[r]: {M}\n"),
        ("reference definition used twice", "[t][r] [r]\n\n[r]: dir/Note.md\n", f"[t][r] [r]\n\n[r]: {M}\n"),
        ("reference definition never used", "[r]: dir/Note.md\n", f"[r]: {M}\n"),
        ("reference definition with title", '[r]\n\n[r]: dir/Note.md "T"\n', f'[r]\n\n[r]: {M} "T"\n'),
        ("reference definition in angle brackets", "[r]\n\n[r]: <dir/Note.md>\n", f"[r]\n\n[r]: <{A}>\n"),
        ("reference definition with heading", "[r]\n\n[r]: dir/Note.md#h\n", f"[r]\n\n[r]: {M}#h\n"),
        (
            "only the first definition of a label",
            "[r]\n\n[r]: dir/Note.md\n[r]: dir/Note.md\n",
            f"[r]\n\n[r]: {M}\n[r]: dir/Note.md\n",
        ),
        ("comment in a line", "%% [[dir/Note]] %%", f"%% [[{W}]] %%"),
        ("comment as a block", "%%\n[[dir/Note]]\n%%\n", f"%%\n[[{W}]]\n%%\n"),
        ("heading", "# On [[dir/Note]]\n", f"# On [[{W}]]\n"),
        ("list and task", "- [ ] [[dir/Note]]\n    - [[dir/Note]]\n", f"- [ ] [[{W}]]\n    - [[{W}]]\n"),
        ("quote and callout", "> [!note] [[dir/Note]]\n> [[dir/Note]]\n", f"> [!note] [[{W}]]\n> [[{W}]]\n"),
        ("footnote", "x[^1]\n\n[^1]: see [[dir/Note]]\n", f"x[^1]\n\n[^1]: see [[{W}]]\n"),
        ("emphasis and highlight", "**[[dir/Note]]** ==[[dir/Note]]==", f"**[[{W}]]** ==[[{W}]]=="),
        ("inline field", "up:: [[dir/Note]]", f"up:: [[{W}]]"),
        ("behind inline HTML", "a<br>[[dir/Note]]", f"a<br>[[{W}]]"),
        (
            "code beside it stays",
            "`[[dir/Note]]` [[dir/Note]] ``[[dir/Note]]``",
            f"`[[dir/Note]]` [[{W}]] ``[[dir/Note]]``",
        ),
        ("fenced code stays", "```\n[[dir/Note]]\n```\n[[dir/Note]]\n", f"```\n[[dir/Note]]\n```\n[[{W}]]\n"),
        ("HTML comment stays", "<!-- [[dir/Note]] -->\n\n[[dir/Note]]\n", f"<!-- [[dir/Note]] -->\n\n[[{W}]]\n"),
        ("mathematics stays", "$[[dir/Note]]$ [[dir/Note]]", f"$[[dir/Note]]$ [[{W}]]"),
        ("escaped brackets stay", "\\[[dir/Note]] [[dir/Note]]", f"\\[[dir/Note]] [[{W}]]"),
        ("the same words as text stay", "dir/Note [[dir/Note]] (dir/Note)", f"dir/Note [[{W}]] (dir/Note)"),
        ("a longer name stays", "[[dir/Notes]] [[dir/Note]] [[xdir/Note]]", f"[[dir/Notes]] [[{W}]] [[xdir/Note]]"),
        ("several on a line", "[[Note]] [t](dir/Note.md) ![[dir/Note|x]]", f"[[{W}]] [t]({M}) ![[{W}|x]]"),
        (
            "a Dataview query stays",
            "```dataview\nlist from [[dir/Note]]\n```\n[[Note]]",
            f"```dataview\nlist from [[dir/Note]]\n```\n[[{W}]]",
        ),
        ("display text that looks like a path", "[[dir/Note|dir/Note]]", f"[[{W}|dir/Note]]"),
        ("link text that looks like a path", "[dir/Note.md](dir/Note.md)", f"[dir/Note.md]({M})"),
        ("backslashes in the path", "[[dir\\Note]]", f"[[{W}]]"),
        ("doubled slashes in the path", "[[dir//Note]]", f"[[{W}]]"),
    ],
    others=("Archive/dir/Note.md",),
)

PROPERTIES = _cases(
    "property",
    [
        ("in double quotes", '---\nup: "[[dir/Note]]"\n---\n', f'---\nup: "[[{W}]]"\n---\n'),
        ("in single quotes", "---\nup: '[[dir/Note]]'\n---\n", f"---\nup: '[[{W}]]'\n---\n"),
        ("with display text", '---\nup: "[[dir/Note#h|x]]"\n---\n', f'---\nup: "[[{W}#h|x]]"\n---\n'),
        (
            "list in lines",
            '---\nup:\n  - "[[dir/Note]]"\n  - "[[u]]"\n---\n',
            f'---\nup:\n  - "[[{W}]]"\n  - "[[u]]"\n---\n',
        ),
        ("list in brackets", '---\nup: ["[[dir/Note]]", x]\n---\n', f'---\nup: ["[[{W}]]", x]\n---\n'),
        ("nested", '---\na:\n  b: "[[dir/Note]]"\n---\n', f'---\na:\n  b: "[[{W}]]"\n---\n'),
        ("alias", '---\naliases: ["[[dir/Note]]"]\n---\n', f'---\naliases: ["[[{W}]]"]\n---\n'),
        (
            "comment behind it stays",
            '---\nup: "[[dir/Note]]" # [[dir/Note]]\n---\n',
            f'---\nup: "[[{W}]]" # [[dir/Note]]\n---\n',
        ),
        (
            "key of that name stays",
            '---\n"[[dir/Note]]": "[[dir/Note]]"\n---\n',
            f'---\n"[[dir/Note]]": "[[{W}]]"\n---\n',
        ),
        ("Markdown link", '---\nup: "[t](dir/Note.md)"\n---\n', f'---\nup: "[t]({M})"\n---\n'),
        ("embed", '---\nup: "![[dir/Note]]"\n---\n', f'---\nup: "![[{W}]]"\n---\n'),
        ("within a longer text", "---\nup: see [[dir/Note]] there\n---\n", f"---\nup: see [[{W}]] there\n---\n"),
        ("two in one text", '---\nup: "[[dir/Note]] [[Note]]"\n---\n', f'---\nup: "[[{W}]] [[{W}]]"\n---\n'),
        ("text in a block", "---\nup: |\n  see [[dir/Note]]\n---\n", f"---\nup: |\n  see [[{W}]]\n---\n"),
        ("without quotes", "---\nup: [[dir/Note]]\n---\n", f"---\nup: [[{W}]]\n---\n"),
        (
            "odd spacing kept",
            '---\nup:    "[[dir/Note]]"   \ntags: [ a,b ]\n---\nx',
            f'---\nup:    "[[{W}]]"   \ntags: [ a,b ]\n---\nx',
        ),
        (
            "dashes with blanks, and a body",
            '---  \nup: "[[dir/Note]]"\n---\n[[Note]]',
            f'---  \nup: "[[{W}]]"\n---\n[[{W}]]',
        ),
        (
            "properties that cannot be read",
            '---\nup: "[[dir/Note]]"\n: : :\n  bad\n---\n',
            f'---\nup: "[[{W}]]"\n: : :\n  bad\n---\n',
        ),
    ],
    others=("Archive/dir/Note.md",),
)

MORE_PROPERTIES = [
    Case(
        "property: apostrophe in single quotes",
        "---\nup: '[[it''s/Note]]'\n---\n",
        "---\nup: '[[Archive/it''s (archived 2026-11-20)/Note]]'\n---\n",
        moved=("it's/Note.md",),
        others=("Archive/it's/Note.md",),
    ),
    Case(
        "property: apostrophe where none was",
        "---\nup: '[[Note]]'\n---\n",
        "---\nup: '[[Archive/it''s (archived 2026-11-20)/Note]]'\n---\n",
        moved=("it's/Note.md",),
        others=("Archive/it's/Note.md",),
    ),
    Case(
        "property: quotation mark where none was",
        '---\nup: "[[Note]]"\n---\n',
        '---\nup: "[[Archive/a \\"b\\" (archived 2026-11-20)/Note]]"\n---\n',
        moved=('a "b"/Note.md',),
        others=('Archive/a "b"/Note.md',),
    ),
    Case(
        "property: quotation marks that were there",
        '---\nup: "[[a \\"b\\"/Note]]"\n---\n',
        '---\nup: "[[Archive/a \\"b\\" (archived 2026-11-20)/Note]]"\n---\n',
        moved=('a "b"/Note.md',),
        others=('Archive/a "b"/Note.md',),
    ),
]

RELATIVE = _cases(
    "relative, to the note",
    [
        ("dot", "[t](./Note.md)", "[t](../Archive/dir/Note.md)"),
        ("dot in a wikilink", "[[./Note]]", "[[../Archive/dir/Note]]"),
        ("dot in a wikilink with extension and text", "[[./Note.md#h|x]]", "[[../Archive/dir/Note.md#h|x]]"),
        ("up and down again", "[t](../dir/Note.md)", "[t](../Archive/dir/Note.md)"),
        ("up and down again, no extension", "[t](../dir/Note#h)", "[t](../Archive/dir/Note#h)"),
        ("angle brackets", "[t](<./Note.md>)", "[t](<../Archive/dir/Note.md>)"),
        ("image syntax", "![t](./Note.md 'x')", "![t](../Archive/dir/Note.md 'x')"),
        ("reference definition", "[r]\n\n[r]: ./Note.md\n", "[r]\n\n[r]: ../Archive/dir/Note.md\n"),
        ("property", '---\nup: "[[./Note]]"\n---\n', '---\nup: "[[../Archive/dir/Note]]"\n---\n'),
        ("no dots: found by its name", "[t](Note.md)", "[t](Note.md)"),
    ],
    at="dir/u.md",
)

MORE_RELATIVE = [
    Case("relative: down from the top", "[t](./dir/Note.md)", "[t](./Archive/dir/Note.md)"),
    Case("relative: out of the archive", "[t](../dir/Note.md)", "[t](./dir/Note.md)", at="Archive/u.md"),
    Case(
        "relative: beside, where a twin is",
        "[t](Note.md)",
        "[t](../Archive/dir/Note.md)",
        at="dir/u.md",
        others=("o/Note.md",),
    ),
    Case(
        "relative: deeper beside, where a twin is",
        "[t](sub/Note.md)",
        "[t](../Archive/dir/sub/Note.md)",
        at="dir/u.md",
        moved=("dir/sub/Note.md",),
        others=("longer/sub/Note.md",),
    ),
    Case("rooted", "[[/dir/Note]] [t](/dir/Note.md)", "[[/Archive/dir/Note]] [t](/Archive/dir/Note.md)"),
    Case("rooted with title", '[t](/dir/Note "x")', '[t](/Archive/dir/Note "x")'),
    Case(
        "rooted: encoded parts stay as they were",
        "[t](/my%20dir/a%20b.md)",
        "[t](/Archive/my%20dir/a%20b.md)",
        moved=("my dir/a b.md",),
    ),
    Case("rooted: letters encoded stay encoded", "[t](/%C3%BC/a.md)", "[t](/Archive/%C3%BC/a.md)", moved=("ü/a.md",)),
    Case("rooted: letters not encoded stay so", "[t](/ü/日本.md)", "[t](/Archive/ü/日本.md)", moved=("ü/日本.md",)),
    Case("rooted: an entity stays", "[t](/R&amp;D/a.md)", "[t](/Archive/R&amp;D/a.md)", moved=("R&D/a.md",)),
    Case("rooted: a percent sign", "[t](/100%/a.md)", "[t](/Archive/100%/a.md)", moved=("100%/a.md",)),
    Case("rooted: parentheses", "[t](/a(b)/c.md)", "[t](/Archive/a(b)/c.md)", moved=("a(b)/c.md",)),
    Case("rooted: escaped parenthesis", "[t](/a\\(b/c.md)", "[t](/Archive/a\\(b/c.md)", moved=("a(b/c.md",)),
]

OWN = _cases(
    "the note's own",
    [
        ("image above", "![](../img/a.png)", "![](../../img/a.png)"),
        ("image above with size", "![a|100](../img/a.png)", "![a|100](../../img/a.png)"),
        ("embed above", "![[../img/a.png|200]]", "![[../../img/a.png|200]]"),
        ("note beside", "[t](./o.md)", "[t](../../dir/o.md)"),
        ("note beside in a wikilink", "[[./o|x]]", "[[../../dir/o|x]]"),
        ("note above", "[t](../top.md#h)", "[t](../../top.md#h)"),
        ("note above without extension", "[t](../top)", "[t](../../top)"),
        ("note above in angle brackets", '[t](<../top.md> "T")', '[t](<../../top.md> "T")'),
        ("reference definition", "[r]\n\n[r]: ../top.md\n", "[r]\n\n[r]: ../../top.md\n"),
        ("property", '---\nup: "[[../top]]"\n---\n', '---\nup: "[[../../top]]"\n---\n'),
        ("to itself by path", "[[./Note]]", "[[./Note]]"),
        ("to itself by heading", "[[#h]] [t](#h)", "[[#h]] [t](#h)"),
        ("to itself by name", "[[Note]] [[dir/Note]]", "[[Note]] [[dir/Note]]"),
        ("by name alone", "[[o]] [t](o.md) ![[a.png]]", "[[o]] [t](o.md) ![[a.png]]"),
        ("by whole path", "[[dir/o]] ![](img/a.png)", "[[dir/o]] ![](img/a.png)"),
        ("rooted", "[[/top]] [t](/dir/o.md)", "[[/top]] [t](/dir/o.md)"),
        ("unresolved ones stay", "[[nowhere]] [t](../nowhere.md)", "[[nowhere]] [t](../nowhere.md)"),
        ("external ones stay", "[t](https://e.org/../img/a.png)", "[t](https://e.org/../img/a.png)"),
        ("HTML stays", '<img src="../img/a.png">', '<img src="../img/a.png">'),
        ("code stays", "`![](../img/a.png)` ![](../img/a.png)", "`![](../img/a.png)` ![](../../img/a.png)"),
        ("comment", "%% ![](../img/a.png) %%", "%% ![](../../img/a.png) %%"),
        ("table", "|a|\n|-|\n|![[../img/a.png\\|50]]|\n", "|a|\n|-|\n|![[../../img/a.png\\|50]]|\n"),
    ],
    at=NOTE,
    others=("img/a.png", "dir/o.md", "top.md"),
)

MORE_OWN = [
    Case(
        "the note's own: sibling that a twin would draw", "[[o]]", "[[dir/o]]", at=NOTE, others=("dir/o.md", "z/o.md")
    ),
    Case(
        "the note's own: sibling with text and heading",
        "[[o#h|x]]",
        "[[dir/o#h|x]]",
        at=NOTE,
        others=("dir/o.md", "z/o.md"),
    ),
    Case(
        "the note's own: sibling by Markdown link",
        "[t](o.md)",
        "[t](../../dir/o.md)",
        at=NOTE,
        others=("dir/o.md", "z/o.md"),
    ),
    Case(
        "the note's own: image that a twin would draw",
        "![[a.png|9]]",
        "![[dir/a.png|9]]",
        at=NOTE,
        others=("dir/a.png", "z/a.png"),
    ),
    Case(
        "the note's own: spaces and brackets",
        "![](../a%20(b)/c%20d.png)",
        "![](../../a%20(b)/c%20d.png)",
        at=NOTE,
        others=("a (b)/c d.png",),
    ),
    Case(
        "the note's own: at the top of the vault",
        "![](./i.png) [t](./o.md)",
        "![](../i.png) [t](../o.md)",
        at="Note.md",
        moved=("Note.md",),
        others=("i.png", "o.md"),
    ),
    Case(
        "the note's own: what a namesake in the archive would draw",
        "[[o]]",
        "[[z/o]]",
        at=NOTE,
        others=("z/o.md", "Archive/dir/o.md"),
    ),
]


def _taken(what: str, before: str, after: str, folder: str, name: str = "Note.md", at: str = "u.md") -> Case:
    """A link to a note in such a folder, whose place in the archive is taken."""
    return Case(f"new part: {what}", before, after, at, (f"{folder}/{name}",), (f"Archive/{folder}/{name}",))


E = "%20(archived%202026-11-20)"
NEW_PARTS = [
    _taken("a percent sign that would be decoded", "[t](Note.md)", f"[t](Archive/a%2520b{E}/Note.md)", "a%20b"),
    _taken("a percent sign alone", "[t](Note.md)", f"[t](Archive/100%25{E}/Note.md)", "100%"),
    _taken(
        "a percent sign in angle brackets",
        "[t](<Note.md>)",
        "[t](<Archive/a%2520b (archived 2026-11-20)/Note.md>)",
        "a%20b",
    ),
    _taken("letters, where letters are encoded", "[t](%C3%BC.md)", f"[t](Archive/%C3%A9{E}/%C3%BC.md)", "é", "ü.md"),
    _taken("letters, where they are not", "[t](ü.md)", f"[t](Archive/é{E}/ü.md)", "é", "ü.md"),
    _taken(
        "a parenthesis without its other half",
        "[t](Note.md)",
        "[t](Archive/a%29b%20%28archived%202026-11-20%29/Note.md)",
        "a)b",
    ),
    _taken(
        "parentheses in parentheses",
        "[t](Note.md)",
        "[t](Archive/a%28%28b%29%29%20%28archived%202026-11-20%29/Note.md)",
        "a((b))",
    ),
    _taken(
        "parentheses in angle brackets", "[t](<Note.md>)", "[t](<Archive/a)b (archived 2026-11-20)/Note.md>)", "a)b"
    ),
    _taken("angle brackets", "[t](<Note.md>)", "[t](<Archive/a%3Eb (archived 2026-11-20)/Note.md>)", "a>b"),
    _taken("what looks like an entity", "[t](Note.md)", f"[t](Archive/a&amp;lt;b{E}/Note.md)", "a&lt;b"),
    _taken("an ampersand", "[t](Note.md)", f"[t](Archive/R&D{E}/Note.md)", "R&D"),
    _taken("what looks like a scheme", "[t](Note.md)", f"[t](Archive/ab:c{E}/Note.md)", "ab:c"),
    _taken(
        "marks of emphasis and code", "[[Note]]", "[[Archive/_a_ `b` $c$ (archived 2026-11-20)/Note]]", "_a_ `b` $c$"
    ),
    _taken(
        "quotation marks in JSON",
        '{"nodes":[{"type":"text","text":"[[Note]]"}]}',
        '{"nodes":[{"type":"text","text":"[[Archive/a \\"b\\" (archived 2026-11-20)/Note]]"}]}',
        'a "b"',
        at="b.canvas",
    ),
    _taken(
        "a colon in a property without quotes",
        "---\nup: see [t](Note.md)\n---\n",
        f"---\nup: see [t](Archive/a:b{E}/Note.md)\n---\n",
        "a:b",
    ),
]

TWINS = [
    Case("twin: bare link to the one that moves", "[[Note]]", "[[Archive/dir/Note]]", others=("longer/Note.md",)),
    Case(
        "twin: with heading, text, extension",
        "[[Note.md#h|t]]",
        "[[Archive/dir/Note.md#h|t]]",
        others=("longer/Note.md",),
    ),
    Case("twin: embed", "![[Note]]", "![[Archive/dir/Note]]", others=("longer/Note.md",)),
    Case("twin: Markdown link", "[t](Note.md)", "[t](Archive/dir/Note.md)", others=("longer/Note.md",)),
    Case(
        "twin: the other keeps its link",
        "[[longer/Note]] [[Note]]",
        "[[longer/Note]] [[Archive/dir/Note]]",
        others=("longer/Note.md",),
    ),
    Case("twin: bare link to the one that stays", "[[Note]]", "[[Note]]", moved=("longer/Note.md",), others=(NOTE,)),
    Case(
        "twin: root note moves, own folder would draw",
        "[[Note]]",
        "[[Archive/Note]]",
        at="dir/u.md",
        moved=("Note.md",),
        others=(NOTE,),
    ),
    Case(
        "twin: the archive's folder is the source's",
        "[[Note]]",
        "[[x/Note]]",
        at="Archive/dir/u.md",
        others=("x/Note.md",),
    ),
    Case(
        "twin: by the end of a path",
        "[[b/Note]]",
        "[[Archive/a/b/Note]]",
        moved=("a/b/Note.md",),
        others=("longer/b/Note.md",),
    ),
    Case("twin: attachment of the same name", "[[Note.png]] [[Note]]", "[[Note.png]] [[Note]]", others=("x/Note.png",)),
]

BYTES = [
    Case("bytes: byte order mark", b"\xef\xbb\xbf[[/dir/Note]]", b"\xef\xbb\xbf[[/Archive/dir/Note]]"),
    Case(
        "bytes: mark and properties",
        b'\xef\xbb\xbf---\nup: "[[/dir/Note]]"\n---\n',
        b'\xef\xbb\xbf---\nup: "[[/Archive/dir/Note]]"\n---\n',
    ),
    Case("bytes: CRLF", b"a\r\n[[/dir/Note]]\r\nb\r\n", b"a\r\n[[/Archive/dir/Note]]\r\nb\r\n"),
    Case("bytes: lone CR", b"a\r[[/dir/Note]]\rb", b"a\r[[/Archive/dir/Note]]\rb"),
    Case("bytes: mixed line ends", b"a\r\nb\n[[/dir/Note]]\r", b"a\r\nb\n[[/Archive/dir/Note]]\r"),
    Case(
        "bytes: CRLF in properties",
        b'---\r\nup: "[[/dir/Note]]"\r\n---\r\n',
        b'---\r\nup: "[[/Archive/dir/Note]]"\r\n---\r\n',
    ),
    Case(
        "bytes: invalid UTF-8 around",
        b"\xff\xfe\x80 [[/dir/Note|\xff]] \xc3",
        b"\xff\xfe\x80 [[/Archive/dir/Note|\xff]] \xc3",
    ),
    Case(
        "bytes: odd separators",
        "\x0b\x0c\x85\u2028[[/dir/Note]]\u2029",
        "\x0b\x0c\x85\u2028[[/Archive/dir/Note]]\u2029",
    ),
    Case("bytes: letters before it", "日本 🎉 ü [[/dir/Note]] ü", "日本 🎉 ü [[/Archive/dir/Note]] ü"),
    Case("bytes: no newline at the end", "x\n[[/dir/Note]]", "x\n[[/Archive/dir/Note]]"),
    Case("bytes: trailing blanks", "[[/dir/Note]]  \n\n\n", "[[/Archive/dir/Note]]  \n\n\n"),
    Case(
        "bytes: link composed, file decomposed",
        "[[/Cafe\u0301/a]]",
        "[[/Archive/Cafe\u0301/a]]",
        moved=("Caf\u00e9/a.md",),
    ),
    Case(
        "bytes: link decomposed, file composed",
        "[[/Caf\u00e9/a]]",
        "[[/Archive/Caf\u00e9/a]]",
        moved=("Cafe\u0301/a.md",),
    ),
    Case("bytes: emoji in the name", "[[/🗂️/🎉]]", "[[/Archive/🗂️/🎉]]", moved=("🗂️/🎉.md",)),
]


def _canvas(*nodes: str) -> str:
    return '{\n\t"nodes":[\n\t\t' + ",\n\t\t".join(nodes) + '\n\t],\n\t"edges":[]\n}'


CANVAS = [
    Case(f"canvas: {what}", _canvas(before), _canvas(after), at="b.canvas", moved=(moved,), others=others)
    for what, before, after, moved, others in [
        ("file", '{"type":"file","file":"dir/Note.md"}', '{"type":"file","file":"Archive/dir/Note.md"}', NOTE, ()),
        (
            "file with heading",
            '{"file":"dir/Note.md","subpath":"#h","type":"file"}',
            '{"file":"Archive/dir/Note.md","subpath":"#h","type":"file"}',
            NOTE,
            (),
        ),
        (
            "file twice",
            '{"type":"file","file":"dir/Note.md"},{"type":"file","file":"dir/Note.md"}',
            '{"type":"file","file":"Archive/dir/Note.md"},{"type":"file","file":"Archive/dir/Note.md"}',
            NOTE,
            (),
        ),
        (
            "file with escaped slash",
            '{"type":"file","file":"dir\\/Note.md"}',
            '{"type":"file","file":"Archive\\/dir\\/Note.md"}',
            NOTE,
            (),
        ),
        (
            "file with escaped letters",
            '{"type":"file","file":"d\\u00fc/\\ud83c\\udf89.md"}',
            '{"type":"file","file":"Archive/d\\u00fc/\\ud83c\\udf89.md"}',
            "dü/🎉.md",
            (),
        ),
        (
            "file with quotation marks",
            '{"type":"file","file":"a \\"b\\"/c.md"}',
            '{"type":"file","file":"Archive/a \\"b\\"/c.md"}',
            'a "b"/c.md',
            (),
        ),
        (
            "spaces around",
            '{ "type" : "file" , "file" : "dir/Note.md" }',
            '{ "type" : "file" , "file" : "Archive/dir/Note.md" }',
            NOTE,
            (),
        ),
        (
            "text",
            '{"type":"text","text":"see [[/dir/Note|x]]"}',
            '{"type":"text","text":"see [[/Archive/dir/Note|x]]"}',
            NOTE,
            (),
        ),
        (
            "text with escapes",
            '{"type":"text","text":"a\\n\\t\\"b\\" [[\\/dir\\/Note]]\\n"}',
            '{"type":"text","text":"a\\n\\t\\"b\\" [[\\/Archive\\/dir\\/Note]]\\n"}',
            NOTE,
            (),
        ),
        (
            "text with a Markdown link",
            '{"type":"text","text":"[t](/dir/Note.md \\"T\\")"}',
            '{"type":"text","text":"[t](/Archive/dir/Note.md \\"T\\")"}',
            NOTE,
            (),
        ),
        (
            "text with code stays",
            '{"type":"text","text":"`[[/dir/Note]]` [[/dir/Note]]"}',
            '{"type":"text","text":"`[[/dir/Note]]` [[/Archive/dir/Note]]"}',
            NOTE,
            (),
        ),
        (
            "label and id stay",
            '{"type":"group","label":"[[/dir/Note]]","id":"dir/Note.md"},{"type":"file","file":"dir/Note.md"}',
            '{"type":"group","label":"[[/dir/Note]]","id":"dir/Note.md"},{"type":"file","file":"Archive/dir/Note.md"}',
            NOTE,
            (),
        ),
        (
            "text that is a path stays",
            '{"type":"text","text":"dir/Note.md"},{"type":"file","file":"dir/Note.md"}',
            '{"type":"text","text":"dir/Note.md"},{"type":"file","file":"Archive/dir/Note.md"}',
            NOTE,
            (),
        ),
        (
            "relative in text",
            '{"type":"text","text":"[[./dir/Note]]"}',
            '{"type":"text","text":"[[./Archive/dir/Note]]"}',
            NOTE,
            (),
        ),
        (
            "new letters in an escaping canvas",
            '{"type":"text","text":"[[d\\u00fc/Note]]"}',
            '{"type":"text","text":"[[Archive/d\\u00fc (archived 2026-11-20)/Note]]"}',
            "dü/Note.md",
            ("Archive/dü/Note.md",),
        ),
    ]
]

SEVERAL = [
    Case(
        "several: both move, the link between them stays",
        "[t](./o.md)",
        "[t](./o.md)",
        at=NOTE,
        moved=(NOTE, "dir/o.md"),
        others=(),
    ),
    Case("several: from one folder to another", "[t](../e/o.md)", "[t](../e/o.md)", at=NOTE, moved=(NOTE, "e/o.md")),
    Case("several: rooted between two that move", "[[/e/o]]", "[[/Archive/e/o]]", at=NOTE, moved=(NOTE, "e/o.md")),
    Case("several: twins move together", "[[Note]]", "[[Note]]", moved=(NOTE, "longer/Note.md")),
    Case(
        "several: three links, two moves",
        "[[/dir/Note]] [[/e/o]] [[/top]]",
        "[[/Archive/dir/Note]] [[/Archive/e/o]] [[/top]]",
        moved=(NOTE, "e/o.md"),
        others=("top.md",),
    ),
    Case(
        "several: the place of one was taken",
        "[t](./o.md)",
        "[t](../dir%20(archived%202026-11-20)/o.md)",
        at=NOTE,
        moved=(NOTE, "dir/o.md"),
        others=("Archive/dir/o.md",),
    ),
    Case("unchanged: by name", "[[Note]] [t](Note.md) ![[Note]]", "[[Note]] [t](Note.md) ![[Note]]"),
    Case(
        "unchanged: by the end of its path, which stays",
        "[[dir/Note]] [t](dir/Note.md)",
        "[[dir/Note]] [t](dir/Note.md)",
    ),
    Case("unchanged: an unresolved link of another name", "[[Nota]]", "[[Nota]]"),
    Case("unchanged: the app's own address", "obsidian://open?file=dir%2FNote", "obsidian://open?file=dir%2FNote"),
    Case("unchanged: HTML", '<a href="/dir/Note.md">x</a>', '<a href="/dir/Note.md">x</a>'),
]

CASES = [
    *TAKEN,
    *PROPERTIES,
    *MORE_PROPERTIES,
    *RELATIVE,
    *MORE_RELATIVE,
    *OWN,
    *MORE_OWN,
    *NEW_PARTS,
    *TWINS,
    *BYTES,
    *CANVAS,
    *SEVERAL,
]

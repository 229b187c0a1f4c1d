"""Cases of sections 10 and 11: canvases, bases, tasks."""

from __future__ import annotations

import json

from .case import NONE, A, Case, Content, Expected, embed, mark, only, wiki


def board(
    rule: str,
    name: str,
    nodes: object,
    links: tuple[Expected, ...],
    files: dict[str, Content] | None = None,
    sure: bool = True,
) -> Case:
    """A canvas of these nodes."""
    text = json.dumps({"nodes": nodes, "edges": []})
    return Case(rule, name, text, links, at="x.canvas", files=files or only("a.md", "b.md"), sure=sure)


def card(text: object) -> dict[str, object]:
    return {"id": "1", "type": "text", "text": text, "x": 0, "y": 0, "width": 1, "height": 1}


def file(path: object, **more: object) -> dict[str, object]:
    return {"id": "2", "type": "file", "file": path, "x": 0, "y": 0, "width": 1, "height": 1, **more}


def shown(path: str, target: str | None) -> Expected:
    return ("canvas", path, target)


CASES: tuple[Case, ...] = (
    board("CV-1", "a file card", [file("a.md")], (shown("a.md", "a.md"),)),
    board("CV-1", "with a subpath", [file("a.md", subpath="#h")], (shown("a.md", "a.md"),)),
    board("CV-1", "of an image", [file("d/p.png")], (shown("d/p.png", "d/p.png"),), files=only("d/p.png")),
    board(
        "CV-1",
        "an address and a group are none",
        [{"type": "link", "url": "https://e.org"}, {"type": "group", "label": "[[a]]"}],
        NONE,
    ),
    Case("CV-1", "an empty file is an empty canvas", "", NONE, at="x.canvas"),
    Case("CV-1", "no nodes", "{}", NONE, at="x.canvas"),
    Case(
        "CV-1",
        "edges are drawing only",
        '{"nodes":[],"edges":[{"id":"1","fromNode":"a","toNode":"b","label":"[[a]]"}]}',
        NONE,
        at="x.canvas",
    ),
    board(
        "CV-2",
        "links in a text card",
        [card("see [[a]] and\n\n![[b]] [t](b.md)")],
        (wiki("a"), embed("b"), mark("b.md")),
    ),
    board("CV-2", "code in a text card", [card("```\n[[a]]\n```\n`[[b]]`")], NONE),
    board("CV-2", "each card by itself", [card("```\n[[a]]"), card("[[b]]")], (wiki("b"),)),
    board("CV-2", "a card's own heading leads to the canvas", [card("[[#h]]")], (wiki("", "x.canvas"),)),
    Case(
        "CV-3",
        "file and text cards are backlinks",
        "",
        NONE,
        files={
            "x.canvas": json.dumps({"nodes": [file("Home.md")]}),
            "y.canvas": json.dumps({"nodes": [card("[[Home]]")]}),
        },
        backlinks={"Home.md": ("x.canvas", "y.canvas")},
    ),
    board("CV-4", "a missing .md is not added", [file("a")], (shown("a", None),), sure=False),
    board("CV-4", "a path is the whole path", [file("n.md")], (shown("n.md", None),), files=only("d/n.md"), sure=False),
    Case("CV-4", "broken JSON", '{"nodes": [', NONE, at="x.canvas", backlinks={"a.md": ()}, sure=False),
    Case("CV-4", "something else than an object", '["[[a]]"]', NONE, at="x.canvas", sure=False),
    Case("CV-4", "deeply nested brackets", "[" * 20000, NONE, at="x.canvas", sure=False),
    board(
        "CV-4",
        "odd nodes are skipped",
        [7, None, {}, {"type": "odd", "file": "a.md"}, file(7), card(None), {"type": "file"}, file("b.md")],
        (shown("b.md", "b.md"),),
        sure=False,
    ),
    Case("CV-4", "nodes that are no list", '{"nodes": {"a": 1}}', NONE, at="x.canvas", sure=False),
    Case(
        "CV-5",
        "an embed and a link of a canvas",
        "![[x.canvas]] [[x.canvas]]",
        (embed("x.canvas"), wiki("x.canvas")),
        files=only("x.canvas"),
    ),
    Case(
        "BS-1",
        "an embed of a base and of its view",
        "![[x.base]] ![[x.base#View]]",
        (embed("x.base"),) * 2,
        files=only("x.base"),
    ),
    Case(
        "BS-1",
        "a base is no source",
        "",
        NONE,
        files={"x.base": "filters: 'link(\"Home\")'\nviews: []\n"},
        backlinks={"Home.md": ()},
    ),
    Case("BS-1", "nor a base block", '```base\nfilters: file.hasLink("a") [[a]]\n```', NONE),
    Case(
        "BS-2",
        "what a base lists has no backlink",
        "",
        NONE,
        files={"x.base": 'filters:\n  and:\n    - file.inFolder("/")\n'},
        backlinks={"Home.md": ()},
    ),
    Case("TK-1", "every marker", "- [ ] x\n* [ ] x\n+ [ ] x\n1. [ ] x\n2) [ ] x\n", open_tasks=(1, 2, 3, 4, 5)),
    Case(
        "TK-1",
        "any other character is not open",
        "- [x] x\n- [X] x\n- [-] x\n- [/] x\n- [>] x\n- [ ] y\n",
        open_tasks=(6,),
    ),
    Case(
        "TK-1",
        "nested, and in a callout",
        "- [ ] x\n\t- [x] y\n\t\t- [ ] z\n\n> [!todo]\n> - [ ] w\n",
        open_tasks=(1, 3, 6),
    ),
    Case("TK-1", "lines count from the file's first", "---\ntags: [x]\n---\n\n- [ ] x\n", open_tasks=(5,)),
    Case(
        "TK-1",
        "not in code, HTML or a paragraph",
        "```\n- [ ] x\n```\n\n<!--\n- [ ] x\n-->\n\nx [ ] y\n\n    - [ ] z\n",
        open_tasks=(),
    ),
    Case("TK-1", "what is no task", "- [] x\n- [  ] x\n- [ ]x\n- x [ ] y\n", open_tasks=()),
    Case("TK-1", "above an empty item that has just been begun", "- [ ] x\n\t- \n- [ ] y\n  - \n", open_tasks=(1, 3)),
    Case(
        "TK-1",
        "where it may be the head of a table",
        "- [ ] x | y\n--- | ---\n\n- [ ] x | y\n  -|-\n",
        open_tasks=(1, 4),
    ),
    Case("TK-1", "a link in a task", "- [ ] [[a]]\n", A, open_tasks=(1,)),
)

"""The plan as a page: what moves, what is rewritten, what stays, and that nothing has been changed."""

from __future__ import annotations

import pytest

from tests.plan.worlds import Files, garden, in_bytes, planned
from vaultprune.plan import guards, plan_text
from vaultprune.words import width

FILES: Files = in_bytes(
    {
        "Ideas/Leitner box.md": "x",
        "Ideas/Sleep and memory.md": "---\nvaultprune: keep\n---\n",
        "Inbox/a.md": "![[curve.png]] [t](./b.md)",
        "Inbox/b.md": "",
        "Maps/Learning.md": "one\ntwo [[/Ideas/Leitner box|boxes]]\n[[a]] ![b](/Inbox/b.md)",
        "curve.png": "",
    }
)
CHOSEN = ("Ideas/Leitner box.md", "Ideas/Sleep and memory.md", "Inbox/a.md")

PAGE = """\
Plan {id} for Garden, Fri 20 Nov 2026 18:04

2 notes move below Archive/, keeping their folders, names and dates:
  Ideas/Leitner box.md
  Inbox/a.md

2 links in 2 files are rewritten, because they would no longer lead where they
do. Nothing else in those files changes:
  Inbox/a.md, line 1
     [t](./b.md)
  -> [t](../../Inbox/b.md)
  Maps/Learning.md, line 2
     [[/Ideas/Leitner box|boxes]]
  -> [[/Archive/Ideas/Leitner box|boxes]]
1 link by name alone goes on working, unchanged.

1 note stays where it is:
  Ideas/Sleep and memory.md     protected: {why}
Left alone, for you to look at:
  curve.png stays where it is: it is shown only in "a"

Obsidian is open on this vault.

Carry it out   vaultprune archive --plan plan.json

Nothing has been changed.
"""


def test_a_plan_reads_like_this() -> None:
    vault = garden(FILES)
    plan = planned(FILES, *CHOSEN, vault=vault, even_protected=False)
    text = plan_text(
        plan,
        vault,
        FILES.get,
        remarks=["Obsidian is open on this vault."],
        then=["Carry it out   vaultprune archive --plan plan.json"],
    )

    assert text == PAGE.format(id=plan.id, why=plan.skipped[0].why.removeprefix("protected: "))


def test_an_empty_plan_is_short() -> None:
    vault = garden(FILES)
    plan = planned(FILES, vault=vault)

    assert plan_text(plan, vault, FILES.get).split("\n", 2)[2] == "No note moves.\n\nNothing has been changed.\n"


def test_long_lists_are_cut_and_say_so() -> None:
    files = {f"n{number}.md": b"" for number in range(9)}
    vault = garden(files)
    plan = planned(files, *files, vault=vault)

    assert "  ... and 6 more: --limit 9\n" in plan_text(plan, vault, files.get)
    assert "more:" not in plan_text(plan, vault, files.get, limit=9)


def test_a_place_that_was_taken_is_told() -> None:
    files = {"n/b.md": b"", "Archive/n/b.md": b""}
    vault = garden(files)
    text = plan_text(planned(files, "n/b.md", vault=vault), vault, files.get)

    assert "  n/b.md\n  -> Archive/n (archived 2026-11-20)/b.md, as its place there is taken\n" in text


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        pytest.param(("a/s.md", "b/t.md", "c/r.md"), "2 of them belong together, all or none: ", id="one group"),
        pytest.param(("a/s.md", "b/t.md", "c/r.md", "d/u.md"), "Of them 2 groups belong together, ", id="two"),
    ],
)
def test_what_belongs_together_is_told(chosen: tuple[str, ...], says: str) -> None:
    files = in_bytes({"a/s.md": "[t](../b/t.md)", "b/t.md": "", "c/r.md": "[u](../d/u.md)", "d/u.md": ""})
    vault = garden(files)

    assert says in plan_text(planned(files, *chosen, vault=vault), vault, files.get)


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_no_line_is_wider_than_the_page(columns: int) -> None:
    name = "日本語のとても長い名前の" * 5
    files = in_bytes({f"d/{name}.md": f"[t](./{name}x.md)", f"d/{name}x.md": "", "u.md": f"[[/d/{name}|{name}]]"})
    vault = garden(files)
    plan = planned(files, f"d/{name}.md", "nowhere" * 20 + ".md", vault=vault)

    assert plan.rewrites
    for line in plan_text(plan, vault, files.get, columns=columns).split("\n"):
        assert width(line) <= columns, line


def test_nothing_from_a_vault_reaches_the_terminal_raw() -> None:
    files = in_bytes({"d/n\x1b[2J.md": "", "u.md": "[[/d/n\x1b[2J|\u202e\x9b]]", "e.md": "\x07"})
    vault = garden(files)
    text = plan_text(planned(files, "d/n\x1b[2J.md", "\x1bx", vault=vault), vault, files.get)

    assert not {char for char in text if char != "\n" and not char.isprintable()}


@pytest.mark.parametrize(
    ("notes", "chosen", "names"),
    [
        pytest.param(30, 0, (), id="none"),
        pytest.param(30, 3, (), id="a tenth"),
        pytest.param(30, 4, ("large-plan",), id="more than a tenth"),
        pytest.param(5, 1, (), id="one of few"),
        pytest.param(5, 2, ("large-plan",), id="two of few"),
        pytest.param(5, 5, ("whole-vault",), id="all"),
        pytest.param(1, 1, ("whole-vault",), id="the only one"),
    ],
)
def test_a_large_plan_has_to_pass_a_guard(notes: int, chosen: int, names: tuple[str, ...]) -> None:
    files = {f"n{number}.md": b"" for number in range(notes)} | {f"Archive/o{number}.md": b"" for number in range(50)}
    vault = garden(files)
    plan = planned(files, *(f"n{number}.md" for number in range(chosen)), vault=vault)

    assert tuple(guard.name for guard in guards(plan, vault)) == names
    assert all(guard.final == (guard.name == "whole-vault") for guard in guards(plan, vault))

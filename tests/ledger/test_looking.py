"""What a look takes for use and what it does not: by content, never by time."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build import read_tree
from tests.ledger.worlds import World, day, text
from vaultprune.ledger import Noticed
from vaultprune.model import NotePath

PROPERTIES = "---\nstatus: new\n---\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(
        tmp_path,
        {
            "a.md": PROPERTIES + text("a"),
            "b.md": text("b", "[[a]]"),
            "c.md": text("c"),
            "deep/d.md": text("d"),
            "empty.md": "",
        },
    )
    world.look(0)
    return world


def test_at_first_all_is_new_and_nothing_is_told_of_the_time_before(tmp_path: Path) -> None:
    world = World(tmp_path, {"a.md": text("[[b]]"), "b.md": text("b")})
    world.open("a.md", recent=["b.md"])

    assert world.recall(0).absent == "nobody has looked at this vault yet"
    assert world.look(0) == Noticed(notes=2, first=True, new=2, wrote=True)

    known = world.recall(0)
    assert known.looks == (day(0),)
    assert (known.notes[NotePath("b.md")].first, known.notes[NotePath("b.md")].same_since) == (day(0), day(0))
    assert (known.notes[NotePath("b.md")].edits, known.notes[NotePath("b.md")].linked) == ((), ())
    assert all(seen.opened == () for seen in known.notes.values())  # nobody knows when


def test_an_edit_lies_between_two_looks(world: World) -> None:
    world.look(3)
    world.write({"a.md": PROPERTIES + text("a", "more")})
    assert world.look(7).edited == 1
    world.look(9)

    seen = world.seen("a.md", 9)
    assert seen.edits == ((day(3), day(7)),)
    assert (seen.first, seen.same_since) == (day(0), day(7))
    assert world.seen("c.md", 9).same_since == day(0)


def test_several_edits_on_a_day_are_one(world: World) -> None:
    for hour in (9, 10, 11):
        world.write({"c.md": text("c", hour)})
        assert world.look(4, hour).edited == 1

    assert world.seen("c.md", 4).edits == ((day(0), day(4)),)


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        pytest.param(lambda vault: os.utime(vault / "c.md"), {}, id="a touch"),
        pytest.param(lambda vault: (vault / "c.md").write_text(text("c") + "\n\n  "), {}, id="white space at the end"),
        pytest.param(lambda vault: (vault / "c.md").chmod(0o600), {}, id="a mode"),
        pytest.param(lambda vault: (vault / "pic.png").write_bytes(b"x"), {}, id="an attachment"),
        pytest.param(
            lambda vault: (vault / "a.md").write_text("---\nstatus: old\n---\n" + text("a")),
            {"properties": 1},
            id="the properties alone",
        ),
        pytest.param(lambda vault: (vault / "a.md").write_text(text("a")), {"properties": 1}, id="no properties left"),
        pytest.param(lambda vault: (vault / "c.md").write_text(text("C")), {"edited": 1}, id="a letter"),
        pytest.param(lambda vault: (vault / "empty.md").write_text("x"), {"edited": 1}, id="a first word"),
        pytest.param(lambda vault: (vault / "n.md").write_text(text("n")), {"new": 1}, id="a new note"),
        pytest.param(lambda vault: (vault / "c.md").unlink(), {"gone": 1}, id="a note that is gone"),
        pytest.param(lambda vault: (vault / "c.md").rename(vault / "deep/x.md"), {"moved": 1}, id="a note elsewhere"),
    ],
)
def test_what_counts(world: World, change: Callable[[Path], object], noticed: dict[str, int]) -> None:
    change(world.vault)

    seen = world.look(1)

    counts = ("edited", "properties", "new", "moved", "gone", "opened")
    assert {name: getattr(seen, name) for name in counts if getattr(seen, name)} == noticed


def test_a_change_of_the_properties_alone_is_told_apart(world: World) -> None:
    world.write({"a.md": "---\nstatus: old\n---\n" + text("a")})
    world.look(2)

    seen = world.seen("a.md", 2)
    assert (seen.edits, seen.properties, seen.same_since) == ((), (day(2),), day(0))


def test_nothing_is_written_when_nothing_changed_on_the_same_day(world: World) -> None:
    world.look(1)
    before = read_tree(world.home)

    assert world.look(1, 15).wrote is False
    assert read_tree(world.home) == before
    assert world.look(2).wrote is True  # that somebody looked is worth knowing


def test_a_look_leaves_the_vault_as_it_is(world: World) -> None:
    def everything() -> list[tuple[object, ...]]:
        return [
            (path, status.st_mtime_ns, status.st_ctime_ns, status.st_mode)
            for path in sorted([world.vault, *world.vault.rglob("*")])
            if (status := path.stat())
        ]

    before = everything(), read_tree(world.vault)
    world.write({"new.md": text("n")})
    (world.vault / "new.md").unlink()
    before = everything(), read_tree(world.vault)

    world.look(1)
    world.recall(1)

    assert (everything(), read_tree(world.vault)) == before


def test_a_note_that_cannot_be_read_is_neither_gone_nor_changed(world: World) -> None:
    (world.vault / "c.md").rename(world.vault / ".c.md.icloud")
    (world.vault / ".c.md.icloud").write_bytes(b"bplist00")
    assert world.look(1).nothing
    (world.vault / ".c.md.icloud").unlink()
    world.write({"c.md": text("c")})

    assert world.look(2).nothing
    assert world.seen("c.md", 2).same_since == day(0)


# --- links ----------------------------------------------------------------------------------------------


def test_a_new_link_is_told_of_the_note_it_leads_to(world: World) -> None:
    world.write({"c.md": text("c", "[[a]] [[a|again]] [[deep/d#part]] [[c]]")})
    world.look(1)
    world.write({"c.md": text("c", "[[a]] more of it [[d]]")})
    world.look(2)

    assert world.seen("a.md", 2).linked == (day(1),)
    assert world.seen("deep/d.md", 2).linked == (day(1),)
    assert world.seen("c.md", 2).linked == ()
    assert world.seen("b.md", 2).linked == ()


def test_links_from_new_notes_count_once_each(world: World) -> None:
    world.write({"n.md": text("[[a]]"), "m.md": text("m [[a]]")})
    world.look(1)

    assert world.seen("a.md", 1).linked == (day(1), day(1))


def test_a_link_that_only_followed_a_rename_is_none(world: World) -> None:
    world.move("a.md", "A new name.md")
    world.write({"b.md": text("b", "[[A new name]]")})
    world.look(1)

    seen = world.seen("A new name.md", 1)
    assert (seen.first, seen.linked) == (day(0), ())


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"Archive/x.md": text("[[a]]")}, id="from the archive"),
        pytest.param({"r.md": "---\nvaultprune-report: 1\n---\n" + text("[[a]]")}, id="from a note of the program"),
        pytest.param({f"n{n}.md": text(n, "[[a]]") for n in range(21)}, id="from an import"),
        pytest.param({"list.md": text("[[a]]", *(f"[[x{n}]]" for n in range(30)))}, id="from a list of everything"),
    ],
)
def test_links_that_nobody_made(world: World, files: dict[str, str]) -> None:
    world.write(files)
    world.look(1)

    assert world.seen("a.md", 1).linked == ()


# --- what a program did to many notes --------------------------------------------------------------------


def test_the_same_change_in_many_notes_is_a_programs(tmp_path: Path) -> None:
    world = World(tmp_path, {f"n{n}.md": text(n) for n in range(40)})
    world.look(0)
    world.write({f"n{n}.md": text(n) + "Footer\n" for n in range(30)} | {"n30.md": text(30, "by hand, really")})

    assert world.look(1).edited == 1
    assert world.seen("n30.md", 1).edits == ((day(0), day(1)),)
    assert world.seen("n0.md", 1).edits == ()
    assert world.seen("n0.md", 1).same_since == day(0)


def test_months_on_a_phone_are_many_edits(tmp_path: Path) -> None:
    world = World(tmp_path, {f"n{n}.md": text(n) for n in range(40)})
    world.look(0)
    world.write({f"n{n}.md": text(n, *"x" * (n + 1)) for n in range(40)})

    assert world.look(90).edited == 40


# --- what is open ------------------------------------------------------------------------------------------


def test_a_note_is_opened_when_it_is_open_or_comes_forward_among_the_last_ones(world: World) -> None:
    world.open("a.md", recent=["b.md", "c.md"])
    world.look(1)
    world.open("c.md", recent=["a.md", "b.md", "c.md"])
    world.look(2)
    world.open("c.md", recent=["deep/d.md", "b.md", "a.md", "c.md"])
    world.look(3)

    opened = {path: seen.opened for path, seen in world.recall(3).notes.items() if seen.opened}
    assert opened == {
        "a.md": (day(2), day(1)),
        "b.md": (day(3), day(1)),
        "c.md": (day(3), day(2), day(1)),
        "deep/d.md": (day(3),),
    }


def test_a_tab_that_was_left_open_is_no_use_while_nobody_uses_the_app(world: World) -> None:
    world.open("a.md", recent=["b.md"])
    for number in (1, 2, 30):
        world.look(number)
    world.open("a.md", recent=["a.md", "b.md"])
    world.look(31)

    assert world.seen("a.md", 31).opened == (day(31), day(1))


@pytest.mark.parametrize("name", ["workspace.json", "workspace-mobile.json"])
def test_every_device_is_asked(world: World, name: str) -> None:
    world.open("a.md")
    (world.vault / ".obsidian/workspace.json").rename(world.vault / ".obsidian" / name)
    world.look(1)

    assert world.seen("a.md", 1).opened == (day(1),)


def test_opening_a_suggested_note_while_its_review_is_out_is_no_use(world: World) -> None:
    world.look(7)
    world.ledger().remember_round(day(7), [NotePath("c.md")], [NotePath("c.md")])
    for number in (7, 14, 21):
        world.open("a.md", "c.md")
        world.look(number)
        world.open()
        world.look(number + 1)
    world.open("c.md")
    world.look(22)

    assert world.seen("a.md", 22).opened == (day(21), day(14), day(7))
    assert world.seen("c.md", 22).opened == (day(22),)

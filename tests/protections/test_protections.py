"""When each protection speaks, and when it stays silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.build import at, filler, link, note, vault
from vaultprune.config import Config
from vaultprune.model import AppSettings, DailyNotes, Decision, Note, NotePath, Observed, Seen
from vaultprune.protections import PROTECTIONS
from vaultprune.vault import Vault

DOCS = Path(__file__).parents[2] / "docs" / "how-it-decides.md"


def held(code: str, world: Vault, path: str = "A.md") -> str | None:
    """What the protection says of one note, or None."""
    protection = {each.code: each for each in PROTECTIONS}[code]
    return protection.holds(world).get(world.ids[NotePath(path)])


def config(**settings: Any) -> Config:
    return Config(dates=("property",), **settings)


def decision(what: str = "keep", scope: str = "note", name: str = "A.md", **more: Any) -> Decision:
    return Decision(at("2026-01-01"), what, scope, name, **more)  # type: ignore[arg-type]


def formerly(path: str, until: str) -> Observed:
    """What is known of A.md by whoever saw that it had another name until a day."""
    return Observed(notes={NotePath("A.md"): Seen(1, 1, formerly=((NotePath(path), at(until).toordinal()),))})


SPEAKS: list[Any] = []
SILENT: list[Any] = []


def speaks(code: str, id: str, world: Callable[[], Vault], says: str = "") -> None:
    SPEAKS.append(pytest.param(code, world, says, id=f"{code}: {id}"))


def silent(code: str, id: str, world: Callable[[], Vault]) -> None:
    SILENT.append(pytest.param(code, world, id=f"{code}: {id}"))


def one(
    *others: Note, settings: dict[str, Any] | None = None, world: dict[str, Any] | None = None, **about: Any
) -> Any:
    """A vault with the note A, some others, settings and surroundings."""
    return lambda: vault(note("A", **about), *others, config=config(**(settings or {})), **(world or {}))


# --- status -------------------------------------------------------------------------------------------
EVERGREEN = {"protect": ("evergreen",)}
speaks("status", "property", one(status="evergreen", settings=EVERGREEN), "status evergreen")
speaks("status", "property, any case", one(status="Evergreen ", settings=EVERGREEN))
speaks("status", "property in a list", one(status=("draft", "evergreen"), settings=EVERGREEN))
speaks("status", "property with a hash", one(status="#evergreen", settings=EVERGREEN))
speaks("status", "nested below", one(status="evergreen/core", settings=EVERGREEN))
speaks("status", "tag #status/x", one(tags=["status/evergreen"], settings=EVERGREEN), "tag #status/evergreen")
speaks("status", "tag #x", one(tags=["Evergreen"], settings=EVERGREEN), "tag #Evergreen")
speaks("status", "tag #x/y", one(tags=["evergreen/books"], settings=EVERGREEN))
speaks(
    "status", "--protect status holds every #status/...", one(tags=["status/draft"], settings={"protect": ("status",)})
)
speaks("status", "one of several", one(tags=["b"], settings={"protect": ("a", "b")}))
silent("status", "nothing chosen", one(status="evergreen"))
silent("status", "another status", one(status="draft", settings=EVERGREEN))
silent("status", "no whole segment", one(status="evergreens", settings=EVERGREEN))
silent("status", "segment on the right", one(tags=["books/evergreen"], settings=EVERGREEN))
silent("status", "another property", one(stage="evergreen", settings=EVERGREEN))

# --- what the owner said --------------------------------------------------------------------------------
speaks("property", "vaultprune: keep", one(vaultprune="keep"))
speaks("property", "any case", one(vaultprune="Keep"))
silent("property", "another value", one(vaultprune="maybe"))
silent("property", "only a word in the text", one(words=3))
speaks("decision", "the note", one(world={"decisions": [decision()]}), "you keep it")
speaks(
    "decision", "with its reason", one(world={"decisions": [decision(because="my thesis")]}), "you keep it: my thesis"
)
speaks("decision", "until a later day", one(world={"decisions": [decision(until=date(2026, 12, 1))]}))
speaks("decision", "by tag", one(tags=["x/y"], world={"decisions": [decision(scope="tag", name="#x")]}))
speaks(
    "decision",
    "renamed since, same text",
    one(text="same", world={"decisions": [decision(name="Old.md", body_digest=note("B", text="same").body_digest)]}),
)
speaks(
    "decision",
    "renamed since, as was seen, and another note has the name of old",
    one(note("Old"), world={"decisions": [decision(name="old.md")], "observed": formerly("Old.md", "2026-01-01")}),
)
silent(
    "decision",
    "renamed before it was made",
    one(world={"decisions": [decision(name="Old.md")], "observed": formerly("Old.md", "2025-12-31")}),
)
speaks("decision", "kept again after it was withdrawn", one(world={"decisions": [decision("forget"), decision()]}))
silent("decision", "another note", one(world={"decisions": [decision(name="B.md")]}))
silent("decision", "run out to the day", one(world={"decisions": [decision(until=date(2026, 11, 20))]}))
silent("decision", "withdrawn", one(world={"decisions": [decision(), decision("forget")]}))
silent("decision", "another folder", one(world={"decisions": [decision(scope="folder", name="Ideas")]}))
silent(
    "decision",
    "same text, but the note of old is still there",
    one(
        note("Old", text="same"),
        text="same",
        world={"decisions": [decision(name="Old.md", body_digest=note("B", text="same").body_digest)]},
    ),
)
speaks("path", "a glob", one(settings={"protect_paths": ("A*",)}), "protect_paths")
silent("path", "a folder it is not in", one(settings={"protect_paths": ("A/",)}))

# --- at hand in the app -----------------------------------------------------------------------------------
speaks("bookmark", "the file", one(world={"app": AppSettings(bookmarks=("A.md",))}), "a bookmark")
speaks("bookmark", "another case", one(world={"app": AppSettings(bookmarks=("a.md",))}))
silent("bookmark", "another file", one(world={"app": AppSettings(bookmarks=("B.md",))}))
silent("bookmark", "another folder", one(world={"app": AppSettings(bookmarked_folders=("Ideas",))}))
silent("bookmark", "the root is no folder", one(world={"app": AppSettings(bookmarked_folders=("/",))}))
speaks("open-tab", "a tab", one(world={"app": AppSettings(open_notes=("A.md",))}))
silent("open-tab", "only opened lately", one(world={"app": AppSettings(last_opened=("A.md",))}))
speaks("plugin", "its home", one(world={"app": AppSettings(named_by_plugins=(("A.md", "homepage"),))}), "homepage")
silent("plugin", "another note", one(world={"app": AppSettings(named_by_plugins=(("B.md", "homepage"),))}))

# --- what it is ---------------------------------------------------------------------------------------------
speaks("open-task", "one", one(open_tasks=[8]), "an open task (line 8)")
speaks("open-task", "several", one(open_tasks=[8, 12]), "2 open tasks (the first in line 8)")
silent("open-task", "none", one())
speaks("drawing", "by property", one(more={"excalidraw-plugin": "parsed"}))
silent("drawing", "an ordinary note", one())
speaks("unreadable", "cannot be read", one(unreadable="permission denied"), "permission denied")
silent("unreadable", "read", one())
speaks("symlink", "through a link", one(world={"symlinked": ["A.md"]}))
silent("symlink", "straight", one(world={"symlinked": ["B.md"]}))
speaks("own-note", "our review", one(more={"vaultprune-plan": "7f3a91c2"}))
silent("own-note", "the owner's own mark", one(vaultprune="keep"))
speaks("template", "named in the settings", one(world={"app": AppSettings(dated=(DailyNotes(template="A"),))}))
silent("template", "no template folder", one())


# --- by name: path -> held or not ---------------------------------------------------------------------------
BY_NAME = [
    ("daily", "2024-07-21.md", True),
    ("daily", "Journal/20240721.md", True),
    ("daily", "2024-07-21 Sunday.md", True),
    ("daily", "21-07-2024.md", True),
    ("daily", "2024-W29.md", True),
    ("daily", "2024-07.md", True),
    ("daily", "2024-Q3.md", True),
    ("daily", "2024.md", True),
    ("daily", "2024-07-21 Talk with Ada about memory.md", False),
    ("daily", "2024-13-45.md", False),
    ("daily", "1984 by Orwell.md", False),
    ("daily", "A.md", False),
    ("template", "Templates/Daily.md", True),
    ("template", "_templates/Daily.md", True),
    ("template", "Things/Templates.md", False),
    ("drawing", "Sketch.excalidraw.md", True),
    ("drawing", "Excalidraw.md", False),
    ("conflict-copy", "Note (Conflicted copy phone 202609011200).md", True),
    ("conflict-copy", "Note.sync-conflict-20260901-120000-ABCDEFG.md", True),
    ("conflict-copy", "Note (Ada's conflicted copy 2026-09-01).md", True),
    ("conflict-copy", "On conflict.md", False),
    ("conflict-copy", "Chapter 2.md", False),
    ("unlinkable", "C# notes.md", True),
    ("unlinkable", "a^b.md", True),
    ("unlinkable", "C sharp.md", False),
]


@pytest.mark.parametrize(("code", "world", "says"), SPEAKS)
def test_a_protection_speaks(code: str, world: Callable[[], Vault], says: str) -> None:
    words = held(code, world())

    assert words is not None
    assert says in words


@pytest.mark.parametrize(("code", "world"), SILENT)
def test_a_protection_stays_silent(code: str, world: Callable[[], Vault]) -> None:
    assert held(code, world()) is None


@pytest.mark.parametrize(("code", "path", "expected"), BY_NAME, ids=[f"{code}: {path}" for code, path, _ in BY_NAME])
def test_a_name_alone_can_protect(code: str, path: str, expected: bool) -> None:
    assert (held(code, vault(note(path)), path) is not None) == expected


def test_the_original_of_a_conflict_copy_is_held_as_well() -> None:
    world = vault(note("Note"), note("Note (Conflicted copy phone 202609011200)"), note("Other"))

    assert held("conflict-copy", world, "Note.md") is not None
    assert held("conflict-copy", world, "Other.md") is None


def test_a_numbered_twin_is_a_sync_copy_only_if_its_text_is_the_same() -> None:
    world = vault(note("N", text="x"), note("N 2", text="x"), note("M", text="x"), note("M 2", text="y"))

    assert held("conflict-copy", world, "N 2.md") is not None
    assert held("conflict-copy", world, "M 2.md") is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [("Ideas/A.md", True), ("ideas/deep/A.md", True), ("Ideas and more/A.md", False), ("A.md", False)],
)
def test_a_folder_holds_what_lies_in_it_and_nothing_that_is_named_alike(path: str, expected: bool) -> None:
    for code, world in {
        "path": vault(note(path), config=config(protect_paths=("Ideas/",))),
        "decision": vault(note(path), decisions=[decision(scope="folder", name="Ideas")]),
        "bookmark": vault(note(path), app=AppSettings(bookmarked_folders=("Ideas",))),
        "template": vault(note(path), app=AppSettings(template_folders=("Ideas",))),
    }.items():
        assert (held(code, world, path) is not None) == expected, code


@pytest.mark.parametrize(
    ("dated", "path", "expected"),
    [
        pytest.param(
            DailyNotes(folder="Log", format="YYYY/MM/DD"), "Log/2024/07/21.md", True, id="folders in the format"
        ),
        pytest.param(
            DailyNotes(folder="Log", format="dddd, MMMM Do YYYY"), "Log/Sunday, July 21st 2024.md", True, id="words"
        ),
        pytest.param(DailyNotes(period="week", format="[Week] W, gggg"), "Week 29, 2024.md", True, id="literal parts"),
        pytest.param(DailyNotes(folder="Log", format="YY-M-D"), "Log/24-7-21.md", True, id="short"),
        pytest.param(DailyNotes(folder="Log", format="YY-M-D"), "Other/24-7-21.md", False, id="another folder"),
        pytest.param(DailyNotes(folder="Log", format="YYYY/MM/DD"), "Log/Ideas.md", False, id="no date"),
    ],
)
def test_daily_notes_are_known_by_the_settings_of_the_app(dated: DailyNotes, path: str, expected: bool) -> None:
    world = vault(note(path), app=AppSettings(dated=(dated,)))

    assert (held("daily", world, path) is not None) == expected


def test_daily_notes_are_free_when_the_owner_says_so() -> None:
    assert held("daily", vault(note("2024-07-21"), config=config(protect_daily=False)), "2024-07-21.md") is None


# --- by structure -------------------------------------------------------------------------------------------
def test_the_only_bridge_between_two_groups_is_held_and_a_note_within_one_is_not() -> None:
    left = [note(f"L{i}", links=["L0", "L1", "L2"]) for i in range(3)]
    right = [note(f"R{i}", links=["R0", "R1", "R2"]) for i in range(3)]
    world = vault(*left, *right, note("A", links=["L0", "R0"]))

    assert held("bridge", world) == "the only bridge between groups of 3 and 3 notes"
    assert held("bridge", world, "L2.md") is None


def test_a_note_with_a_single_note_behind_it_is_no_bridge() -> None:
    group = [note(f"L{i}", links=["L0", "L1", "L2"]) for i in range(3)]

    assert held("bridge", vault(*group, note("A", links=["L0", "End"]), note("End"))) is None


def test_a_hub_is_held_and_a_note_with_few_links_is_not() -> None:
    spokes = [note(f"S{i:02d}") for i in range(12)]
    world = vault(note("A", links=[f"S{i:02d}" for i in range(12)]), *spokes)

    assert held("hub", world) == "a hub, linked with 12 notes"
    assert held("hub", world, "S00.md") is None


def test_notes_that_an_ambiguous_link_may_mean_are_held() -> None:
    world = vault(note("x/N"), note("y/N"), note("x/M"), note("long/M"), note("Home", links=["N", "M"]))

    assert held("ambiguous", world, "x/N.md") is not None
    assert held("ambiguous", world, "y/N.md") is not None
    assert held("ambiguous", world, "x/M.md") is None, "the shorter path wins, nothing is ambiguous"


def test_every_protection_has_its_table() -> None:
    spoken = {param.values[0] for param in SPEAKS} | {code for code, _, expected in BY_NAME if expected}
    quiet = {param.values[0] for param in SILENT} | {code for code, _, expected in BY_NAME if not expected}
    by_structure = {"bridge", "hub", "ambiguous"}

    assert {each.code for each in PROTECTIONS} == spoken | by_structure
    assert {each.code for each in PROTECTIONS} == quiet | by_structure


def test_every_protection_has_its_entry_in_the_docs() -> None:
    text = DOCS.read_text(encoding="utf-8")

    assert [each.code for each in PROTECTIONS if f"### `{each.code}`" not in text] == []


def test_archived_notes_are_held_by_nothing_since_they_are_not_judged() -> None:
    world = vault(note("Archive/A", vaultprune="keep"), *filler(3))

    assert [each.code for each in PROTECTIONS if world.ids[NotePath("Archive/A.md")] in each.holds(world)] == []


def test_a_weak_link_makes_no_bridge() -> None:
    left = [note(f"L{i}", links=["L0", "L1", "L2"]) for i in range(3)]
    right = [note(f"R{i}", links=["R0", "R1", "R2"]) for i in range(3)]
    world = vault(*left, *right, note("A", links=["L0", link("R0", "mention")]))

    assert held("bridge", world) is None


def test_a_decision_needs_no_time_zone_of_its_own() -> None:
    until = Decision(datetime(2026, 1, 1, tzinfo=UTC), "keep", "note", "A.md", until=date(2026, 11, 21))

    assert held("decision", vault(note("A"), decisions=[until])) == "you keep it until 21 Nov 2026"

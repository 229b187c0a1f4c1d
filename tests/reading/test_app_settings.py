from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.reading.folders import as_an_ordinary_user, within_seconds, write
from vaultprune.model import AppSettings, DailyNotes, NotePath, Problem
from vaultprune.reading.app_settings import read_app_settings

FILES = (
    "app.json",
    "bookmarks.json",
    "starred.json",
    "workspace.json",
    "workspace-mobile.json",
    "workspaces.json",
    "daily-notes.json",
    "templates.json",
    "core-plugins.json",
    "community-plugins.json",
    "zk-prefixer.json",
    "plugins/periodic-notes/data.json",
    "plugins/calendar/data.json",
    "plugins/templater-obsidian/data.json",
    "plugins/quickadd/data.json",
    "plugins/homepage/data.json",
    "plugins/recent-files-obsidian/data.json",
)
DEFAULT = AppSettings(present=True)


def read(vault: Path, files: Mapping[str, object], *notes: str) -> tuple[AppSettings, tuple[Problem, ...]]:
    """What is read of a vault with these files below `.obsidian/` and notes of these names."""
    write(vault, {".obsidian/app.json": "{}", **{f".obsidian/{name}": said for name, said in files.items()}})
    return read_app_settings(vault, [NotePath(note) for note in notes])


def settings(vault: Path, files: Mapping[str, object], *notes: str) -> AppSettings:
    found, problems = read(vault, files, *notes)
    assert problems == ()
    return found


# --- nothing there, or nothing of use ---------------------------------------------------------------


def test_without_the_apps_folder_the_defaults_hold(tmp_path: Path) -> None:
    assert read_app_settings(tmp_path, []) == (AppSettings(), ())


def test_missing_files_mean_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, {}) == (DEFAULT, ())


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param("", "empty", id="empty"),
        pytest.param(" \n", "empty", id="white space"),
        pytest.param("null", "empty", id="null"),
        pytest.param('{"items": [', "not valid JSON", id="torn"),
        pytest.param(b"\xff\xfe\xfa\xfb", "not valid JSON", id="not a text"),
        pytest.param('{"a":' * 100_000, "not valid JSON", id="nested too deep"),
        pytest.param("1" * 10_000, "not valid JSON", id="a number beyond all bounds"),
    ],
)
def test_a_broken_file_is_told_and_the_defaults_hold(tmp_path: Path, name: str, content: str | bytes, why: str) -> None:
    found, problems = read(tmp_path, {name: content})

    assert found == DEFAULT
    assert [problem.path for problem in problems] == [f".obsidian/{name}"]
    assert problems[0].what.startswith(why)


WRONG: tuple[object, ...] = (True, 7, 1.5, "text", ["text"], [[1]], [{"a": {}}], {"a": 1}, {"a": {"b": []}})
KEYS = (
    "items",
    "path",
    "type",
    "main",
    "left",
    "children",
    "state",
    "lastOpenFiles",
    "workspaces",
    "folder",
    "format",
    "template",
    "userIgnoreFilters",
    "templates_folder",
    "templateFolderPath",
    "daily",
    "weekly",
    "enabled",
    "calendarSets",
    "showWeeklyNote",
    "weeklyNoteFolder",
    "homepages",
    "defaultNote",
    "recentFiles",
)


@pytest.mark.parametrize("name", FILES)
def test_values_of_any_type_anywhere_end_nothing(tmp_path: Path, name: str) -> None:
    for wrong in WRONG:
        shapes: list[object] = [wrong, *({key: wrong} for key in KEYS)]
        shapes += [{"items": [{"type": kind, "path": wrong, "items": wrong}]} for kind in ("file", "group", wrong)]
        shapes += [{"main": {"type": kind, "state": wrong, "children": wrong}} for kind in ("leaf", "tabs", wrong)]
        shapes += [{"main": {"type": "leaf", "state": {"state": wrong}}}]
        shapes += [{"main": {"type": "leaf", "state": {"state": {"file": wrong}}}}]
        shapes += [{key: {"enabled": True, "folder": wrong, "format": wrong}} for key in ("daily", "yearly")]
        shapes += [{"calendarSets": [{"day": wrong}]}, {"homepages": {"a": {"value": wrong}}}]
        for shape in shapes:
            found, problems = read(tmp_path, {name: shape})
            assert found.present
            assert {problem.path for problem in problems} <= {f".obsidian/{name}"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("bookmarks.json", [], id="bookmarks are a list"),
        pytest.param("bookmarks.json", {"items": {"a": 1}}, id="items are a mapping"),
        pytest.param("bookmarks.json", {"items": ["a.md"]}, id="an item is a text"),
        pytest.param("bookmarks.json", {"items": [{"type": "file", "path": 5}]}, id="a path is a number"),
        pytest.param("workspace.json", {"lastOpenFiles": "a.md"}, id="last files are a text"),
        pytest.param("workspace.json", {"main": {"type": "split", "children": {}}}, id="children are a mapping"),
        pytest.param("workspace.json", {"main": {"type": "leaf", "state": []}}, id="a state is a list"),
        pytest.param("workspaces.json", {"workspaces": {"x": []}}, id="a layout is a list"),
        pytest.param("daily-notes.json", {"folder": ["a"]}, id="a folder is a list"),
        pytest.param("templates.json", {"folder": 5}, id="a folder is a number"),
        pytest.param("app.json", {"userIgnoreFilters": ["a", 5]}, id="a filter is a number"),
        pytest.param("core-plugins.json", "daily-notes", id="core plugins are a text"),
        pytest.param("core-plugins.json", {"daily-notes": "no"}, id="a core plugin is neither on nor off"),
        pytest.param("community-plugins.json", {"a": 1}, id="plugins are a mapping"),
    ],
)
def test_values_of_a_wrong_type_are_told_and_the_defaults_hold(tmp_path: Path, name: str, content: object) -> None:
    found, problems = read(tmp_path, {name: content if isinstance(content, dict) else json.dumps(content)})

    assert found.bookmarks == found.open_notes == found.last_opened == found.template_folders == ()
    assert found.dated == (DailyNotes(),)
    assert [problem.path for problem in problems] == [f".obsidian/{name}"]


def test_what_is_right_in_a_file_counts_beside_what_is_wrong(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        {"bookmarks.json": {"items": [{"type": "file"}, 5, {"type": "file", "path": "a.md"}]}},
    )

    assert found.bookmarks == ("a.md",)
    assert len(problems) == 1


def test_a_file_that_may_not_be_read_is_told() -> None:
    with as_an_ordinary_user() as folder:
        write(folder, {".obsidian/bookmarks.json": "{}"})
        (folder / ".obsidian/bookmarks.json").chmod(0)

        _, problems = read_app_settings(folder, [])

    assert problems == (
        Problem(
            NotePath(".obsidian/bookmarks.json"), "cannot be read: permission denied, so what it says is not heeded"
        ),
    )


def test_settings_shared_by_a_symlink_are_read(tmp_path: Path) -> None:
    write(tmp_path / "shared", {"bookmarks.json": {"items": [{"type": "file", "path": "a.md"}]}})
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / ".obsidian").symlink_to(tmp_path / "shared")

    assert read_app_settings(tmp_path / "vault", [])[0].bookmarks == ("a.md",)


# --- bookmarks and layouts --------------------------------------------------------------------------


def test_bookmarks_of_files_and_folders_count_in_groups_too(tmp_path: Path) -> None:
    group = {"type": "group", "title": "g", "items": [{"type": "file", "path": "c.md", "subpath": "#h"}]}
    items = [
        {"type": "file", "path": "a.md", "ctime": 1},
        {"type": "folder", "path": "Projects"},
        {"type": "group", "title": "outer", "items": [{"type": "file", "path": "b.md"}, group]},
        {"type": "search", "query": "x"},
        {"type": "graph", "options": {}},
        {"type": "url", "url": "https://example.org"},
        {"type": "file", "path": "a.md", "title": "again"},
        {"type": "file", "path": "d.md"},
    ]

    found = settings(tmp_path, {"bookmarks.json": {"items": items}})

    assert found.bookmarks == ("a.md", "b.md", "c.md", "d.md")
    assert found.bookmarked_folders == ("Projects",)


def test_groups_nested_two_hundred_deep_are_opened(tmp_path: Path) -> None:
    item: object = {"type": "file", "path": "a.md"}
    for _ in range(200):
        item = {"type": "group", "items": [item]}

    assert settings(tmp_path, {"bookmarks.json": {"items": [item]}}).bookmarks == ("a.md",)


def test_starred_notes_of_older_versions_are_bookmarks(tmp_path: Path) -> None:
    starred = {"items": [{"type": "file", "title": "A", "path": "a.md"}, {"type": "search", "query": "x"}]}

    assert settings(tmp_path, {"starred.json": starred}).bookmarks == ("a.md",)


def leaf(file: str) -> dict[str, object]:
    return {"id": "1", "type": "leaf", "state": {"type": "markdown", "state": {"file": file, "mode": "source"}}}


def test_the_tabs_of_every_device_and_saved_layout_are_open_notes(tmp_path: Path) -> None:
    empty = {"type": "leaf", "state": {"type": "empty", "state": {}}}
    workspace = {
        "main": {"type": "split", "children": [{"type": "tabs", "children": [leaf("a.md"), empty, leaf("b.canvas")]}]},
        "left": {"type": "split", "children": [{"type": "tabs", "children": [leaf("left.md")]}]},
        "right": leaf("right.md"),
        "floating": {"type": "floating", "children": [{"type": "window", "children": [leaf("window.md")]}]},
        "active": "1",
        "lastOpenFiles": ["z.md", "a.md"],
    }
    mobile = {"main": leaf("phone.md"), "lastOpenFiles": ["p.md", "z.md"]}
    saved = {"workspaces": {"Work": {"main": leaf("work.md"), "active": "1"}, "Home": {"left": leaf("home.md")}}}

    found = settings(tmp_path, {"workspace.json": workspace, "workspace-mobile.json": mobile, "workspaces.json": saved})

    assert found.open_notes == (
        "a.md",
        "b.canvas",
        "left.md",
        "right.md",
        "window.md",
        "phone.md",
        "work.md",
        "home.md",
    )
    assert found.last_opened == ("z.md", "a.md", "p.md")


def test_excluded_files_are_taken_over_as_written(tmp_path: Path) -> None:
    assert settings(tmp_path, {"app.json": {"userIgnoreFilters": ["Archive/", "/x.*/"]}}).excluded == (
        "Archive/",
        "/x.*/",
    )
    assert settings(tmp_path, {"app.json": {"userIgnoreFilters": None}}).excluded == ()


# --- dated notes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "dated"),
    [
        pytest.param({}, [DailyNotes()], id="daily notes are on by default"),
        pytest.param({"core-plugins.json": ["daily-notes", "graph"]}, [DailyNotes()], id="on in the old form"),
        pytest.param({"core-plugins.json": ["graph"]}, [], id="off in the old form"),
        pytest.param({"core-plugins.json": {"daily-notes": True}}, [DailyNotes()], id="on in the new form"),
        pytest.param({"core-plugins.json": {"daily-notes": False}}, [], id="off in the new form"),
        pytest.param({"core-plugins.json": {"graph": True}}, [DailyNotes()], id="not mentioned in the new form"),
        pytest.param(
            {"daily-notes.json": {"folder": "/Journal/", "format": "YYYY/MM/DD", "template": "T/Day"}},
            [DailyNotes("day", "Journal", "YYYY/MM/DD", "T/Day")],
            id="folder, format and template",
        ),
        pytest.param(
            {"daily-notes.json": {"folder": "", "format": "", "template": ""}}, [DailyNotes()], id="empty texts"
        ),
        pytest.param(
            {
                "core-plugins.json": {"daily-notes": False},
                "community-plugins.json": ["periodic-notes"],
                "plugins/periodic-notes/data.json": {
                    "daily": {"enabled": True, "folder": "D", "format": "", "template": "T/D"},
                    "weekly": {"enabled": True},
                    "monthly": {"enabled": True, "format": "MMMM YYYY"},
                    "quarterly": {"enabled": True},
                    "yearly": {"enabled": False, "folder": "Y"},
                },
            },
            [
                DailyNotes("day", "D", "YYYY-MM-DD", "T/D"),
                DailyNotes("week", "", "gggg-[W]ww"),
                DailyNotes("month", "", "MMMM YYYY"),
                DailyNotes("quarter", "", "YYYY-[Q]Q"),
            ],
            id="periodic notes",
        ),
        pytest.param(
            {
                "community-plugins.json": ["periodic-notes"],
                "plugins/periodic-notes/data.json": {
                    "calendarSets": [
                        {"id": "a", "day": {"enabled": True, "folder": "D", "templatePath": "T"}, "year": {}},
                        {"id": "b", "year": {"enabled": True}},
                    ]
                },
            },
            [DailyNotes(), DailyNotes("day", "D", "YYYY-MM-DD", "T"), DailyNotes("year", "", "YYYY")],
            id="periodic notes in sets",
        ),
        pytest.param(
            {
                "community-plugins.json": ["other"],
                "plugins/periodic-notes/data.json": {"weekly": {"enabled": True}},
            },
            [DailyNotes()],
            id="periodic notes switched off",
        ),
        pytest.param(
            {"plugins/periodic-notes/data.json": {"weekly": {"enabled": True}}},
            [DailyNotes(), DailyNotes("week", "", "gggg-[W]ww")],
            id="no list of plugins, so what is there is on",
        ),
        pytest.param(
            {
                "community-plugins.json": ["calendar"],
                "plugins/calendar/data.json": {"showWeeklyNote": True, "weeklyNoteFolder": "W", "weeklyNoteFormat": ""},
            },
            [DailyNotes(), DailyNotes("week", "W", "gggg-[W]ww")],
            id="the calendar's weekly notes",
        ),
        pytest.param(
            {
                "community-plugins.json": ["calendar"],
                "plugins/calendar/data.json": {"showWeeklyNote": False, "weeklyNoteFolder": "W"},
            },
            [DailyNotes()],
            id="the calendar without weekly notes",
        ),
        pytest.param(
            {
                "community-plugins.json": ["periodic-notes"],
                "plugins/periodic-notes/data.json": {"daily": {"enabled": True}},
            },
            [DailyNotes()],
            id="the same place is told once",
        ),
    ],
)
def test_dated_notes_go_where_the_settings_say(
    tmp_path: Path, files: dict[str, object], dated: list[DailyNotes]
) -> None:
    assert list(settings(tmp_path, files).dated) == dated


# --- templates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        pytest.param({"templates.json": {"folder": "Templates"}}, ("Templates",), id="the app's own"),
        pytest.param({"templates.json": {"folder": "/a/b/"}}, ("a/b",), id="slashes around it"),
        pytest.param({"templates.json": {"folder": "/"}}, (), id="the whole vault is none"),
        pytest.param({"templates.json": {"folder": ""}}, (), id="no folder"),
        pytest.param(
            {"plugins/templater-obsidian/data.json": {"templates_folder": "T"}, "templates.json": {"folder": "T"}},
            ("T",),
            id="Templater's, the same",
        ),
        pytest.param(
            {"community-plugins.json": [], "plugins/templater-obsidian/data.json": {"template_folder": "T"}},
            ("T",),
            id="Templater's of old, switched off",
        ),
        pytest.param({"plugins/quickadd/data.json": {"templateFolderPath": "Q"}}, ("Q",), id="QuickAdd's"),
    ],
)
def test_template_folders_are_found(tmp_path: Path, files: dict[str, object], folders: tuple[str, ...]) -> None:
    assert settings(tmp_path, files).template_folders == folders


# --- notes that plugins name ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"target": "a/Inbox.md"}, id="by path"),
        pytest.param({"target": "a/Inbox"}, id="without md"),
        pytest.param({"target": "/A/inbox.MD"}, id="in another case, from the root"),
        pytest.param({"x": [{"y": ["no", {"z": "a/Inbox.md"}]}]}, id="deep inside"),
        pytest.param(["a/Inbox.md"], id="in a file that is a list"),
    ],
)
def test_a_note_that_a_plugin_names_is_known(tmp_path: Path, said: object) -> None:
    files = {"community-plugins.json": ["capture"], "plugins/capture/data.json": json.dumps(said)}

    found = settings(tmp_path, files, "a/Inbox.md", "Inbox.md", "b.md")

    assert found.named_by_plugins == (("a/Inbox.md", "capture"),)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"target": "Inbox"}, id="by name only"),
        pytest.param({"target": "see a/Inbox.md"}, id="within a text"),
        pytest.param({"a/Inbox.md": True}, id="as a key"),
        pytest.param({"target": "../a/Inbox.md"}, id="from outside"),
        pytest.param({"target": "c.md"}, id="a note that does not exist"),
        pytest.param({"target": ""}, id="an empty text"),
    ],
)
def test_what_names_no_note_names_none(tmp_path: Path, said: object) -> None:
    files = {"community-plugins.json": ["capture"], "plugins/capture/data.json": said}

    assert settings(tmp_path, files, "a/Inbox.md", "b.md").named_by_plugins == ()


def test_names_in_another_unicode_form_are_the_same(tmp_path: Path) -> None:
    decomposed = "cafe\N{COMBINING ACUTE ACCENT}.md"
    files = {"plugins/capture/data.json": {"x": "caf\N{LATIN SMALL LETTER E WITH ACUTE}"}}

    assert settings(tmp_path, files, decomposed).named_by_plugins == ((decomposed, "capture"),)


def test_notes_that_differ_in_case_alone_are_both_meant(tmp_path: Path) -> None:
    found = settings(tmp_path, {"plugins/capture/data.json": {"x": "a"}}, "a.md", "A.md")

    assert found.named_by_plugins == (("a.md", "capture"), ("A.md", "capture"))


def test_a_plugin_that_is_off_names_nothing(tmp_path: Path) -> None:
    files = {"community-plugins.json": ["other"], "plugins/capture/data.json": {"x": "a"}}

    assert settings(tmp_path, files, "a.md").named_by_plugins == ()


@pytest.mark.parametrize(
    ("said", "named"),
    [
        pytest.param({"homepages": {"Main": {"value": "b/Home", "kind": "File"}}}, ["b/Home.md"], id="by path"),
        pytest.param({"homepages": {"M": {"value": "home"}}}, ["b/Home.md", "c/Home.md"], id="by name, all of it"),
        pytest.param(
            {"homepages": {"M": {"value": "b/Home"}, "P": {"value": "Phone"}}}, ["Phone.md", "b/Home.md"], id="two"
        ),
        pytest.param({"defaultNote": "Phone"}, ["Phone.md"], id="of old"),
        pytest.param({"homepages": {"M": {"value": "ome"}}}, [], id="part of a name"),
        pytest.param({"homepages": {"M": {"value": "/"}}}, [], id="nothing"),
        pytest.param({}, ["b/Home.md", "c/Home.md"], id="as the plugin comes"),
    ],
)
def test_homepages_are_looked_up_as_links(tmp_path: Path, said: object, named: list[str]) -> None:
    files = {"community-plugins.json": ["homepage"], "plugins/homepage/data.json": said}

    found = settings(tmp_path, files, "b/Home.md", "c/Home.md", "Phone.md").named_by_plugins

    assert sorted(found) == [(path, "homepage") for path in named]


def test_the_template_of_a_core_plugin_is_named_by_it(tmp_path: Path) -> None:
    files = {"zk-prefixer.json": {"folder": "Inbox", "template": "T/Zettel"}}

    assert settings(tmp_path, files, "T/Zettel.md").named_by_plugins == (("T/Zettel.md", "zk-prefixer"),)
    off = {**files, "core-plugins.json": {"zk-prefixer": False}}
    assert settings(tmp_path, off, "T/Zettel.md").named_by_plugins == ()


def test_a_list_of_recent_files_is_a_history_and_no_pin(tmp_path: Path) -> None:
    recent = {"recentFiles": [{"basename": "a", "path": "a.md"}, {"basename": "b", "path": "b.md"}]}
    files = {"workspace.json": {"lastOpenFiles": ["b.md"]}, "plugins/recent-files-obsidian/data.json": recent}

    found = settings(tmp_path, files, "a.md", "b.md")

    assert found.named_by_plugins == ()
    assert found.last_opened == ("b.md", "a.md")


def test_a_plugin_that_lists_the_vault_pins_nothing_and_that_is_told(tmp_path: Path) -> None:
    notes = [f"{n}.md" for n in range(300)]

    found, problems = read(tmp_path, {"plugins/index/data.json": {"all": notes}}, *notes)

    assert found.named_by_plugins == ()
    assert problems == (
        Problem(
            NotePath(".obsidian/plugins/index/data.json"),
            "names 300 notes: taken for a list of its own that keeps none of them",
        ),
    )


def test_a_long_list_in_a_large_vault_is_believed(tmp_path: Path) -> None:
    notes = [f"{n}.md" for n in range(3000)]

    found = settings(tmp_path, {"plugins/review/data.json": {"queue": notes[:300]}}, *notes)

    assert [path for path, _ in found.named_by_plugins] == notes[:300]


def test_settings_of_a_plugin_beyond_a_megabyte_are_not_read(tmp_path: Path) -> None:
    found, problems = read(tmp_path, {"plugins/big/data.json": {"x": "a.md", "y": "." * 1_100_000}}, "a.md")

    assert found.named_by_plugins == ()
    assert [problem.what for problem in problems] == ["longer than 1 MiB, so what it says is not heeded"]


def test_a_million_texts_are_no_reason_to_wait(tmp_path: Path) -> None:
    with within_seconds(10):
        found, _ = read(tmp_path, {"plugins/big/data.json": '["a.md",' + '"",' * 300_000 + '""]'}, "a.md")

    assert found.named_by_plugins == (("a.md", "big"),)

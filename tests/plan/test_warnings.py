"""What a plan leaves alone is named; what it need not leave alone is not."""

from __future__ import annotations

import pytest

from tests.plan.worlds import garden, in_bytes, planned
from vaultprune.model import AppSettings, DailyNotes

NOTE = {"Ideas/n.md": ""}


def warned(files: dict[str, str], *chosen: str, app: AppSettings | None = None) -> tuple[str, ...]:
    given = in_bytes(files)
    return planned(given, *(chosen or ("Ideas/n.md",)), vault=garden(given, app=app)).warnings


@pytest.mark.parametrize(
    ("files", "says"),
    [
        pytest.param(
            {"Ideas/n.md": "![[p.png]]", "p.png": ""},
            'p.png stays where it is: it is shown only in "n"',
            id="attachment",
        ),
        pytest.param(
            {"Ideas/n.md": "[[t.base]]", "t.base": ""},
            't.base stays where it is: it is shown only in "n"',
            id="base",
        ),
        pytest.param(
            {**NOTE, "d.md": '```dataview\nlist from "Ideas"\n```'},
            "d.md lists Ideas/ in a dataview query and will show one note less",
            id="Dataview",
        ),
        pytest.param(
            {**NOTE, "d.md": "```tasks\npath includes Ideas\n```"},
            "d.md lists Ideas/ in a tasks query and will show one note less",
            id="tasks",
        ),
        pytest.param(
            {**NOTE, "d.base": "filters: file.inFolder(\"Ideas\")\n"},
            "d.base lists Ideas/ in a base and will show one note less",
            id="a base that names the folder",
        ),
        pytest.param(
            {**NOTE, "d.md": '```dataview\nlist from "Ideas/n"\n```'},
            'd.md names "n" in a dataview query, which is not rewritten',
            id="Dataview by path",
        ),
        pytest.param(
            {**NOTE, "d.md": "x\nobsidian://open?file=/Ideas/n"},
            'd.md, line 2: an obsidian:// link to "n" is not rewritten and will lead nowhere',
            id="the app's address",
        ),
        pytest.param(
            {**NOTE, "d.md": '<a href="/Ideas/n.md">n</a>'},
            'd.md, line 1: an HTML link to "n" is not rewritten and will lead nowhere',
            id="HTML",
        ),
        pytest.param(
            {**NOTE, "d.canvas": '{"nodes": [{"file": "Ideas/n.md"'},
            'd.canvas could not be read, and seems to show "n"',
            id="a broken canvas",
        ),
    ],
)  # fmt: skip
def test_it_speaks(files: dict[str, str], says: str) -> None:
    assert warned(files) == (says,)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"Ideas/n.md": "![[p.png]]", "p.png": "", "o.md": "![[p.png]]"}, id="attachment shown elsewhere"),
        pytest.param({**NOTE, "p.png": ""}, id="attachment shown nowhere"),
        pytest.param({**NOTE, "d.md": '```dataview\nlist from "Other"\n```'}, id="another folder"),
        pytest.param({**NOTE, "d.md": '```dataview\nlist from -"Ideas"\n```'}, id="folder left out"),
        pytest.param({**NOTE, "d.md": "obsidian://open?file=n"}, id="the app's address, still right"),
        pytest.param({**NOTE, "d.md": '<a href="n.md">n</a>'}, id="HTML, still right"),
        pytest.param({**NOTE, "d.canvas": '{"nodes": [{"file": "Ideas/o.md"'}, id="another broken canvas"),
        pytest.param({**NOTE, "d.canvas": ""}, id="empty canvas"),
    ],
)
def test_it_stays_silent(files: dict[str, str]) -> None:
    assert warned(files) == ()


def test_an_attachment_that_only_moving_notes_show_is_named_once() -> None:
    files = {"a.md": "![[p.png]]", "b.md": "![[p.png]]", "p.png": ""}

    assert warned(files, "a.md", "b.md") == ('p.png stays where it is: it is shown only in "a" and "b"',)
    assert warned(files, "a.md") == ()


def test_attachments_of_one_note_are_named_together() -> None:
    files = {"a.md": "![[p.png]] ![[q.png]]", "p.png": "", "q.png": "", "b.md": "![[r.png]]", "r.png": ""}

    assert warned(files, "b.md", "a.md") == (
        'p.png and q.png stay where they are: they are shown only in "a"',
        'r.png stays where it is: it is shown only in "b"',
    )


def test_notes_that_leave_one_folder_are_counted() -> None:
    files = {"Ideas/a.md": "", "Ideas/b.md": "", "d.md": '```dataview\nlist from "Ideas"\n```'}

    assert warned(files, "Ideas/a.md", "Ideas/b.md") == (
        "d.md lists Ideas/ in a dataview query and will show 2 notes less",
    )


@pytest.mark.parametrize(
    ("app", "says"),
    [
        pytest.param(
            AppSettings(bookmarks=("Ideas/n.md",)),
            'the bookmark of "n" is not rewritten and will lead nowhere',
            id="bookmark",
        ),
        pytest.param(
            AppSettings(bookmarked_folders=("Ideas",)),
            "the bookmarked folder Ideas/ will hold 1 note less",
            id="bookmarked folder",
        ),
        pytest.param(
            AppSettings(open_notes=("Ideas/n.md",)),
            '"n" is open in a tab: close it, or the app may write it back to its old place',
            id="open tab",
        ),
        pytest.param(
            AppSettings(named_by_plugins=(("Ideas/n", "homepage"),)),
            'the plugin homepage names "n" in its settings, which are not rewritten',
            id="plugin",
        ),
        pytest.param(
            AppSettings(dated=(DailyNotes(template="Ideas/n"),)),
            '"n" is the template of your notes for each day, which the app will not find',
            id="template",
        ),
    ],
)
def test_what_the_app_names_is_told(app: AppSettings, says: str) -> None:
    assert says in warned({**NOTE, "o.md": ""}, app=app)
    assert warned({**NOTE, "o.md": ""}, "o.md", app=app) == ()


def test_names_are_made_safe_to_show() -> None:
    files = {"Ideas/n\x1b[31m.md": "![[p\x07.png]]", "p\x07.png": ""}

    (warning,) = warned(files, "Ideas/n\x1b[31m.md")

    assert warning == 'p\\x07.png stays where it is: it is shown only in "n\\x1b[31m"'

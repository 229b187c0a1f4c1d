from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.reading.folders import within_seconds, write
from vaultprune.config import Config
from vaultprune.errors import CannotStart
from vaultprune.reading import read_vault

NOW = datetime(2026, 11, 20, 18, 4, tzinfo=UTC)
NO_GIT = Config(dates=("property", "filename", "mtime"))


def test_a_vault_is_read_whole(tmp_path: Path) -> None:
    decision = '{"schema": 1, "at": "2026-11-01T00:00:00Z", "what": "keep", "scope": "note", "name": "b/B.md"}\n'
    vault = write(
        tmp_path / "Garden",
        {
            "b/B.md": "back to [[A]] #idea",
            "A.md": "---\naliases: [Alpha]\n---\nto [[B]]",
            "c.canvas": {"nodes": [{"id": "1", "type": "file", "file": "A.md"}], "edges": []},
            "d.base": "views: []",
            "e.png": b"\x89PNG",
            ".obsidian/bookmarks.json": {"items": [{"type": "file", "path": "A.md"}]},
            ".vaultprune/decisions/d1.jsonl": decision,
        },
    )

    snapshot = read_vault(vault, NO_GIT, NOW)

    assert (snapshot.name, snapshot.taken_at) == ("Garden", NOW)
    assert [file.path for file in snapshot.files] == ["A.md", "b/B.md", "c.canvas", "d.base", "e.png"]
    assert [(note.path, note.aliases, note.tags) for note in snapshot.notes] == [
        ("A.md", ("Alpha",), ()),
        ("b/B.md", (), ("idea",)),
    ]
    assert [[link.path for link in note.links] for note in snapshot.notes] == [["B"], ["A"]]
    assert [canvas.path for canvas in snapshot.canvases] == ["c.canvas"]
    assert [base.path for base in snapshot.bases] == ["d.base"]
    assert snapshot.app.bookmarks == ("A.md",)
    assert [said.name for said in snapshot.decisions] == ["b/B.md"]
    assert snapshot.problems == ()
    assert snapshot.warnings == ()


def test_an_empty_vault_is_a_vault(tmp_path: Path) -> None:
    snapshot = read_vault(tmp_path, NO_GIT, NOW)

    assert (snapshot.files, snapshot.notes, snapshot.problems) == ((), (), ())
    assert not snapshot.app.present


def test_two_looks_at_the_same_vault_are_equal(tmp_path: Path) -> None:
    write(tmp_path, {f"{name}/{name}.md": f"[[{name}]]" for name in "hgfedcba"})

    assert read_vault(tmp_path, NO_GIT, NOW) == read_vault(tmp_path, NO_GIT, NOW)


def test_what_is_odd_about_files_is_told_in_path_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "m.md": "---\na: [\n---\ntext [[a]]",
            "z.canvas": "{",
            ".obsidian/app.json": "{",
            ".vaultprune/decisions/d1.jsonl": "{\n",
            ".q.md.icloud": "",
        },
    )
    os.mkfifo(tmp_path / "p.md")

    with within_seconds(10):
        snapshot = read_vault(tmp_path, NO_GIT, NOW)

    assert [problem.path for problem in snapshot.problems] == [
        ".obsidian/app.json",
        ".vaultprune/decisions/d1.jsonl",
        "m.md",
        "p.md",
        "q.md",
        "z.canvas",
    ]
    assert [note.path for note in snapshot.notes] == ["m.md", "q.md"]
    assert snapshot.notes[1].unreadable == "not downloaded to this device"
    assert snapshot.files[1].size == 0


def test_notes_below_a_symlink_are_read_and_marked(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"b.md": "[[a]]"})
    vault = write(tmp_path / "vault", {"a.md": ""})
    (vault / "linked").symlink_to(tmp_path / "elsewhere")

    snapshot = read_vault(vault, NO_GIT, NOW)

    assert [(file.path, file.symlinked) for file in snapshot.files] == [("a.md", False), ("linked/b.md", True)]
    assert [link.path for link in snapshot.notes[1].links] == ["a"]


def test_a_vault_inside_another_one_is_warned_of(tmp_path: Path) -> None:
    write(tmp_path, {"Outer/.obsidian/x": "", "Outer/Inner/a.md": ""})

    assert read_vault(tmp_path / "Outer" / "Inner", NO_GIT, NOW).warnings == (
        'this vault lies inside another one, "Outer": links from there are not seen',
    )


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "", "b.canvas": "", "c.png": ""})
    told: list[tuple[str, int, int]] = []

    read_vault(tmp_path, NO_GIT, NOW, lambda *step: told.append(step))

    assert told == [("reading notes", 0, 2), ("reading notes", 1, 2), ("reading notes", 2, 2)]


@pytest.mark.parametrize("name", ["gone", "file.md"])
def test_what_is_no_folder_is_no_vault(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"file.md": ""})

    with pytest.raises(CannotStart, match=f'no folder "{name}"'):
        read_vault(tmp_path / name, NO_GIT, NOW)


def test_git_is_not_asked_where_the_settings_leave_it_out(tmp_path: Path) -> None:
    assert read_vault(tmp_path, NO_GIT, NOW).history.absent == "git is not among the dates in the settings"


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-11-19T12:00:00+00:00")
    subprocess.run(
        ["git", "-C", str(folder), *who, *words], check=True, capture_output=True, env={**os.environ, **when}
    )


def test_git_is_asked_about_the_notes_as_they_are_now(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "one\n", "b.md": "two\n"})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    write(tmp_path, {"b.md": "two and three\n"})
    git(tmp_path, "commit", "-q", "-a", "-m", "second")
    write(tmp_path, {"a.md": "one and more\n"})

    history = read_vault(tmp_path, Config(), NOW).history

    assert history.absent is None
    assert [change.kind for change in history.changes[next(iter(sorted(history.changes)))]] == ["created"]
    assert set(history.changes) == {"a.md", "b.md"}
    assert history.edited_since == {"a.md"}


def test_without_git_the_history_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "one\n"})

    history = read_vault(tmp_path, Config(), NOW).history

    assert history.absent
    assert history.changes == {}

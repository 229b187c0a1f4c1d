"""Each note's changes with their kinds, under whatever names it went, from real repositories."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from tests.reading.repositories import LONG, Repository, history_of, told
from vaultprune.model import NotePath

# --- changes and their kinds -------------------------------------------------------------------------


def test_each_change_of_a_note_is_told_with_its_kind(repository: Repository) -> None:
    repository.commit("2024-01-01", {"A.md": "one [[B]]\n", "B.md": LONG})
    repository.commit("2024-01-02", {"A.md": "one two [[B]]\n"})
    repository.commit("2024-01-03", {"A.md": "---\ntags: x\n---\none two [[B]]\n"})
    repository.commit("2024-01-04", {"A.md": "---\ntags: x\n---\none  two [[B]]\n\n"})
    repository.move("2024-01-05", "B.md", "C.md")
    repository.commit("2024-01-06", {"A.md": "---\ntags: x\n---\none  two [[C]]\n\n"})

    history = history_of(repository.root)

    assert told(history, "A.md") == [
        ("2024-01-01", "created"),
        ("2024-01-02", "body"),
        ("2024-01-03", "properties"),
        ("2024-01-04", "format"),
        ("2024-01-06", "links"),
    ]
    assert told(history, "C.md") == [("2024-01-01", "created"), ("2024-01-05", "moved")]
    assert [change.commit for change in history.changes[NotePath("A.md")]] == [0, 1, 2, 3, 5]
    assert len(history.commit_times) == 6
    assert history.absent is None


def test_only_the_notes_asked_for_and_the_commits_that_touched_them_are_told(repository: Repository) -> None:
    repository.commit("2024-01-01", {"A.md": LONG, "Gone.md": "x\n", "picture.png": b"\x89"})
    repository.commit("2024-01-02", {"Gone.md": None})
    repository.commit("2024-01-03", {"picture.png": b"\x8a"})
    repository.commit("2024-01-04", {"A.md": LONG + "more\n"})

    history = history_of(repository.root)

    assert list(history.changes) == ["A.md"]
    assert len(history.commit_times) == 2


def test_a_change_of_mode_alone_is_no_change(repository: Repository) -> None:
    repository.commit("2024-01-01", {"A.md": LONG})
    repository.commit("2024-01-02", {"A.md": LONG + "more\n"})
    repository.git("update-index", "--chmod=+x", "A.md")
    repository.git("commit", "-q", "-m", "x", when="2024-01-03")

    assert told(history_of(repository.root), "A.md") == [("2024-01-01", "created"), ("2024-01-02", "body")]


def test_equal_changes_of_many_notes_share_their_signature(repository: Repository) -> None:
    notes = [f"N{number}.md" for number in range(5)]
    repository.commit("2024-01-01", {note: f"{note} and the old word\n" for note in notes})
    repository.commit("2024-01-02", {note: f"{note} and the new word\n" for note in notes})
    repository.commit("2024-01-03", {note: f"{note} and the new word, {note * 2}\n" for note in notes})

    changes = history_of(repository.root).changes

    assert len({changes[NotePath(note)][1].signature for note in notes}) == 1
    assert len({changes[NotePath(note)][2].signature for note in notes}) == 5


def test_commits_later_than_the_moment_looked_at_are_left_out_and_counted(repository: Repository) -> None:
    for day in ("2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"):
        repository.commit(day, {"A.md": LONG + day})

    history = history_of(repository.root, datetime(2024, 2, 2, tzinfo=UTC))

    assert told(history, "A.md") == [("2024-01-01", "created"), ("2024-02-01", "body")]
    assert history.later == 2
    assert len(history.commit_times) == 2


def test_the_authors_dates_are_taken_where_the_history_was_rewritten(repository: Repository) -> None:
    for month in range(1, 10):
        repository.commit("2024-12-01", {"A.md": f"{LONG}{month}\n"}, written=f"2024-0{month}-01")

    days = [day for day, _ in told(history_of(repository.root), "A.md")]

    assert days == [f"2024-0{month}-01" for month in range(1, 10)]


def test_the_authors_dates_are_taken_where_most_of_the_history_was_rewritten(repository: Repository) -> None:
    for month in range(1, 8):
        repository.commit("2024-08-01", {"A.md": f"{LONG}{month}\n"}, written=f"2024-0{month}-01")
    for day in ("2025-08-01", "2025-09-01"):
        repository.commit(day, {"A.md": LONG + day}, written=day)

    days = [day for day, _ in told(history_of(repository.root), "A.md")]

    assert days == [*(f"2024-0{month}-01" for month in range(1, 8)), "2025-08-01", "2025-09-01"]


def test_the_commits_dates_are_taken_otherwise(repository: Repository) -> None:
    for month in range(1, 7):
        repository.commit(f"2024-0{month}-20", {"A.md": f"{LONG}{month}\n"}, written=f"2024-0{month}-01")

    assert told(history_of(repository.root), "A.md")[0] == ("2024-01-20", "created")


# --- names --------------------------------------------------------------------------------------------


def test_a_note_is_followed_through_its_renames(repository: Repository) -> None:
    repository.commit("2024-01-01", {"First.md": LONG})
    repository.move("2024-01-02", "First.md", "deep/er/Second.md")
    repository.commit("2024-01-03", {"deep/er/Second.md": LONG + "edited\n"})
    (repository.root / "deep/er/Second.md").rename(repository.root / "Third.md")
    repository.commit("2024-01-04", {"Third.md": LONG + "edited and moved at once\n"})

    assert told(history_of(repository.root), "Third.md") == [
        ("2024-01-01", "created"),
        ("2024-01-02", "moved"),
        ("2024-01-03", "body"),
        ("2024-01-04", "body"),
    ]


def test_two_notes_that_swap_their_names_keep_their_own_histories(repository: Repository) -> None:
    other = LONG.replace("Line", "Row").replace("note", "song")
    repository.commit("2024-01-01", {"A.md": LONG})
    repository.commit("2024-01-02", {"B.md": other})
    repository.commit("2024-01-03", {"A.md": None, "B.md": None, "C.md": LONG, "D.md": other})
    repository.commit("2024-01-04", {"C.md": None, "D.md": None, "B.md": LONG, "A.md": other})

    history = history_of(repository.root)

    assert told(history, "B.md")[0] == ("2024-01-01", "created")
    assert told(history, "A.md")[0] == ("2024-01-02", "created")


@pytest.mark.parametrize(
    ("name", "gone", "back", "changes"),
    [
        pytest.param("Plan.md", "2024-02-01", "2024-02-02", ["created", "body"], id="the day after"),
        pytest.param("Plan.md", "2024-02-02", "2024-02-02", ["created", "body"], id="in one commit"),
        pytest.param("Plan.md", "2024-02-03", "2024-02-02", ["created", "body"], id="added before it was deleted"),
        pytest.param("Plan.md", "2024-02-01", "2024-03-01", ["created"], id="a month later: another note"),
        pytest.param("Untitled.md", "2024-02-01", "2024-02-02", ["created"], id="a name that any note may have"),
    ],
)
def test_a_file_deleted_and_added_under_its_name_has_moved(
    repository: Repository, name: str, gone: str, back: str, changes: list[str]
) -> None:
    repository.commit("2024-01-01", {f"old/{name}": "short and old\n", "Other.md": LONG})
    for day in sorted({gone, back}):
        files: dict[str, str | None] = {f"old/{name}": None} if day == gone else {}
        repository.commit(day, {**files, **({f"new/{name}": "brief, but new\n"} if day == back else {})})

    found = told(history_of(repository.root), f"new/{name}")

    assert [kind for _, kind in found] == changes
    assert found[0][0] == ("2024-01-01" if len(changes) == 2 else back)


def test_a_file_deleted_and_added_unchanged_has_only_moved(repository: Repository) -> None:
    repository.commit("2024-01-01", {"old/Untitled.md": LONG, "Other.md": LONG * 2})
    repository.commit("2024-02-01", {"old/Untitled.md": None})
    repository.commit("2024-02-02", {"new/Untitled.md": LONG})

    assert told(history_of(repository.root), "new/Untitled.md") == [("2024-01-01", "created"), ("2024-02-02", "moved")]


def test_a_file_that_a_sync_deleted_and_brought_back_is_not_new(repository: Repository) -> None:
    repository.commit("2024-01-01", {"A.md": LONG, "Other.md": LONG * 2})
    repository.commit("2024-02-01", {"A.md": None})
    repository.commit("2024-02-02", {"A.md": LONG, "Other.md": LONG})

    assert told(history_of(repository.root), "A.md") == [("2024-01-01", "created")]


def test_an_edit_on_a_branch_under_the_old_name_is_not_lost(repository: Repository) -> None:
    repository.commit("2024-01-01", {"Old.md": LONG})
    repository.git("checkout", "-q", "-b", "phone")
    repository.commit("2024-01-03", {"Old.md": LONG + "from the phone\n"})
    repository.git("checkout", "-q", "main")
    repository.move("2024-01-02", "Old.md", "New.md")
    repository.git("merge", "-q", "-m", "x", "phone", when="2024-01-04")

    assert told(history_of(repository.root), "New.md") == [
        ("2024-01-01", "created"),
        ("2024-01-02", "moved"),
        ("2024-01-03", "body"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Über café 計画 🚀.md", id="every script"),
        pytest.param("two\nlines.md", id="a line break"),
        pytest.param("\n:100644 looks like git.md", id="what looks like git's own line"),
        pytest.param('tab\tand "quotes".md', id="a tab and quotes"),
        pytest.param("-M.md", id="what looks like an option"),
        pytest.param(":(top)x.md", id="what looks like a pathspec"),
        pytest.param(os.fsdecode(b"bad \xff bytes.md"), id="bytes that are no UTF-8"),
    ],
)
def test_a_note_of_any_name_is_found(repository: Repository, name: str) -> None:
    repository.commit("2024-01-01", {name: "x\n", "Other.md": LONG})
    repository.commit("2024-01-02", {name: "x y\n"})

    assert told(history_of(repository.root), name) == [("2024-01-01", "created"), ("2024-01-02", "body")]

"""Where git's memory of a vault lies, what it cannot know yet, and when it cannot be gone by."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.reading.repositories import LONG, Repository, edited, history_of, told
from vaultprune.model import NotePath
from vaultprune.reading import git as reading_git

# --- what was changed since the newest commit -----------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        pytest.param("one [[B]]\n\ntwo three\n", True, id="words"),
        pytest.param("one [[B]]\r\n\r\ntwo\r\n", False, id="line endings"),
        pytest.param("one [[B]]\n\n\ntwo", False, id="blank lines"),
        pytest.param("one [[sub/B]]\n\ntwo\n", False, id="a link's target"),
        pytest.param("---\na: b\n---\none [[B]]\n\ntwo\n", False, id="properties"),
        pytest.param("one [[B]]\n\ntwo\n", False, id="nothing"),
    ],
)
def test_only_an_edit_of_words_counts_as_edited_since(repository: Repository, content: str, counts: bool) -> None:
    repository.commit("2024-01-01", {"A.md": "one [[B]]\n\n"})
    repository.commit("2024-01-02", {"A.md": "one [[B]]\n\ntwo\n"})

    repository.write({"A.md": content})

    assert edited(history_of(repository.root)) == (["A.md"] if counts else [])


def test_in_a_small_vault_every_note_may_have_been_edited_since(repository: Repository) -> None:
    names = ["A.md", "B.md", "C.md"]
    repository.commit("2024-01-01", dict.fromkeys(names, "x\n"))
    repository.commit("2024-01-02", dict.fromkeys(names, "x y\n"))

    repository.write({name: f"x y {name}\n" for name in names})

    assert edited(history_of(repository.root)) == names


def test_where_most_notes_differ_a_filter_is_at_work_and_none_was_edited(repository: Repository) -> None:
    names = [f"N{number}.md" for number in range(30)]
    repository.commit("2024-01-01", dict.fromkeys(names, "x\n"))
    repository.commit("2024-01-02", dict.fromkeys(names, "x y\n"))

    repository.write({name: f"cipher {name * 3}\n" for name in names[:22]})

    assert edited(history_of(repository.root)) == []


def test_the_same_words_in_many_notes_are_no_edit(repository: Repository) -> None:
    names = [f"N{number:02d}.md" for number in range(80)]
    repository.commit("2024-01-01", dict.fromkeys(names, "x\n"))
    repository.commit("2024-01-02", dict.fromkeys(names, "x y\n"))

    repository.write({**dict.fromkeys(names[:25], "x y stamp\n"), names[70]: "x y written\n"})

    assert edited(history_of(repository.root)) == [names[70]]


@pytest.mark.parametrize(
    ("new", "content"),
    [
        pytest.param("deep/Elsewhere.md", LONG, id="another name, the same content"),
        pytest.param("deep/A.md", LONG + "edited too\n", id="the same name, other content"),
        pytest.param("a.md", LONG, id="another case"),
    ],
)
def test_a_note_moved_since_the_newest_commit_keeps_its_history(repository: Repository, new: str, content: str) -> None:
    repository.commit("2024-01-01", {"A.md": LONG, "B.md": LONG + "b\n"})
    repository.commit("2024-01-02", {"B.md": LONG + "b b\n"})

    repository.write({"A.md": None, new: content})
    history = history_of(repository.root)

    assert told(history, new) == [("2024-01-01", "created")]
    assert edited(history) == ([new] if content != LONG else [])


# --- where the history lies -----------------------------------------------------------------------------


def test_a_vault_below_the_root_of_a_repository_uses_that_history(repository: Repository) -> None:
    repository.commit("2024-01-01", {"docs/vault/A.md": LONG, "A.md": "another\n", "README.md": "x\n"})
    repository.commit("2024-01-02", {"docs/vault/A.md": LONG + "more\n", "README.md": "x y\n"})
    repository.commit("2024-01-03", {"README.md": "x y z\n"})

    history = history_of(repository.root / "docs" / "vault")

    assert told(history, "A.md") == [("2024-01-01", "created"), ("2024-01-02", "body")]
    assert list(history.changes) == ["A.md"]
    assert len(history.commit_times) == 2


def test_a_vault_that_moved_into_its_folder_keeps_its_history(repository: Repository) -> None:
    repository.commit("2024-01-01", {"A.md": LONG})
    repository.move("2024-01-02", "A.md", "content/A.md")

    history = history_of(repository.root / "content")

    assert told(history, "A.md") == [("2024-01-01", "created"), ("2024-01-02", "moved")]


def test_a_detached_head_is_as_good_as_a_branch(repository: Repository) -> None:
    for day in ("2024-01-01", "2024-01-02", "2024-01-03"):
        repository.commit(day, {"A.md": LONG + day})
    repository.git("checkout", "-q", "--detach", "HEAD~1")

    assert len(told(history_of(repository.root), "A.md")) == 2


def test_a_worktree_with_a_git_file_is_read(repository: Repository, tmp_path: Path) -> None:
    for day in ("2024-01-01", "2024-01-02"):
        repository.commit(day, {"A.md": LONG + day})
    repository.git("worktree", "add", "-q", "--detach", str(tmp_path / "other"))

    assert (tmp_path / "other" / ".git").is_file()
    assert len(told(history_of(tmp_path / "other"), "A.md")) == 2


def test_a_repository_with_long_object_names_is_read(tmp_path: Path, repository: Repository) -> None:
    long = Repository(tmp_path / "long", object_format="sha256")
    for day in ("2024-01-01", "2024-01-02"):
        long.commit(day, {"A.md": LONG + day})
    long.write({"A.md": LONG + "edited\n"})

    history = history_of(long.root)

    assert told(history, "A.md") == [("2024-01-01", "created"), ("2024-01-02", "body")]
    assert edited(history) == ["A.md"]


def test_the_environment_cannot_lead_git_to_another_repository(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2024-01-01", "2024-01-02"):
        repository.commit(day, {"A.md": LONG + day})
    Repository(tmp_path / "elsewhere")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "log.showRoot")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "nonsense")

    assert len(told(history_of(repository.root), "A.md")) == 2


# --- histories that cannot be gone by -------------------------------------------------------------------


def test_a_folder_without_a_repository_has_no_history(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("x")

    history = history_of(tmp_path)

    assert history.absent == reading_git.NO_HISTORY
    assert not history.changes


def test_a_history_of_one_commit_is_none(repository: Repository) -> None:
    repository.commit("2024-01-01", {"A.md": LONG, "B.md": LONG})

    assert history_of(repository.root).absent == reading_git.ONE_COMMIT


def test_a_repository_without_a_commit_is_no_history(repository: Repository) -> None:
    repository.write({"A.md": "x"})

    assert history_of(repository.root).absent == reading_git.NO_HISTORY


def test_a_repository_that_knows_none_of_the_notes_is_no_history(repository: Repository) -> None:
    repository.commit("2024-01-01", {".gitignore": "*.md\n"})
    repository.commit("2024-01-02", {"x.txt": "x"})
    repository.write({"A.md": "x"})

    assert history_of(repository.root).absent == reading_git.NO_NOTES


@pytest.mark.parametrize(
    ("now", "why", "later"),
    [
        pytest.param("2023-12-31", reading_git.ALL_LATER, 2, id="before the first"),
        pytest.param("2024-01-02", reading_git.ONE_BY_THEN, 1, id="after the first"),
    ],
)
def test_a_history_that_lies_ahead_is_none(repository: Repository, now: str, why: str, later: int) -> None:
    repository.commit("2024-01-01", {"A.md": LONG})
    repository.commit("2024-01-03", {"A.md": LONG + "more\n"})

    history = history_of(repository.root, datetime.fromisoformat(now).replace(tzinfo=UTC))

    assert (history.absent, history.later) == (why, later)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param(".git/HEAD", "nonsense\n", id="a head that is none"),
        pytest.param(".git/HEAD", f"{'1' * 40}\n", id="a head that leads nowhere"),
        pytest.param(".git/config", "[core\nnonsense", id="a broken configuration"),
        pytest.param(".git/config", "[core]\nrepositoryformatversion = 99\n", id="a format of the future"),
    ],
)
def test_a_broken_repository_is_told_and_stops_nothing(repository: Repository, path: str, content: str) -> None:
    for day in ("2024-01-01", "2024-01-02"):
        repository.commit(day, {"A.md": LONG + day})
    repository.write({path: content})

    assert history_of(repository.root).absent == reading_git.UNREADABLE


def test_missing_contents_are_taken_for_edits(repository: Repository) -> None:
    for day in ("2024-01-01", "2024-01-02", "2024-01-03"):
        repository.commit(day, {"A.md": LONG + day})
    name = repository.git("rev-parse", "HEAD~1:A.md")
    (repository.root / ".git" / "objects" / name[:2] / name[2:]).unlink()

    changes = history_of(repository.root).changes[NotePath("A.md")]

    assert [change.kind for change in changes] == ["created", "body", "body"]
    assert [change.signature for change in changes] == [0, 0, 0]


def test_a_shallow_copy_has_no_history(repository: Repository, tmp_path: Path) -> None:
    for day in ("2024-01-01", "2024-01-02", "2024-01-03"):
        repository.commit(day, {"A.md": LONG + day})
    repository.git("clone", "-q", "--depth=2", f"file://{repository.root}", str(tmp_path / "shallow"))

    assert history_of(tmp_path / "shallow").absent == reading_git.SHALLOW


def test_without_git_there_is_no_history(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("2024-01-01", {"A.md": LONG})
    monkeypatch.setenv("PATH", str(tmp_path))

    assert history_of(repository.root).absent == reading_git.NOT_INSTALLED

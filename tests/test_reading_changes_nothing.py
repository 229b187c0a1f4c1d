"""A look at a vault leaves no trace in it: not a byte, a name, a mode, a modified or a change time."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.reading.folders import everything, within_seconds, write
from vaultprune.cli import run
from vaultprune.config import Config
from vaultprune.reading import find_vault, known_vaults, outer_vault, read_config, read_decisions, read_vault

NOW = datetime(2026, 11, 20, 18, 4, tzinfo=UTC)
NO_GIT = Config(dates=("property", "filename", "mtime"))


def odd_vault(folder: Path) -> Path:
    """A vault with a little of everything, broken things among them."""
    vault = write(
        folder / "Garden",
        {
            "a.md": "---\nup: '[[b]]'\n---\n# A\n[[b]] #tag\n- [ ] task\n",
            "deep/er/b.md": b"\xef\xbb\xbfcrlf\r\n[[a]]\r\n",
            "broken.md": b"---\na: [\n---\n\xff\xfe\0",
            "empty.md": "",
            "locked.md": "[[a]]",
            "c.canvas": {"nodes": [{"id": "1", "type": "file", "file": "a.md"}], "edges": []},
            "torn.canvas": "{",
            "d.base": "filters: file.inFolder('deep')",
            "pic.png": b"\x89PNG",
            ".stub.md.icloud": b"bplist00",
            ".trash/old.md": "gone",
            ".obsidian/app.json": {"userIgnoreFilters": ["x/"]},
            ".obsidian/workspace.json": {"lastOpenFiles": ["a.md"]},
            ".obsidian/bookmarks.json": "{",
            ".obsidian/plugins/homepage/data.json": {"homepages": {"M": {"value": "a"}}},
            ".vaultprune/config.toml": 'protect = ["evergreen"]',
            ".vaultprune/decisions/d1.jsonl": '{"schema": 1}\nnonsense',
        },
    )
    write(folder / "elsewhere", {"e.md": "[[a]]"})
    (vault / "linked").symlink_to(folder / "elsewhere")
    (vault / "circle").symlink_to(".")
    (vault / "dangling.md").symlink_to("nowhere")
    (vault / "linked file.md").symlink_to(folder / "elsewhere" / "e.md")
    (vault / os.fsdecode(b"caf\xe9\n\x1b.md")).write_bytes(b"[[a]]")
    os.mkfifo(vault / "pipe.md")
    (vault / "locked.md").chmod(0)
    os.utime(vault / "a.md", ns=(1, 1_500_000_000_987_654_321))
    return vault


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-11-19T12:00:00+00:00")
    subprocess.run(
        ["git", "-C", str(folder), *who, *words], check=True, capture_output=True, env={**os.environ, **when}
    )


def facts(folder: Path) -> dict[str, tuple[object, ...]]:
    # a pipe has no content to compare, and opening one would wait
    return everything(folder)


def test_reading_a_vault_changes_nothing_in_it_or_around_it(tmp_path: Path) -> None:
    vault = odd_vault(tmp_path)
    before = facts(tmp_path)

    with within_seconds(60):
        snapshot = read_vault(vault, NO_GIT, NOW)

    assert facts(tmp_path) == before
    assert len(snapshot.notes) == 9  # so something was looked at
    assert len(snapshot.problems) > 5


@pytest.mark.parametrize("touched", [False, True], ids=["clean", "with edits since"])
def test_asking_git_changes_nothing_in_the_vault_or_in_git(tmp_path: Path, touched: bool) -> None:
    vault = odd_vault(tmp_path)
    (vault / "locked.md").chmod(0o644)
    git(vault, "init", "-q")
    git(vault, "add", "a.md", "c.canvas", "empty.md")
    git(vault, "commit", "-q", "-m", "first")
    git(vault, "add", "deep")
    git(vault, "commit", "-q", "-m", "second")  # one commit alone is no history
    os.utime(vault / "empty.md", ns=(1, 1))  # git's own index now holds an outdated time, which it likes to renew
    if touched:
        write(vault, {"a.md": "# A, edited since\n"})
    before = facts(tmp_path)

    with within_seconds(60):
        snapshot = read_vault(vault, Config(), NOW)

    assert facts(tmp_path) == before
    assert len(snapshot.notes) == 9
    assert "a.md" in snapshot.history.changes


def test_the_smaller_looks_change_nothing_either(tmp_path: Path) -> None:
    vault = odd_vault(tmp_path)
    before = facts(tmp_path)

    assert read_config(vault, {}).protect == ("evergreen",)
    assert find_vault(vault / "deep") == vault
    assert outer_vault(vault) is None
    assert known_vaults(tmp_path, {}) == ()
    assert len(read_decisions(vault)[1]) == 2

    assert facts(tmp_path) == before


@pytest.mark.parametrize("look", ["", "--verify", "--places"])
def test_the_doctor_changes_nothing_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], look: str
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    vault = odd_vault(tmp_path / "world")
    before = facts(tmp_path / "world")

    with within_seconds(60):
        assert run(["doctor", str(vault), *([look] if look else [])]) == 0
        assert run(["config", "show", str(vault)]) == 0

    assert facts(tmp_path / "world") == before
    assert "Nothing has been changed." in capsys.readouterr().out


def test_reading_a_vault_that_may_not_be_written_works(tmp_path: Path) -> None:
    vault = write(tmp_path / "Garden", {"a.md": "[[b]]", "deep/b.md": ""})
    for place in (vault, vault / "deep"):
        place.chmod(0o555)

    assert [note.path for note in read_vault(vault, NO_GIT, NOW).notes] == ["a.md", "deep/b.md"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda vault: (vault / "new.md").touch(), id="a new file"),
        pytest.param(lambda vault: (vault / ".obsidian/x").touch(), id="a new file in a dot folder"),
        pytest.param(lambda vault: os.utime(vault / "empty.md"), id="a time"),
        pytest.param(lambda vault: (vault / "empty.md").chmod(0o600), id="a mode"),
        pytest.param(lambda vault: (vault / "empty.md").rename(vault / "e.md"), id="a name"),
        pytest.param(lambda vault: ((vault / "t").touch(), (vault / "t").unlink()), id="a file that came and went"),
    ],
)
def test_the_comparison_would_notice(tmp_path: Path, change: object) -> None:
    vault = odd_vault(tmp_path)
    before = facts(tmp_path)

    assert callable(change)
    change(vault)

    assert facts(tmp_path) != before

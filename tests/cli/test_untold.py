"""Copies whose dates say nothing: a sentence, what would help, and no suggestion; by the real command and real git."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.build import write_tree
from tests.cli.worlds import Tool

NOTES = 40


def git(folder: Path, *arguments: str, day: str = "2024-01-01") -> None:
    when = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00+00:00"}
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, env={**os.environ, **when}, check=True, capture_output=True)


def diary(folder: Path) -> Path:
    """A vault with a history of two years: a note every two weeks, and file times to match."""
    write_tree(folder, {".obsidian/app.json": "{}"})
    git(folder, "init", "-q")
    for number in range(NOTES):
        day = date(2023, 1, 2) + timedelta(days=14 * number)
        write_tree(folder, {f"N{number:02d}.md": f"Some words of the day number {number}, as they came to mind.\n"})
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", f"Day {number}", day=str(day))
        seconds = (day - date(1970, 1, 1)).days * 86_400
        os.utime(folder / f"N{number:02d}.md", (seconds, seconds))
    return folder


def clone(source: Path, copy: Path) -> None:
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{source}", str(copy)], check=True, capture_output=True)


def copy_without_history(source: Path, copy: Path) -> None:
    subprocess.run(["cp", "-r", str(source), str(copy)], check=True)
    shutil.rmtree(copy / ".git")


def copy_that_keeps_times(source: Path, copy: Path) -> None:
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns(".git"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return diary(tmp_path_factory.mktemp("home") / "Diary")


@pytest.mark.parametrize(
    ("make", "helps"),
    [
        pytest.param(clone, "this copy's git history was cut off when it was cloned;", id="a shallow clone"),
        pytest.param(copy_without_history, "this folder has no git history;", id="a copy with cp -r"),
    ],
)
def test_a_copy_with_new_file_times_gets_a_sentence_and_no_suggestion(
    make: Callable[[Path, Path], None], helps: str, source: Path, tool: Tool, tmp_path: Path
) -> None:
    make(source, tmp_path / "Copy")

    done = tool("report", tmp_path / "Copy", "--no-cache")

    said = " ".join(done.out.split())
    assert done.code == 0
    assert f"The dates say nothing: all {NOTES} files carry the time of one minute," in said
    assert "Nothing is suggested, since it cannot be told which notes you work on." in said
    assert helps in said
    assert "patience" in done.out
    assert "about" in done.out.partition("patience")[2]
    assert "suggested for the archive" not in said


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(copy_that_keeps_times, id="a copy that keeps the file times"),
        pytest.param(shutil.copytree, id="one that keeps the history"),
    ],
)
def test_a_copy_that_kept_its_dates_is_judged(
    make: Callable[[Path, Path], object], source: Path, tool: Tool, tmp_path: Path
) -> None:
    make(source, tmp_path / "Copy")

    out = tool("report", tmp_path / "Copy", "--no-cache").out

    assert "4 notes are suggested for the archive" in out

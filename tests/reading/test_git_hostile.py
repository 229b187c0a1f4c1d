"""Repositories that mean harm: nothing they name is run, nobody is asked, nothing is written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.build import read_tree
from tests.reading.repositories import LONG, Repository, history_of, told
from vaultprune.reading import git as reading_git


def canary(tmp_path: Path) -> tuple[Path, Path]:
    """A program that leaves a mark when it is run, and the mark."""
    mark = tmp_path / "mark"
    program = tmp_path / "canary"
    program.write_text(f"#!/bin/sh\necho run >> '{mark}'\n")
    program.chmod(0o755)
    return program, mark


def test_nothing_that_the_repository_names_is_run(repository: Repository, tmp_path: Path) -> None:
    program, mark = canary(tmp_path)
    repository.commit("2024-01-01", {"A.md": LONG, ".gitattributes": "*.md diff=evil filter=evil\n"})
    repository.move("2024-01-02", "A.md", "B.md")
    repository.commit("2024-01-03", {"B.md": LONG + "more\n"})
    for hook in ("post-index-change", "post-checkout", "reference-transaction"):
        shutil.copy(program, repository.root / ".git" / "hooks" / hook)
    settings = {
        **dict.fromkeys(("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor"), str(program)),
        **dict.fromkeys(("diff.external", "diff.evil.command", "diff.evil.textconv"), str(program)),
        **dict.fromkeys(("filter.evil.clean", "filter.evil.smudge", "filter.evil.process"), str(program)),
        **dict.fromkeys(("pager.log", "gpg.program", "core.askPass", "core.alternateRefsCommand"), str(program)),
        **dict.fromkeys(("alias.log", "alias.cat-file", "alias.rev-parse"), f"!{program}"),
        "log.showSignature": "true",
        "log.showRoot": "false",
        "log.follow": "true",
        "diff.relative": "true",
        "diff.renames": "false",
        "diff.orderFile": "no such file",
        "color.ui": "always",
    }
    for name, value in settings.items():
        repository.git("config", name, value)
    mark.unlink(missing_ok=True)

    history = history_of(repository.root)

    assert told(history, "B.md") == [("2024-01-01", "created"), ("2024-01-02", "moved"), ("2024-01-03", "body")]
    assert not mark.exists()


def partial_copy(repository: Repository, to: Path, without: str = "blob:none") -> Path:
    """A copy that left on the server what it does not need at once."""
    repository.commit("2024-01-01", {"A.md": LONG, "deep/Same.md": LONG * 2})
    repository.commit("2024-01-02", {"A.md": LONG + "more\n"})
    repository.move("2024-01-03", "deep/Same.md", "Same name no more.md")
    repository.commit("2024-01-04", {"A.md": LONG + "more and more\n"})
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "-q", f"--filter={without}", f"file://{repository.root}", str(to))
    return to


def test_a_copy_without_older_contents_asks_no_server(repository: Repository, tmp_path: Path) -> None:
    folder = partial_copy(repository, tmp_path / "partial")
    before = read_tree(folder)

    history = history_of(folder)

    assert told(history, "A.md") == [("2024-01-01", "created"), ("2024-01-02", "body"), ("2024-01-04", "body")]
    assert told(history, "Same name no more.md") == [("2024-01-01", "created"), ("2024-01-03", "moved")]
    assert history.edited_since == frozenset()
    assert read_tree(folder) == before  # what had been fetched would lie there now


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"remote.origin.uploadpack": "CANARY"}, id="a program in place of the server's"),
        pytest.param({"remote.origin.url": "ext::CANARY"}, id="an address that is a command"),
        pytest.param({"remote.origin.url": "ssh://nobody.invalid/x", "core.sshCommand": "CANARY"}, id="over ssh"),
    ],
)
@pytest.mark.parametrize(
    ("without", "why"),
    [
        pytest.param("blob:none", None, id="contents missing"),
        pytest.param("tree:0", reading_git.UNREADABLE, id="folders missing too"),
    ],
)
def test_a_copy_that_names_a_program_for_its_server_does_not_run_it(
    repository: Repository, tmp_path: Path, settings: dict[str, str], without: str, why: str | None
) -> None:
    program, mark = canary(tmp_path)
    folder = partial_copy(repository, tmp_path / "partial", without)
    copy = Repository(folder)
    for name, value in {**settings, "protocol.allow": "always", "protocol.ext.allow": "always"}.items():
        copy.git("config", name, value.replace("CANARY", str(program)))
    mark.unlink(missing_ok=True)

    history = history_of(folder)

    assert history.absent == why
    assert not mark.exists()


def test_reading_changes_nothing_in_the_repository(repository: Repository) -> None:
    for day in ("2024-01-01", "2024-01-02"):
        repository.commit(day, {"A.md": LONG + day})
    os.utime(repository.root / "A.md")  # git status would now write the index anew
    before = {path: path.stat().st_mtime_ns for path in repository.root.rglob("*")}, read_tree(repository.root)

    history_of(repository.root)

    after = {path: path.stat().st_mtime_ns for path in repository.root.rglob("*")}, read_tree(repository.root)
    assert after == before

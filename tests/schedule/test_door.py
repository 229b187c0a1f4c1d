"""The one place that writes a schedule's files: whole or not at all, and none but our own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.build import read_tree
from tests.schedule.worlds import AWKWARD, job
from vaultprune.errors import CannotStart, Refused
from vaultprune.schedule.door import is_ours, put, take_away, what_lies
from vaultprune.schedule.job import OwnFile
from vaultprune.schedule.schedulers import SCHEDULERS

GARDEN = "/home/ann/Garden"


@pytest.mark.parametrize("vault", AWKWARD)
@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=[each.name for each in SCHEDULERS])
def test_every_file_says_whose_it_is(vault: str, scheduler: object) -> None:
    if vault.count("%") > 1 and scheduler is SCHEDULERS[2]:
        return  # is refused
    files = scheduler.files(job(vault))  # type: ignore[attr-defined]

    assert files
    assert all(is_ours(file, vault) for file in files)
    assert not any(is_ours(file, vault + "x") for file in files)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[Unit]\n",
        "# Made by vaultprune\n",
        'x # Made by vaultprune for the vault "/home/ann/Garden". It goes by: vaultprune schedule remove\n',
        "1\n2\n3\n4\n" + job().header + "\n",
    ],
)
def test_any_other_file_is_somebody_elses(tmp_path: Path, text: str) -> None:
    place = tmp_path / "some.timer"
    place.write_text(text)
    before = read_tree(tmp_path)

    with pytest.raises(Refused, match="not-ours"):
        take_away(what_lies([place]), GARDEN)
    assert read_tree(tmp_path) == before


def test_what_is_no_plain_file_is_nobodys_to_take_away(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    for name in ("folder", "pipe"):
        with pytest.raises(Refused, match="not-ours"):
            take_away(what_lies([tmp_path / name]), GARDEN)
    assert what_lies([tmp_path / "missing"]) == ()


def test_a_file_that_was_changed_after_it_was_looked_at_stays(tmp_path: Path) -> None:
    ours = OwnFile(tmp_path / "some.timer", f"{job().header}\n".encode())
    put([ours])
    (tmp_path / "some.timer").write_text("mine now")

    with pytest.raises(Refused):
        take_away([ours], GARDEN)
    assert read_tree(tmp_path) == {"some.timer": b"mine now"}


def test_put_makes_the_folders_and_take_away_leaves_them(tmp_path: Path) -> None:
    file = OwnFile(tmp_path / "a/b/some.timer", f"{job().header}\n".encode())

    put([file])
    assert read_tree(tmp_path) == {"a/b/some.timer": file.data}
    take_away([file], GARDEN)
    take_away([file], GARDEN)
    assert read_tree(tmp_path) == {}
    assert (tmp_path / "a/b").is_dir()


def test_a_file_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")

    with pytest.raises(CannotStart, match="cannot be written"):
        put([OwnFile(tmp_path / "taken/some.timer", b"x")])
    assert read_tree(tmp_path) == {"taken": b"a file where the folder should be"}

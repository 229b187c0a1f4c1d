"""Whatever became of the file in which things are remembered, the answer is the one that the vault itself gives."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build import write_tree
from tests.state.worlds import LATER, looked_at, now, same_with_and_without, small
from vaultprune.cli.places import Place
from vaultprune.cli.start import Recall, answer
from vaultprune.model import FORGETFUL, Memory
from vaultprune.state import Damaged, Store


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small(tmp_path)


@pytest.fixture
def folder(tmp_path: Path, vault: Path) -> Path:
    """A cache folder in which the vault is remembered."""
    same_with_and_without(vault, tmp_path / "cache")
    same_with_and_without(vault, tmp_path / "cache")
    return tmp_path / "cache"


def the_file(folder: Path) -> Path:
    (file,) = folder.glob("*.sqlite")
    return file


def answers_rightly(vault: Path, folder: Path) -> None:
    """With this cache, damaged or not, the answer is right, this time and the next, and something is remembered."""
    taken_at = now() + LATER
    fresh = looked_at(vault, FORGETFUL, taken_at=taken_at)
    for _ in range(2):
        store = Store(vault, folder=folder)
        try:
            found = looked_at(vault, store, taken_at=taken_at)
        except Damaged:
            store.forget()
            found = looked_at(vault, store, taken_at=taken_at)
        assert found == fresh
        store.save()


def is_remembered(vault: Path, folder: Path) -> bool:
    return Store(vault, folder=folder).recall("files", "") is not None


@pytest.mark.parametrize("seed", range(60))
def test_flipped_bits(vault: Path, folder: Path, seed: int) -> None:
    file, chance = the_file(folder), random.Random(seed)
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 1, 3, 40))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)

    answers_rightly(vault, folder)


@pytest.mark.parametrize("seed", range(25))
def test_cut_off(vault: Path, folder: Path, seed: int) -> None:
    file = the_file(folder)
    os.truncate(file, random.Random(seed).randrange(file.stat().st_size))

    answers_rightly(vault, folder)
    assert is_remembered(vault, folder)


@pytest.mark.parametrize("seed", range(15))
def test_pieces_mixed_up(vault: Path, folder: Path, seed: int) -> None:
    file, chance = the_file(folder), random.Random(seed)
    data = file.read_bytes()
    pages = [data[at : at + 4096] for at in range(0, len(data), 4096)]
    one, other = chance.randrange(len(pages)), chance.randrange(len(pages))
    pages[one], pages[other] = pages[other], pages[one]
    file.write_bytes(b"".join(pages))

    answers_rightly(vault, folder)


def _sql(*statements: str) -> Callable[[Path], None]:
    def run(file: Path) -> None:
        connection = sqlite3.connect(file)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    return run


def _foreign(file: Path) -> None:
    file.unlink()
    _sql("CREATE TABLE columns (x INTEGER)", "INSERT INTO columns VALUES (1)")(file)


def _with_a_view(file: Path) -> None:
    file.unlink()
    _sql(
        "CREATE VIEW columns AS"
        " SELECT 'files' AS what, 'paths' AS name, 1 AS many, x'00' AS key, 0 AS checksum, x'00' AS data"
    )(file)


def _folder(file: Path) -> None:
    file.unlink()
    write_tree(file, {"x": "y"})


def _loop(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


def _read_only(file: Path) -> None:
    file.chmod(0o400)


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


_SWAPPED = [
    f"UPDATE columns SET name = '{now}' WHERE what = 'notes links' AND name = '{then}'"
    for then, now in (("text", "x"), ("path", "text"), ("x", "path"))
]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.write_bytes(b"garbage" * 5000), id="garbage"),
        pytest.param(lambda file: file.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000), id="the head alone"),
        pytest.param(_sql("UPDATE columns SET data = x'00'"), id="no columns"),
        pytest.param(_sql("UPDATE columns SET data = 7, key = 'x', checksum = 'y'"), id="other types"),
        pytest.param(_sql("UPDATE columns SET data = NULL"), id="nothing in it"),
        pytest.param(_sql("UPDATE columns SET checksum = checksum + 1"), id="other checksums"),
        pytest.param(_sql("DELETE FROM columns WHERE what LIKE 'notes %'"), id="the notes gone"),
        pytest.param(_sql("DELETE FROM columns WHERE what = 'notes links'"), id="the links gone"),
        pytest.param(_sql("DELETE FROM columns WHERE what = 'graph'"), id="the graph gone"),
        pytest.param(_sql("DELETE FROM columns WHERE what = 'files'"), id="the files gone"),
        pytest.param(_sql("DELETE FROM columns WHERE name = 'line'"), id="one column gone"),
        pytest.param(
            _sql("DELETE FROM columns WHERE name = 'line'", "UPDATE columns SET many = 4"), id="one not missed"
        ),
        pytest.param(_sql(*_SWAPPED), id="columns in one another's place"),
        pytest.param(_sql("DROP TABLE columns"), id="no table"),
        pytest.param(_foreign, id="a foreign table of that name"),
        pytest.param(_with_a_view, id="a view of that name"),
        pytest.param(_folder, id="a folder in its place"),
        pytest.param(_loop, id="a link to itself"),
        pytest.param(_read_only, id="read-only"),
        pytest.param(_pipe, id="a pipe"),
    ],
)
def test_what_it_can_be_instead(vault: Path, folder: Path, damage: Callable[[Path], None]) -> None:
    damage(the_file(folder))

    answers_rightly(vault, folder)


@pytest.mark.parametrize("other", ["graph", "notes aliases", "notes links"])
def test_a_part_that_stands_under_another_name_is_not_believed(vault: Path, folder: Path, other: str) -> None:
    _sql(
        "DELETE FROM columns WHERE what = 'notes tags'",
        f"UPDATE columns SET what = 'notes tags' WHERE what = '{other}'",
    )(the_file(folder))

    answers_rightly(vault, folder)


def test_another_version_of_the_program_begins_anew(vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_remembered(vault, folder)
    monkeypatch.setattr("vaultprune.__version__", "99")
    assert not is_remembered(vault, folder)

    answers_rightly(vault, folder)
    assert is_remembered(vault, folder)


def test_a_folder_that_cannot_be_written(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    answers_rightly(vault, tmp_path / "file" / "cache")


def test_a_lock_that_is_held(vault: Path, folder: Path) -> None:
    (vault / "Home.md").write_text("[[Old]] again\n", encoding="utf-8")
    held = sqlite3.connect(the_file(folder), isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    try:
        answers_rightly(vault, folder)
    finally:
        held.close()

    answers_rightly(vault, folder)


def test_two_runs_at_once(vault: Path, folder: Path) -> None:
    """Each sees another state of the vault, and both remember: whichever comes last, the next answer is right."""
    taken_at = now() + LATER
    first, second = Store(vault, folder=folder), Store(vault, folder=folder)
    (vault / "Home.md").write_text("[[Ideas]] one\n", encoding="utf-8")
    looked_at(vault, first, taken_at=taken_at)
    (vault / "Home.md").write_text("[[Old]] two words\n", encoding="utf-8")
    (vault / "New.md").write_text("[[Home]]\n", encoding="utf-8")
    looked_at(vault, second, taken_at=taken_at)
    second.save()
    first.save()

    answers_rightly(vault, folder)


def test_what_goes_missing_in_the_middle_of_a_run_is_worked_out_anew(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultprune.state.store._cache_folder", lambda: str(folder))
    (vault / "Home.md").write_text("[[Old]]\n", encoding="utf-8")
    taken_at, runs = now() + LATER, []

    def make(memory: Memory) -> tuple[str, ...]:
        runs.append(1)
        if len(runs) == 1:
            _sql("DELETE FROM columns WHERE what LIKE 'notes %'")(the_file(folder))
        return looked_at(vault, memory, taken_at=taken_at)

    shown: list[tuple[str, ...]] = []
    answer(Place(vault), Recall(cache=True, keeps=True), make, shown.append)

    assert len(runs) == 2
    assert shown == [looked_at(vault, FORGETFUL, taken_at=taken_at)]
    assert is_remembered(vault, folder)


def test_nobody_else_may_look_into_the_folder(vault: Path, tmp_path: Path) -> None:
    same_with_and_without(vault, tmp_path / "a" / "cache")

    assert stat.S_IMODE((tmp_path / "a" / "cache").stat().st_mode) == 0o700

"""Whatever happens to a vault between two runs, what is remembered never shows in the answer."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from pathlib import Path

import pytest

from tests.state.worlds import LATER, PLAIN, Gardener, git, looked_at, now, same_with_and_without, small
from vaultprune.config import Config
from vaultprune.model import FORGETFUL
from vaultprune.state import Store

SETTINGS = (
    PLAIN,
    Config(dates=("property",)),
    Config(dates=("mtime",), protect=("done",)),
    Config(dates=("property", "mtime"), archive_folder="deep"),
    Config(dates=("filename", "property"), rule="plain", index_notes=("Home",)),
    Config(dates=("property",), leave_out=("x/",)),
)


@pytest.mark.parametrize("seed", range(6))
def test_random_changes_are_seen_as_without_memory(tmp_path: Path, seed: int) -> None:
    vault, chance = small(tmp_path), random.Random(seed)
    gardener = Gardener(vault, seed)
    for step in range(40):
        for _ in range(chance.randrange(3)):
            gardener.change()
        config = SETTINGS[chance.randrange(len(SETTINGS))] if chance.random() < 0.3 else PLAIN
        taken_at = now() + LATER + timedelta(days=chance.choice((0, 0, 1, 200, -400)))
        same_with_and_without(vault, tmp_path / f"cache{step % 2}", config, taken_at)


@pytest.mark.parametrize("seed", range(3))
def test_random_changes_and_commits_are_seen_as_without_memory(tmp_path: Path, seed: int) -> None:
    vault, chance, config = small(tmp_path), random.Random(seed), Config()
    gardener = Gardener(vault, seed)
    git(vault, "init", "-q")
    for step in range(14):
        for _ in range(chance.randrange(4)):
            gardener.change()
        if chance.random() < 0.6:
            git(vault, "add", "-A")
            git(
                vault,
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "x",
                when=f"202{step % 6}-0{1 + step % 9}-11T12:00:00+00:00",
            )
        if chance.random() < 0.15:
            git(vault, "reset", "-q", "--soft", "HEAD~1")
        taken_at = now() + LATER + timedelta(days=chance.choice((0, 0, 1, 200, -1500)))
        same_with_and_without(vault, tmp_path / "cache", config, taken_at)


def test_an_edit_within_the_same_tick_is_seen(tmp_path: Path) -> None:
    vault, folder = small(tmp_path), tmp_path / "cache"
    note = vault / "Home.md"
    for number in range(30):
        note.write_text(f"[[{'Ideas' if number % 2 else 'Nadas'}]]\n", encoding="utf-8")
        os.utime(note, ns=(10**18, 10**18))
        store = Store(vault, folder=folder)
        taken_at = now()
        assert looked_at(vault, store, taken_at=taken_at) == looked_at(vault, FORGETFUL, taken_at=taken_at)
        store.save()


def test_what_did_not_change_is_not_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = small(tmp_path)
    same_with_and_without(vault, tmp_path / "cache")
    (vault / "Ideas.md").write_text("[[Old]]", encoding="utf-8")
    opened: list[str] = []
    real = os.open

    def watched(path: str, *rest: int) -> int:
        opened.append(os.path.basename(path))
        return real(path, *rest)

    monkeypatch.setattr(os, "open", watched)
    looked_at(vault, Store(vault, folder=tmp_path / "cache"))

    assert [name for name in opened if name.endswith((".md", ".canvas", ".base"))] == ["Ideas.md"]


def test_a_vault_that_came_to_lie_elsewhere_is_read_anew(tmp_path: Path) -> None:
    vault, folder = small(tmp_path), tmp_path / "cache"
    same_with_and_without(vault, folder)
    vault.rename(tmp_path / "Moved")
    small(tmp_path)
    (vault / "Home.md").write_text("other\n", encoding="utf-8")

    same_with_and_without(tmp_path / "Moved", folder)
    same_with_and_without(vault, folder)

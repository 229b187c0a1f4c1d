from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.reading.folders import write
from vaultprune.reading import find_vault, known_vaults, outer_vault


@pytest.mark.parametrize("mark", [".obsidian", ".vaultprune"])
@pytest.mark.parametrize("start", ["", "a", "a/b/c", "a/b/c/Note.md"])
def test_the_nearest_marked_folder_upward_is_the_vault(tmp_path: Path, mark: str, start: str) -> None:
    vault = write(tmp_path / "Garden", {f"{mark}/x": "", "a/b/c/Note.md": ""})

    assert find_vault(vault / start) == vault


def test_the_inner_one_of_two_vaults_is_nearer(tmp_path: Path) -> None:
    write(tmp_path, {"Outer/.obsidian/x": "", "Outer/Inner/.obsidian/x": "", "Outer/Inner/a/b.md": ""})

    assert find_vault(tmp_path / "Outer/Inner/a") == tmp_path / "Outer/Inner"
    assert find_vault(tmp_path / "Outer") == tmp_path / "Outer"


def test_without_a_mark_there_is_no_vault(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.md": "", ".obsidian": "a file is no mark"})

    assert find_vault(tmp_path / "a") is None


def test_a_place_that_is_not_there_may_lie_in_a_vault_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, {".obsidian/x": ""})

    assert find_vault(tmp_path / "not" / "there" / "yet.md") == tmp_path


def test_a_vault_in_a_vault_is_noticed(tmp_path: Path) -> None:
    write(tmp_path, {"Outer/.obsidian/x": "", "Outer/Inner/.obsidian/x": ""})

    assert outer_vault(tmp_path / "Outer" / "Inner") == tmp_path / "Outer"
    assert outer_vault(tmp_path / "Outer") is None


def test_a_vault_in_a_vault_is_noticed_by_its_real_place(tmp_path: Path) -> None:
    write(tmp_path, {"Outer/.obsidian/x": "", "Outer/Inner/.obsidian/x": ""})
    (tmp_path / "shortcut").symlink_to(tmp_path / "Outer" / "Inner")

    assert outer_vault(tmp_path / "shortcut") == tmp_path / "Outer"


def test_the_root_of_the_disk_lies_in_no_vault() -> None:
    assert outer_vault(Path("/")) is None


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(".config/obsidian", id="Linux"),
        pytest.param(".var/app/md.obsidian.Obsidian/config/obsidian", id="flatpak"),
        pytest.param("snap/obsidian/current/.config/obsidian", id="snap"),
        pytest.param("Library/Application Support/obsidian", id="macOS"),
        pytest.param("roaming/obsidian", id="Windows"),
        pytest.param("xdg/obsidian", id="Linux with a folder of its own"),
    ],
)
def test_the_vaults_that_obsidian_knows_are_found(tmp_path: Path, place: str) -> None:
    older, newer = write(tmp_path / "older", {}), write(tmp_path / "newer", {})
    listed = {
        "vaults": {
            "1": {"path": str(older), "ts": 1},
            "2": {"path": str(newer), "ts": 2, "open": True},
            "3": {"path": str(tmp_path / "gone"), "ts": 3},
        }
    }
    write(tmp_path, {f"{place}/obsidian.json": listed})

    environment = {"APPDATA": str(tmp_path / "roaming"), "XDG_CONFIG_HOME": str(tmp_path / "xdg")}

    assert known_vaults(tmp_path, environment) == (newer, older)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="broken"),
        pytest.param("[" * 100_000, id="nested too deep"),
        pytest.param("[]", id="a list"),
        pytest.param("null", id="null"),
        pytest.param('{"vaults": []}', id="vaults are a list"),
        pytest.param('{"vaults": {"1": "/tmp"}}', id="a vault is a text"),
        pytest.param('{"vaults": {"1": {"path": 3}}}', id="a path is a number"),
        pytest.param('{"vaults": {"1": {"path": "a\\u0000b"}}}', id="a path with a NUL"),
        pytest.param(b"\xff\xfe\xfa", id="not a text"),
    ],
)
def test_a_broken_list_of_vaults_is_no_list(tmp_path: Path, content: str | bytes) -> None:
    write(tmp_path, {".config/obsidian/obsidian.json": content})

    assert known_vaults(tmp_path, {}) == ()


def test_odd_times_do_not_hide_a_vault(tmp_path: Path) -> None:
    vaults = {str(n): {"path": str(write(tmp_path / f"v{n}", {})), "ts": ts} for n, ts in enumerate(["x", None, 5])}
    write(tmp_path, {".config/obsidian/obsidian.json": json.dumps({"vaults": vaults})})

    assert [path.name for path in known_vaults(tmp_path, {})] == ["v2", "v0", "v1"]


def test_without_a_list_no_vault_is_known(tmp_path: Path) -> None:
    assert known_vaults(tmp_path, {}) == ()

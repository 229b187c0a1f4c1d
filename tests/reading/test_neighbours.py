from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.build import write_tree
from vaultprune.reading import neighbours
from vaultprune.reading.neighbours import file_system, inner_vaults, synced_by


def test_a_folder_that_is_a_vault_of_its_own_is_found_at_any_depth(tmp_path: Path) -> None:
    write_tree(tmp_path, {".obsidian/app.json": "{}", "a/b/.obsidian/app.json": "{}", "a/b/c/d.md": "", "e/f.md": ""})

    assert inner_vaults(tmp_path, ["a/b/c/d.md", "e/f.md", "g.md"]) == ("a/b",)


@pytest.mark.parametrize(
    ("folder", "files", "names"),
    [
        pytest.param("Notes", {}, (), id="nobody"),
        pytest.param("Dropbox/Notes", {}, ("Dropbox",), id="by the folder"),
        pytest.param("OneDrive - Work/Notes", {}, ("OneDrive",), id="by how the folder begins"),
        pytest.param("Library/Mobile Documents/iCloud~md~obsidian/Notes", {}, ("iCloud",), id="iCloud"),
        pytest.param("Notes", {".stfolder/x": ""}, ("Syncthing",), id="by a mark"),
        pytest.param("Notes", {"../.stfolder/x": ""}, ("Syncthing",), id="by a mark above"),
        pytest.param(
            "Dropbox/Notes",
            {".stfolder/x": "", ".obsidian/community-plugins.json": json.dumps(["remotely-save", "other"])},
            ("Dropbox", "Syncthing", "Remotely Save"),
            id="all three",
        ),
        pytest.param("Notes", {".obsidian/community-plugins.json": "{"}, (), id="a broken list"),
    ],
)
def test_who_syncs_a_folder_is_told_by_its_marks(
    tmp_path: Path, folder: str, files: dict[str, str], names: tuple[str, ...]
) -> None:
    vault = tmp_path / folder
    vault.mkdir(parents=True)

    assert synced_by(write_tree(vault, files)) == names


def test_the_file_system_is_the_innermost_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Path(tmp_path).resolve()
    (place / "in side").mkdir()
    spelt = str(place / "in side").replace(" ", "\\040")
    mounts = place / "mounts"
    mounts.write_text(
        "1 0 8:1 / / rw - ext4 /dev/a rw\n"
        f"2 1 8:2 / {spelt} rw,nosuid shared:1 - exfat /dev/b rw\n"
        "3 1 8:3 / /somewhere rw - xfs /dev/c rw\nnonsense\n"
    )
    monkeypatch.setattr(neighbours, "MOUNTS", str(mounts))

    assert file_system(place / "in side") == "exfat"
    assert file_system(place) == "ext4"
    monkeypatch.setattr(neighbours, "MOUNTS", str(place / "missing"))
    assert file_system(place) == ""

"""A vault's folder in, who else has to do with it out: vaults inside it, programs that sync it, its file system."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from vaultprune.reading.app_files import AppFiles
from vaultprune.reading.disk import read_bytes

MOUNTS = "/proc/self/mountinfo"
_LONGEST = 4 * 1024 * 1024
_BY_FOLDER = (
    ("mobile documents", "iCloud"),
    ("iclouddrive", "iCloud"),
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("pclouddrive", "pCloud"),
)
"""How the folder begins that a sync program keeps its files in, in lower case."""
_BY_MARK = ((".stfolder", "Syncthing"), (".dropbox", "Dropbox"))
_BY_PLUGIN = (
    ("remotely-save", "Remotely Save"),
    ("obsidian-livesync", "Self-hosted LiveSync"),
    ("obsidian-git", "the Git plugin"),
)


def inner_vaults(vault: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """The folders below a vault that are vaults of their own, among those in which one of these files lies."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return tuple(sorted(folder for folder in folders if os.path.isdir(os.path.join(vault, folder, ".obsidian"))))


def synced_by(vault: Path) -> tuple[str, ...]:
    """The programs that seem to sync this folder, by where it lies, by the marks they leave, by plugins in use."""
    return tuple(dict.fromkeys(_syncing(Path(os.path.realpath(vault)))))


def _syncing(vault: Path) -> Iterator[str]:
    for part in vault.parts:
        yield from (name for begins, name in _BY_FOLDER if part.lower().startswith(begins))
    for folder in (vault, *vault.parents):
        yield from (name for mark, name in _BY_MARK if os.path.lexists(folder / mark))
    listed = AppFiles(os.fspath(vault)).json("community-plugins.json")
    enabled = listed if isinstance(listed, list) else []
    yield from (name for plugin, name in _BY_PLUGIN if plugin in enabled)


def file_system(folder: Path) -> str:
    """What the file system is called on which a folder lies: `ext4`; "" where this system does not tell."""
    try:
        lines = read_bytes(MOUNTS, _LONGEST)[0].decode("utf-8", "surrogateescape").split("\n")
    except OSError:
        return ""
    place = os.path.realpath(folder)
    found = ("", "")
    for line in lines:
        mount, _, about = line.partition(" - ")
        words = mount.split()
        if len(words) < 5 or not about:
            continue
        at = words[4].replace("\\040", " ")
        if (place == at or place.startswith(at.rstrip("/") + "/")) and len(at) >= len(found[0]):
            found = (at, about.split()[0])
    return found[1]

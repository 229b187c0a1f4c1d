"""A place on disk in, the vault it belongs to out; and the vaults that Obsidian itself knows."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from vaultprune.reading.disk import read_bytes

_MARKS = (".obsidian", ".vaultprune")
_LONGEST_LIST = 4 * 1024 * 1024


def find_vault(start: Path) -> Path | None:
    """The nearest folder from `start` upward that is a vault: it holds `.obsidian/` or `.vaultprune/`."""
    place = Path(os.path.abspath(start))
    for folder in (place, *place.parents):
        if any(os.path.isdir(folder / mark) for mark in _MARKS):
            return folder
    return None


def outer_vault(folder: Path) -> Path | None:
    """A vault that this one lies inside of, by its name or by its real place; its links to here are not seen."""
    for place in (Path(os.path.abspath(folder)), Path(os.path.realpath(folder))):
        if place.parent != place and (outer := find_vault(place.parent)):
            return outer
    return None


def known_vaults(home: Path | None = None, environment: Mapping[str, str] | None = None) -> tuple[Path, ...]:
    """The vaults in Obsidian's own list that are still there, the last used first. No list, or a broken one: none."""
    home = home or Path(os.path.expanduser("~"))
    environment = os.environ if environment is None else environment
    used: dict[str, float] = {}
    for place in _lists(home, environment):
        try:
            listed = json.loads(read_bytes(str(place), _LONGEST_LIST, follow=True)[0])
        except (OSError, ValueError, RecursionError):
            continue
        vaults = listed.get("vaults") if isinstance(listed, dict) else None
        for vault in vaults.values() if isinstance(vaults, dict) else ():
            path, when = (vault.get("path"), vault.get("ts")) if isinstance(vault, dict) else (None, None)
            if isinstance(path, str) and os.path.isdir(path):
                stamp = float(when) if isinstance(when, (int, float)) and abs(when) < 1e18 else 0.0
                used[path] = max(stamp, used.get(path, 0.0))
    return tuple(Path(path) for path in sorted(used, key=lambda path: (-used[path], path)))


def _lists(home: Path, environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Where the app keeps its list: plain Linux, flatpak, snap, macOS, Windows."""
    folders = [
        Path(environment.get("XDG_CONFIG_HOME") or home / ".config"),
        home / ".config",
        home / ".var/app/md.obsidian.Obsidian/config",
        home / "snap/obsidian/current/.config",
        home / "Library/Application Support",
    ]
    if environment.get("APPDATA"):
        folders.append(Path(environment["APPDATA"]))
    return tuple(dict.fromkeys(folder / "obsidian" / "obsidian.json" for folder in folders))

"""A vault's folder in, how things stand around its notes out: git, the app, the archive's folder, single files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from vaultprune.guards import Around
from vaultprune.model import File, NotePath, Snapshot
from vaultprune.plan import OnDisk
from vaultprune.reading.contents import NOT_HERE, whole_bytes
from vaultprune.reading.disk import read_bytes
from vaultprune.reading.places import outer_vault

PROCESSES = "/proc"
_LAYOUTS = (".obsidian/workspace.json", ".obsidian/workspace-mobile.json")
_BUSY = (
    ("MERGE_HEAD", "a merge"),
    ("rebase-merge", "a rebase"),
    ("rebase-apply", "a rebase"),
    ("CHERRY_PICK_HEAD", "a cherry-pick"),
    ("REVERT_HEAD", "a revert"),
)
_SHORT = 64 * 1024


def surroundings(vault: Path, archive_folder: str, snapshot: Snapshot | None, now: float) -> Around:
    """What stands around the notes. `now` is seconds since 1970; nothing is written, nothing waited for."""
    outer = outer_vault(vault)
    problems = () if snapshot is None else snapshot.problems
    return Around(
        outer=None if outer is None else outer.name,
        git_busy=_git_busy(vault),
        app_running=_app_running(),
        layout_age=_layout_age(vault, now),
        archive=_archive(vault, archive_folder),
        not_downloaded=sum(problem.what == NOT_HERE for problem in problems),
    )


def on_disk(vault: Path, path: NotePath) -> OnDisk:
    """What the disk says of a file that may be moved or rewritten; one that is gone is no ordinary file."""
    place = os.path.join(vault, path)
    folder = os.path.dirname(place)
    try:
        status, above, root = os.lstat(place), os.stat(folder), os.stat(vault)
    except OSError:
        return OnDisk(regular=False)
    writable = os.access(place, os.W_OK) and os.access(folder, os.W_OK) and bool(status.st_mode & above.st_mode & 0o222)
    return OnDisk(
        regular=stat.S_ISREG(status.st_mode),
        names=status.st_nlink,
        same_device=status.st_dev == root.st_dev,
        writable=writable,
    )


def contents_of(vault: Path, file: File) -> bytes | None:
    """The bytes of a file of the index as they are now; None if it cannot be read whole."""
    return whole_bytes(os.fspath(vault), file)


def _git_busy(vault: Path) -> str:
    folder = _git_folder(vault)
    if folder is None:
        return ""
    return next((what for name, what in _BUSY if os.path.lexists(os.path.join(folder, name))), "")


def _git_folder(vault: Path) -> str | None:
    """Where git keeps what it is doing: `.git`, or what a file of that name points to."""
    place = Path(os.path.realpath(vault))
    for above in (place, *place.parents):
        git = above / ".git"
        if git.is_dir():
            return os.fspath(git)
        if git.is_file():
            try:
                said = read_bytes(os.fspath(git), _SHORT)[0].decode("utf-8", "surrogateescape").strip()
            except OSError:
                return None
            return os.path.join(above, said.removeprefix("gitdir:").strip())
    return None


def _app_running() -> bool:
    """Whether Obsidian runs on this machine, as far as the list of processes tells."""
    return any(_is_app(name) for name in _process_names())


def _process_names() -> Iterator[str]:
    """What runs here: the name of each process, and what it was started as."""
    try:
        numbers = [name for name in os.listdir(PROCESSES) if name.isdigit()]
    except OSError:
        return  # no such list on this system
    for number in numbers:
        try:
            yield read_bytes(f"{PROCESSES}/{number}/comm", _SHORT)[0].decode("utf-8", "replace").strip()
            yield from read_bytes(f"{PROCESSES}/{number}/cmdline", _SHORT)[0].decode("utf-8", "replace").split("\0")[:2]
        except OSError:
            continue  # it ended meanwhile, or is not ours to look at


def _is_app(name: str) -> bool:
    last = name.rpartition("/")[2].lower()
    if last == "obsidian" or (last.startswith("obsidian") and last.endswith((".appimage", ".bin"))):
        return True
    return last.endswith(".asar") and "obsidian" in name.lower()


def _layout_age(vault: Path, now: float) -> float | None:
    ages = []
    for name in _LAYOUTS:
        try:
            ages.append(max(0.0, now - os.stat(vault / name).st_mtime))
        except OSError:
            continue
    return min(ages, default=None)


def _archive(vault: Path, folder: str) -> Literal["missing", "folder", "symlink", "file", "elsewhere"]:
    place = os.fspath(vault)
    device = os.stat(vault).st_dev
    for part in folder.strip("/").split("/"):
        place = os.path.join(place, part)
        try:
            status = os.lstat(place)
        except OSError:
            return "missing"
        if stat.S_ISLNK(status.st_mode):
            return "symlink"
        if not stat.S_ISDIR(status.st_mode):
            return "file"
        if status.st_dev != device:
            return "elsewhere"
    return "folder"

"""A vault's folder in, every file of Obsidian's index out: names, kinds, sizes and times, and no byte of content."""

from __future__ import annotations

import os
import stat
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple, cast

from vaultprune.errors import CannotStart
from vaultprune.model import File, FileKind, NotePath, Problem
from vaultprune.notes import Files
from vaultprune.reading.disk import cause
from vaultprune.words import safe

_KINDS: dict[str, FileKind] = {".md": "note", ".canvas": "canvas", ".base": "base"}
_MAC_DATALESS = 0x40000000  # SF_DATALESS: name and size are here, the data is in the cloud
_WINDOWS_RECALL = 0x00400000  # FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS, the same thing there
_CLOUDS_ARE_TOLD = hasattr(os.stat_result, "st_flags") or hasattr(os.stat_result, "st_file_attributes")
_STUB = ".icloud"
_ODD_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Walked(NamedTuple):
    """What stands in the vault, in path order. `not_here` are files whose data is not on this device.

    `changed_ns` is for each file when anything about it changed last, which no program can set at will.
    """

    files: Sequence[File]
    not_here: frozenset[NotePath] = frozenset()
    problems: tuple[Problem, ...] = ()
    changed_ns: tuple[int, ...] = ()


def kind_of(name: str) -> FileKind:
    """What a file name says the file is, whatever the case of its extension."""
    if name.endswith(".md") and not name.endswith("/.md") and name != ".md":
        return "note"
    return _KINDS.get(os.path.splitext(name)[1].lower(), "attachment")


def is_elsewhere(status: os.stat_result) -> bool:
    """Whether reading the file would first fetch it from a cloud, which a look at a vault must not set off."""
    return bool(
        getattr(status, "st_flags", 0) & _MAC_DATALESS or getattr(status, "st_file_attributes", 0) & _WINDOWS_RECALL
    )


def walk(folder: str) -> Walked:
    """Every file of the index below `folder`, as Obsidian would list it. Never raises for what lies inside.

    Whatever has a name that starts with a dot is outside the index. A symlinked folder is followed if its real
    place lies apart from the vault and from every place that was followed before, so each real folder comes once.
    Raises `CannotStart` if the vault's own folder cannot be listed.
    """
    return _Walk(folder).whole()


@dataclass(slots=True)
class _Walk:
    """The state of one walk: what was found so far, and the real folders that are taken."""

    folder: str
    found: list[tuple[str, int, int, int, bool]] = field(default_factory=list)
    stubs: list[tuple[str, int, int, int, bool]] = field(default_factory=list)
    not_here: set[NotePath] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def whole(self) -> Walked:
        self.taken.append(os.path.realpath(self.folder))
        waiting: list[tuple[str, bool]] = [("", False)]  # a list and not recursion: vaults may be nested at will
        while waiting:
            waiting.extend(reversed(self._one_folder(*waiting.pop())))
        if self.stubs:
            known = {path for path, *_ in self.found}
            missing = [stub for stub in self.stubs if stub[0] not in known]
            self.found += missing
            self.not_here.update(NotePath(path) for path, *_ in missing)
        self.found.sort()
        paths, sizes, written, changed, symlinked = zip(*self.found, strict=True) if self.found else ((),) * 5
        files = Files(paths, [kind_of(path) for path in paths], array("q", sizes), array("q", written), symlinked)
        return Walked(files, frozenset(self.not_here), tuple(self.problems), changed)

    def _one_folder(self, below: str, symlinked: bool) -> list[tuple[str, bool]]:
        """List one folder; the folders in it that are to be walked as well, in order."""
        place = os.path.join(self.folder, below) if below else self.folder
        try:
            with _listed(place) as entries:
                return self._taken_from(below, entries, symlinked)
        except OSError as error:
            if not below:
                name = safe(os.path.basename(os.path.abspath(self.folder)))
                raise CannotStart(f'"{name}" cannot be listed: {cause(error)}. Nothing has been changed.') from None
            self._odd(below, f"this folder cannot be listed, so its notes are not known: {cause(error)}")
            return []

    def _taken_from(self, below: str, entries: Iterable[os.DirEntry[str]], symlinked: bool) -> list[tuple[str, bool]]:
        folders: list[tuple[str, bool]] = []
        start = f"{below}/" if below else ""
        for entry in entries:
            path = start + entry.name
            try:
                if entry.name[0] == ".":
                    self._stub(below, entry, symlinked)
                elif entry.is_symlink():
                    if self._symlink(path, entry):
                        folders.append((path, True))
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((path, symlinked))
                else:
                    self._file(path, entry.stat(follow_symlinks=False), symlinked)
            except OSError as error:
                self._odd(path, f"cannot be looked at: {cause(error)}")
        return folders

    def _symlink(self, path: str, entry: os.DirEntry[str]) -> bool:
        """Take a symlinked file, or say whether a symlinked folder is to be walked."""
        try:
            status = entry.stat(follow_symlinks=True)
        except OSError as error:
            self._odd(path, f"a symlink that leads nowhere: {cause(error)}")
            return False
        if not stat.S_ISDIR(status.st_mode):
            self._file(path, status, symlinked=True)
            return False
        real = os.path.realpath(os.path.join(self.folder, path))
        if any(_within(real, other) or _within(other, real) for other in self.taken):
            self._odd(path, "a symlink into, or around, a folder that is read already; not followed, as in Obsidian")
            return False
        self.taken.append(real)
        return True

    def _file(self, path: str, status: os.stat_result, symlinked: bool) -> None:
        if not stat.S_ISREG(status.st_mode):
            what = next((says for is_kind, says in _ODD_KINDS if is_kind(status.st_mode)), "something else")
            self._odd(path, f"{what} and not a file; passed over")
            return
        self.found.append((path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, symlinked))
        if _CLOUDS_ARE_TOLD and is_elsewhere(status):
            self.not_here.add(NotePath(path))

    def _stub(self, below: str, entry: os.DirEntry[str], symlinked: bool) -> None:
        """`.Note.md.icloud` stands for a Note.md that iCloud has not brought to this device: links to it hold."""
        name = entry.name[1 : -len(_STUB)]
        if not entry.name.endswith(_STUB) or not name or name.startswith(".") or not entry.is_file():
            return
        path = f"{below}/{name}" if below else name
        written = entry.stat(follow_symlinks=False).st_mtime_ns
        self.stubs.append((path, 0, written, 0, symlinked or entry.is_symlink()))

    def _odd(self, path: str, what: str) -> None:
        self.problems.append(Problem(NotePath(path), what))


@contextmanager
def _listed(folder: str) -> Iterator[Sequence[os.DirEntry[str]]]:
    """The entries of a folder by name, to be looked at as long as it is open.

    Where the system can, each is looked at from there: to go all the way down to every file takes a fifth of a walk.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if os.scandir in os.supports_fd else None
    try:
        with os.scandir(folder if handle is None else handle) as listing:
            yield sorted(cast("Iterator[os.DirEntry[str]]", listing), key=attrgetter("name"))
    finally:
        if handle is not None:
            os.close(handle)


def _within(path: str, folder: str) -> bool:
    """Whether a real path is a folder or lies in it."""
    return path == folder or path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)

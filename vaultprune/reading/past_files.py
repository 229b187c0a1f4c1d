"""The tree of a commit in, what its files say out, each content parsed once however often it comes up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from vaultprune.model import Base, Canvas, File, FileKind, NotePath, Query
from vaultprune.reading.app_files import CONFIG_FOLDER, AppFiles
from vaultprune.reading.contents import Parsed
from vaultprune.reading.git_commands import Git
from vaultprune.reading.walk import kind_of

_TELL_EVERY = 100
_UNREADABLE = "too long, or not in this copy of the history"


@dataclass(slots=True)
class Shelf:
    """What was parsed for the tree before, so that only what changed since is read."""

    git: Git
    tell: Callable[[str, int, int], None]
    _held: dict[tuple[str, FileKind], Parsed] = field(default_factory=dict)

    def take(self, tree: Mapping[str, str]) -> list[Parsed]:
        """What the notes, canvases and bases of a tree say, in path order. Nothing of another tree is held after it."""
        wanted: dict[str, tuple[str, FileKind]] = {
            path: (blob, kind) for path, blob in tree.items() if (kind := kind_of(path)) != "attachment"
        }
        paths = {key: path for path, key in wanted.items() if key not in self._held}
        held = {key: self._held[key] for key in wanted.values() if key in self._held}
        for done, (key, data) in enumerate(zip(paths, self.git.contents(blob for blob, _ in paths), strict=True)):
            if done % _TELL_EVERY == 0:
                self.tell("reading notes as they were", done, len(paths))
            held[key] = _parsed(NotePath(paths[key]), key[1], data)
        self._held = held
        return [_called(held[wanted[path]], NotePath(path)) for path in sorted(wanted)]


def indexed(tree: Mapping[str, str]) -> dict[str, str]:
    """The files of a tree that Obsidian would list: none whose name, or a folder of it, begins with a dot."""
    return {path: blob for path, blob in tree.items() if not path.startswith(".") and "/." not in path}


def has_app_files(tree: Mapping[str, str]) -> bool:
    """Whether any of the app's own files are in a tree."""
    return any(path.startswith(f"{CONFIG_FOLDER}/") for path in tree)


def files_of(tree: Mapping[str, str], mtime_ns: int) -> list[File]:
    """Every file of a tree in path order, all with one and the same time."""
    return [File(NotePath(path), kind_of(path), 0, mtime_ns) for path in sorted(tree)]


@dataclass(slots=True)
class CommittedAppFiles(AppFiles):
    """The app's own files as they were committed: their contents by name, None where one cannot be had."""

    contents: Mapping[str, bytes | None] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, git: Git, tree: Mapping[str, str]) -> CommittedAppFiles | None:
        """Those of a tree, None where it holds none."""
        start = CONFIG_FOLDER + "/"
        blobs = {path.removeprefix(start): blob for path, blob in tree.items() if path.startswith(start)}
        if not blobs:
            return None
        said = [name for name in blobs if name.endswith(".json")]
        contents = dict(zip(said, git.contents(blobs[name] for name in said), strict=True))
        return cls("", contents=contents, names=frozenset(blobs))

    def content(self, name: str, limit: int) -> tuple[bytes, int]:
        """The bytes of a file as it was committed."""
        data = self.contents.get(name)
        if data is None:
            raise FileNotFoundError(name)
        return data[:limit], len(data)

    def plugins(self) -> list[str]:
        """The plugins that have a folder, in order."""
        parts = (name.split("/") for name in self.names)
        return sorted({part[1] for part in parts if part[0] == "plugins" and len(part) > 2 and part[1][:1] != "."})


def _parsed(path: NotePath, kind: FileKind, data: bytes | None) -> Parsed:
    from vaultprune.parse import parse_base, parse_canvas, parse_note, unread_note

    if kind == "canvas":
        return Canvas(path) if data is None else parse_canvas(path, data)
    if kind == "base":
        return Base(path, Query("base")) if data is None else parse_base(path, data)
    return unread_note(path, _UNREADABLE) if data is None else parse_note(path, data)


def _called(found: Parsed, path: NotePath) -> Parsed:
    """The same under another name, since it may lie there several times, or have moved."""
    if found.path == path:
        return found
    problems = tuple(problem._replace(path=path) for problem in found.problems)
    return found._replace(path=path, problems=problems)

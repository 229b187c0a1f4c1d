"""A model of what a disk may hold after a power cut, from a record of everything that was asked of it.

What was not made durable by a sync may be there or not. How much freedom there is in that differs between file
systems; three models bound it, from the orderly to the worst:

- A: names change in the order asked, as in a journal; any sync makes all earlier changes durable;
- B: each folder keeps its own order, and only its own sync makes it durable; a rename is still one step;
- C: each name in each folder is on its own, so that a rename or exchange can be torn into halves.

Contents that were not synced are whole, empty, cut in half, or zeros.
"""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal

from vaultprune.archiving.files import Disk

Model = Literal["A", "B", "C"]


@dataclass(eq=False)
class File:
    data: bytes = b""
    durable: bytes | None = None
    mode: int = 0o600
    mtime_ns: int | None = None
    attributes: dict[str, bytes] = field(default_factory=dict)


@dataclass(eq=False)
class Folder:
    names: dict[str, Thing] = field(default_factory=dict)


Thing = File | Folder


@dataclass(frozen=True)
class Names:
    """One step in which names changed: what each stands for now, None for nothing."""

    changes: tuple[tuple[Folder, str, Thing | None], ...]


@dataclass(frozen=True)
class Synced:
    thing: Thing


@dataclass(frozen=True)
class Content:
    file: File
    data: bytes


Op = Names | Synced | Content


class RecordingDisk(Disk):
    """A disk that does what it is asked, and remembers it."""

    def __init__(self, vault: Path) -> None:
        super().__init__(vault)
        self.things: dict[int, Thing] = {}
        self.root_folder = self._scan(vault)
        self.first = _copy(self.root_folder)
        self.ops: list[Op] = []
        self._nested = False

    def _scan(self, place: Path) -> Folder:
        folder = Folder()
        self.things[place.stat().st_ino] = folder
        for inner in place.iterdir():
            if inner.is_dir():
                folder.names[inner.name] = self._scan(inner)
            else:
                status = inner.stat()
                data = inner.read_bytes()
                file = File(data, data, stat.S_IMODE(status.st_mode), status.st_mtime_ns)
                with suppress(OSError):
                    file.attributes = {name: os.getxattr(inner, name) for name in os.listxattr(inner)}
                self.things[status.st_ino] = folder.names[inner.name] = file
        return folder

    def _thing(self, handle: int) -> Thing:
        return self.things[os.fstat(handle).st_ino]

    def _folder(self, handle: int) -> Folder:
        found = self._thing(handle)
        assert isinstance(found, Folder)
        return found

    def _file(self, handle: int) -> File:
        found = self._thing(handle)
        assert isinstance(found, File)
        return found

    def _change(self, *changes: tuple[Folder, str, Thing | None]) -> None:
        for folder, name, thing in changes:
            if thing is None:
                del folder.names[name]
            else:
                folder.names[name] = thing
        self.ops.append(Names(changes))

    def mkdir(self, folder: int, name: str) -> None:
        super().mkdir(folder, name)
        made = Folder()
        self.things[os.stat(name, dir_fd=folder).st_ino] = made
        self._change((self._folder(folder), name, made))

    def create(self, folder: int, name: str, mode: int = 0o666) -> int:
        handle = super().create(folder, name, mode)
        return self._made(folder, name, handle)

    def open_append(self, folder: int, name: str) -> int:
        handle = super().open_append(folder, name)
        return handle if name in self._folder(folder).names else self._made(folder, name, handle)

    def _made(self, folder: int, name: str, handle: int) -> int:
        file = self.things[os.fstat(handle).st_ino] = File(mode=stat.S_IMODE(os.fstat(handle).st_mode))
        self._change((self._folder(folder), name, file))
        return handle

    def write(self, file: int, data: bytes) -> None:
        super().write(file, data)
        here = self._file(file)
        here.data += data
        self.ops.append(Content(here, here.data))

    def sync(self, handle: int) -> None:
        super().sync(handle)
        self.ops.append(Synced(self._thing(handle)))

    def move(self, folder: int, name: str, to_folder: int, to_name: str) -> None:
        super().move(folder, name, to_folder, to_name)
        here = self._folder(folder)
        if name in here.names:  # not so if it went by way of a reservation
            self._change((self._folder(to_folder), to_name, here.names[name]), (here, name, None))

    def replace_own(self, folder: int, name: str, to_folder: int, to_name: str) -> None:
        super().replace_own(folder, name, to_folder, to_name)
        here = self._folder(folder)
        self._change((self._folder(to_folder), to_name, here.names[name]), (here, name, None))

    def exchange(self, folder: int, name: str, other_folder: int, other_name: str) -> bool:
        if not super().exchange(folder, name, other_folder, other_name):
            return False
        here, there = self._folder(folder), self._folder(other_folder)
        self._change((here, name, there.names[other_name]), (there, other_name, here.names[name]))
        return True

    def unlink(self, folder: int, name: str) -> None:
        super().unlink(folder, name)
        self._change((self._folder(folder), name, None))

    def rmdir(self, folder: int, name: str) -> None:
        super().rmdir(folder, name)
        self._change((self._folder(folder), name, None))

    def set_mode(self, file: int, mode: int) -> None:
        super().set_mode(file, mode)
        self._file(file).mode = mode

    def set_mtime(self, file: int, mtime_ns: int) -> None:
        super().set_mtime(file, mtime_ns)
        self._file(file).mtime_ns = mtime_ns

    def set_attribute(self, file: int, name: str, value: bytes) -> None:
        super().set_attribute(file, name, value)
        self._file(file).attributes[name] = value


def _copy(folder: Folder) -> dict[Folder, dict[str, Thing]]:
    """The names in every folder, as they are now."""
    found = {folder: dict(folder.names)}
    for thing in folder.names.values():
        if isinstance(thing, Folder):
            found.update(_copy(thing))
    return found


@dataclass(frozen=True)
class Wreck:
    """What is on the disk after one power cut."""

    names: dict[Folder, dict[str, Thing]]
    contents: dict[File, bytes]

    def put(self, root: Folder, place: Path) -> None:
        """Write it to a real folder."""
        self._put(root, place, {})

    def _put(self, folder: Folder, place: Path, seen: dict[File, Path]) -> None:
        place.mkdir()
        for name, thing in self.names.get(folder, {}).items():
            inner = place / name
            if isinstance(thing, Folder):
                self._put(thing, inner, seen)
            elif thing in seen:
                os.link(seen[thing], inner)
            else:
                inner.write_bytes(self.contents.get(thing, thing.durable or b""))
                for attribute, value in thing.attributes.items():
                    os.setxattr(inner, attribute, value)
                inner.chmod(thing.mode)
                if thing.mtime_ns is not None:
                    os.utime(inner, ns=(thing.mtime_ns, thing.mtime_ns))
                seen[thing] = inner


def wrecks(disk: RecordingDisk, at: int, model: Model, most: int, chance: random.Random) -> Iterator[Wreck]:
    """States that the disk may be in if the power goes after the first `at` operations: all, or a share of so many."""
    firm = {folder: dict(names) for folder, names in disk.first.items()}
    loose: list[Names] = []
    written: dict[File, bytes] = {}
    unsynced: set[File] = set()
    for op in disk.ops[:at]:
        if isinstance(op, Content):
            written[op.file] = op.data
            unsynced.add(op.file)
        elif isinstance(op, Names):
            loose.append(op)
        else:
            if isinstance(op.thing, File):
                unsynced.discard(op.thing)
            loose = _settle(firm, loose, op.thing, model)
    names = list(_name_states(firm, loose, model, chance))
    ragged = sorted((file for file in unsynced if written[file]), key=list(written).index)
    every: Iterable[tuple[dict[Folder, dict[str, Thing]], tuple[int, ...]]]
    if len(names) * 4 ** len(ragged) <= most:
        every = product(names, product(range(4), repeat=len(ragged)))
    else:
        every = ((chance.choice(names), tuple(chance.randrange(4) for _ in ragged)) for _ in range(most))
    for chosen, how in every:
        contents = dict(written)
        for file, kind in zip(ragged, how, strict=True):
            whole = written[file]
            contents[file] = (whole, b"", whole[: len(whole) // 2], bytes(len(whole)))[kind]
        yield Wreck(chosen, contents)


def _settle(firm: dict[Folder, dict[str, Thing]], loose: list[Names], thing: Thing, model: Model) -> list[Names]:
    """Make durable what a sync of this thing makes durable; returns what is left."""
    if model == "A":
        for op in loose:
            _apply(firm, op.changes)
        return []
    if isinstance(thing, File):
        return loose
    if model == "C":
        left = []
        for op in loose:
            _apply(firm, tuple(change for change in op.changes if change[0] is thing))
            rest = tuple(change for change in op.changes if change[0] is not thing)
            if rest:
                left.append(Names(rest))
        return left
    # B: the folder's own changes, and with them whatever they stand on in other folders
    need: set[int] = set()
    folders = {thing}
    for number in range(len(loose) - 1, -1, -1):
        touched = {folder for folder, _, _ in loose[number].changes}
        if touched & folders:
            need.add(number)
            folders |= touched
    for number in sorted(need):
        _apply(firm, loose[number].changes)
    return [op for number, op in enumerate(loose) if number not in need]


def _name_states(
    firm: dict[Folder, dict[str, Thing]], loose: list[Names], model: Model, chance: random.Random
) -> Iterator[dict[Folder, dict[str, Thing]]]:
    if model == "A":
        choices: Iterator[list[Names]] = (loose[:count] for count in range(len(loose) + 1))
    elif model == "B":
        choices = _prefixes(loose, chance)
    else:
        single = [Names((change,)) for op in loose for change in op.changes]
        choices = ([op for op, there in zip(single, bits, strict=True) if there] for bits in _bits(len(single), chance))
    for chosen in choices:
        names = {folder: dict(inner) for folder, inner in firm.items()}
        for op in chosen:
            _apply(names, op.changes)
        yield names


def _bits(count: int, chance: random.Random) -> Iterator[tuple[bool, ...]]:
    """Every way to choose from so many, or, of too many, a fair share."""
    if count <= 8:
        yield from product((False, True), repeat=count)
        return
    yield (False,) * count
    yield (True,) * count
    for _ in range(254):
        yield tuple(chance.random() < 0.5 for _ in range(count))


def _prefixes(loose: list[Names], chance: random.Random) -> Iterator[list[Names]]:
    """Every choice in which what a folder lost is the newest of its own changes."""
    for kept in _bits(len(loose), chance):
        lost: set[Folder] = set()
        good = True
        for op, there in zip(loose, kept, strict=True):
            touched = {folder for folder, _, _ in op.changes}
            if not there:
                lost |= touched
            elif touched & lost:
                good = False
                break
        if good:
            yield [op for op, there in zip(loose, kept, strict=True) if there]


def _apply(names: dict[Folder, dict[str, Thing]], changes: tuple[tuple[Folder, str, Thing | None], ...]) -> None:
    for folder, name, thing in changes:
        inner = names.setdefault(folder, {})
        if thing is None:
            inner.pop(name, None)
        else:
            inner[name] = thing

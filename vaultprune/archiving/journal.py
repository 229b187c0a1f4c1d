"""A vault in, its journal out: units made durable before anything changes, and the bytes they may need again.

`VAULT/.vaultprune/journal/<device>/` holds `units/` (an `.intent` for each note, and beside it, when it is over, a
`.done` or `.aborted`), `blobs/` (bytes by their SHA-256) and `swap/` (files that were exchanged for rewritten ones).
An intent is never altered or renamed: on a disk that can tear a rename apart, the record would be what is lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from vaultprune.archiving.files import Disk
from vaultprune.archiving.paths import IN_THE_WAY, OWN_FOLDER, Seen, digest, look_in, make_folders, opened
from vaultprune.archiving.records import (
    Damaged,
    Entry,
    Image,
    Unit,
    is_device,
    is_unit_id,
    unit_from_json,
    unit_to_json,
)
from vaultprune.errors import CannotStart, Refused
from vaultprune.model import NotePath


class Named(Protocol):
    """Whatever files in `swap/` can be named after: a unit, mostly."""

    @property
    def id(self) -> str:
        """How the names of its files begin."""


def tag(path: str) -> str:
    """What the name of a file in `swap/` says of the path that it was made for, or that it came from."""
    return digest(os.fsencode(path))[:12]


JOURNAL = (OWN_FOLDER, "journal")
ENDINGS = (".done", ".aborted")
APART = ".apart"
_FOLDERS = ("units", "blobs", "swap")


@dataclass(slots=True)
class Journal:
    """This device's journal, open for writing. Made by `open_journal`, under the lock."""

    disk: Disk
    device: str
    units: int
    blobs: int
    swap: int
    dev: int
    _temporary: int = 0
    _known: Listing | None = None
    _dressed: dict[tuple[str, str], Image] | None = None

    # --- bytes ----------------------------------------------------------------------------------

    def keep(self, data: bytes) -> str:
        """Put bytes into `blobs/`; durable after the next `keep_durably`."""
        name = digest(data)
        kept = look_in(self.disk, self.blobs, name)
        if kept is None or kept.sha256 != name:  # a blob was durable before it got its name
            self._put(self.blobs, name, data)
        return name

    def keep_durably(self) -> None:
        """Make the names of what was kept durable."""
        self.disk.sync(self.blobs)

    def bytes_of(self, sha256: str) -> bytes:
        """Bytes that were kept; `Damaged` if they are not there or not the same any more."""
        kept = look_in(self.disk, self.blobs, sha256)
        if kept is None or kept.sha256 != sha256:
            raise Damaged(f"the journal has lost the bytes {sha256[:12]}; nothing is done that needs them.")
        return kept.data

    # --- units ----------------------------------------------------------------------------------

    def intend(self, unit: Unit) -> None:
        """Make an intent durable. From here on the unit exists, and must be settled."""
        if self.intended(unit):
            raise RuntimeError(f"the journal holds a record {unit.id} already")
        self._put(self.units, f"{unit.id}.intent", unit_to_json(unit))
        self.disk.sync(self.units)

    def intended(self, unit: Unit) -> bool:
        """Whether the intent got as far as having a name."""
        return look_in(self.disk, self.units, f"{unit.id}.intent") is not None

    def end(
        self,
        unit: Unit,
        state: Literal["done", "aborted"],
        remarks: tuple[str, ...] = (),
        wrote: tuple[tuple[NotePath, str], ...] = (),
    ) -> bool:
        """Write down that a unit is over. False if that stands there, but the disk did not confirm that it will stay.

        If it does not stay, the unit is found interrupted again, and settling it again is right.
        """
        said = {"remarks": list(remarks), "wrote": [list(pair) for pair in wrote]}
        try:
            self._put(self.units, f"{unit.id}.{state}", json.dumps(said).encode() + b"\n")
            self.disk.sync(self.units)
        except OSError:
            if look_in(self.disk, self.units, f"{unit.id}.{state}") is None:
                raise
            return False
        return True

    def listing(self) -> Listing:
        """The units as they lie on disk now; `Damaged` if there is one of which the end is not known."""
        listing = _list(self.disk, self.units)
        if listing.unknown:
            raise Damaged(listing.unknown[0])
        return listing

    def entries(self) -> tuple[Entry, ...]:
        """Every readable unit of this device, oldest first; `Damaged` as above."""
        return self.listing().entries

    def known(self) -> Listing:
        """The units that were there when this was first asked."""
        if self._known is None:
            self._known = self.listing()
        return self._known

    def look_again(self) -> None:
        """Let `known` mean the units that are there now."""
        self._known = self._dressed = None

    def let_go(self, unit: Unit) -> None:
        """Write down that the row of this unit could not be made whole again, and stays as it is."""
        # if its name does not stay, the row is found open again, and letting it go again is right
        self._put(self.units, f"{unit.id}{APART}", b"{}\n")

    def next_batch(self, plan: str) -> str:
        """A name for a run that sorts behind all earlier ones of this device, whatever the clock says."""
        return f"{self.known().newest + 1}-{plan}"

    def pending(self) -> tuple[Unit, ...]:
        """The units that are neither done nor aborted, oldest first."""
        return tuple(entry.unit for entry in self.entries() if entry.state == "pending")

    def dressed_before(self, path: str, sha256: str) -> Image | None:
        """What a file was like when it held these bytes and the tool was about to rewrite it; of several, the last."""
        if self._dressed is None:
            self._dressed = {}
            for entry in self.known().entries:
                for edit in entry.unit.edits:
                    paths = {edit.path, entry.unit.move.source} if edit is entry.unit.own_edit else {edit.path}
                    self._dressed.update(((known, edit.before.sha256), edit.before) for known in paths)
        return self._dressed.get((path, sha256))

    def temporary(self, unit: Named, path: str) -> tuple[str, int]:
        """A new, empty file in `swap/`, named after the unit and after `path`: its name, and a handle to write with."""
        while True:
            name = self._new_name(unit, path)
            try:
                return name, self.disk.create(self.swap, name, 0o600)
            except FileExistsError:
                continue

    def move_in(self, unit: Named, path: str, folder: int, name: str) -> str:
        """Move a file, which stands at `path` of the vault, into `swap/`; the name that it has there."""
        while True:
            inside = self._new_name(unit, path)
            try:
                self.disk.move(folder, name, self.swap, inside)
            except FileExistsError:
                continue
            return inside

    def _new_name(self, unit: Named, path: str) -> str:
        self._temporary += 1
        return f"{unit.id}.{self._temporary}.{tag(path)}"

    def size_of(self, file: tuple[str, str]) -> int:
        """The bytes of a file of the journal, named by its folder (`units`, `blobs` or `swap`) and its name."""
        return os.stat(file[1], dir_fd=self._folder(file[0]), follow_symlinks=False).st_size

    def take_away(self, steps: Iterable[Sequence[tuple[str, str]]]) -> None:
        """Remove files of the journal, step by step: each is durable before the next begins, and in one folder."""
        for step in steps:
            for folder, name in step:
                self.disk.unlink(self._folder(folder), name)
            for folder in {folder for folder, _ in step}:
                self.disk.sync(self._folder(folder))

    def _folder(self, name: str) -> int:
        return {"units": self.units, "blobs": self.blobs, "swap": self.swap}[name]

    def _put(self, folder: int, name: str, data: bytes) -> None:
        """Written whole and made durable under another name first: a name in the journal means whole contents."""
        beside, file = self._beside(folder, name)
        try:
            self.disk.write(file, data)
            self.disk.sync(file)
        finally:
            os.close(file)
        self.disk.replace_own(folder, beside, folder, name)

    def _beside(self, folder: int, name: str) -> tuple[str, int]:
        number = 0
        while True:
            beside = f"{name}.tmp{number}"
            try:
                return beside, self.disk.create(folder, beside, 0o600)
            except FileExistsError:
                number += 1


@contextmanager
def looked_into(disk: Disk, device: str) -> Iterator[Journal]:
    """A device's journal as it lies there, to look at alone; `FileNotFoundError` if there is none."""
    with ExitStack() as stack:
        units, blobs, swap = (stack.enter_context(opened(disk, (*JOURNAL, device, name))) for name in _FOLDERS)
        yield Journal(disk, device, units, blobs, swap, os.fstat(units).st_dev)


@contextmanager
def open_journal(disk: Disk, device: str) -> Iterator[Journal]:
    """This device's journal, made if it is not there yet. Only for whoever holds the lock."""
    for name in _FOLDERS:
        make_folders(disk, (*JOURNAL, device, name))
    with looked_into(disk, device) as journal:
        yield journal


# --- reading, without changing anything ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listing:
    """The units of one device as they lie on disk. `unknown` are damaged ones of which nobody knows the end."""

    entries: tuple[Entry, ...] = ()
    damaged: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    newest: int = 0


def read_entries(disk: Disk, device: str | None = None) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The units of one device, or of all whose journals are here, oldest first; and what of them is damaged."""
    try:
        with opened(disk, JOURNAL) as folder:
            devices = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        if error.errno in IN_THE_WAY:
            place = "/".join(JOURNAL)
            raise Refused(f"{place} is a symlink or a file, or lies behind one. Nothing has been changed.") from None
        raise CannotStart(f"the journal cannot be read: {error.strerror}. Nothing has been changed.") from None
    try:
        listings = [_listing(disk, name) for name in devices if device is None or name == device]
    except OSError as error:
        raise CannotStart(f"the journal cannot be read: {error.strerror}. Nothing has been changed.") from None
    found = [entry for listing in listings for entry in listing.entries]
    if len(listings) > 1:  # within one device the numbers say the order, whatever its clock did
        found.sort(key=lambda entry: entry.unit.at)
    damaged = tuple(text for listing in listings for text in (*listing.unknown, *listing.damaged))
    return _with_undone(found), damaged


def _listing(disk: Disk, device: str) -> Listing:
    try:
        with opened(disk, (*JOURNAL, device, "units")) as folder:
            return _list(disk, folder)
    except FileNotFoundError:
        return Listing()
    except OSError as error:
        if error.errno in IN_THE_WAY:
            return Listing()
        raise


def _list(disk: Disk, folder: int) -> Listing:
    found: list[Entry] = []
    damaged: list[str] = []
    unknown: list[str] = []
    newest = 0
    names = set(os.listdir(folder))
    for name in names:
        stem = name.removesuffix(".intent")
        if stem == name or not is_unit_id(stem):
            continue
        newest = max(newest, int(stem.split("-")[0]))
        seen = look_in(disk, folder, name)
        try:
            found.append(_entry(disk, folder, unit_from_json(seen.data if seen else b"", stem), names))
        except Damaged as error:
            ended = any(stem + ending in names for ending in ENDINGS)
            (damaged if ended else unknown).append(str(error))
    found.sort(key=lambda entry: entry.unit.order)
    return Listing(_with_undone(found), tuple(damaged), tuple(unknown), newest)


def _entry(disk: Disk, folder: int, unit: Unit, names: set[str]) -> Entry:
    for ending in ENDINGS:
        if f"{unit.id}{ending}" in names:
            remarks, wrote = _marker(look_in(disk, folder, f"{unit.id}{ending}"))
            apart = f"{unit.id}{APART}" in names
            return Entry(unit, "done" if ending == ".done" else "aborted", remarks, wrote, apart=apart)
    return Entry(unit, "pending")


def _marker(seen: Seen | None) -> tuple[tuple[str, ...], tuple[tuple[NotePath, str], ...]]:
    """What is told beside a state. That the file is there says the state, whatever is in it."""
    try:
        said = json.loads(seen.data if seen else b"")
        remarks = tuple(str(remark) for remark in said["remarks"])
        return remarks, tuple((NotePath(str(path)), str(sha)) for path, sha in said["wrote"])
    except (ValueError, KeyError, TypeError):
        return (), ()


def _with_undone(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """A unit is undone once a unit that takes it back is done."""
    entries = tuple(entries)
    undone = {entry.unit.move.undoes for entry in entries if entry.state == "done" and entry.unit.move.undoes}
    return tuple(replace(entry, undone=entry.unit.id in undone) for entry in entries)


def devices(disk: Disk) -> list[str]:
    """The devices that have a journal in this vault."""
    try:
        with opened(disk, JOURNAL) as folder:
            return sorted(name for name in os.listdir(folder) if is_device(name))
    except FileNotFoundError:
        return []

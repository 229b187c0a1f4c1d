"""A note's path in, what this device keeps of it in the vault out; and all of that taken away.

Its texts of before lie in the journal: those of its own moves, and those of the times when a link in it was rewritten
because another note moved. With the record of a move go the texts of the notes that linked to it. Bytes that another
record needs stay. So do names: the records of other notes may say that a link to it changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from vaultprune.archiving.device import known_device
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import APART, ENDINGS, JOURNAL, Journal, devices, looked_into
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.paths import OWN_FOLDER, look, look_in, opened
from vaultprune.archiving.records import Entry
from vaultprune.archiving.rows import unsettled
from vaultprune.errors import CannotStart, Refused
from vaultprune.model import NotePath
from vaultprune.words import safe

DECISIONS = f"{OWN_FOLDER}/decisions"
_DRAFT = "decisions.draft"


@dataclass(frozen=True, slots=True)
class Traces:
    """What is kept of a note. `paths` are the names it had; `own` are the records of its own moves.

    `rewritten` counts the records of other notes for which a link in it was rewritten: their texts of it go, and the
    link cannot be put back exactly. `decisions` are the lines about it in this device's file, `elsewhere` the files and
    folders in which other devices keep something of it. `unknown` are files with bytes that no record knows, which may
    be of this note.
    """

    paths: tuple[NotePath, ...]
    own: tuple[Entry, ...] = ()
    rewritten: int = 0
    files: tuple[tuple[str, str], ...] = ()
    size: int = 0
    decisions: int = 0
    elsewhere: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing of it can be taken away."""
        return not self.files and not self.decisions


def traces(vault: Path, note: NotePath, *, device: str | None = None) -> Traces:
    """What this device keeps of a note in the vault. Nothing is written, and no lock is needed."""
    disk, device = Disk(vault), device or known_device()
    try:
        found, theirs = Traces((note,)), []
        for name in devices(disk):
            try:
                with looked_into(disk, name) as journal:
                    kept = _in_journal(journal, note)
            except (FileNotFoundError, NotADirectoryError):  # the lock, or a device that keeps a list alone
                continue
            if name == device:
                found = kept
            elif kept.files:
                theirs.append("/".join((*JOURNAL, name)))
        mine, others = _decided(disk, found.paths, device)
    except OSError as error:
        raise CannotStart(f"it cannot be read what is kept: {said(error)}. Nothing has been changed.") from None
    return replace(found, decisions=mine, elsewhere=(*theirs, *others))


def forget(vault: Path, note: NotePath, *, device: str | None = None, disk: Disk | None = None) -> Traces:
    """Take away what this device keeps of a note in the vault. What it was is returned.

    The note itself is not touched, wherever it lies. Stopped anywhere, it can be called again. Raises `Locked`,
    `Refused` while an interrupted run waits, and `CannotStart` if the disk does not let us.
    """
    disk, device = disk or Disk(vault), device or known_device()
    with locked(disk):
        found = traces(vault, note, device=device)
        if device is None:
            return found
        try:
            if found.files:
                with looked_into(disk, device) as journal:
                    entries = journal.entries()
                    if waiting := unsettled(entries):
                        there = safe(waiting[0].unit.move.source)
                        raise Refused(f"a run was interrupted at {there}: vaultprune recover.")
                    _let_rows_go(journal, entries, found.own)
                    journal.take_away(_steps(found.files))
            if found.decisions or look(disk, f"{DECISIONS}/{_DRAFT}") is not None:
                _undecide(disk, found.paths, device)
        except OSError as error:
            raise CannotStart(f"not all of it could be taken away: {said(error)}. Try again.") from None
    return found


def _let_rows_go(journal: Journal, entries: Sequence[Entry], own: Sequence[Entry]) -> None:
    """Write down of the rows that lose a record that they are whole no more, or they would look interrupted."""
    for entry in own:
        row = [
            other
            for other in entries
            if other.unit.together
            and (other.unit.batch, other.unit.together) == (entry.unit.batch, entry.unit.together)
            and other not in own
        ]
        if row and not any(other.apart for other in row):
            journal.let_go(row[-1].unit)


def _steps(files: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The files in the steps in which they have to go: whatever is of one folder and one kind at once."""
    return [list(group) for _, group in groupby(files, lambda file: (file[0], file[1].endswith(".intent")))]


# --- in the journal -----------------------------------------------------------------------------------


def _in_journal(journal: Journal, note: NotePath) -> Traces:
    entries = journal.entries()
    paths = _names(entries, note)
    own = tuple(entry for entry in entries if entry.unit.move.source in paths or entry.unit.move.target in paths)
    goes, needed, rewritten = set[str](), set[str](), 0
    for entry in entries:
        if entry in own:
            goes |= entry.unit.images  # without the record, nobody could tell whose the others are
            continue
        needed.add(entry.unit.image.sha256)
        for edit in entry.unit.edits:
            ours = edit.path in paths
            (goes if ours else needed).update((edit.before.sha256, edit.after))
            rewritten += ours
    goes -= needed  # what another note held as well is that note's
    ids = {entry.unit.id for entry in own}
    names = sorted(os.listdir(journal.units))
    intents = [name for name in names if name.endswith(".intent") and name.removesuffix(".intent") in ids]
    stays = {name.removesuffix(".intent") for name in names if name.endswith(".intent")} - ids
    # an ending without its intent means nothing any more
    endings = [name for name in names if name.endswith((*ENDINGS, APART)) and name.rpartition(".")[0] not in stays]
    swapped, unknown = _swapped(journal, entries, goes, {*ids, *_concerned(entries, paths)})
    blobs = [name for name in sorted(os.listdir(journal.blobs)) if name in goes]
    # the record goes last: whoever is stopped before that can still tell what belongs to the note
    files = (
        *(("swap", name) for name in swapped),
        *(("blobs", name) for name in blobs),
        *(("units", name) for name in (*intents, *endings)),
    )
    return Traces(tuple(sorted(paths)), own, rewritten, files, sum(map(journal.size_of, files)), unknown=tuple(unknown))


def _names(entries: Sequence[Entry], note: NotePath) -> frozenset[NotePath]:
    """Every name that the note had, here and in the archive."""
    known = {note}
    grew = True
    while grew:
        grew = False
        for entry in entries:
            both = {entry.unit.move.source, entry.unit.move.target}
            if entry.state == "done" and both & known and not both <= known:
                known |= both
                grew = True
    return frozenset(known)


def _concerned(entries: Sequence[Entry], paths: Collection[NotePath]) -> set[str]:
    """The records in which a link of the note was rewritten."""
    return {entry.unit.id for entry in entries if any(edit.path in paths for edit in entry.unit.edits)}


def _swapped(
    journal: Journal, entries: Sequence[Entry], goes: Collection[str], concerned: Collection[str]
) -> tuple[list[str], list[str]]:
    """The files in `swap/` that hold a text of the note, and those that may: nobody knows what they hold."""
    known = frozenset[str]().union(*(entry.unit.images for entry in entries))
    found: list[str] = []
    unknown: list[str] = []
    for name in sorted(os.listdir(journal.swap)):
        seen = look_in(journal.disk, journal.swap, name)
        if seen is not None and seen.sha256 in goes:
            found.append(name)
        elif seen is not None and seen.size and seen.sha256 not in known and name.split(".")[0] in concerned:
            unknown.append(name)
    return found, unknown


# --- in the decisions ---------------------------------------------------------------------------------


def _decided(disk: Disk, paths: Collection[NotePath], device: str | None) -> tuple[int, tuple[str, ...]]:
    """How many decisions of this device are about the note, and which other devices' files have some."""
    try:
        with opened(disk, DECISIONS.split("/")) as folder:
            names = sorted(name for name in os.listdir(folder) if name.endswith(".jsonl"))
    except OSError:
        return 0, ()
    mine, others = 0, []
    for name in names:
        seen = look(disk, f"{DECISIONS}/{name}")
        about = sum(_is_about(line, paths) for line in (seen.data if seen else b"").split(b"\n"))
        if name == f"{device}.jsonl":
            mine = about
        elif about:
            others.append(f"{DECISIONS}/{name}")
    return mine, tuple(others)


def _is_about(line: bytes, paths: Collection[NotePath]) -> bool:
    try:
        read = json.loads(line)
        return read["scope"] == "note" and str(read["name"]).lower() in {path.lower() for path in paths}
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _undecide(disk: Disk, paths: Collection[NotePath], device: str) -> None:
    """This device's file without its lines about the note. What is decided at this very moment is kept."""
    name = f"{device}.jsonl"
    with opened(disk, DECISIONS.split("/")) as folder:
        _finish(disk, folder, name, paths)
        seen = look_in(disk, folder, name)
        if seen is None or not seen.sha256:
            return
        _put_beside(disk, folder, _without(seen.data, paths))
        if not disk.exchange(folder, _DRAFT, folder, name):
            disk.replace_own(folder, _DRAFT, folder, name)
        else:
            taken = look_in(disk, folder, _DRAFT)
            late = taken.data[len(seen.data) :] if taken is not None else b""
            if late:  # somebody decided something meanwhile
                _append(disk, folder, name, _without(late, paths))
            disk.unlink(folder, _DRAFT)
        disk.sync(folder)


def _finish(disk: Disk, folder: int, name: str, paths: Collection[NotePath]) -> None:
    """What a run that was stopped here left: of the old file, what was decided at that very moment."""
    draft, seen = look_in(disk, folder, _DRAFT), look_in(disk, folder, name)
    if draft is None:
        return
    known = frozenset(seen.data.splitlines() if seen is not None else ())
    late = [line for line in draft.data.splitlines(keepends=True) if line.rstrip(b"\n") not in known]
    _append(disk, folder, name, _without(b"".join(late), paths))
    disk.unlink(folder, _DRAFT)


def _without(data: bytes, paths: Collection[NotePath]) -> bytes:
    return b"".join(line for line in data.splitlines(keepends=True) if not _is_about(line, paths))


def _put_beside(disk: Disk, folder: int, data: bytes) -> None:
    file = disk.create(folder, _DRAFT)
    try:
        disk.write(file, data)
        disk.sync(file)
    finally:
        os.close(file)


def _append(disk: Disk, folder: int, name: str, data: bytes) -> None:
    file = disk.open_append(folder, name)
    try:
        disk.write(file, data)
        disk.sync(file)
    finally:
        os.close(file)

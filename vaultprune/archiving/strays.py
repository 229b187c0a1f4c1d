"""A vault in, what its journals hold of a person's words that stands nowhere else out; and those words given back.

They came there because an editor saved a note at the very moment at which the program swapped it for one with other
links. What belongs to an interrupted run is given back when that is put right (`settling`); this is about all others.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from vaultprune.archiving.device import device_id, known_device
from vaultprune.archiving.exchanging import Changed, named_after, put, set_apart
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import JOURNAL, Journal, devices, looked_into, open_journal, read_entries
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.paths import look
from vaultprune.archiving.records import Damaged, Entry, image_of
from vaultprune.archiving.settings_list import late_settings, steps
from vaultprune.archiving.settling import with_links_put_right
from vaultprune.archiving.swapped import NOTHING, Late, held, late, put_back
from vaultprune.errors import CannotStart
from vaultprune.model import Stray


def strays(vault: Path, device: str | None = None) -> tuple[Stray, ...]:
    """The strays in all journals of a vault. Only those of this device go back by `give_back_strays`.

    Nothing is written, and no lock is needed.
    """
    disk, own = Disk(vault), device or known_device()
    found: list[Stray] = []
    try:
        for name in devices(disk):
            try:
                with looked_into(disk, name) as journal:
                    names = os.listdir(journal.swap)
                    if not names:
                        continue
                    entries = {entry.unit.id: entry for entry in read_entries(disk, name)[0]}
                    for each, ours in _late(journal, names, entries):
                        place = "/".join((*JOURNAL, name, "swap", each.name))
                        goes_back = name == own and _can_go(journal, each, entries, ours)
                        found.append(Stray(place, each.path, goes_back))
            except (FileNotFoundError, NotADirectoryError):  # a device that keeps a list alone
                continue
    except OSError as error:
        raise CannotStart(f"the journal cannot be read: {said(error)}. Nothing has been changed.") from None
    return tuple(found)


def give_back_strays(vault: Path, *, device: str | None = None, disk: Disk | None = None) -> tuple[str, ...]:
    """Put the strays of this device that can go back where they belong, with their links put right; the files.

    To be called when no interrupted run waits. Stopped anywhere, it can be called again.
    """
    disk = disk or Disk(vault)
    told: list[str] = []
    with locked(disk):
        try:
            with open_journal(disk, device or device_id()) as journal:
                entries = {entry.unit.id: entry for entry in journal.entries()}
                for each, ours in _late(journal, os.listdir(journal.swap), entries):
                    if _can_go(journal, each, entries, ours) and _gave_back(journal, each, entries, ours):
                        told.append(each.path)
        except OSError as error:
            raise CannotStart(f"it could not be put right yet: {said(error)}. Nothing is lost; try again.") from None
    return tuple(told)


def _gave_back(journal: Journal, each: Late, entries: Mapping[str, Entry], ours: frozenset[str]) -> bool:
    """Whether it stands in its place again. Somebody who is at work there is not disturbed."""
    try:
        seen = look(journal.disk, each.path)
        if seen is not None and seen.sha256 == NOTHING and NOTHING not in ours:
            set_apart(journal, named_after(each.name), each.path, {NOTHING})
            seen = None
        if each.unit is None:
            return put_back(journal, each, ours)
        text, there = _text(journal, each, entries), None if seen is None else seen.sha256
        if text is None:
            return False
        journal.keep(text)
        journal.keep_durably()
        put(journal, each.unit, each.path, there, text, image_of(each.seen), old_mtime=False)
        journal.keep(each.seen.data)  # from here on these words are known, and no stray any more
        journal.keep_durably()
    except (Changed, FileExistsError):
        return False
    return True


def _text(journal: Journal, each: Late, entries: Mapping[str, Entry]) -> bytes | None:
    """What was saved, with the links in it as they have to read now; None if what tells them was taken away."""
    for edit in each.unit.edits if each.unit else ():
        if each.unit and edit.path == each.path:
            try:
                return with_links_put_right(journal, edit, each.seen.data, entries[each.unit.id].state == "done")
            except Damaged:
                return None
    return each.seen.data


def _late(
    journal: Journal, names: Collection[str], entries: Mapping[str, Entry]
) -> Iterator[tuple[Late, frozenset[str]]]:
    """Each of them, with the digests of what it may take the place of."""
    for each in late(journal, names, {name: entry.unit for name, entry in entries.items()}):
        entry = entries[each.unit.id] if each.unit else None
        there = look(journal.disk, each.path) if each.path else None
        if there is None or there.data != _text(journal, each, entries):  # else only the last step of giving back lacks
            yield each, frozenset() if entry is None else _ours(entry, each.path)
    made = steps(journal.disk, journal.device)
    for each in late_settings(journal, made):
        yield each, frozenset({made[-1].after} if made else ())


def _ours(entry: Entry, path: str) -> frozenset[str]:
    """What a unit left at a path: of one that was interrupted that may be either."""
    for edit in entry.unit.edits:
        if edit.path == path and entry.state != "pending":
            return frozenset({edit.after if entry.state == "done" else edit.before.sha256})
    return held(entry.unit, path)


def _can_go(journal: Journal, each: Late, entries: Mapping[str, Entry], ours: frozenset[str]) -> bool:
    """Whether there stands in its place what we put there, or nothing, and no later run took that elsewhere."""
    seen = look(journal.disk, each.path) if each.path else None
    if not each.path or (seen is not None and seen.sha256 not in {*ours, NOTHING}):
        return False
    if (each.unit and entries[each.unit.id].undone) or _text(journal, each, entries) is None:
        return False
    if seen is not None or each.unit is None:
        return True
    return not any(
        entry.state == "done" and entry.unit.move.source == each.path and entry.unit.order >= each.unit.order
        for entry in entries.values()
    )

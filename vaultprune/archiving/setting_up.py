"""What setting up writes: the vault's first settings file, and one entry in the app's list of excluded files.

Obsidian's `app.json` is the one file of another program that is ever changed. Before it is, its bytes are written to
this device's list in the journal; then the whole file is exchanged in one step, as a note is whose link changes. Taken
back, the bytes of then return if nobody touched the file since; else only the entry goes.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from vaultprune.archiving.device import device_id, known_device
from vaultprune.archiving.exchanging import Changed, put, set_apart
from vaultprune.archiving.excluded import NotEditable, with_entry, without_entry
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import JOURNAL, Journal, open_journal
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.paths import OWN_FOLDER, Seen, digest, look, look_in, opened
from vaultprune.archiving.records import Image, image_of, is_device
from vaultprune.archiving.rows import unsettled
from vaultprune.archiving.settings_list import (
    APP_FILE,
    APP_FOLDER,
    Step,
    late_settings,
    standing_of,
    steps,
    write_down,
)
from vaultprune.archiving.swapped import put_back
from vaultprune.errors import CannotStart, Refused
from vaultprune.words import safe

CONFIG_FILE = f"{OWN_FOLDER}/config.toml"
_NEW_FILE = 0o644


@dataclass(frozen=True, slots=True)
class AppChange:
    """One entry more or less in the app's excluded files: the whole file before and after, None where there is none.

    `exact`: what comes is, byte for byte, what was there before the entry was put in, and of the time it had then.
    """

    kind: Literal["exclude", "undo"]
    entry: str
    before: bytes | None
    after: bytes | None
    exact: bool = False
    mtime_ns: int = 0


@dataclass(frozen=True, slots=True)
class _Setting:
    """What files in the journal's `swap/` are named after when settings are exchanged: another name each time."""

    id: str = field(default_factory=lambda: f"settings-{secrets.token_hex(4)}")


# --- looking ------------------------------------------------------------------------------------------


def plan_exclusion(vault: Path, folder: str) -> AppChange | None:
    """The archive's folder put into the excluded files; None where it is there already, or no app was ever here.

    Raises `CannotStart` for a file that cannot be changed in its place, `Refused` for one that is no plain file.
    """
    disk = Disk(vault)
    if not _is_folder(vault):
        return None
    seen = _app_file(disk)
    entry = f"{folder.strip('/')}/"
    before, mtime_ns = (None, 0) if seen is None else (seen.data, seen.mtime_ns)
    try:
        after = with_entry(before, entry)
    except NotEditable as reason:
        raise CannotStart(f"{APP_FILE} cannot be changed: {reason}. Nothing has been changed.") from None
    return None if after is None else AppChange("exclude", entry, before, after, mtime_ns=mtime_ns)


def plan_inclusion(vault: Path, device: str | None = None) -> AppChange | None:
    """The last entry that setting up put there, taken out again; None where there is nothing of ours to take back."""
    standing = standing_of(steps(Disk(vault), device))
    if standing is None:
        return None
    seen = _app_file(Disk(vault))
    if seen is None:
        return None
    if digest(seen.data) == standing.after:
        return AppChange("undo", standing.entry, seen.data, standing.before, True, standing.mtime_ns)
    try:
        after = without_entry(seen.data, standing.entry)
    except NotEditable as reason:
        raise CannotStart(f"{APP_FILE} cannot be changed: {reason}. Nothing has been changed.") from None
    return None if after is None else AppChange("undo", standing.entry, seen.data, after)


def entry_in_app(vault: Path, device: str | None = None) -> str:
    """The entry that this device put among the excluded files and that is still there; "" if there is none."""
    return _there(Disk(vault), standing_of(steps(Disk(vault), device)))


def entries_of_others(vault: Path, device: str | None = None) -> tuple[str, ...]:
    """The entries that other devices put there, as far as their journals came here, and that are still there."""
    disk, own = Disk(vault), device or known_device()
    try:
        with opened(disk, JOURNAL) as folder:
            names = sorted(name for name in os.listdir(folder) if is_device(name) and name != own)
    except OSError:
        return ()
    return tuple(dict.fromkeys(entry for name in names if (entry := _there(disk, standing_of(steps(disk, name))))))


def _there(disk: Disk, standing: Step | None) -> str:
    seen = look(disk, APP_FILE)
    if standing is None or seen is None or not seen.sha256:
        return ""
    try:
        return standing.entry if without_entry(seen.data, standing.entry) is not None else ""
    except NotEditable:
        return ""


def half_set_up(vault: Path, device: str | None = None) -> bool:
    """Whether a change of the app's settings was interrupted at the moment in which they do not stand there.

    That moment comes only where two files cannot be swapped in one step. An empty file reserves the name, then.
    """
    made = steps(Disk(vault), device)
    if not made or made[-1].ended or not made[-1].before:
        return False
    seen = look(Disk(vault), APP_FILE)
    return seen is None or seen.sha256 == digest(b"")


def _is_folder(vault: Path) -> bool:
    place = os.path.join(vault, APP_FOLDER)
    if os.path.islink(place):
        raise Refused(f"{APP_FOLDER} is a symlink, and nothing is changed through one. Nothing has been changed.")
    return os.path.isdir(place)


def _app_file(disk: Disk) -> Seen | None:
    try:
        seen = look(disk, APP_FILE)
    except OSError as error:
        raise CannotStart(f"{APP_FILE} cannot be read: {said(error)}. Nothing has been changed.") from None
    if seen is not None and (not seen.sha256 or seen.links > 1):
        raise Refused(f"{APP_FILE} is no plain file, or has a second name. Nothing has been changed.")
    return seen


# --- writing ------------------------------------------------------------------------------------------


def write_config(vault: Path, text: str, disk: Disk | None = None) -> bool:
    """Put the first settings file into the vault, whole or not at all. False if there is one that says anything."""
    disk = disk or Disk(vault)
    with locked(disk):
        try:
            with opened(disk, (OWN_FOLDER,)) as own, opened(disk, JOURNAL) as journal:
                there = look_in(disk, own, "config.toml")
                if there is not None and there.sha256 != digest(b""):
                    return False
                draft = "config.draft"
                if look_in(disk, journal, draft) is not None:
                    disk.unlink(journal, draft)  # of a run that was stopped here
                file = disk.create(journal, draft)
                try:
                    disk.write(file, text.encode())
                    disk.sync(file)
                finally:
                    os.close(file)
                if there is None:
                    disk.move(journal, draft, own, "config.toml")
                else:  # an empty file: mostly it is the name, reserved by a run that was stopped here
                    disk.replace_own(journal, draft, own, "config.toml")
                disk.sync(own)
                disk.sync(journal)
        except FileExistsError:
            return False
        except OSError as error:
            raise CannotStart(f"{CONFIG_FILE} could not be written: {said(error)}.") from None
    return True


def change_app(
    vault: Path, change: AppChange, at: datetime, *, device: str | None = None, disk: Disk | None = None
) -> None:
    """Carry out a change of the app's settings, if they are still what the change was made for.

    Durable on return. Raises `Refused` where somebody changed the file meanwhile or an interrupted run waits, `Locked`,
    and `CannotStart` if the disk does not let us; the file is then as it was, or as it is to be.
    """
    device, disk = device or device_id(), disk or Disk(vault)
    with _at_work(disk, device) as journal:
        write_down(vault, _begun(change), at, device, disk)
        expected = None if change.before is None else digest(change.before)
        if change.after is None:
            _take_away(journal, expected)
        else:
            like = _like(_app_file(disk), change.mtime_ns)
            put(journal, _Setting(), APP_FILE, expected, change.after, like, change.exact)
        write_down(vault, replace(_begun(change), before=None, ended=True), at, device, disk)


def put_right(vault: Path, *, device: str | None = None, disk: Disk | None = None) -> bool:
    """Bring back the app's settings where a change of them was interrupted halfway. False: nothing was."""
    if not half_set_up(vault, device):
        return False
    device, disk = device or device_id(), disk or Disk(vault)
    made = steps(disk, device)
    with _at_work(disk, device) as journal:
        if look(disk, APP_FILE) is not None:
            set_apart(journal, _Setting(), APP_FILE, {digest(b"")})
        for found in late_settings(journal, made):
            if put_back(journal, found, ()):
                return True
        put(journal, _Setting(), APP_FILE, None, made[-1].before or b"", _like(None), False)
    return True


@contextmanager
def _at_work(disk: Disk, device: str) -> Iterator[Journal]:
    """The journal, under the lock; what goes wrong is said in words."""
    with locked(disk):
        try:
            with open_journal(disk, device) as journal:
                if waiting := unsettled(journal.entries()):
                    raise Refused(f"a run was interrupted at {safe(waiting[0].unit.move.source)}: vaultprune recover.")
                yield journal
        except Changed as error:
            raise Refused(f"{error}, so it was left as it is.") from None
        except OSError as error:
            raise CannotStart(f"{APP_FILE} could not be changed: {said(error)}.") from None


def _begun(change: AppChange) -> Step:
    after = digest(change.after or b"")
    return Step(change.kind, change.entry, change.before, after, change.mtime_ns, ended=False)


def _take_away(journal: Journal, expected: str | None) -> None:
    """The file that setting up made goes into the journal: there it is kept, and the app sees none."""
    seen = look(journal.disk, APP_FILE)
    if seen is None or expected is None or seen.sha256 != expected:
        raise Changed(f"{APP_FILE} was edited meanwhile")
    set_apart(journal, _Setting(), APP_FILE, {expected})


def _like(seen: Seen | None, mtime_ns: int = 0) -> Image:
    """What the new file is dressed like: the old one, or any new file of this user."""
    if seen is not None:
        return replace(image_of(seen), mtime_ns=mtime_ns)
    return Image("", 0, _NEW_FILE, os.geteuid(), os.getegid(), 0)

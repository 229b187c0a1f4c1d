"""This device's list of what setting up changed in the app's settings in, its steps out; and a further step written.

What the file was like before stands in the line that is written before it changes. Files that were swapped for it are
known by these lines, as those of a unit are by its record.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vaultprune.archiving.device import known_device
from vaultprune.archiving.excluded import NotEditable, with_entry, without_entry
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import JOURNAL, Journal
from vaultprune.archiving.lines import append_line
from vaultprune.archiving.locking import said
from vaultprune.archiving.paths import digest, look, look_in
from vaultprune.archiving.swapped import SETTINGS, Late, begins
from vaultprune.errors import CannotStart

APP_FOLDER = ".obsidian"
APP_FILE = f"{APP_FOLDER}/app.json"
_LIST = "settings.jsonl"
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A line of this device's list: a change of the app's settings that was begun, or ended.

    `before` are the bytes of then, None where it is ended or there was no file; `after` is a digest.
    """

    kind: str
    entry: str
    before: bytes | None
    after: str
    mtime_ns: int
    ended: bool


def steps(disk: Disk, device: str | None) -> list[Step]:
    """Every step in order; torn lines are passed over. `device` left out means this one."""
    device = device or known_device()
    if device is None:
        return []
    try:
        seen = look(disk, "/".join((*JOURNAL, device, _LIST)))
    except OSError as error:
        raise CannotStart(f"the journal cannot be read: {said(error)}. Nothing has been changed.") from None
    found = (_step(line) for line in (seen.data if seen else b"").split(b"\n"))
    return [step for step in found if step is not None]


def _step(line: bytes) -> Step | None:
    try:
        read = json.loads(line)
        before = None if read["before"] is None else base64.b64decode(read["before"], validate=True)
        if read["schema"] == _SCHEMA:
            after, mtime_ns = str(read["after"]), int(read["mtime_ns"])
            return Step(str(read["kind"]), str(read["entry"]), before, after, mtime_ns, bool(read["ended"]))
    except (ValueError, KeyError, TypeError):
        pass  # a torn line: what it speaks of was not begun yet
    return None


def standing_of(made: Sequence[Step]) -> Step | None:
    """The last entry put in that was not taken out since. What only was begun may have been done: the file tells."""
    found: list[Step] = []
    for step in made:
        if step.kind == "exclude":
            if not step.ended:
                found.append(step)
        elif step.ended and found:
            found.pop()
    return found[-1] if found else None


def write_down(vault: Path, step: Step, at: datetime, device: str, disk: Disk) -> None:
    """Add a step to the device's list; it is on disk when this returns."""
    line = {
        "schema": _SCHEMA,
        "at": at.isoformat(),
        "kind": step.kind,
        "ended": step.ended,
        "entry": step.entry,
        "before": None if step.before is None else base64.b64encode(step.before).decode(),
        "mtime_ns": step.mtime_ns,
        "after": step.after,
    }
    append_line(vault, "/".join((*JOURNAL, device, _LIST)), json.dumps(line), disk)


def late_settings(journal: Journal, made: Sequence[Step]) -> Iterator[Late]:
    """The files in `swap/` with settings that no step knows: the app saved them at the moment of a swap, or later."""
    known = {step.after for step in made} | {digest(b"")}
    texts = [text for step in made for text in _texts(step)]
    for name in sorted(os.listdir(journal.swap)):
        if name.startswith(SETTINGS):
            seen = look_in(journal.disk, journal.swap, name)
            if seen is not None and seen.sha256 and seen.sha256 not in known and not begins(seen.data, texts):
                yield Late(name, None, APP_FILE, seen)


def _texts(step: Step) -> Iterator[bytes]:
    """What the file held before a step, and what it may have been given by it: the beginning of that is ours too."""
    if step.ended:
        return
    yield step.before or b""
    with suppress(NotEditable):
        yield with_entry(step.before, step.entry) or b""
        yield without_entry(step.before or b"{}", step.entry) or b""

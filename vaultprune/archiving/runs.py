"""What a run came to in, one more line in this device's own list of runs out; and the list again.

The units tell what moved. This list tells what was true of the vault around them: how many notes it had, on which file
system it lay, and which links led to a note at the moment at which it was set aside.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from vaultprune.archiving.device import device_id
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import JOURNAL
from vaultprune.archiving.lines import append_line
from vaultprune.archiving.paths import look, opened
from vaultprune.model import NotePath

SCHEMA = 1
NAME = "runs.jsonl"


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run. `notes` is how many the vault had, the archived ones among them.

    `links` says for each note that was set aside, by its place in the archive, how often each file linked to it.
    `about`: whether the archive's own note was written (True) or taken away again (False) by this run.
    """

    at: datetime
    batch: str
    notes: int
    device: str = ""
    file_system: int = 0
    links: Mapping[NotePath, Mapping[NotePath, int]] = field(default_factory=dict)
    about: bool | None = None


def record_run(vault: Path, record: RunRecord) -> None:
    """Add a run to this device's list; it is on disk when this returns."""
    device = record.device or device_id()
    said = {
        "schema": SCHEMA,
        "at": record.at.isoformat(),
        "batch": record.batch,
        "notes": record.notes,
        "file_system": os.stat(vault).st_dev,
        "links": {path: dict(sources) for path, sources in record.links.items()},
        "about": record.about,
    }
    append_line(vault, "/".join((*JOURNAL, device, NAME)), json.dumps(said, ensure_ascii=True))


def read_runs(vault: Path) -> tuple[RunRecord, ...]:
    """Every run that a list in this vault knows of. Lines that are damaged are passed over.

    Those of one device come in the order in which they happened, whatever its clock said; the device that ran last
    comes last.
    """
    disk = Disk(vault)
    try:
        with opened(disk, JOURNAL) as folder:
            devices = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return ()
    found: list[list[RunRecord]] = []
    for device in devices:
        try:
            seen = look(disk, "/".join((*JOURNAL, device, NAME)))
        except OSError:
            continue
        lines = (seen.data if seen else b"").split(b"\n")
        records = [record for line in lines if line.strip() and (record := _record(line, device)) is not None]
        if records:
            found.append(records)
    found.sort(key=lambda records: records[-1].at)
    return tuple(record for records in found for record in records)


def _record(line: bytes, device: str) -> RunRecord | None:
    try:
        said = json.loads(line)
        if said["schema"] != SCHEMA:
            return None
        at = datetime.fromisoformat(said["at"])
        links = {
            NotePath(str(path)): {NotePath(str(source)): int(many) for source, many in sources.items()}
            for path, sources in said["links"].items()
        }
        about = said["about"] if isinstance(said["about"], bool) else None
        if at.utcoffset() is None:
            return None
        return RunRecord(at, str(said["batch"]), int(said["notes"]), device, int(said["file_system"]), links, about)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None

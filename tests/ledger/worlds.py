"""A vault on disk, a ledger beside it, and a look at it on any day."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from tests.build import write_tree
from vaultprune.config import Config
from vaultprune.ledger import Ledger, Noticed, Ours
from vaultprune.model import NotePath, Observed, Seen, Snapshot
from vaultprune.reading import read_vault

PLAIN = Config(dates=("property",))
START = date(2024, 1, 1)
"""A Monday."""
LONG_AGO = 1_500_000_000


def day(number: int) -> int:
    """The ordinal of so many days after the start."""
    return START.toordinal() + number


def text(*words: object) -> str:
    """A body that is long enough to be known by."""
    return f"Some words about {' '.join(map(str, words))} and this and that.\n"


class World:
    """A vault that is changed and looked at. Its file times are of long ago, so that they say nothing."""

    def __init__(self, folder: Path, files: Mapping[str, str] | None = None) -> None:
        self.vault, self.home = folder / "Garden", folder / "ledgers"
        self.vault.mkdir(parents=True)
        self.write({".obsidian/app.json": "{}", **(files or {})})

    def write(self, files: Mapping[str, str]) -> None:
        write_tree(self.vault, files)
        for path in files:
            os.utime(self.vault / path, (LONG_AGO, LONG_AGO))

    def move(self, path: str, to: str) -> None:
        (self.vault / to).parent.mkdir(parents=True, exist_ok=True)
        (self.vault / path).rename(self.vault / to)

    def remove(self, path: str) -> None:
        (self.vault / path).unlink()

    def open(self, *notes: str, recent: Sequence[str] = ()) -> None:
        leaves = [{"type": "leaf", "state": {"type": "markdown", "state": {"file": note}}} for note in notes]
        said = {"main": {"type": "split", "children": leaves}, "lastOpenFiles": list(recent)}
        self.write({".obsidian/workspace.json": json.dumps(said)})

    def copied(self, to: Path) -> Path:
        return Path(shutil.copytree(self.vault, to))

    # --- looking ------------------------------------------------------------------------------------

    def ledger(self) -> Ledger:
        return Ledger(self.vault, archive="Archive", folder=self.home)

    def snapshot(self, number: int, hour: int = 12, zone: tzinfo = UTC) -> Snapshot:
        return read_vault(self.vault, PLAIN, at(number, hour, zone))

    def look(self, number: int, hour: int = 12, ours: Ours | None = None, zone: tzinfo = UTC) -> Noticed:
        return self.ledger().observe(self.snapshot(number, hour, zone), ours or Ours())

    def recall(self, number: int, hour: int = 12, zone: tzinfo = UTC) -> Observed:
        return self.ledger().recall(self.snapshot(number, hour, zone))

    def seen(self, path: str, number: int) -> Seen:
        return self.recall(number).notes[NotePath(path)]

    def file(self) -> Path:
        (found,) = (path for path in self.home.glob("*.sqlite") if "set-aside" not in path.name)
        return found


def at(number: int, hour: int = 12, zone: tzinfo = UTC) -> datetime:
    return datetime.combine(START + timedelta(days=number), time(hour), zone)

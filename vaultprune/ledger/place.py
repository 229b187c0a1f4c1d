"""A vault and its id in, where its ledger lies out: a file of its own in the user's data folder."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from vaultprune.ledger.records import Damaged
from vaultprune.ledger.store import CannotKeep, opened

_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


def ledger_file(vault: Path, name: str | None, folder: Path | None = None) -> Path:
    """Where the ledger of a vault lies: by its id if it has one, else by its path.

    A vault that got its id after its ledger goes on with the one by its path, until the next look renames it. A second
    folder with the id of one that is still there, a copy of the vault for one, has a ledger by its own path.
    """
    if folder is None:
        from platformdirs import user_data_dir

        folder = Path(user_data_dir("vaultprune")) / "ledger"
    path = os.path.realpath(vault)
    by_path = folder / _file_name(f"path {path}", os.path.basename(path))
    if not name:
        return by_path
    by_id = folder / _file_name(f"id {name}", name)
    if not os.path.lexists(by_id):
        return by_path if os.path.lexists(by_path) else by_id
    lay = _lay_at(by_id)
    return by_id if lay is None or lay == path or not os.path.isdir(lay) else by_path


def take_over(place: Path, name: str | None) -> Path:
    """Give the ledger of a vault that got an id since the name by that id; where it lies then."""
    if not name or not os.path.lexists(place) or os.path.lexists(f"{place}-journal"):
        return place
    by_id = place.with_name(_file_name(f"id {name}", name))
    if os.path.lexists(by_id):
        return place
    with suppress(OSError):
        os.rename(place, by_id)
        return by_id
    return place


def _lay_at(file: Path) -> str | None:
    """Where the vault lay when this ledger last looked at it."""
    with suppress(Damaged, CannotKeep), opened(file) as rows:
        about = rows.about() if rows else None
        return about.path if about else None
    return None


def _file_name(key: str, shown: str) -> str:
    data = os.fsencode(key) if key.startswith("path ") else key.encode("utf-8", "surrogatepass")
    return f"{_NAMES.sub('-', shown)[:40]}-{crc32(data):08x}{crc32(data[::-1]):08x}.sqlite"

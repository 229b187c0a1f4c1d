"""An interrupted run in, a settled one out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vaultprune.archiving.carry_out import heard_later
from vaultprune.archiving.device import device_id, known_device
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import open_journal, read_entries
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.records import Entry, Unit
from vaultprune.archiving.settling import settle
from vaultprune.errors import CannotStart


@dataclass(frozen=True, slots=True)
class Settled:
    """How one interrupted unit ended: its move was carried out (`done`) or taken back (`aborted`)."""

    unit: Unit
    ending: Literal["done", "aborted"]
    remarks: tuple[str, ...]


def pending(vault: Path, device: str | None = None) -> tuple[Entry, ...]:
    """The interrupted units of this device, oldest first; there is one at most. Nothing is written."""
    device = device or known_device()
    if device is None:
        return ()
    entries, _ = read_entries(Disk(vault), device)
    return tuple(entry for entry in entries if entry.state == "pending")


def recover(
    vault: Path, *, forward: bool = False, device: str | None = None, disk: Disk | None = None
) -> tuple[Settled, ...]:
    """Settle what was interrupted: take it back, or with `forward` finish it. Again and again with the same result.

    Raises `Locked`, `Damaged`, and `CannotStart` if the disk does not let us; then it can be tried again.
    """
    disk = disk or Disk(vault)
    with locked(disk), heard_later():
        try:
            with open_journal(disk, device or device_id()) as journal:
                # the newest first: what came later stands upon what came before
                return tuple(Settled(unit, *settle(journal, unit, forward)) for unit in reversed(journal.pending()))
        except OSError as error:
            raise CannotStart(f"it could not be put right yet: {said(error)}. Nothing is lost; try again.") from None

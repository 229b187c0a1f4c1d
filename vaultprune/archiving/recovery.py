"""An interrupted run in, a settled one out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vaultprune.archiving.carry_out import heard_later
from vaultprune.archiving.device import device_id, known_device
from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import Journal, open_journal, read_entries
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.records import Entry, Unit
from vaultprune.archiving.rows import PARTED, open_row, take_row_back, unsettled
from vaultprune.archiving.settling import settle
from vaultprune.errors import CannotStart


@dataclass(frozen=True, slots=True)
class Settled:
    """How one interrupted unit ended: its move was carried out (`done`) or taken back (`aborted`)."""

    unit: Unit
    ending: Literal["done", "aborted"]
    remarks: tuple[str, ...]


def pending(vault: Path, device: str | None = None) -> tuple[Entry, ...]:
    """What an interrupted run of this device left. Nothing is written.

    That is the unit it was at, if it was at one; and the notes that were moved while others that have to move together
    with them were not. Those are `done`.
    """
    device = device or known_device()
    if device is None:
        return ()
    entries, _ = read_entries(Disk(vault), device)
    return unsettled(entries)


def recover(
    vault: Path, *, forward: bool = False, device: str | None = None, disk: Disk | None = None
) -> tuple[Settled, ...]:
    """Settle what was interrupted: take it back, or with `forward` finish it. Again and again with the same result.

    Notes that have to move together and did not all get there are taken back in either case.

    Raises `Locked`, `Damaged`, and `CannotStart` if the disk does not let us; then it can be tried again.
    """
    disk = disk or Disk(vault)
    with locked(disk), heard_later():
        try:
            with open_journal(disk, device or device_id()) as journal:
                # the newest first: what came later stands upon what came before
                settled = [Settled(unit, *settle(journal, unit, forward)) for unit in reversed(journal.pending())]
                return (*settled, *_rest_of_the_row(journal))
        except OSError as error:
            raise CannotStart(f"it could not be put right yet: {said(error)}. Nothing is lost; try again.") from None


def _rest_of_the_row(journal: Journal) -> tuple[Settled, ...]:
    """Take back the notes that were moved without others that go with them."""
    row = open_row(journal.listing().entries)
    if not row:
        return ()
    journal.look_again()
    parted = take_row_back(journal, row, row[-1].unit.at)
    return tuple(
        Settled(entry.unit, "done", (PARTED,))
        if entry.unit.move.source in parted
        else Settled(entry.unit, "aborted", ("it goes with others, which had not moved",))
        for entry in row
    )

"""A vault in, what waits for its owner out: decisions, interrupted runs, archived notes that are needed again."""

from __future__ import annotations

import os
from dataclasses import replace

from vaultprune.cli.places import Place
from vaultprune.decided import waiting
from vaultprune.errors import VaultpruneError
from vaultprune.model import NotePath
from vaultprune.reports.page import View
from vaultprune.reports.waiting_text import Waiting, told
from vaultprune.vault import Vault


def what_waits(place: Place, vault: Vault) -> Waiting:
    """All that waits. Nothing is written."""
    decided, ticked = waiting(vault.snapshot, vault.archived), _ticked(place, vault)
    if not vault.archived and not os.path.lexists(place.folder / ".vaultprune" / "journal"):
        return Waiting(decided, ticked)
    from vaultprune.cli.acting.past import Journals

    journals = Journals(place.folder)
    try:
        last = journals.last_archive
        return Waiting(
            decided,
            ticked,
            journals.pending,
            journals.strays,
            journals.needs(vault),
            journals.came_back(vault),
            None if last is None else (last.at.date(), len(last.standing)),
        )
    except VaultpruneError as error:
        # a report is no place to fail for what the journal holds; whatever writes will refuse, and say why
        return Waiting(decided, ticked, odd=str(error))


def with_waiting(place: Place, vault: Vault, shape: View, *, in_full: bool = False) -> View:
    """The view with what waits for the reader; `in_full` tells of the last run as well."""
    return replace(shape, waiting=told(what_waits(place, vault), shape, in_full=in_full))


def _ticked(place: Place, vault: Vault) -> tuple[int, NotePath] | None:
    """What is ticked in the checklist note. Most vaults have none, and nothing is read for them."""
    if all(vault.notes.paths[number] in vault.archived for number in vault.own):  # the note that tells of the archive
        return None
    from vaultprune.cli.acting.past import Files
    from vaultprune.review import rounds

    note = rounds.review_note(vault, Files(place.folder, vault.snapshot).contents)
    return (note.boxes.ticked, note.path) if note.boxes.ticked else None

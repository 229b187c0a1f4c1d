"""A vault in, the view of a page with what waits in it out: decisions, interrupted runs, what is needed again."""

from __future__ import annotations

import os
from dataclasses import replace

from vaultprune.cli.places import Place
from vaultprune.decided import waiting
from vaultprune.errors import VaultpruneError
from vaultprune.reports.decisions import waiting_line
from vaultprune.reports.page import View
from vaultprune.vault import Vault


def with_waiting(place: Place, vault: Vault, shape: View, *, in_full: bool = False) -> View:
    """The view with what waits for the reader; `in_full` tells of the last run as well. Nothing is written."""
    decided = [waiting_line(found, shape)] if (found := waiting(vault.snapshot, vault.archived)) else []
    decided += _ticked(place, vault, shape)
    if not vault.archived and not os.path.lexists(place.folder / ".vaultprune" / "journal"):
        return replace(shape, waiting=tuple(decided))
    from vaultprune.cli.acting_past import Journals
    from vaultprune.reports.revive_text import came_back_line, last_run_line, waiting_lines

    journals = Journals(place.folder)
    try:
        lines = list(waiting_lines(journals.needs(vault), journals.pending, shape, journals.strays))
        last, back = journals.last_archive, journals.came_back(vault)
        if in_full and last is not None:
            lines.insert(0, last_run_line(last.at.date(), len(last.standing), back, shape))
        elif back.notes:
            lines.append(came_back_line(back))
    except VaultpruneError as error:
        # a report is no place to fail for what the journal holds; whatever writes will refuse, and say why
        lines = [str(error)]
    return replace(shape, waiting=(*decided, *lines))


def _ticked(place: Place, vault: Vault, shape: View) -> list[str]:
    """What is ticked in the checklist note. Most vaults have none, and nothing is read for them."""
    if not vault.own:
        return []
    from vaultprune.cli.acting_past import Files
    from vaultprune.review import rounds

    note = rounds.review_note(vault, Files(place.folder, vault.snapshot).contents)
    line = rounds.waiting_line(note, shape)
    return [line] if line else []

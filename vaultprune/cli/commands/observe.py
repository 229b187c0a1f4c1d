"""`vaultprune observe`: look and remember, nothing else."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import options


def observe(
    folder: options.Folder = None,
    vault: options.Vault = None,
    backup: Annotated[
        str | None,
        typer.Option("--from", metavar="BACKUP", help="Learn from an older copy of the vault, which is only read."),
    ] = None,
    taken: Annotated[
        str | None, typer.Option("--taken", metavar="DATE", help="The day on which that copy was made.")
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Look at the vault and remember what changed, in a ledger outside it.

    Cheap enough to run every hour; the more looks, the better it is known when a note was edited or opened. Nothing in
    the vault is changed.
    """
    from vaultprune.cli.learning import observe_and_tell
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen
    from vaultprune.errors import CannotStart

    if (backup is None) != (taken is None):
        raise CannotStart("--from BACKUP and --taken DATE belong together. Nothing has been read or changed.")
    observe_and_tell(the_vault(vault, folder, "observe"), backup, taken, Screen(quiet))

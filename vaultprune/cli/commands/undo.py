"""`vaultprune undo`: put the notes of the last batch back to where they were."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options


def undo(
    folder: options.Folder = None,
    vault: options.Vault = None,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="ID", help="That batch, and not the last one.", rich_help_panel="Which notes"),
    ] = None,
    dry_run: acting.DryRun = False,
    yes: acting.Yes = False,
    approve: acting.Approve = None,
    now: options.Now = None,
    form: acting.Format = "text",
    limit: options.Limit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Put the notes of the last batch back, with their bytes, names and dates, and the links that were rewritten.

    What somebody edited since comes back as it is now. Nothing is ever overwritten; what cannot come back is named.
    """
    from vaultprune.cli.acting.bring_back import Bringing, undo_batch
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import one_of

    one_of(form, acting.FORMATS)
    place = the_vault(vault, folder, "undo")
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=False)
    undo_batch(Bringing(place, Consent(yes, dry_run, approve), shape, Screen(quiet), form, now), batch)

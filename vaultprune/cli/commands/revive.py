"""`vaultprune revive`: the archived notes that are needed again, and why; with --yes they come back."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options


def revive(
    folder: options.Folder = None,
    vault: options.Vault = None,
    yes: Annotated[
        bool,
        typer.Option("--yes", help="Bring them back; on a terminal it asks.", rich_help_panel="How it is carried out"),
    ] = False,
    dry_run: acting.DryRun = False,
    approve: acting.Approve = None,
    now: options.Now = None,
    form: acting.Format = "text",
    limit: options.Limit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Say which archived notes are needed again: linked to anew, asked for, edited, or open in a tab.

    Without --yes nothing is changed.
    """
    from vaultprune.cli.acting.bring_back import Bringing, revive_notes
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import one_of

    one_of(form, acting.FORMATS)
    place = the_vault(vault, folder, "revive")
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=False)
    revive_notes(Bringing(place, Consent(yes, dry_run, approve), shape, Screen(quiet), form, now))

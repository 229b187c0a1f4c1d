"""`vaultprune recover`: take back what a run left half done when it was interrupted, or finish it."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options


def recover(
    folder: options.Folder = None,
    vault: options.Vault = None,
    forward: Annotated[
        bool,
        typer.Option(
            "--forward",
            help="Finish the note at hand instead of taking it back.",
            rich_help_panel="How it is carried out",
        ),
    ] = False,
    dry_run: acting.DryRun = False,
    yes: acting.Yes = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Put right what was interrupted: one note at most is half done, and it goes back to how it was."""
    from vaultprune.cli.acting.recover import settle
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import view

    del quiet  # there is nothing to leave out
    place = the_vault(vault, folder, "recover")
    shape = view(limit=None, named=place.named, no_color=no_color, to_file=False)
    settle(place, forward, Consent(yes, dry_run), shape)

"""`vaultprune gc`: clear away what the journal keeps of runs that ended long ago."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options


def gc(
    folder: options.Folder = None,
    vault: options.Vault = None,
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than", metavar="SPAN", help="Runs that ended longer ago: 6mo, 1y.", rich_help_panel="What goes"
        ),
    ] = None,
    dry_run: acting.DryRun = False,
    yes: acting.Yes = False,
    form: acting.Format = "text",
    limit: options.Limit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Clear away the record of old runs, and the bytes from before that it keeps. Never done by itself.

    What goes is shown first. Those runs cannot be undone by command any more; the notes themselves are not touched.
    """
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.clearing import clear
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import view
    from vaultprune.cli.start import one_of
    from vaultprune.errors import CannotStart

    one_of(form, acting.FORMATS)
    del quiet  # there is nothing to leave out
    if older_than is None:
        raise CannotStart("it wants to know how old: vaultprune gc --older-than 1y. Nothing has been changed.")
    place = the_vault(vault, folder, "gc")
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=False)
    clear(place, older_than, Consent(yes, dry_run), shape, form)

"""`vaultprune restore`: bring single notes back from the archive."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options


def restore(
    note: Annotated[
        list[str],
        typer.Argument(
            metavar="[VAULT] NOTE...",
            help="Notes: by the path of old or the one in the archive, or by name as in a wikilink.",
            show_default=False,
        ),
    ],
    vault: options.Vault = None,
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
    """Bring single notes back from the archive to where they were. Links to them follow."""
    from vaultprune.cli.acting.bring_back import Bringing, restore_notes
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.places import split, the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import one_of

    one_of(form, acting.FORMATS)
    first, names = split(note) if vault is None else (None, tuple(note))
    place = the_vault(vault, first, "restore NOTE")
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=False)
    restore_notes(Bringing(place, Consent(yes, dry_run, approve), shape, Screen(quiet), form, now), names)

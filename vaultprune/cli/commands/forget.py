"""`vaultprune forget NOTE`: take away what is kept of a note; the note itself stays."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options


def forget(
    note: Annotated[
        list[str],
        typer.Argument(
            metavar="[VAULT] NOTE",
            help="The note: by its path in the vault or from here, or by name; it may be gone by now.",
            show_default=False,
        ),
    ],
    vault: options.Vault = None,
    dry_run: acting.DryRun = False,
    yes: acting.Yes = False,
    form: acting.Format = "text",
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Take away what this device keeps of a note: its texts from before, the decisions about it, what was remembered.

    What goes is shown first, and so is what stays out of reach: other devices, backups, git. The note is not touched.
    """
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.forgetting import forget_note
    from vaultprune.cli.places import split, the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import one_of
    from vaultprune.errors import CannotStart

    one_of(form, acting.FORMATS)
    first, names = split(note) if vault is None else (None, tuple(note))
    place = the_vault(vault, first, "forget NOTE")
    if len(names) != 1:
        raise CannotStart(f"forget takes one note, not {len(names)}; quote a name with spaces. Nothing was changed.")
    shape = view(limit=None, named=place.named, no_color=no_color, to_file=False)
    forget_note(place, names[0], Consent(yes, dry_run), shape, Screen(quiet), form)

"""`vaultprune init`: set up a vault: settings to begin with, and the archive out of Obsidian's sight."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options

_WHAT = "What is set up"


def init(
    folder: options.Folder = None,
    vault: options.Vault = None,
    undo: Annotated[
        bool,
        typer.Option("--undo", help="Take back what was changed in Obsidian's settings.", rich_help_panel=_WHAT),
    ] = False,
    leave_app: Annotated[
        bool, typer.Option("--leave-app", help="Leave Obsidian's settings alone.", rich_help_panel=_WHAT)
    ] = False,
    dry_run: acting.DryRun = False,
    yes: acting.Yes = False,
    approve: acting.Approve = None,
    form: acting.Format = "text",
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Set up a vault: write a first settings file, and put the archive among Obsidian's excluded files.

    The settings are comments that tell what was seen in the vault. Both are shown first, as the very lines that would
    be written. What is there already stays as it is.
    """
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.setting_up import SetUp, set_up, take_back
    from vaultprune.cli.start import one_of
    from vaultprune.errors import CannotStart

    if undo and leave_app:
        raise CannotStart("--undo is about Obsidian's settings alone. Nothing has been changed.")
    if one_of(form, acting.FORMATS) != "text" and not dry_run:
        raise CannotStart("--format json goes with --dry-run: what init writes is asked for. Nothing has been changed.")
    place = the_vault(vault, folder, "init")
    shape = view(limit=None, named=place.named, no_color=no_color, to_file=False)
    asked = SetUp(place, Consent(yes, dry_run, approve), shape, Screen(quiet), form)
    if undo:
        take_back(asked)
    else:
        set_up(asked, leave_app=leave_app)

"""`vaultprune config show`: every setting in force, and where it was set."""

from __future__ import annotations

import typer

from vaultprune.cli.commands import options

config = typer.Typer(no_args_is_help=False)


@config.callback(invoke_without_command=True)
def alone(context: typer.Context) -> None:
    """Show every setting in force and where it was set: vaultprune config show."""
    if context.invoked_subcommand is None:
        from vaultprune.errors import CannotStart

        raise CannotStart("config alone does nothing: vaultprune config show. Nothing has been read or changed.")


@config.command()
def show(
    folder: options.Folder = None,
    vault: options.Vault = None,
    form: options.ExplainFormat = "text",
    output: options.Output = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Show every setting in force, what it is about, and where it was set.

    The command line beats the environment (VAULTPRUNE_BUDGET=5), which beats .vaultprune/config.toml, which beats the
    default; lists in the file are added to. Nothing in the vault is changed.
    """
    from vaultprune.cli.output import deliver, place_for
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import view
    from vaultprune.cli.start import Asked, one_of, settings_for
    from vaultprune.reports.settings import settings_json, settings_text

    del quiet  # there is nothing to leave out
    one_of(form, ("text", "json"))
    place = the_vault(vault, folder, "config show")
    to = place_for(output, place.folder)
    shape = view(limit=None, named=place.named, no_color=no_color, to_file=to is not None)
    found, name = settings_for(place, Asked()), place.folder.name
    deliver(settings_json(found, name) if form == "json" else settings_text(found, name, shape), to)

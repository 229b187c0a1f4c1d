"""The arguments in, the program that answers them out. A new command is one name more below its panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

import typer

from vaultprune.cli.commands import options

PANELS: Mapping[str, Sequence[str]] = {
    "Look": ("report", "explain", "links"),
    "Decide": ("review", "keep"),
    "Act": ("apply", "archive", "undo", "restore", "revive", "recover"),
    "Learn": ("backtest", "trend"),
    "Run": ("weekly", "schedule", "observe", "init", "config", "doctor", "gc", "forget"),
}
"""Every command, as the function of its name in the module of its name; two of them are groups of commands."""


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """The program with the one command that is called, or with all of them where none is.

    To describe every command with its options takes longer than most runs.
    """
    called = arguments[0] if arguments else ""
    alone = any(called in commands for commands in PANELS.values())
    app = typer.Typer(
        name="vaultprune",
        invoke_without_command=True,
        add_completion=not alone,
        no_args_is_help=False,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(where_things_stand)
    for panel, commands in PANELS.items():
        for name in commands:
            if not alone or name == called:
                command = getattr(import_module(f"vaultprune.cli.commands.{name}"), name)
                if isinstance(command, typer.Typer):
                    app.add_typer(command, name=name, rich_help_panel=panel)
                else:
                    app.command(rich_help_panel=panel)(command)
    return app


def where_things_stand(
    context: typer.Context,
    vault: options.Vault = None,
    now: options.Now = None,
    form: options.ExplainFormat = "text",
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Say which notes of an Obsidian-style vault could be set aside, and why. Alone it says where things stand."""
    if context.invoked_subcommand is None:
        from vaultprune.cli.commands.status import status

        status(vault, now, quiet, no_color, form)
        return
    if vault is not None or now is not None or form != "text" or quiet or no_color:
        from vaultprune.errors import CannotStart

        raise CannotStart(
            f"options go behind the command: vaultprune {context.invoked_subcommand} --vault PATH, for one. "
            "Nothing has been read or changed."
        )

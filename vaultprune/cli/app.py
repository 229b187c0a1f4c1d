"""Every command with its panel: one line each."""

from __future__ import annotations

import typer

from vaultprune.cli import options
from vaultprune.cli.archive import archive
from vaultprune.cli.backtest import backtest
from vaultprune.cli.config import config
from vaultprune.cli.doctor import doctor
from vaultprune.cli.explain import explain
from vaultprune.cli.forget import forget
from vaultprune.cli.gc import gc
from vaultprune.cli.init import init
from vaultprune.cli.keep import keep
from vaultprune.cli.links import links
from vaultprune.cli.observe import observe
from vaultprune.cli.recover import recover
from vaultprune.cli.report import report
from vaultprune.cli.restore import restore
from vaultprune.cli.revive import revive
from vaultprune.cli.status import status
from vaultprune.cli.undo import undo

app = typer.Typer(
    name="vaultprune",
    help="Says which notes of an Obsidian-style vault could be set aside, and why. Alone it says where things stand.",
    invoke_without_command=True,
    no_args_is_help=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

LOOK, DECIDE, ACT, RUN = "Look", "Decide", "Act", "Run"
LOOK, DECIDE, ACT, LEARN = "Look", "Decide", "Act", "Learn"

app.command(rich_help_panel=LOOK)(report)
app.command(rich_help_panel=LOOK)(explain)
app.command(rich_help_panel=LOOK)(links)
app.command(rich_help_panel=DECIDE)(keep)
app.command(rich_help_panel=ACT)(archive)
app.command(rich_help_panel=ACT)(undo)
app.command(rich_help_panel=ACT)(restore)
app.command(rich_help_panel=ACT)(revive)
app.command(rich_help_panel=ACT)(recover)
app.command(rich_help_panel=RUN)(doctor)
app.command(rich_help_panel=RUN)(init)
app.command(rich_help_panel=RUN)(gc)
app.command(rich_help_panel=RUN)(forget)
app.add_typer(config, name="config", rich_help_panel=RUN)
app.command(rich_help_panel=RUN)(observe)
app.command(rich_help_panel=LEARN)(backtest)


@app.callback()
def alone(
    context: typer.Context,
    vault: options.Vault = None,
    now: options.Now = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Say which notes of an Obsidian-style vault could be set aside, and why. Alone it says where things stand."""
    if context.invoked_subcommand is None:
        status(vault, now, quiet, no_color)
        return
    if vault is not None or now is not None or quiet or no_color:
        from vaultprune.errors import CannotStart

        raise CannotStart(
            f"options go behind the command: vaultprune {context.invoked_subcommand} --vault PATH, for one. "
            "Nothing has been read or changed."
        )

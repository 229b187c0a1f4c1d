"""`vaultprune schedule`: have the user's own scheduler call `vaultprune weekly` once a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options

if TYPE_CHECKING:
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.weekly.scheduling import Scheduling

schedule = typer.Typer(no_args_is_help=False)

_WHEN = "When, and by what"
At = Annotated[
    str | None,
    typer.Option("--at", metavar="WHEN", help='Day and hour, e.g. "Sun 09:00".', rich_help_panel=_WHEN),
]
By = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="NAME",
        help="systemd, launchd, windows or cron, instead of the one that this machine has.",
        rich_help_panel=_WHEN,
    ),
]


@schedule.callback(invoke_without_command=True)
def alone(context: typer.Context) -> None:
    """Look at the vault once a week: show what that takes, install it, see how it stands, remove it."""
    if context.invoked_subcommand is None:
        from vaultprune.errors import CannotStart

        raise CannotStart(
            "schedule alone does nothing: vaultprune schedule show, install, status, remove or run-now. "
            "Nothing has been read or changed."
        )


@schedule.command()
def show(
    folder: options.Folder = None,
    vault: options.Vault = None,
    at: At = None,
    scheduler: By = None,
    no_color: options.NoColor = False,
) -> None:
    """Print the exact files and commands of a weekly look, without doing anything."""
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.weekly.scheduling import show_it

    show_it(_wanted("schedule show", vault, folder, no_color, Consent()), at, scheduler)


@schedule.command()
def install(
    folder: options.Folder = None,
    vault: options.Vault = None,
    at: At = None,
    scheduler: By = None,
    dry_run: acting.DryRun = False,
    yes: acting.Yes = False,
    no_color: options.NoColor = False,
) -> None:
    """Have the vault looked at once a week. What would be written is shown first, and asked for.

    What is there already is brought up to date, and nothing else. Each vault has a schedule of its own.
    """
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.weekly.scheduling import install_it

    install_it(_wanted("schedule install", vault, folder, no_color, Consent(yes, dry_run)), at, scheduler)


@schedule.command()
def status(
    folder: options.Folder = None,
    vault: options.Vault = None,
    form: options.ExplainFormat = "text",
    no_color: options.NoColor = False,
) -> None:
    """Say when the vault is looked at next, how it went last, and whether anything keeps it from being."""
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.start import one_of
    from vaultprune.cli.weekly.schedule_status import tell_status

    one_of(form, ("text", "json"))
    tell_status(_wanted("schedule status", vault, folder, no_color, Consent(), gone=True), form)


@schedule.command()
def remove(
    folder: options.Folder = None,
    vault: options.Vault = None,
    dry_run: acting.DryRun = False,
    yes: acting.Yes = False,
    no_color: options.NoColor = False,
) -> None:
    """Take the schedule of the vault away again: the files that say vaultprune made them for it, and no others."""
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.weekly.scheduling import remove_it

    remove_it(_wanted("schedule remove", vault, folder, no_color, Consent(yes, dry_run), gone=True))


@schedule.command(name="run-now")
def run_now(
    folder: options.Folder = None,
    vault: options.Vault = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Do now what is scheduled: the same as vaultprune weekly."""
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import Asked
    from vaultprune.cli.weekly.the_week import Wanted, hold

    place = the_vault(vault, folder, "schedule run-now")
    shape = view(limit=None, named=place.named, no_color=no_color, to_file=False)
    hold(Wanted(place, Asked(), shape, Screen(quiet)))


def _wanted(
    command: str, vault: str | None, folder: str | None, no_color: bool, consent: Consent, *, gone: bool = False
) -> Scheduling:
    """What is asked for; with `gone` it may be about a vault that is not there any more, if one is scheduled there."""
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import view
    from vaultprune.cli.weekly.scheduling import Scheduling, scheduled_there

    place = (scheduled_there(vault or folder) if gone else None) or the_vault(vault, folder, command)
    return Scheduling(place, consent, view(limit=None, named=place.named, no_color=no_color, to_file=False))

"""`vaultprune keep`: never suggest these notes, or not before a day; what is decided is written down."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import options

_WHICH, _HOW, _SEE = "Which notes", "How", "What was decided"


def keep(
    note: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[VAULT] NOTE...",
            help="Notes: by path in the vault or from here, or by name as in a wikilink.",
            show_default=False,
        ),
    ] = None,
    vault: options.Vault = None,
    folder: Annotated[
        str | None,
        typer.Option("--in", metavar="FOLDER", help="Every note there, now and later.", rich_help_panel=_WHICH),
    ] = None,
    tag: Annotated[
        str | None,
        typer.Option("--tag", metavar="TAG", help="Every note with this tag or one below it.", rich_help_panel=_WHICH),
    ] = None,
    span: Annotated[
        str | None,
        typer.Option("--for", metavar="SPAN", help="Only so long: 30d, 8w, 6mo or 1y.", rich_help_panel=_HOW),
    ] = None,
    because: Annotated[
        str | None,
        typer.Option("--because", metavar="TEXT", help="Why, to be read again later.", rich_help_panel=_HOW),
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Withdraw what was decided for these.", rich_help_panel=_HOW)
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the lines, and write nothing.", rich_help_panel=_HOW)
    ] = False,
    show_list: Annotated[
        bool, typer.Option("--list", help="Show the decisions in force.", rich_help_panel=_SEE)
    ] = False,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="Of the list: text or json.", rich_help_panel=_SEE)
    ] = "text",
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    now: Annotated[str | None, typer.Option("--now", hidden=True)] = None,
    version: options.Version = False,
) -> None:
    """Never suggest these notes; with --for, not before then.

    What was decided is added to a file in .vaultprune/decisions/. The notes themselves are not touched.
    """
    from vaultprune.cli.decide import Choice, carry_out
    from vaultprune.cli.places import split, the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import one_of
    from vaultprune.errors import CannotStart

    if one_of(form, ("text", "json")) != "text" and not show_list:
        raise CannotStart("--format is for --list. Nothing has been changed.")
    if now is not None and not (show_list or dry_run):
        raise CannotStart(
            "with --now nothing is decided: a decision is made at its own time. Nothing has been changed."
        )
    alone = bool(folder or tag or show_list)
    first, names = split(note or (), alone=alone) if vault is None else (None, tuple(note or ()))
    place = the_vault(vault, first, "keep NOTE")
    shape = view(limit=None, named=place.named, no_color=no_color, to_file=False)
    carry_out(
        place, Choice(names, folder, tag, span, because, forget, dry_run, show_list, now, form), shape, Screen(quiet)
    )

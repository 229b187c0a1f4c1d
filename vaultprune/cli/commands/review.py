"""`vaultprune review`: decide about the suggestions, one after another."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from vaultprune.cli.commands import options

_WHERE = "Where you decide"


def review(
    folder: options.Folder = None,
    vault: options.Vault = None,
    tty: Annotated[
        bool, typer.Option("--tty", help="In the terminal, a line at a time.", rich_help_panel=_WHERE)
    ] = False,
    note: Annotated[
        bool,
        typer.Option(
            "--note", help="In a note of the vault, by ticking boxes; apply reads them.", rich_help_panel=_WHERE
        ),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="N",
            min=0,
            max=65535,
            help="Of the local page; else a free one.",
            show_default=False,
            rich_help_panel=_WHERE,
        ),
    ] = None,
    opens: Annotated[
        bool | None,
        typer.Option(
            "--open/--no-open",
            help="Open the local page in a browser, or not; else where somebody sits.",
            show_default=False,
            rich_help_panel=_WHERE,
        ),
    ] = None,
    only_in: options.In = None,
    leave_out: options.Except = None,
    budget: options.BudgetOption = None,
    protect: options.Protect = None,
    rule: options.Rule = None,
    min_confidence: options.MinConfidence = None,
    no_cache: options.NoCache = False,
    no_observe: options.NoObserve = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --note: print it, and write nothing.", rich_help_panel=_WHERE)
    ] = False,
    approve: Annotated[
        str | None,
        typer.Option(
            "--approve", metavar="ID", help="With --note: let exactly this one through.", rich_help_panel=_WHERE
        ),
    ] = None,
    limit: options.ReviewLimit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    now: options.Now = None,
    version: options.Version = False,
) -> None:
    """Decide about the suggested notes: set aside, keep, or ask again later.

    It is a page in the browser, on this machine alone, unless --tty or --note is given. What is decided is written
    down at once in .vaultprune/decisions/, and no note moves before you have seen the plan: on the page, or by
    vaultprune apply.
    """
    from vaultprune.cli.asking import UNCHANGED
    from vaultprune.cli.places import refuse_inside_another, the_vault
    from vaultprune.cli.reviewing.sought import Sought
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import Asked, Recall
    from vaultprune.errors import CannotStart

    if tty and note:
        raise CannotStart(f"--tty asks in the terminal and --note writes a note: one at a time. {UNCHANGED}")
    if (dry_run or approve is not None) and not note:
        raise CannotStart(f"--dry-run and --approve go with --note. {UNCHANGED}")
    if (port is not None or opens is not None) and (tty or note):
        raise CannotStart(f"--port and --open go with the local page, without --tty and --note. {UNCHANGED}")
    if now is not None and (tty or note):
        raise CannotStart(f"with --now nothing is decided: a decision is made at its own time. {UNCHANGED}")
    place = the_vault(vault, folder, "review")
    refuse_inside_another(place.folder)
    asked = Asked(only_in, leave_out or (), budget, protect or (), rule, min_confidence)
    recall, remembers = Recall.asked(no_cache=no_cache, now=now), not (dry_run or no_observe)
    sought = Sought(place, asked, recall, limit, Screen(quiet), now, remembers)
    if note:
        from vaultprune.cli.asking import Consent
        from vaultprune.cli.reviewing.note import write_checklist

        shape = view(limit=None, named=place.named, no_color=no_color)
        write_checklist(sought, Consent(dry_run=dry_run, approve=approve), shape)
    elif tty:
        from vaultprune.cli.reviewing.tty import review_in_terminal

        review_in_terminal(sought, no_color=no_color)
    else:
        from vaultprune.cli.reviewing.page import WITH_NOW, review_on_page

        shape = view(limit=None, named=place.named, no_color=True, on=sys.stderr)
        review_on_page(sought, shape, port=port or 0, opens=opens, looking="" if now is None else WITH_NOW)

"""`vaultprune weekly`: what the scheduler calls: look, judge, remember, and write the review note."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options


def weekly(
    folder: options.Folder = None,
    vault: options.Vault = None,
    only_in: options.In = None,
    leave_out: options.Except = None,
    budget: options.BudgetOption = None,
    protect: options.Protect = None,
    rule: options.Rule = None,
    min_confidence: options.MinConfidence = None,
    no_cache: options.NoCache = False,
    no_observe: options.NoObserve = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be said, and write nothing anywhere.")
    ] = False,
    no_note: Annotated[bool, typer.Option("--no-note", help="Leave the review note as it is.")] = False,
    approve: acting.Approve = None,
    form: options.ExplainFormat = "text",
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Say nothing but errors.", rich_help_panel="How it is shown")
    ] = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Look at the vault as a scheduler does, with nobody watching, and say in a few lines what is new.

    The suggestions are written into the review note, but never while boxes in it are ticked. No other note is touched,
    nothing is asked, and what waits is told and left waiting. A vault that looks half there, or git in the middle of a
    merge, ends it with 4. A second run in the same week takes the place of the first one.
    """
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import Asked, one_of
    from vaultprune.cli.weekly.the_week import Wanted, hold, the_vault_or_a_line

    one_of(form, ("text", "json"))
    place = the_vault_or_a_line(vault, folder, dry_run=dry_run)
    hold(
        Wanted(
            place=place,
            asked=Asked(only_in, leave_out or (), budget, protect or (), rule, min_confidence),
            shape=view(limit=None, named=place.named, no_color=no_color, to_file=False),
            screen=Screen(quiet),
            form=form,
            dry_run=dry_run,
            note=not no_note,
            observes=not no_observe,
            cache=not no_cache,
            approve=approve,
        )
    )

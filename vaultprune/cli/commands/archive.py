"""`vaultprune archive`: set notes aside, by name, by the report's suggestions, by rank, or by a plan made earlier."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options

_WHICH = "Which notes"


def archive(
    note: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[VAULT] [NOTE...]",
            help="Notes: by path in the vault or from here, or by name as in a wikilink.",
            show_default=False,
        ),
    ] = None,
    vault: options.Vault = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top", metavar="N", min=1, help="The first N by rank, whatever the budget.", rich_help_panel=_WHICH
        ),
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan", metavar="FILE", help="The plan that --dry-run --format json wrote.", rich_help_panel=_WHICH
        ),
    ] = None,
    even_protected: Annotated[
        bool,
        typer.Option("--even-protected", help="Notes that are named, though protected.", rich_help_panel=_WHICH),
    ] = False,
    dry_run: acting.DryRun = False,
    yes: acting.Yes = False,
    approve: acting.Approve = None,
    only_in: options.In = None,
    leave_out: options.Except = None,
    budget: options.BudgetOption = None,
    protect: options.Protect = None,
    rule: options.Rule = None,
    min_confidence: options.MinConfidence = None,
    now: options.Now = None,
    no_cache: options.NoCache = False,
    no_observe: options.NoObserve = False,
    form: acting.Format = "text",
    output: options.Output = None,
    limit: options.Limit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Set notes aside: the ones named, or the report's suggestions.

    They move below the archive folder, keeping their folders, names and dates, and the links that would break are
    rewritten. The plan is shown first. It all comes back with: vaultprune undo
    """
    from vaultprune.cli.acting.archive import Wanted, archive_notes
    from vaultprune.cli.asking import Consent
    from vaultprune.cli.places import split, the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import Asked, one_of

    one_of(form, acting.FORMATS)
    first, names = split(note or (), alone=True) if vault is None else (None, tuple(note or ()))
    place = the_vault(vault, first, "archive")
    asked = Asked(only_in, leave_out or (), budget, protect or (), rule, min_confidence)
    wanted = Wanted(names, top, plan, even_protected, form, now, output, asked)
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=output is not None)
    archive_notes(place, wanted, Consent(yes, dry_run, approve), shape, Screen(quiet))

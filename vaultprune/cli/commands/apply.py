"""`vaultprune apply`: carry out what was decided in the review."""

from __future__ import annotations

from vaultprune.cli.commands import acting_options as acting
from vaultprune.cli.commands import options


def apply(
    folder: options.Folder = None,
    vault: options.Vault = None,
    dry_run: acting.DryRun = False,
    yes: acting.Yes = False,
    approve: acting.Approve = None,
    now: options.Now = None,
    form: acting.Format = "text",
    output: options.Output = None,
    limit: options.Limit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Carry out what was decided: the notes that were meant to be set aside are, unless they were edited since.

    They move below the archive folder, keeping their folders, names and dates, and the links that would break are
    rewritten. The plan is shown first. It all comes back with: vaultprune undo
    """
    from vaultprune.cli.acting.apply import apply_decisions
    from vaultprune.cli.acting.plan import Desk
    from vaultprune.cli.asking import UNCHANGED, Consent
    from vaultprune.cli.output import place_for
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import one_of
    from vaultprune.errors import CannotStart

    one_of(form, acting.FORMATS)
    if output is not None and not dry_run:
        raise CannotStart(f"--output goes with --dry-run: it takes the plan. {UNCHANGED}")
    place = the_vault(vault, folder, "apply")
    to = place_for(output, place.folder)
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=to is not None)
    consent = Consent(yes, dry_run, approve)
    apply_decisions(Desk(place, consent, shape, Screen(quiet), form, to, pretended=now is not None), now)

"""`vaultprune doctor`: can the evidence be trusted, and is anything wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vaultprune.cli.commands import options

if TYPE_CHECKING:
    from vaultprune.model import Memory

_INSTEAD = "Look at something else instead"
_FORMATS = ("text", "json")


def doctor(
    folder: options.Folder = None,
    vault: options.Vault = None,
    rehearse: Annotated[
        bool,
        typer.Option(
            "--rehearse",
            help="Set throw-away notes aside and put them back, to see what this file system can do.",
            rich_help_panel=_INSTEAD,
        ),
    ] = False,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify", help="Read every note twice, quickly and in full, and compare.", rich_help_panel=_INSTEAD
        ),
    ] = False,
    places: Annotated[
        bool,
        typer.Option(
            "--places", help="Where something is stored, how much, what may be deleted.", rich_help_panel=_INSTEAD
        ),
    ] = False,
    check: Annotated[
        str | None,
        typer.Option(
            "--check",
            metavar="any",
            help="Exit with 1 if something wants to be put right, or no date can be trusted.",
            rich_help_panel="For scripts",
        ),
    ] = None,
    now: options.Now = None,
    no_cache: options.NoCache = False,
    form: options.ExplainFormat = "text",
    output: options.Output = None,
    limit: options.Limit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Say how far the evidence can be trusted, and whether anything is wrong with the vault.

    Nothing in the vault is changed, but for the throw-away notes of --rehearse.
    """
    from vaultprune.cli.output import place_for
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import one_of
    from vaultprune.errors import CannotStart

    one_of(form, _FORMATS)
    if check is not None:
        one_of(check, ("any",), "--check")
    if rehearse + verify + places + (check is not None) > 1:
        raise CannotStart("--rehearse, --verify, --places and --check do not go together. Nothing has been changed.")
    place = the_vault(vault, folder, "doctor")
    to = place_for(output, place.folder)
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=to is not None)
    screen = Screen(quiet)
    if rehearse:
        from vaultprune.cli.doctoring import hold_rehearsal

        hold_rehearsal(place, shape, form, to)
        return
    if verify:
        from vaultprune.cli.doctoring import verify_reading

        verify_reading(place, shape, form, to, screen)
        return
    if places:
        from vaultprune.cli.doctoring import tell_places

        tell_places(place, shape, form, to)
        return
    from vaultprune.cli.output import deliver
    from vaultprune.cli.start import Asked, Recall, answer, read, settings_for
    from vaultprune.cli.when import moment

    def made(memory: Memory) -> tuple[str, bool]:
        from vaultprune.cli.examining import the_case
        from vaultprune.cli.looking import with_use
        from vaultprune.doctor import examine
        from vaultprune.reports import EXAMINATIONS
        from vaultprune.vault import open_vault

        config = settings_for(place, Asked())
        found = open_vault(with_use(place, config, read(place, config, moment(now), screen, memory)), config)
        examined = examine(the_case(place, found))
        return EXAMINATIONS[form](found, examined, shape), bool(examined.wrong or found.evidence.abstains)

    recall = Recall.asked(no_cache=no_cache, now=now)
    _, ill = answer(place, recall, made, lambda shown: deliver(shown[0], to))
    if check is not None and ill:
        raise typer.Exit(1)

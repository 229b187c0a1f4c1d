"""`vaultprune` alone: where things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultprune.cli.commands import options

if TYPE_CHECKING:
    from vaultprune.model import Memory


def status(
    vault: options.Vault, now: options.Now, quiet: options.Quiet, no_color: options.NoColor, form: str = "text"
) -> None:
    """Read the vault and say in a few lines what a report would."""
    from vaultprune.cli.looking import what_is_known, with_use
    from vaultprune.cli.output import show
    from vaultprune.cli.pages import beside, page
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import Asked, Recall, answer, judged_as_read, one_of, read, settings_for
    from vaultprune.cli.weekly.lateness import late, with_lateness
    from vaultprune.cli.when import moment
    from vaultprune.reports import STATUS

    one_of(form, ("text", "json"))
    place = the_vault(vault, None, "")
    shape = view(limit=None, named=place.named, no_color=no_color, to_file=False)

    is_late = late(place) if now is None else ""

    def made(memory: Memory) -> str:
        config = settings_for(place, Asked())
        snapshot = read(place, config, moment(now), Screen(quiet), memory)

        def text() -> str:
            from vaultprune.cli.acting.waiting import what_waits, with_waiting

            judgement = judged_as_read(place, with_use(place, config, snapshot), config)
            if form == "json":
                from vaultprune.reports.status_json import status_json

                return status_json(judgement, what_waits(place, judgement.vault))
            waiting = with_waiting(place, judgement.vault, shape, in_full=True)
            return STATUS(judgement, with_lateness(waiting, is_late))

        if form == "json":  # it tells the very second
            return text()
        around = (beside(place.folder), what_is_known(place, config), is_late)
        return page(snapshot, config, "status", shape, text, around)

    answer(place, Recall.asked(no_cache=False, now=now), made, show)

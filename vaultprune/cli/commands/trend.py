"""`vaultprune trend`: the vault over time."""

from __future__ import annotations

from typing import Annotated

import typer

from vaultprune.cli.commands import options

MOST = 120
"""Moments: ten years of months."""
_OVER_TIME = "What is looked at"


def trend(
    folder: options.Folder = None,
    vault: options.Vault = None,
    only_in: options.In = None,
    leave_out: options.Except = None,
    now: options.Now = None,
    windows: Annotated[
        int,
        typer.Option(
            "--windows", metavar="N", min=1, max=MOST, help="How many periods back.", rich_help_panel=_OVER_TIME
        ),
    ] = 8,
    every: Annotated[
        str | None,
        typer.Option(
            "--every",
            metavar="month|quarter|half-year|year",
            help="How long a period is; quarters, or months while there are fewer than two of them.",
            rich_help_panel=_OVER_TIME,
        ),
    ] = None,
    no_cache: options.NoCache = False,
    form: options.BacktestFormat = "text",
    output: options.Output = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Say how the vault has changed: how many notes came, went and were edited, how many are orphans, then and now.

    From its git history, as it was committed at regular days; without one from what this machine has seen. Nothing in
    the vault is changed, and nothing is remembered.
    """
    from vaultprune.cli import learning_trend as learning
    from vaultprune.cli.output import deliver, place_for
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import Asked, Recall, one_of, settings_for
    from vaultprune.cli.when import moment
    from vaultprune.reports import TRENDS

    one_of(form, tuple(TRENDS))
    months = None if every is None else MONTHS[one_of(every, tuple(MONTHS), "--every")]
    place = the_vault(vault, folder, "trend")
    to = place_for(output, place.folder)
    asked = Asked(only_in, leave_out or ())
    config = settings_for(place, asked)
    recall = Recall(cache=not no_cache, keeps=False)
    over = learning.Asked(moment(now), windows, months, whole=not asked.options())
    found = learning.over_time(place, config, over, recall, Screen(quiet))
    shape = view(limit=None, named=place.named, no_color=no_color, to_file=to is not None)
    deliver(TRENDS[form](found, shape), to)


MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}

"""`vaultprune backtest`: what would have been suggested at past moments, and what was needed later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from vaultprune.cli.commands import options

if TYPE_CHECKING:
    from vaultprune.backtest import Backtest
    from vaultprune.cli.places import Place
    from vaultprune.cli.screen import Screen
    from vaultprune.config import Config
    from vaultprune.errors import CannotStart
    from vaultprune.model import Past

UNCHANGED = "Nothing has been changed."
MOST = 40
"""Moments: twenty years of half-years."""


def backtest(
    folder: options.Folder = None,
    vault: options.Vault = None,
    only_in: options.In = None,
    leave_out: options.Except = None,
    budget: options.BudgetOption = None,
    protect: options.Protect = None,
    rule: options.Rule = None,
    min_confidence: options.MinConfidence = None,
    now: options.Now = None,
    windows: Annotated[
        int,
        typer.Option(
            "--windows",
            metavar="N",
            min=1,
            max=MOST,
            help="How many past days to look at, half a year apart.",
            rich_help_panel="What is judged, and how",
        ),
    ] = 8,
    form: options.BacktestFormat = "text",
    output: options.Output = None,
    limit: options.Limit = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
    version: options.Version = False,
) -> None:
    """Replay the vault's own git history: what would have been suggested then, and what was needed later.

    At each of several past days the report is made from nothing but what had been committed by then; what was edited or
    newly linked to within the 180 days that followed was needed. Without git the suggestions are looked up that this
    machine remembers. Nothing in the vault is changed.
    """
    from vaultprune.cli.output import deliver, place_for
    from vaultprune.cli.places import the_vault
    from vaultprune.cli.screen import Screen, view
    from vaultprune.cli.start import Asked, one_of, settings_for
    from vaultprune.cli.when import moment
    from vaultprune.errors import CannotStart
    from vaultprune.reading.past import read_past
    from vaultprune.reports import BACKTESTS

    one_of(form, tuple(BACKTESTS))
    place = the_vault(vault, folder, "backtest")
    to = place_for(output, place.folder)
    config = settings_for(place, Asked(only_in, leave_out or (), budget, protect or (), rule, min_confidence))
    screen, taken_at = Screen(quiet), moment(now)
    try:
        pasts = read_past(place.folder, config, taken_at, windows, screen.progress)
    except CannotStart as without_git:
        found = _as_watched(place, config, taken_at, screen, without_git)
    else:
        found = _replayed(pasts, config, taken_at, screen)
    shape = view(limit=limit, named=place.named, no_color=no_color, to_file=to is not None)
    deliver(BACKTESTS[form](found, shape), to)


def _replayed(pasts: Iterable[Past], config: Config, taken_at: datetime, screen: Screen) -> Backtest:
    from vaultprune.backtest import replay
    from vaultprune.cli.start import where_notes_lie
    from vaultprune.errors import CannotStart

    try:
        found = replay(where_notes_lie(pasts, config), config, taken_at)
    finally:
        screen.done()
    if not found.windows:
        raise CannotStart(
            "there is nothing to replay: on none of the days half a year apart did this folder hold notes in its git "
            f"history. {UNCHANGED}"
        )
    return found


def _as_watched(place: Place, config: Config, taken_at: datetime, screen: Screen, without_git: CannotStart) -> Backtest:
    """What the ledger tells instead. Where it cannot either, `CannotStart` says so, and from when on it can."""
    from vaultprune.backtest import ripe, watched
    from vaultprune.cli.looking import with_use
    from vaultprune.cli.start import read
    from vaultprune.errors import CannotStart
    from vaultprune.words import day

    snapshot = read(place, replace(config, dates=("property",)), taken_at, screen, None)
    observed = with_use(place, config, snapshot).observed
    found = watched(observed, snapshot.name, config, taken_at)
    if found is not None:
        return found
    when = ripe(observed)
    if when is None:
        raise without_git
    raise CannotStart(
        f"{str(without_git).removesuffix(UNCHANGED)}The suggestions that this machine remembers are old enough on "
        f"{day(when)}. {UNCHANGED}"
    )

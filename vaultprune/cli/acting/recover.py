"""An interrupted run in, what would be done about it shown, agreed to and done out."""

from __future__ import annotations

import sys

from vaultprune.archiving import damaged, give_back_strays, pending, recover, strays
from vaultprune.archiving.carry_out import heard_later
from vaultprune.cli.asking import UNCHANGED, Consent, let_through, nothing_begun
from vaultprune.cli.output import show
from vaultprune.cli.places import Place
from vaultprune.reports.page import Command, View, command
from vaultprune.reports.recover_text import interrupted_text, settled_text


def settle(place: Place, forward: bool, consent: Consent, shape: View) -> None:
    """Say what was interrupted and what becomes of it, ask, and do it."""
    with nothing_begun():
        waiting = pending(place.folder)
        odd, lying = damaged(place.folder), strays(place.folder)
        idle = not waiting and not any(stray.goes_back for stray in lying)
        then: tuple[tuple[str, Command], ...] = ()
        if consent.dry_run and not idle:
            then = (("Carry it out", command(shape, "recover", *(("--forward",) if forward else ()))),)
        last = UNCHANGED if consent.dry_run or idle else ""
        moves, row = (
            [(each.unit.move.source, each.unit.move.target) for each in waiting if (each.state == "done") == moved]
            for moved in (False, True)
        )
        at = waiting[0].unit.at if waiting else None
        show(interrupted_text(moves, at, forward, odd, shape, then, last, row, lying))
        if consent.dry_run or idle:
            return
        asks = "Finish it?" if forward and moves else "Take it back?" if waiting else "Put it back?"
        if not let_through("", (), consent, asks):
            sys.stderr.write(f"{UNCHANGED}\n")
            return
    with heard_later():
        settled = recover(place.folder, forward=forward) if waiting else ()
        back = give_back_strays(place.folder)
    outcomes = [(one.unit.move.source, one.unit.move.target, one.ending == "done", one.remarks) for one in settled]
    show(settled_text(outcomes, shape, back, strays(place.folder)))

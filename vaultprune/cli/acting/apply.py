"""What was decided and waits in, the notes set aside and the rest written down out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from vaultprune.archiving import before_own_write
from vaultprune.cli.acting.past import Files
from vaultprune.cli.acting.plan import Chosen, Desk, guards_of, planned, set_aside
from vaultprune.cli.acting.ticks import EDITED_SINCE, Ticks, ticks_in
from vaultprune.cli.asking import nothing_begun
from vaultprune.cli.looking import with_use
from vaultprune.cli.output import deliver, show
from vaultprune.cli.start import read_without_git
from vaultprune.cli.when import moment
from vaultprune.decided import Standing, waiting
from vaultprune.model import NotePath
from vaultprune.reports.decisions import nothing_waits
from vaultprune.reports.page import command
from vaultprune.vault import Vault, open_vault


@dataclass(frozen=True)
class Ready:
    """What would be carried out now, and the ticks that it comes from, if any; `waits`: whether there is anything."""

    chosen: Chosen
    ticks: Ticks
    waits: bool


def apply_decisions(desk: Desk, now: str | None) -> None:
    """Show what was decided as one plan, ask, carry it out, tell."""
    with nothing_begun():
        found = ready(desk, now)
        chosen, ticks = found.chosen, found.ticks
        if not found.waits and desk.form == "text":
            anew = bool(ticks.note.boxes.ticked) and not ticks.wait
            deliver(nothing_waits(chosen.vault.snapshot, desk.shape, ticks.remarks, anew=anew), desk.to)
            return
    set_aside(desk, chosen, command(desk.shape, "apply"), partial(_told_anew, desk, found))


def ready(desk: Desk, now: str | None) -> Ready:
    """The plan for what was decided and ticked and waits, on the vault as it is now."""
    snapshot, config = read_without_git(desk.place, moment(now), desk.screen)
    vault = open_vault(with_use(desk.place, config, snapshot), config)
    ticks = ticks_in(desk.place.folder, vault)
    found = _undisputed(waiting(vault.snapshot, vault.archived), ticks)
    waits = bool(found or ticks.found.answers)
    decided = {**_as_decided(desk.place.folder, vault, found), **ticks.aside}
    plan = planned(desk, vault, list(decided), decided)
    plan = replace(plan, warnings=(*ticks.remarks, *plan.warnings))
    kept = () if desk.pretended else ticks.kept
    guards = guards_of(desk, vault, plan, by_evidence=False) if waits or desk.form != "text" else ()
    return Ready(Chosen(vault, plan, guards, kept), ticks, waits)


def written_anew(desk: Desk, found: Ready) -> str:
    """Write the checklist note anew, once what was ticked in it has been done; what there is to say of that."""
    if desk.pretended or not found.ticks.found.answers:
        return ""
    from vaultprune.cli.reviewing.note import write_anew  # most of what is applied was ticked nowhere

    return write_anew(desk.place, desk.screen, found.ticks, [move.source for move in found.chosen.plan.moves])


def _told_anew(desk: Desk, found: Ready) -> None:
    told = written_anew(desk, found)
    if told and desk.form == "text":
        show(f"{told}\n")


def _undisputed(found: Sequence[Standing], ticks: Ticks) -> Sequence[Standing]:
    """What waits, but for what the checklist note now says otherwise about, or cannot be read about."""
    disputed = {*ticks.found.kept, *ticks.found.unclear}
    return [held for held in found if disputed.isdisjoint(held.paths)]


def _as_decided(folder: Path, vault: Vault, found: Sequence[Standing]) -> dict[NotePath, str]:
    """The notes to set aside, each with the SHA-256 that its file must have: that of when somebody decided.

    A link that vaultprune itself rewrote since then is no edit.
    """
    files = Files(folder, vault.snapshot)
    decided: dict[NotePath, str] = {}
    for held in found:
        for path in held.paths:
            now, then = files.digest(path), held.decision.file_digest
            if then is None:
                same = vault.notes.body_digests[vault.ids[path]] == held.decision.body_digest
            else:
                same = now == then or (now is not None and _rewritten(folder, now, then))
            decided[path] = (now or EDITED_SINCE) if same else EDITED_SINCE
    return decided


def _rewritten(folder: Path, now: str, then: str) -> bool:
    """Whether a file was as it was then before vaultprune rewrote its links to what they are now."""
    return any(hashlib.sha256(data).hexdigest() == then for data in before_own_write(folder, now))

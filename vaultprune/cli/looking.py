"""A vault as it was read in, the same with what its ledger knows out; and what a look is told of our own doings."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from vaultprune.cli.places import Place
from vaultprune.ledger import CannotKeep, Ledger, Noticed, Ours
from vaultprune.model import NotePath, Snapshot

if TYPE_CHECKING:
    from vaultprune.cli.screen import Screen
    from vaultprune.config import Config
    from vaultprune.verdict import Judgement


def ledger_of(place: Place, config: Config) -> Ledger:
    """The ledger of a vault."""
    return Ledger(place.folder, config.id, archive=config.archive_folder)


def with_use(place: Place, config: Config, snapshot: Snapshot, ledger: Ledger | None = None) -> Snapshot:
    """The snapshot with all that the ledger knows of its notes. Nothing is written.

    A `ledger` that has looked at this snapshot need not be read once more.
    """
    ledger = ledger or ledger_of(place, config)
    return replace(snapshot, observed=ledger.recall(snapshot, ours(place.folder)))


def what_is_known(place: Place, config: Config) -> str:
    """The same as long as the ledger tells the same: a page depends on it."""
    return ledger_of(place, config).key()


def look(place: Place, ledger: Ledger, snapshot: Snapshot, screen: Screen) -> Noticed | None:
    """Look at the vault and remember. That it cannot be is said, and no reason to stop."""
    try:
        noticed = ledger.observe(snapshot, ours(place.folder))
    except CannotKeep as reason:
        screen.warn(f"what was seen in this run cannot be remembered: {reason} ({ledger.place}).")
        return None
    if noticed.odd:
        screen.warn(noticed.odd)
    return noticed


def remember_round(ledger: Ledger, judgement: Judgement) -> None:
    """Remember for the weeks to come which notes this report found weak, and which it suggested."""
    from vaultprune.counting import counted

    words, paths = judgement.words, judgement.vault.notes.paths
    weak = [paths[number] for number, word in words.items() if word in ("watch", "archive")]
    suggested = [paths[number] for number in judgement.suggested()]
    with suppress(CannotKeep):  # which has been said, if it is to be said at all
        ledger.remember_round(judgement.vault.today, weak, suggested, counted(judgement.vault, judgement.vault.judged))


def ours(folder: Path) -> Ours:
    """What the journals in a vault say of our own doings. They are read when the first question comes."""
    if not os.path.lexists(folder / ".vaultprune" / "journal"):
        return Ours()

    @cache
    def moves() -> tuple[tuple[NotePath, NotePath], ...]:
        from vaultprune.archiving import own_moves

        return own_moves(folder)

    @cache
    def writes() -> frozenset[tuple[NotePath, str]]:
        from vaultprune.archiving import own_writes

        return own_writes(folder)

    def went(path: NotePath) -> NotePath:
        for source, target in moves():
            path = target if path == source else path
        return path

    def before(path: NotePath) -> frozenset[str] | None:
        import hashlib

        from vaultprune.archiving import before_own_write
        from vaultprune.model import File
        from vaultprune.parse import parse_note
        from vaultprune.reading.contents import whole_bytes

        if not any(path == written for written, _ in writes()):
            return None
        data = whole_bytes(os.fspath(folder), File(path, "note", 0, 0))
        sha256 = hashlib.sha256(data or b"").hexdigest()
        if (path, sha256) not in writes():
            return None
        return frozenset(parse_note(path, kept).body_digest for kept in before_own_write(folder, sha256))

    return Ours(went, before)

"""Where a note stands holds it: the only bridge, a hub, one of several that a link may mean."""

from __future__ import annotations

from vaultprune.graph import some_unreachable, unreachable_by_link
from vaultprune.protections.protection import Protection
from vaultprune.vault import Vault
from vaultprune.words import count


def _bridges(vault: Vault) -> dict[int, str]:
    held: dict[int, str] = {}
    for path, (larger, smaller) in vault.graph.bridges().items():
        if vault.judges(number := vault.graph.ids[path]):
            held[number] = f"the only bridge between groups of {larger:,} and {count(smaller, 'note')}"
    return held


def _hubs(vault: Vault) -> dict[int, str]:
    held: dict[int, str] = {}
    for path, neighbours in vault.graph.hubs().items():
        if vault.judges(number := vault.graph.ids[path]):
            held[number] = f"a hub, linked with {count(neighbours, 'note')}"
    return held


def _ambiguous(vault: Vault) -> dict[int, str]:
    tied = vault.graph.tied
    says = "a link may mean this note or another of the same name"
    return dict.fromkeys([number for number in vault.judged if number in tied], says) if tied else {}


def _unlinkable(vault: Vault) -> dict[int, str]:
    if not some_unreachable(vault.notes.paths):
        return {}
    return {
        number: "its name holds a character that links cannot, so whether it is linked cannot be seen"
        for number in vault.judged
        if unreachable_by_link(vault.notes.paths[number])
    }


BRIDGE = Protection("bridge", _bridges, lambda _: "the only bridge between groups of notes")
HUB = Protection("hub", _hubs, lambda _: "hubs")
AMBIGUOUS = Protection("ambiguous", _ambiguous, lambda _: "that an ambiguous link may mean")
UNLINKABLE = Protection("unlinkable", _unlinkable, lambda _: "whose links cannot be seen")

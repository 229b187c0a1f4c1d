"""What the links to a note are worth: a link carries as much traffic as there is life in its source."""

from __future__ import annotations

from math import log1p

from vaultprune.signals.signal import Signal
from vaultprune.vault import Vault
from vaultprune.words import age, count, day, name

NEW_LINKS_HALF_LIFE = 365.0  # days, as for edits


def traffic(factor: float, half_life: float) -> Signal:
    """Factor x ln(1 + B), B = the sum over the backlinks' sources of 2^(-days since their newest write / half-life)."""

    def weigh(vault: Vault) -> list[float]:
        return [factor * log1p(worth) for worth in vault.traffic(half_life)]

    return Signal("traffic", weigh, say_backlinks)


def backlinks(factor: float) -> Signal:
    """Factor x ln(1 + the number of notes and canvases that link here)."""

    def weigh(vault: Vault) -> list[float]:
        return [factor * log1p(many) for many in vault.graph.backlink_counts()[: len(vault.notes)]]

    def say(vault: Vault, number: int) -> str:
        found = len(vault.graph.backlink_ids(number))
        return f"linked from {count(found, 'place')}" if found else "linked from nowhere"

    return Signal("backlinks", weigh, say)


def new_links(factor: float) -> Signal:
    """Factor x ln(1 + G), G = the sum over the links that a person added to it of 2^(-days ago / 365).

    Links of the note's first two days do not count, nor do those of mass changes; the link need not stand any more.
    """

    def weigh(vault: Vault) -> list[float]:
        age = vault.age
        return [
            factor * log1p(sum([0.5 ** (age(day) / NEW_LINKS_HALF_LIFE) for day in use.linked_days]))
            for use in vault.uses
        ]

    def say(vault: Vault, number: int) -> str:
        days = vault.uses[number].linked_days
        if not days:
            return "not linked to anew since it came in"
        return f"linked to anew {'once' if len(days) == 1 else f'{len(days):,} times'}, last on {day(days[0])}"

    return Signal("new-links", weigh, say)


def say_backlinks(vault: Vault, number: int) -> str:
    """`1 backlink, worth little: its source is quiet since 14 Mar 2024`."""
    sources = vault.graph.backlink_ids(number)
    if not sources:
        return "no other note links here"
    newest = newest_source(vault, number)
    many = count(len(sources), "backlink")
    if newest is None:
        return many
    source, written = newest
    quiet = max(0, vault.today - written)
    if quiet > 365:
        whose = "its source is" if len(sources) == 1 else "the liveliest of its sources is"
        return f"{many}, worth little: {whose} quiet since {day(written)}"
    return f"{many}, the liveliest from {name(vault.notes.paths[source])}, written to {age(quiet)} ago"


def newest_source(vault: Vault, number: int) -> tuple[int, int] | None:
    """The note that links here and was written to last, with that day, or None where no day is known."""
    dated = [
        (written, source)
        for source in vault.graph.backlink_ids(number)
        if source < len(vault.notes) and (written := vault.uses[source].last_write) is not None
    ]
    if not dated:
        return None
    written, source = max(dated)
    return source, written

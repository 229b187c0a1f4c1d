"""An index in, what every page begins with out: whose it is, and how much there is."""

from __future__ import annotations

from vaultprune.vault import Index
from vaultprune.words import safe, weekday


def title_line(vault: Index) -> str:
    """`Garden, Fri 20 Nov 2026`."""
    return f"{safe(vault.snapshot.name)}, {weekday(vault.snapshot.taken_at.date())}"


def link_count(vault: Index) -> int:
    """How many links stand in the notes and canvases of the vault, of the kinds that Obsidian counts."""
    return vault.graph.occurrences.counted()

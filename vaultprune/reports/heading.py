"""An index in, what every page begins with out: whose it is, and of which day."""

from __future__ import annotations

from vaultprune.vault import Index
from vaultprune.words import safe, weekday


def title_line(vault: Index) -> str:
    """`Garden, Fri 20 Nov 2026`."""
    return f"{safe(vault.snapshot.name)}, {weekday(vault.snapshot.taken_at.date())}"

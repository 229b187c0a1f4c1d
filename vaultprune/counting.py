"""A vault's notes and links in, how many of what out: the one place where the figures of every page are counted."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.model import Counts
from vaultprune.notes import own_notes
from vaultprune.vault import Index


def counted(index: Index, judged: Sequence[int]) -> Counts:
    """The figures of a vault, of which the notes with these ids get a verdict."""
    graph = index.graph
    backlinks, outgoing = graph.backlink_counts(), graph.outgoing_counts()
    orphans = [number for number in judged if not backlinks[number]]
    return Counts(
        notes=len(judged),
        orphans=len(orphans),
        isolated=sum(not outgoing[number] for number in orphans),
        dead_ends=sum(not outgoing[number] for number in judged),
        unresolved=graph.unresolved_count(),
        archived=_archived(index),
        links=link_count(index),
    )


def link_count(index: Index) -> int:
    """How many links stand in the notes and canvases of the vault, of the kinds that Obsidian counts."""
    return index.graph.occurrences.counted()


def _archived(index: Index) -> int:
    own = (index.notes.paths[number] in index.archived for number in own_notes(index.notes))
    return len(index.archived) - sum(own)

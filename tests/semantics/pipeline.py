"""The package's own reading of a vault, in the shape of the independent reader's, so that the two can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from vaultprune.config import Config
from vaultprune.graph import LinkGraph, build_graph
from vaultprune.model import Canvas, Note, Snapshot
from vaultprune.reading import read_vault

from .independent_reader import Edge, Page, Target

TAKEN_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass
class Reading:
    """What the package made of a vault: `pages` as the independent reader gives them, and the softer links."""

    snapshot: Snapshot
    graph: LinkGraph
    pages: dict[str, Page] = field(default_factory=dict)
    soft: dict[str, list[tuple[str, Target]]] = field(default_factory=dict)


def read_by_package(vault: Path) -> Reading:
    """A vault read and its links resolved, without asking git."""
    snapshot = read_vault(vault, Config(dates=("mtime",)), TAKEN_AT)
    graph = build_graph(snapshot)
    reading = Reading(snapshot, graph)
    sources: tuple[Note | Canvas, ...] = (*snapshot.notes, *snapshot.canvases)
    for source in sources:
        page = Page()
        if isinstance(source, Note):
            page.tags, page.aliases = list(source.tags), list(source.aliases)
            page.open_tasks = list(source.open_tasks)
        soft: list[tuple[str, Target]] = []
        for found in graph.links_of(source.path):
            target: Target = tuple(sorted(found.ambiguous)) if found.ambiguous else found.target
            link = found.link
            if link.counts:
                page.links.append(Edge(link.kind, link.text, target, link.line))
            else:
                soft.append((link.kind, target))
        reading.pages[source.path] = page
        reading.soft[source.path] = soft
    return reading

"""A snapshot's notes and canvases in, a `LinkGraph` out: what every link means, and what follows from it."""

from vaultprune.graph.build import build_graph
from vaultprune.graph.link_graph import LinkGraph, ResolvedLink, UnresolvedLink
from vaultprune.graph.resolve import FileIndex, some_unreachable, unreachable_by_link

__all__ = [
    "FileIndex",
    "LinkGraph",
    "ResolvedLink",
    "UnresolvedLink",
    "build_graph",
    "some_unreachable",
    "unreachable_by_link",
]

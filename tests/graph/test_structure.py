"""Bridges between groups of notes, against what is left when a note is taken away."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.graph.worlds import world
from vaultprune.graph import LinkGraph, build_graph
from vaultprune.graph.structure import structure_of
from vaultprune.model import NotePath

TRIANGLES = {
    "a1.md": ["a2"],
    "a2.md": ["a3"],
    "a3.md": ["a1", "mid"],
    "b1.md": ["b2"],
    "b2.md": ["b3"],
    "b3.md": ["b1"],
    "mid.md": ["b1"],
}


def bridges(changes: dict[str, list[str]], silent: tuple[str, ...] = ()) -> dict[str, tuple[int, int]]:
    """The bridges of two triangles joined by `mid`, with changes."""
    graph: LinkGraph = build_graph(world({**TRIANGLES, **changes}), silent=[NotePath(path) for path in silent])
    return {str(path): pieces for path, pieces in graph.bridges().items()}


def test_the_only_connection_between_two_groups_is_a_bridge() -> None:
    assert bridges({}) == {"mid.md": (3, 3)}


@pytest.mark.parametrize(
    ("changes", "silent"),
    [
        pytest.param({"a1.md": ["a2", "b2"]}, (), id="there is another way"),
        pytest.param({"mid.md": []}, (), id="it connects nothing"),
        pytest.param({}, ("mid.md",), id="it is silent"),
        pytest.param({"b1.md": [], "b2.md": ["b1"], "b3.md": []}, (), id="one piece is small"),
        pytest.param({"k.canvas": ["a1.md", "b1.md"]}, (), id="a canvas connects as well"),
    ],
)
def test_no_bridge_where(changes: dict[str, list[str]], silent: tuple[str, ...]) -> None:
    assert "mid.md" not in bridges(changes, silent)


def test_a_canvas_is_no_bridge_and_counts_as_no_note() -> None:
    between = {"mid.md": [], "a3.md": ["a1"], "k.canvas": ["a3.md", "b1.md"], "l.canvas": ["b1.md"]}

    # without a3 there are a1 and a2 on one side and, beyond the canvas, three notes on the other
    assert bridges(between) == {}


pairs = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=22)


@given(pairs, st.integers(0, 14))
def test_pieces_are_what_is_left_when_the_node_is_taken_away(edges: list[tuple[int, int]], notes: int) -> None:
    edges = [(one, other) for one, other in edges if one != other]
    found = structure_of(range(14), edges, notes)

    graph: nx.Graph[int] = nx.Graph(edges)
    graph.add_nodes_from(range(14))
    assert {frozenset(group) for group in found.groups} == set(map(frozenset, nx.connected_components(graph)))
    assert [len(group) for group in found.groups] == sorted(map(len, nx.connected_components(graph)), reverse=True)
    assert set(found.pieces) == set(nx.articulation_points(graph))
    for node, pieces in found.pieces.items():
        left = graph.subgraph(nx.node_connected_component(graph, node) - {node})
        sizes = sorted((sum(each < notes for each in part) for part in nx.connected_components(left)), reverse=True)
        assert pieces == tuple(sizes[:2])


def test_a_long_chain_needs_no_recursion() -> None:
    length = 5000
    found = structure_of(range(length), ((each, each + 1) for each in range(length - 1)), length)

    assert found.pieces[1] == (length - 2, 1)
    assert found.pieces[length // 2] == (length // 2, length // 2 - 1)
    assert len(found.pieces) == length - 2

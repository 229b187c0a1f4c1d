"""What setting a note aside would do, against a vault in which it was really moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.graph import reference
from tests.graph.worlds import link, snapshots, sources_of, world
from vaultprune.graph import build_graph
from vaultprune.graph.consequences import if_archived
from vaultprune.model import Consequences, Link, NotePath, Snapshot

Files = dict[str, list[str | Link]]


def archived(path: str, files: Files, silent: tuple[str, ...] = ()) -> Consequences:
    graph = build_graph(world(files), silent=[NotePath(each) for each in silent])
    return if_archived(graph, NotePath(path), "Archive")


@pytest.mark.parametrize(
    ("files", "listed", "rewrites"),
    [
        pytest.param({"d/x.md": [], "d/s.md": ["./x"]}, ["d/s.md"], 1, id="a relative link to it"),
        pytest.param({"d/x.md": [], "s.md": ["/d/x"]}, ["s.md"], 1, id="a rooted link to it"),
        pytest.param({"d/x.md": [], "k.canvas": ["d/x.md"]}, ["k.canvas"], 1, id="a canvas shows it"),
        pytest.param({"d/x.md": ["./y"], "d/y.md": []}, ["d/x.md"], 1, id="its own relative link"),
        pytest.param(
            {"d/x.md": ["y"], "d/y.md": [], "e/y.md": []}, ["d/x.md"], 1, id="its own link to the twin in its folder"
        ),
        pytest.param({"d/x.md": [], "e/x.md": [], "d/s.md": ["x"]}, ["d/s.md"], 1, id="its twin would be meant"),
        pytest.param({"d/x.md": [], "b/x.md": [], "s.md": ["x"]}, ["s.md"], 1, id="of two that tie, one would be left"),
        pytest.param({"d/x.md": [], "s.md": [link("./d/x", "reference")]}, ["s.md"], 1, id="a reference is rewritten"),
        pytest.param({"d/x.md": [], "s.md": [link("/d/x", "uri")]}, ["s.md"], 0, id="an address is not"),
        pytest.param(
            {"d/x.md": [], "long/Archive/d/x.md": [], "s.md": ["Archive/d/x"]},
            ["s.md"],
            1,
            id="a text that spells its new place",
        ),
    ],
)
def test_a_move_changes_what_a_link_means(files: Files, listed: list[str], rewrites: int) -> None:
    found = archived("d/x.md", files)

    assert (list(found.unresolved_in), found.rewrites) == (listed, rewrites)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"d/x.md": [], "s.md": ["x", "x.md", "X"]}, id="by its bare name, which is unique"),
        pytest.param({"d/x.md": [], "s.md": ["d/x", "d/x.md"]}, id="by its path, with which the new one ends"),
        pytest.param({"d/x.md": ["", "y", "e/y"], "e/y.md": []}, id="its own links to itself, by name and by path"),
        pytest.param({"d/x.md": [], "e/x.md": [], "s.md": ["e/x"], "e/s.md": ["x"]}, id="to its twin"),
        pytest.param({"d/x.md": ["./gone"], "s.md": ["gone"]}, id="that went nowhere before"),
        pytest.param({"d/x.md": [], "s.md": ["Archive/d/x"]}, id="that goes nowhere yet"),
    ],
)
def test_a_move_leaves_alone_links(files: Files) -> None:
    found = archived("d/x.md", files)

    assert (found.unresolved_in, found.rewrites) == ((), 0)


@pytest.mark.parametrize(
    ("files", "silent", "orphans"),
    [
        pytest.param({"x.md": ["b", "c"], "b.md": [], "c.md": []}, (), ["b.md", "c.md"], id="that it alone links to"),
        pytest.param({"x.md": ["b"], "b.md": ["b"]}, (), ["b.md"], id="that else only link to themselves"),
        pytest.param(
            {"x.md": ["b"], "b.md": [], "o.md": ["b"]}, ("o.md",), ["b.md"], id="else linked from silent notes"
        ),
        pytest.param({"x.md": ["n"], "a/n.md": [], "b/n.md": []}, (), ["a/n.md", "b/n.md"], id="that tie"),
        pytest.param({"x.md": ["b"], "b.md": [], "o.md": ["b"]}, (), [], id="but none linked from elsewhere"),
        pytest.param({"x.md": ["b"], "b.md": [], "k.canvas": ["b.md"]}, (), [], id="but none on a canvas"),
        pytest.param({"x.md": ["b"], "b.md": []}, ("b.md",), [], id="but none archived already"),
        pytest.param({"x.md": ["b"], "b.md": []}, ("x.md",), [], id="but nothing if its links kept nothing alive"),
        pytest.param({"x.md": ["p.png", "x"], "p.png": []}, (), [], id="but no attachment, nor itself"),
        pytest.param({"x.md": [link("b", "reference")], "b.md": []}, (), [], id="but none by a weaker kind of link"),
    ],
)
def test_a_move_makes_orphans_of_notes(files: Files, silent: tuple[str, ...], orphans: list[str]) -> None:
    assert list(archived("x.md", files, silent).orphans) == orphans


@pytest.mark.parametrize(
    ("other", "source", "text"),
    [
        pytest.param("o/x.md", "Z/deep/s.md", "x", id="a bare name, from the folder in which it would lie"),
        pytest.param("o/Z/deep/x.md", "s.md", "Z/deep/x", id="a path, which it would have"),
        pytest.param("Z/deep/X.md", "Z/deep/e/s.md", "../x", id="a relative one, to what would differ only in case"),
        pytest.param("Z/deep/x.md.md", "Z/deep/e/s.md", "../x.md", id="a relative one, to a name with .md twice"),
    ],
)
def test_a_link_that_meant_another_note_is_drawn_to_the_new_place(other: str, source: str, text: str) -> None:
    path = NotePath("deep/x.md")
    graph = build_graph(world({path: [], other: [], source: [text]}))

    assert [found.target for found in graph.links_of(NotePath(source))] == [other]
    assert if_archived(graph, path, "Z").unresolved_in == (source,)


def test_a_place_that_is_taken_is_not_the_place() -> None:
    files: Files = {"d/x.md": [], "Archive/d/x.md": [], "s.md": ["Archive/d/x", "x"]}

    assert archived("d/x.md", files).rewrites == 1


def test_the_archive_folder_may_lie_deeper() -> None:
    graph = build_graph(world({"d/x.md": ["./y"], "d/y.md": [], "old/stuff/d/y.md": []}))

    assert if_archived(graph, NotePath("d/x.md"), "old/stuff").rewrites == 1


@given(snapshots(), st.data())
def test_it_foresees_what_a_real_move_does(snapshot: Snapshot, data: st.DataObject) -> None:
    files = [file.path for file in snapshot.files]
    sources = sources_of(snapshot)
    if not snapshot.notes:
        return
    path = data.draw(st.sampled_from([each.path for each in snapshot.notes]))
    folder = data.draw(st.sampled_from(["Archive", "x/Archive"]))
    new = NotePath(f"{folder}/{path}")
    while new in files:  # as the archive does where a place is taken
        inside, _, name = new.rpartition("/")
        new = NotePath(f"{inside} (archived)/{name}")
    moved = [new if file == path else file for file in files]

    changed = []
    for source, links in sources.items():
        for each in links:
            before = {new if file == path else file for file in reference.meant(files, each, source)}
            after = reference.meant(moved, each, new if source == path else source)
            if before and before != after:
                changed.append((source, each))

    found = if_archived(build_graph(snapshot), path, folder)
    assert list(found.unresolved_in) == sorted({source for source, _ in changed})
    assert found.rewrites == sum(each.kind != "uri" for _, each in changed)

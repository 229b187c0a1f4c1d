"""What every link means, brought up to date from what it meant before, is what it means when all are looked up anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.worlds import link, links, paths, world
from vaultprune.graph import FileIndex, LinkGraph, build_graph
from vaultprune.model import Link, Since, Snapshot

World = dict[str, tuple[Link, ...]]


class Shelf:
    """A memory that lies in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, Mapping[str, bytes | memoryview]]] = {}

    def recall(self, what: str, key: str) -> Mapping[str, bytes] | None:
        known = self.kept.get(what)
        return {name: bytes(part) for name, part in known[1].items()} if known and known[0] == key else None

    def keep(self, what: str, key: str, make: Callable[[], Mapping[str, bytes | memoryview]]) -> None:
        self.kept[what] = (key, make())


def since(stamp: str, before: World, after: World) -> Since:
    kinds = {file.path: file.kind for file in world(before).files}
    changed = {path for path, row in after.items() if before.get(path) != row}
    return Since(
        stamp,
        frozenset(file.path for file in world(after).files if file.path in changed),
        frozenset(file.path for file in world(after).files if file.path not in kinds),
        {path: kind for path, kind in kinds.items() if path not in after},
    )


def silent(snapshot: Snapshot, folder: str) -> LinkGraph:
    return build_graph(snapshot, silent=[file.path for file in snapshot.files if file.path.startswith(folder)])


def everything(graph: LinkGraph) -> object:
    """All that can be asked of a graph."""
    of_files = [
        (path, graph.links_of(path), graph.backlinks(path), graph.soft_mentions(path), graph.outgoing(path))
        for path in graph.files
    ]
    tied = [path for path in graph.files if graph.is_tied(path)]
    whole = (graph.groups(), graph.bridges(1), graph.hubs(least=1), graph.unresolved(), list(graph.ambiguous()))
    return of_files, tied, whole, graph.unresolved_count(), graph.backlink_counts(), graph.outgoing_counts()


worlds = st.dictionaries(paths, links, min_size=1, max_size=12)


@st.composite
def several(draw: st.DrawFn) -> list[tuple[World, str]]:
    """A vault at several moments: between them files come, go, and have other links; and which folder is silent."""
    now = draw(worlds)
    moments = [(dict(now), "Archive/")]
    for _ in range(draw(st.integers(1, 4))):
        for path in draw(st.lists(st.sampled_from(sorted(now)), max_size=3)):
            if len(now) > 1:
                now.pop(path, None)
        now |= draw(st.dictionaries(paths, links, max_size=3))
        for path in draw(st.lists(st.sampled_from(sorted(now)), max_size=2)):
            now[path] = draw(links)
        moments.append((dict(now), draw(st.sampled_from(["Archive/", "Archive/", "Archive/", "a/"]))))
    return moments


@given(several())
@settings(max_examples=200, deadline=None)
def test_an_update_gives_what_a_new_look_gives(moments: list[tuple[World, str]]) -> None:
    shelf = Shelf()
    before: World | None = None
    for stamp, (now, folder) in enumerate(moments):
        snapshot = replace(world(now), memory=shelf, text_stamp=str(stamp))
        if before is not None:
            snapshot = replace(snapshot, since=since(str(stamp - 1), before, now))
        fresh = everything(silent(world(now), folder))

        assert everything(silent(snapshot, folder)) == fresh
        assert everything(silent(snapshot, folder)) == fresh, "and so it is remembered"
        before = now


VAULT: World = {
    "Home.md": (link("Ideas"), link("x/Other"), link("Nowhere")),
    "Ideas.md": (link("Home"),),
    "deep/Note.md": (link("nowhere"), link("../Home"), link("Ideas.md", "uri")),
    "x/Other.md": (),
}


@pytest.mark.parametrize(
    ("changes", "looked_up"),
    [
        pytest.param({}, set(), id="nothing changed"),
        pytest.param({"Ideas.md": (link("x/Other"), link("Nobody"))}, {"x/Other", "Nobody"}, id="other links"),
        pytest.param({"New.md": (link("Ideas"),)}, {"Ideas"}, id="a note that nobody looked for"),
        pytest.param(
            {"Nowhere.md": ()},
            {"Ideas", "x/Other", "Nowhere", "nowhere", "../Home", "Ideas.md"},
            id="one that was missed",
        ),
        pytest.param({"x/Other.md": None}, {"Ideas", "x/Other", "Nowhere"}, id="one that was linked is gone"),
        pytest.param({"deep/Note.md": None}, set(), id="one that nobody linked is gone"),
    ],
)
def test_only_what_can_mean_something_else_is_looked_up(
    changes: dict[str, tuple[Link, ...] | None], looked_up: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, now = Shelf(), {**VAULT, **{path: row for path, row in changes.items() if row is not None}}
    for path, row in changes.items():
        if row is None:
            del now[path]
    build_graph(replace(world(VAULT), memory=shelf, text_stamp="a"))
    asked: set[str] = set()
    real = FileIndex.meaning

    def watched(self: FileIndex, text: str) -> object:
        asked.add(text)
        return real(self, text)

    monkeypatch.setattr(FileIndex, "meaning", watched)
    build_graph(replace(world(now), memory=shelf, text_stamp="b", since=since("a", VAULT, now)))

    assert asked == looked_up


def test_who_holds_groups_together_is_worked_out_again_only_where_links_changed() -> None:
    shelf = Shelf()
    build_graph(replace(world(VAULT), memory=shelf, text_stamp="a")).bridges()
    known = shelf.kept["pieces"]
    now = {**VAULT, "Ideas.md": (link("Home"), link("Home", line=7))}
    build_graph(replace(world(now), memory=shelf, text_stamp="b", since=since("a", VAULT, now))).bridges()
    assert shelf.kept["pieces"] is known
    now = {**VAULT, "Ideas.md": ()}
    build_graph(replace(world(now), memory=shelf, text_stamp="c", since=since("b", VAULT, now))).bridges()
    assert shelf.kept["pieces"] is not known

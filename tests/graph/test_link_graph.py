"""What the graph says of notes, canvases and the whole vault."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.graph import reference
from tests.graph.worlds import link, snapshots, sources_of, world
from vaultprune.graph import LinkGraph, ResolvedLink, UnresolvedLink, build_graph
from vaultprune.model import BACKLINK_KINDS, Link, LinkKind, NotePath, Snapshot


def graph(silent: tuple[str, ...] = (), **files: tuple[str | Link, ...]) -> LinkGraph:
    """A vault of notes named by the keywords."""
    return build_graph(world({f"{name}.md": links for name, links in files.items()}), silent=notes(*silent))


def notes(*names: str) -> tuple[NotePath, ...]:
    return tuple(NotePath(f"{name}.md") for name in names)


def note(name: str) -> NotePath:
    return NotePath(f"{name}.md")


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind) for kind in sorted(BACKLINK_KINDS - {"canvas"})])
def test_a_link_that_the_app_counts_is_a_backlink(kind: LinkKind) -> None:
    linked = graph(a=(link("b", kind),), b=())

    assert linked.backlinks(note("b")) == notes("a")
    assert list(linked.backlink_ids(1)) == [0]
    assert linked.outgoing(note("a")) == 1


@pytest.mark.parametrize("kind", ["reference", "uri", "html", "mention"])
def test_a_weaker_kind_is_a_soft_mention_and_no_backlink(kind: LinkKind) -> None:
    linked = graph(a=(link("b", kind),), b=())

    assert linked.backlinks(note("b")) == ()
    assert linked.soft_mentions(note("b")) == notes("a")
    assert linked.is_orphan(note("b"))
    assert linked.is_dead_end(note("a"))
    assert linked.links_of(note("a")) == (ResolvedLink(link("b", kind), note("b")),)


@pytest.mark.parametrize(
    "linked",
    [
        pytest.param(graph(a=("b", link("b", "uri")), b=()), id="a source that links as well"),
        pytest.param(graph(a=(), b=(link("b", "uri"),)), id="the note itself"),
        pytest.param(graph(a=(link("b", "uri"),), b=(), silent=("a",)), id="a silent source"),
        pytest.param(graph(a=(link("c", "uri"),), b=()), id="a mention of something else"),
    ],
)
def test_no_soft_mention_comes_of(linked: LinkGraph) -> None:
    assert linked.soft_mentions(note("b")) == ()


@pytest.mark.parametrize(
    "linked",
    [
        pytest.param(graph(a=(), b=("b", "")), id="a link to itself"),
        pytest.param(graph(a=("b",), b=(), silent=("a",)), id="a silent source"),
        pytest.param(graph(a=("c",), b=()), id="a link elsewhere"),
    ],
)
def test_no_backlink_comes_of(linked: LinkGraph) -> None:
    assert linked.backlinks(note("b")) == ()
    assert linked.is_orphan(note("b"))


def test_backlinks_are_sources_in_path_order_with_canvases_among_them() -> None:
    linked = build_graph(world({"a.canvas": ["n.md", "n.md"], "b.md": ["n", "n"], "n.md": ["n"], "z.md": ["n"]}))

    assert linked.backlinks(note("n")) == ("a.canvas", "b.md", "z.md")
    assert list(linked.backlink_ids(linked.ids[note("n")])) == [0, 2, 3]
    assert linked.sources == ("b.md", "n.md", "z.md", "a.canvas")


def test_every_occurrence_is_listed_in_order_and_every_kind() -> None:
    links = (link("b", line=3), link("", line=4), link("p.png", "embed", 5), link("gone", line=6), link("b", "uri", 7))
    linked = build_graph(world({"a.md": links, "b.md": (), "p.png": ()}))

    assert [(found.link.line, found.target) for found in linked.links_of(note("a"))] == [
        (3, "b.md"),
        (4, "a.md"),
        (5, "p.png"),
        (6, None),
        (7, "b.md"),
    ]
    assert linked.links_of(NotePath("p.png")) == ()


def test_a_canvas_and_an_attachment_can_be_asked_about_like_a_note() -> None:
    linked = build_graph(world({"b.canvas": ["n.md", "p.png"], "n.md": (), "p.png": ()}))

    assert linked.backlinks(NotePath("p.png")) == ("b.canvas",)
    assert linked.outgoing(NotePath("b.canvas")) == 2
    assert linked.note_targets(NotePath("b.canvas")) == ("n.md",)
    assert linked.outgoing(NotePath("p.png")) == 0
    assert linked.note_targets(NotePath("p.png")) == ()
    assert linked.is_orphan(NotePath("b.canvas"))


def test_an_ambiguous_link_counts_for_all_that_tie() -> None:
    linked = build_graph(world({"a/n.md": (), "b/n.md": (), "long/n.md": (), "x.md": ["n"]}))

    tied = (NotePath("a/n.md"), NotePath("b/n.md"))
    assert linked.links_of(note("x")) == (ResolvedLink(link("n"), tied[0], tied),)
    assert [linked.backlinks(path) for path in tied] == [("x.md",), ("x.md",)]
    assert linked.outgoing(note("x")) == 2
    assert [path for path in linked.files if linked.is_tied(path)] == [*tied]
    assert linked.is_orphan(NotePath("long/n.md"))


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        pytest.param((), 0, id="nothing"),
        pytest.param(("b", "b.md", "c"), 2, id="notes, each once"),
        pytest.param(("a", ""), 0, id="not itself"),
        pytest.param(("gone", "Gone", "other"), 2, id="what is unresolved, each once whatever its case"),
        pytest.param((link("b", "reference"), link("gone", "html")), 0, id="not the weaker kinds"),
        pytest.param(("p.png",), 1, id="an attachment"),
    ],
)
def test_outgoing_is_how_many_it_links_to(links: tuple[str | Link, ...], expected: int) -> None:
    linked = build_graph(world({"a.md": links, "b.md": (), "c.md": (), "p.png": ()}))

    assert linked.outgoing(note("a")) == expected
    assert linked.is_dead_end(note("a")) is (expected == 0)


def test_isolated_is_orphan_and_dead_end() -> None:
    linked = graph(a=("b",), b=(), c=())

    assert [linked.is_isolated(note(name)) for name in "abc"] == [False, False, True]


def test_a_silent_note_still_has_its_links() -> None:
    linked = graph(a=("b", "gone"), b=("a",), silent=("a",))

    assert [found.target for found in linked.links_of(note("a"))] == ["b.md", None]
    assert linked.outgoing(note("a")) == 2
    assert linked.backlinks(note("a")) == notes("b")


def test_backlink_occurrences_are_every_link_that_makes_one() -> None:
    linked = graph(a=(link("b", line=2), link("c", line=3), link("B", "embed", 4), link("b", "uri", 5)), b=("b",), c=())

    assert [(source, each.line) for source, each in linked.backlink_occurrences(note("b"))] == [
        ("a.md", 2),
        ("a.md", 4),
    ]


def test_what_is_unresolved_is_told_once_with_its_sources() -> None:
    linked = graph(
        a=(link("Not there", "markdown"), "x", "not there"),
        b=("NOT THERE", "a"),
        c=(link("y", "uri"), "x"),
        silent=("c",),
    )

    assert linked.unresolved() == (
        UnresolvedLink("Not there", notes("a", "b"), 3),
        UnresolvedLink("x", notes("a", "c"), 2),
    )


def test_unresolved_texts_are_as_written_and_compared_as_looked_up() -> None:
    encoded = Link("My%20Note.md", "markdown", 1, "My Note.md")
    linked = graph(a=(encoded, "my note.md"))

    assert linked.unresolved() == (UnresolvedLink("My%20Note.md", notes("a"), 2),)


def test_a_note_is_reached_by_following_links_forward() -> None:
    linked = build_graph(
        world(
            {"Home.md": ["a"], "a.md": ["b.canvas"], "b.canvas": ["c.md"], "c.md": (), "d.md": ["Home"], "e.md": ["d"]}
        )
    )

    assert linked.unreachable_from([note("Home")]) == {"d.md", "e.md"}
    assert linked.unreachable_from([note("Home"), note("e"), note("no such")]) == frozenset()
    assert linked.unreachable_from([]) == {"Home.md", "a.md", "c.md", "d.md", "e.md"}


def test_nothing_is_reached_through_a_silent_note() -> None:
    linked = graph(Home=("a",), a=("b",), b=(), silent=("a",))

    assert linked.unreachable_from(notes("Home")) == {"b.md"}


def test_a_circle_of_links_is_walked_once() -> None:
    linked = graph(a=("b",), b=("c",), c=("a",), d=("a",))

    assert linked.unreachable_from(notes("b")) == {"d.md"}


def test_a_hub_has_more_neighbours_than_nearly_all() -> None:
    names = [f"n{number:02d}" for number in range(60)]
    files = {f"{name}.md": ["hub"] if number < 12 else ["n00"] for number, name in enumerate(names)}
    linked = build_graph(world({**files, "hub.md": ["n00", "n50", "p.png", "gone"], "p.png": ()}))

    assert linked.hubs() == {"hub.md": 13, "n00.md": 49}
    assert linked.hubs(percentile=99) == {"n00.md": 49}
    assert linked.hubs(percentile=0) == {"hub.md": 13, "n00.md": 49}
    assert linked.hubs(least=14) == {"n00.md": 49}


def test_silent_notes_are_no_hubs_and_nobodys_neighbours() -> None:
    files = {f"n{number}.md": ["hub", "old"] for number in range(10)}
    linked = build_graph(world({**files, "hub.md": (), "old.md": ["hub"]}), silent=notes("old"))

    assert linked.hubs() == {"hub.md": 10}
    assert build_graph(world({})).hubs() == {}


def test_groups_hang_together_in_either_direction() -> None:
    linked = build_graph(
        world(
            {
                "a.md": ["b", "p.png", "old"],
                "b.md": (),
                "k.canvas": ["b.md", "c.md"],
                "c.md": (),
                "d.md": ["p.png", link("a", "uri")],
                "old.md": ["a", "d"],
                "p.png": (),
            }
        ),
        silent=notes("old"),
    )

    assert linked.groups() == (("a.md", "b.md", "c.md", "k.canvas"), ("d.md",))


def test_the_whole_graph_can_be_had_for_other_questions() -> None:
    snapshot = world(
        {
            "a.md": ["b", link("B", "embed", 7), "gone", "Gone", "p.png", "t.base"],
            "b.md": (),
            "k.canvas": ["b.md"],
            "p.png": (),
            "unused.png": (),
            "t.base": (),
        }
    )
    whole = build_graph(snapshot, silent=notes("b")).to_networkx()

    assert {node: about["kind"] for node, about in whole.nodes.items()} == {
        "a.md": "note",
        "b.md": "note",
        "k.canvas": "canvas",
        "[[gone]]": "unresolved",
        "p.png": "attachment",
        "t.base": "base",
    }
    assert whole.nodes["b.md"]["silent"]
    assert [(data["kind"], data["line"]) for _, _, data in whole.edges(["a.md"], data=True)][:2] == [
        ("wikilink", 1),
        ("embed", 7),
    ]
    assert whole.number_of_edges("a.md", "[[gone]]") == 2
    assert whole.number_of_edges("k.canvas", "b.md") == 1


def test_the_plain_questions_do_not_load_networkx() -> None:
    asked = (
        "import sys; from tests.graph.worlds import world; from vaultprune.graph import build_graph\n"
        "from vaultprune.graph.consequences import if_archived\n"
        "linked = build_graph(world({'a.md': ['b'], 'b.md': ()}))\n"
        "linked.hubs(), linked.groups(), linked.bridges(), linked.unresolved(), linked.unreachable_from(['a.md'])\n"
        "if_archived(linked, 'a.md', 'Archive')\n"
        "print('networkx' in sys.modules, linked.to_networkx() is not None and 'networkx' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", asked], cwd=root, capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["False", "True"]


def test_a_vault_without_anything_has_a_graph() -> None:
    empty = build_graph(world({}))

    assert (empty.unresolved(), empty.groups(), empty.bridges(), empty.unreachable_from([])) == (
        (),
        (),
        {},
        frozenset(),
    )


@given(snapshots(), st.data())
def test_backlinks_are_what_the_rules_written_out_say(snapshot: Snapshot, data: st.DataObject) -> None:
    sources = sources_of(snapshot)
    files = [file.path for file in snapshot.files]
    silent = data.draw(st.sets(st.sampled_from(sorted(sources)))) if sources else set()
    linked = build_graph(snapshot, silent=silent)

    counted = {
        source: set().union(*(reference.meant(files, each, source) for each in links if each.kind in BACKLINK_KINDS))
        - {source}
        for source, links in sources.items()
    }
    for path in files:
        expected = sorted(source for source, targets in counted.items() if path in targets and source not in silent)
        assert list(linked.backlinks(path)) == expected
        assert linked.is_orphan(path) is not bool(expected)
        assert {source for source, _ in linked.backlink_occurrences(path)} == set(expected)
        found = {target for each in linked.links_of(path) for target in (each.ambiguous or (each.target,)) if target}
        assert found == set().union(*(reference.meant(files, each, path) for each in sources.get(path, ())))

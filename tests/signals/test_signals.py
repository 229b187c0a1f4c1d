"""What each signal weighs for a few notes, and what it says of them."""

from __future__ import annotations

from datetime import date
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build import at, filler, link, note, vault
from vaultprune import words
from vaultprune.config import Config
from vaultprune.model import Base, Canvas, Change, History, Note, NotePath, Query
from vaultprune.signals import FACTS, FROM_SNAPSHOT, PLAIN, WITH_LOG, Rule, Signal, plain_rule_holds, rule_in_force
from vaultprune.signals.company import arrived_with, folder_size, written_with
from vaultprune.signals.dated import dated
from vaultprune.signals.edits import edits
from vaultprune.signals.folder import folder
from vaultprune.signals.links import backlinks, new_links, traffic
from vaultprune.signals.recency import recency
from vaultprune.vault import Vault

DOCS = Path(__file__).parents[2] / "docs" / "how-it-decides.md"


def weight(signal: Signal, world: Vault, path: str = "A.md") -> float:
    return signal.weigh(world)[world.ids[NotePath(path)]]


def says(signal: Signal, world: Vault, path: str = "A.md") -> str:
    return signal.say(world, world.ids[NotePath(path)]) or ""


def logged(**histories: tuple[str, ...]) -> Vault:
    """Notes with an edit log: name=(the day it came in, days of editing...). One commit a day."""
    days = sorted({day for each in histories.values() for day in each})
    times = [int(at(day).timestamp()) for day in days]
    changes: dict[NotePath, tuple[Change, ...]] = {}
    for this, (name, (born, *later)) in enumerate(histories.items()):
        edited = [Change(times[days.index(day)], days.index(day), "body", 1 + this) for day in sorted(later)]
        first = Change(times[days.index(born)], days.index(born), "created")
        changes[NotePath(f"{name}.md")] = (first, *edited)
    notes = [note(name, edited=None, created=None) for name in histories]
    return vault(*notes, history=History(changes, tuple(times)), config=Config(dates=("git",)))


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        pytest.param("2026-11-20", 1.0, id="today"),
        pytest.param("2026-08-22", 0.5, id="90 days ago"),
        pytest.param("2026-05-24", 0.25, id="180 days ago"),
        pytest.param("2011-01-01", 0.0, id="long ago"),
    ],
)
def test_recency_halves_every_ninety_days(edited: str, expected: float) -> None:
    assert weight(recency(1.0), vault(note("A", edited=edited), *filler())) == pytest.approx(expected, abs=1e-3)


def test_recency_of_a_note_without_a_date_is_that_of_a_typical_note() -> None:
    world = vault(
        note("A", edited=None, created=None), note("B", edited="2026-11-20"), note("C", edited="2026-08-22"), note("D")
    )

    assert weight(recency(1.0), world) == pytest.approx(0.5, abs=1e-3)
    assert says(recency(1.0), world).startswith("no date that can be believed")


def test_recency_says_what_was_seen() -> None:
    assert says(recency(1.0), vault(note("A"), *filler())) == "not edited since 2 Sep 2023, 38 months (a property)"
    lately = vault(note("A", edited="2026-11-10"), *filler())
    assert says(recency(1.0), lately) == "edited on 10 Nov 2026, 10 days ago (a property)"


@pytest.mark.parametrize(
    ("linkers", "expected"),
    [
        pytest.param([], 0.0, id="none"),
        pytest.param([note("L", links=["A"], edited="2026-11-20")], log(2), id="by name, alive"),
        pytest.param([note("L", links=["a.md"], edited="2026-11-20")], log(2), id="by file name, any case"),
        pytest.param([note("L", links=["A", "A#x", "A"], edited="2026-11-20")], log(2), id="three times, one source"),
        pytest.param([note("L", links=["A"], edited="2026-08-22")], log(1.5), id="90 days old"),
        pytest.param([note("L", links=["A"], edited="2011-01-01")], 0.0, id="dead"),
        pytest.param(
            [note("L", links=["A"], edited="2026-11-20"), note("M", links=["A"], edited="2026-11-20")], log(3), id="two"
        ),
        pytest.param([note("L", links=[link("A", "mention")], edited="2026-11-20")], 0.0, id="a weak kind"),
        pytest.param([note("Archive/L", links=["A"], edited="2026-11-20")], 0.0, id="from the archive"),
        pytest.param([note("L", links=["A"], edited="2026-11-20", more={"vaultprune-plan": "x"})], 0.0, id="our own"),
    ],
)
def test_traffic_is_the_life_in_the_sources(linkers: list[Note], expected: float) -> None:
    world = vault(note("A", links=["A"]), *linkers, *filler())

    assert weight(traffic(1.0, 90), world) == pytest.approx(expected, abs=2e-3)


def test_traffic_says_whose_life_it_is() -> None:
    quiet = vault(note("A"), note("L", links=["A"], edited="2024-03-14"), *filler())
    alive = vault(note("A"), note("L", links=["A"], edited="2026-11-17"), *filler())

    assert says(traffic(1.0, 90), quiet) == "1 backlink, worth little: its source is quiet since 14 Mar 2024"
    assert says(traffic(1.0, 90), alive) == "1 backlink, the liveliest from L, written to 3 days ago"
    assert says(traffic(1.0, 90), vault(note("A"), *filler())) == "no other note links here"


def test_a_canvas_votes_like_a_typical_note() -> None:
    board = Canvas(NotePath("Board.canvas"), links=(link("A.md", "canvas"),))
    world = vault(note("A"), note("B", edited="2026-11-20"), note("C", edited="2026-08-22"), canvases=[board])

    assert weight(traffic(1.0, 90), world) == pytest.approx(log(1.5), abs=2e-3)


@pytest.mark.parametrize(("sources", "expected"), [(0, 0.0), (1, log(2)), (3, log(4))])
def test_backlinks_count_sources(sources: int, expected: float) -> None:
    linkers = [note(f"L{i}", links=["A", "A"]) for i in range(sources)]

    assert weight(backlinks(1.0), vault(note("A"), *linkers)) == pytest.approx(expected)


def test_the_folder_counts_the_others_in_it() -> None:
    world = vault(
        note("x/A", edited="2011-01-01"),
        note("x/B", edited="2026-11-20"),
        note("x/C", edited="2026-08-22"),
        note("x/deep/D", edited="2026-11-20"),
        note("alone/E", edited="2026-11-20"),
    )

    assert weight(folder(1.0), world, "x/A.md") == pytest.approx(0.75, abs=2e-3)
    assert weight(folder(1.0), world, "x/B.md") == pytest.approx(0.25, abs=2e-3)
    assert weight(folder(1.0), world, "alone/E.md") == 0.0
    assert says(folder(1.0), world, "x/A.md") == "the notes around it in x/ are active"
    assert says(folder(1.0), world, "alone/E.md") == "it is alone in alone/"


def test_company_on_the_day_and_in_the_folder() -> None:
    world = vault(
        *(note(f"x/N{i}", edited="2024-01-01") for i in range(5)),
        note("A", edited="2026-11-01"),
        note("B", edited=None, created=None),
    )

    assert weight(written_with(1.0), world, "x/N1.md") == pytest.approx(log(5))
    assert weight(written_with(1.0), world) == 0.0
    assert weight(written_with(1.0), world, "B.md") == 0.0, "what has no date shares it with nobody"
    assert weight(folder_size(1.0), world, "x/N1.md") == pytest.approx(log(5))
    assert weight(folder_size(1.0), world) == pytest.approx(log(2))
    assert says(written_with(1.0), world, "x/N1.md") == "4 other notes were written on the same day"
    assert says(folder_size(1.0), world, "x/N1.md") == "one of 5 notes in x/"


def test_three_hundred_are_as_good_as_a_thousand() -> None:
    world = vault(*(note(f"x/N{i}", edited="2024-01-01") for i in range(400)))

    assert weight(written_with(1.0), world, "x/N1.md") == pytest.approx(log(300))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2024-07-21 Talk", 1.0),
        ("20240721 Talk", 1.0),
        ("2024-W29 plan", 1.0),
        ("21-07-2024 x", 1.0),
        ("A", 0.0),
        ("42 ideas", 0.0),
    ],
)
def test_a_name_that_begins_with_a_date(name: str, expected: float) -> None:
    assert weight(dated(1.0), vault(note(f"x/{name}")), f"x/{name}.md") == expected


def test_edits_count_days_and_older_ones_less() -> None:
    world = logged(
        A=("2024-01-01", "2026-11-20"),
        B=("2024-01-01", "2025-11-20"),
        C=("2024-01-01", "2026-11-20", "2025-11-20"),
        D=("2025-11-20",),
    )
    born = 0.5 ** ((date(2026, 11, 20) - date(2024, 1, 1)).days / 365)

    assert weight(edits(1.0), world) == pytest.approx(log(2 + born), abs=1e-3)
    assert weight(edits(1.0), world, "B.md") == pytest.approx(log(1.5 + born), abs=1e-3)
    assert weight(edits(1.0), world, "C.md") == pytest.approx(log(2.5 + born), abs=1e-3)
    assert weight(edits(1.0), world, "D.md") == pytest.approx(log(1.5), abs=1e-3), "making it counts as a day"


def test_new_links_count_when_a_person_adds_them_to_a_settled_note() -> None:
    first, later, now = (int(at(day).timestamp()) for day in ("2024-01-01", "2025-11-20", "2026-11-20"))
    changes = {
        NotePath("A.md"): (Change(first, 0, "created"),),
        NotePath("B.md"): (Change(first, 0, "created", 0, ("a",)), Change(now, 2, "body", 1, ("a",))),
        NotePath("C.md"): (Change(later, 1, "created", 0, ("a", "b")), Change(now, 2, "links", 2, ())),
        NotePath("D.md"): (Change(now, 2, "created", 0, (*(f"n{i}" for i in range(30)), "b")),),
    }
    notes = [note(name, edited=None, created=None) for name in "ABCD"]
    world = vault(*notes, history=History(changes, (first, later, now)), config=Config(dates=("git",)))

    assert weight(new_links(1.0), world) == pytest.approx(log(2.5), abs=1e-3), "a year ago counts half"
    assert weight(new_links(1.0), world, "B.md") == pytest.approx(log(1.5), abs=1e-3), "a list of 31 is no connection"
    assert weight(new_links(1.0), world, "C.md") == 0.0
    assert says(new_links(1.0), world) == "linked to anew 2 times, last on 20 Nov 2026"


def test_edits_say_how_often() -> None:
    world = logged(A=("2021-01-01", "2022-03-04", "2023-09-02"), B=("2021-01-01",))

    assert says(edits(1.0), world) == "not edited since 2 Sep 2023, 38 months (git); edited on 3 days in all"


def test_arrival_is_the_day_of_the_first_commit() -> None:
    world = logged(A=("2024-01-01",), B=("2024-01-01",), C=("2024-02-01",))

    assert weight(arrived_with(1.0), world) == pytest.approx(log(2))
    assert weight(arrived_with(1.0), world, "C.md") == 0.0
    assert says(arrived_with(1.0), world) == "it came into git together with 1 other note"


def test_the_vaults_own_rate_is_drawn_towards_one_in_five() -> None:
    assert logged(A=("2026-11-01",)).own_rate == pytest.approx(log(0.2 / 0.8)), "nothing is old enough to tell"
    busy = {f"N{i:02d}": ("2024-01-01", "2026-11-01") for i in range(20)}
    assert logged(**busy).own_rate == pytest.approx(log(24 / 16))


@pytest.mark.parametrize(
    ("about", "linked", "holds"),
    [
        pytest.param("2026-05-23", False, True, id="181 days, no backlinks"),
        pytest.param("2026-05-24", False, False, id="180 days"),
        pytest.param("2020-01-01", True, False, id="linked"),
        pytest.param(None, False, False, id="no date"),
    ],
)
def test_the_plain_rule(about: str | None, linked: bool, holds: bool) -> None:
    linker = note("L", links=["A"] if linked else [])
    world = vault(note("A", edited=about, created=about), linker)

    assert plain_rule_holds(world, world.ids[NotePath("A.md")]) is holds


@pytest.mark.parametrize(
    ("name", "has_log", "rule"),
    [("balanced", True, WITH_LOG), ("balanced", False, FROM_SNAPSHOT), ("plain", True, PLAIN), ("plain", False, PLAIN)],
)
def test_which_rule_is_in_force(name: str, has_log: bool, rule: Rule) -> None:
    assert rule_in_force(name, has_log) is rule


def facts(world: Vault, path: str = "A.md") -> dict[str, str]:
    number = world.ids[NotePath(path)]
    return {fact.code: text for fact in FACTS if (text := fact.say(world, number)) is not None}


@pytest.mark.parametrize(
    ("code", "world", "expected"),
    [
        pytest.param("isolated", vault(note("A")), True, id="isolated speaks"),
        pytest.param(
            "isolated", vault(note("A", links=["Nowhere"])), False, id="isolated: an unresolved link is a link"
        ),
        pytest.param("orphan", vault(note("A", links=["B"]), note("B")), True, id="orphan speaks"),
        pytest.param(
            "orphan", vault(note("A", links=["A"])), False, id="orphan: a self link makes it no less isolated"
        ),
        pytest.param("dead-end", vault(note("A"), note("B", links=["A"])), True, id="dead end speaks"),
        pytest.param("dead-end", vault(note("A", links=["B"]), note("B", links=["A"])), False, id="dead end silent"),
        pytest.param("empty", vault(note("A", words=0)), True, id="empty speaks"),
        pytest.param("empty", vault(note("A", words=1)), False, id="empty silent"),
        pytest.param("template", vault(note("A", text="x"), note("Templates/T", text="x")), True, id="template speaks"),
        pytest.param(
            "template", vault(note("A", text="y"), note("Templates/T", text="x")), False, id="template silent"
        ),
        pytest.param("mention", vault(note("A"), note("B", links=[link("A", "uri")])), True, id="mention speaks"),
        pytest.param("mention", vault(note("A"), note("B", links=["A"])), False, id="mention: a real link is more"),
    ],
)
def test_a_fact(code: str, world: Vault, expected: bool) -> None:
    assert (code in facts(world)) is expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(Query("dataview", folders=("Ideas",)), True, id="its folder"),
        pytest.param(Query("dataview", folders=("ideas/deep",)), False, id="a folder below"),
        pytest.param(Query("dataview", folders=("Id",)), False, id="the beginning of a name"),
        pytest.param(Query("dataview", tags=("#book",)), True, id="its tag"),
        pytest.param(Query("dataview", tags=("book/novel",)), True, id="its nested tag"),
        pytest.param(Query("dataview", tags=("novel",)), False, id="a segment on the right"),
    ],
)
def test_a_query_may_list_a_note(query: Query, expected: bool) -> None:
    shown = note("Ideas/A", tags=["book/novel"])
    by_note = vault(shown, note("Dashboard", queries=[query]))
    by_base = vault(shown, bases=[Base(NotePath("Shelf.base"), query)])

    assert ("query" in facts(by_note, "Ideas/A.md")) is expected
    assert ("query" in facts(by_base, "Ideas/A.md")) is expected


spelt = st.sampled_from(["a", "A/b", "/a/", "a/b.md", "a/b", "b", "", "#b", "b/"])
named = st.lists(spelt, max_size=2).map(tuple)


def names(query: Query, one: Note) -> bool:
    """Whether a query names a note, put down as one would say it."""
    path = one.path.lower()
    tags = {wanted.strip("#/").lower() for wanted in query.tags}
    return (
        any(path.startswith(folder.strip("/").lower() + "/") for folder in query.folders)
        or path.removesuffix(".md") in {folder.lower() for folder in query.folders}
        or any(tag.lower() == wanted or tag.lower().startswith(wanted + "/") for tag in one.tags for wanted in tags)
    )


@given(
    st.lists(st.builds(Query, st.sampled_from(["dataview", "tasks"]), named, named), max_size=4),
    st.sampled_from(["a.md", "a/b.md", "A/B/c.md", "b/a.md"]),
    st.lists(st.sampled_from(["a", "b", "B/a", "a/b/a", "ab"]), max_size=2),
)
@settings(deadline=None)
def test_the_first_query_that_names_a_note_is_told(queries: list[Query], path: str, tags: list[str]) -> None:
    one = note(path, tags=tags)
    asking = [note(f"z/{place}", queries=[query]) for place, query in enumerate(queries)]
    first = next((place for place, query in enumerate(queries) if names(query, one)), None)

    told = facts(vault(one, *asking), path).get("query")
    if first is None:
        assert told is None
    else:
        assert told == f"may be listed by a {queries[first].language} query in {words.name(f'z/{first}.md')}"


def test_what_the_index_does_not_reach() -> None:

    world = vault(
        note("Index", links=["B"]),
        note("B", links=["C"]),
        note("C"),
        note("A", links=["B"]),
        config=Config(dates=("property",), index_notes=("Index",)),
    )

    assert facts(world)["unreachable"] == "not reachable from Index"
    assert "unreachable" not in facts(world, "C.md")


def test_every_signal_and_fact_has_its_entry_in_the_docs() -> None:
    text = DOCS.read_text(encoding="utf-8")
    codes = {signal.code for rule in (WITH_LOG, FROM_SNAPSHOT, PLAIN) for signal in rule.signals}
    codes |= {fact.code for fact in FACTS} | {"base-rate"}

    assert [code for code in sorted(codes) if f"`{code}`" not in text] == []

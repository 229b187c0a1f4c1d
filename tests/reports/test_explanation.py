from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import filler, note, vault
from vaultprune.config import Config
from vaultprune.model import Held, NotePath, Query
from vaultprune.reports.explain_text import _held, around, explain_text, in_tenths
from vaultprune.reports.explanation import explanation
from vaultprune.reports.page import View
from vaultprune.vault import Vault
from vaultprune.verdict import judge
from vaultprune.words import width


def page(world: Vault, path: str) -> str:
    return explain_text(judge(world), world.ids[NotePath(path)], lambda _path, _line: None, View())


@given(st.lists(st.floats(-9, 9) | st.just(0.0), max_size=12))
def test_tenths_add_up_and_are_never_far_off(weights: list[float]) -> None:
    tenths = in_tenths(weights)

    assert sum(tenths) == round(sum(weights) * 10)
    assert all(abs(shown - weight * 10) <= 1 for shown, weight in zip(tenths, weights, strict=True))
    assert all(shown == 0 for shown, weight in zip(tenths, weights, strict=True) if weight == 0)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        pytest.param("  short  line with [[X]] ", "short line with [[X]]", id="a short line, whole"),
        pytest.param("[[X]] " + "and " * 30, "[[X]] and and and and and and and and...", id="the end cut"),
        pytest.param("word " * 30 + "[[X]]", "...word word [[X]]", id="the beginning cut"),
        pytest.param("\x1b[31m [[X]]", "\\x1b[31m [[X]]", id="made safe"),
    ],
)
def test_the_words_around_a_link_are_shown(line: str, shown: str) -> None:
    assert around(line, "X", 40) == shown


@given(st.text(max_size=300), st.integers(20, 60))
def test_the_words_around_a_link_fit(line: str, columns: int) -> None:
    assert width(around(line + "[[X]]" + line, "X", columns)) <= columns


@pytest.mark.parametrize(
    ("held", "says"),
    [
        pytest.param([Held("open-task", "an open task (line 8)")], "Protected by an open task (line 8)", id="by"),
        pytest.param([Held("template", "a template")], "Protected as a template", id="as"),
        pytest.param([Held("decision", "you keep it: exam")], "Protected: you keep it: exam", id="a sentence"),
        pytest.param([Held("conflict-copy", "it has an unmerged copy, X 2")], "Protected: it has an", id="it has"),
    ],
)
def test_how_a_note_is_protected_reads_well(held: list[Held], says: str) -> None:
    assert _held(held).startswith(says)
    assert _held(held).endswith("; without that")
    assert _held([*held, Held("hub", "a hub")]).endswith(", and by 1 more rule; without them")


def test_the_statuses_in_force_are_looked_for_and_named_as_a_way_out() -> None:
    world = vault(note("Alpha"), *filler(), config=Config(dates=("property",), protect=("evergreen", "reference")))

    out = page(world, "Alpha.md")

    assert "nothing. Looked for: status evergreen or reference, a keep of\n" in out
    assert "  status evergreen or reference in its properties\n" in out


@pytest.mark.parametrize(
    ("queries", "says"),
    [
        pytest.param([Query("dataview")], "whether your dataview query lists it", id="one"),
        pytest.param(
            [Query("dataview")] * 14, "whether one of your 14 dataview queries lists it", id="many of one kind"
        ),
        pytest.param(
            [Query("dataview"), Query("tasks")] * 2,
            "whether one of your 4 queries (2 dataview and 2 tasks) lists it",
            id="of several kinds",
        ),
        pytest.param([], None, id="none"),
    ],
)
def test_what_could_not_be_told_is_told(queries: list[Query], says: str | None) -> None:
    world = vault(note("Alpha"), note("Board", queries=queries))

    assert explanation(judge(world), world.ids[NotePath("Alpha.md")]).could_not_tell == says


def test_a_note_that_leaves_an_orphan_behind_says_so() -> None:
    world = vault(note("Alpha", links=["Beta"]), note("Beta"), *filler())

    assert "If it were set aside\n  Beta becomes an orphan\n" in page(world, "Alpha.md")


def test_many_backlinks_are_cut_with_the_option_that_shows_the_rest() -> None:
    world = vault(note("Alpha"), *(note(f"Source {number}", links=["Alpha"]) for number in range(9)))

    out = page(world, "Alpha.md")

    assert out.count(", line 1\n") == 5
    assert "  ... and 4 more: --limit 9\n" in out


def test_a_note_whose_name_would_be_an_option_is_named_by_its_path() -> None:
    assert 'vaultprune keep "/-x.md"\n' in page(vault(note("-x"), *filler()), "-x.md")

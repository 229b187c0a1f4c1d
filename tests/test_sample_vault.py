"""The sample vault as its own texts say: every note with its verdict, orphans by name, links as the app reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.build import at
from tests.sample_expectations import AMBIGUOUS, DEAD_ENDS, EXPECTED, ISOLATED, LINKS, ORPHANS, PROBLEMS
from vaultprune.model import NotePath
from vaultprune.reading import read_config, read_vault
from vaultprune.vault import open_vault
from vaultprune.verdict import Judgement, Verdict, judge

SAMPLE = Path(__file__).parents[1] / "sample_vault"


@cache
def judgement() -> Judgement:
    config = read_config(SAMPLE, {})
    return judge(open_vault(read_vault(SAMPLE, config, at("2026-11-20")), config))


@cache
def verdicts() -> dict[str, Verdict]:
    return {verdict.path: verdict for verdict in judgement()}


def test_the_expectations_cover_the_vault() -> None:
    assert sorted(verdicts()) == sorted(EXPECTED)


@pytest.mark.parametrize("path", sorted(EXPECTED))
def test_a_note_becomes_what_it_says_of_itself(path: str) -> None:
    expected, why = EXPECTED[path]
    verdict = verdicts()[path]

    assert verdict.word == expected
    if expected == "protected":
        assert why in [held.code for held in verdict.protections]


@pytest.mark.parametrize(
    ("named", "expected"),
    [("orphan", ORPHANS), ("isolated", ISOLATED), ("dead_end", DEAD_ENDS)],
    ids=["orphans", "isolated", "dead ends"],
)
def test_notes_without_links_by_name(named: str, expected: set[str]) -> None:
    assert {path for path, verdict in verdicts().items() if getattr(verdict, named)} == set(expected)


@pytest.mark.parametrize("path", sorted(LINKS))
def test_links_are_those_that_the_app_would_read(path: str) -> None:
    found = judgement().vault.graph.links_of(NotePath(path))

    assert [(each.link.kind, each.link.text, each.target) for each in found] == LINKS[path]


def test_the_two_of_the_same_name_are_ambiguous() -> None:
    graph = judgement().vault.graph
    tied = {each.ambiguous for note in judgement().vault.notes for each in graph.links_of(note.path) if each.ambiguous}

    assert tied == {AMBIGUOUS}


def test_what_is_odd_is_told() -> None:
    told = {problem.path: problem.what for problem in judgement().vault.snapshot.problems}

    assert set(told) == {path for path, _ in PROBLEMS}
    assert all(word in told[NotePath(path)] for path, word in PROBLEMS)

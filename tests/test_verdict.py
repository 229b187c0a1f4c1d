"""Every note gets exactly one verdict, with reasons that add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from math import fsum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build import filler, note, vault
from vaultprune.config import Budget, Config
from vaultprune.model import Note
from vaultprune.signals import Rule, Signal
from vaultprune.verdict import Judgement, Verdict, chance, judge


def config(**more: Any) -> Config:
    return Config(dates=("property",), **more)


def quiet(number: int) -> list[Note]:
    """Notes that nothing links to and nobody edits, each from a day of its own."""
    days = [str(date(2016, 1, 1) + timedelta(days=100 * this)) for this in range(number)]
    return [note(f"Quiet/Q{this:02d}", edited=day, created=day) for this, day in enumerate(days)]


def judged(*notes: Note, budget: int | None = None, **settings: Any) -> Judgement:
    if budget is not None:
        settings["budget"] = Budget(budget, chosen=True)
    return judge(vault(*notes, config=config(**settings)))


def of(judgement: Judgement, path: str) -> Verdict:
    return judgement.of(judgement.vault.ids[path])  # type: ignore[index]


def by(name: str, value: Callable[[Note], float]) -> Rule:
    """A made-up rule with a single term."""
    signal = Signal(name, lambda world: [value(each) for each in world.notes], lambda world, number: "made up")
    return Rule("balanced", (signal,), base=0.0, slope=1.0)


def test_the_weakest_are_suggested_within_the_budget() -> None:
    judgement = judged(*quiet(8), *filler(40))

    suggested = [judgement.vault.notes[number].path for number in judgement.suggested()]
    assert suggested == ["Quiet/Q00.md", "Quiet/Q01.md", "Quiet/Q02.md", "Quiet/Q03.md"], "a tenth of 48"
    assert of(judgement, "Quiet/Q04.md").word == "watch"
    assert of(judgement, "Quiet/Q04.md").why_not_now == "beyond the budget"
    assert of(judgement, "Filler/F30.md").word == "keep"


@pytest.mark.parametrize(
    ("unprotected", "budget", "allowed"),
    [
        pytest.param(500, Budget(), 10, id="ten at most"),
        pytest.param(48, Budget(), 4, id="a tenth at most"),
        pytest.param(9, Budget(), 0, id="nothing in a tiny vault"),
        pytest.param(48, Budget(10, chosen=True), 10, id="a number that was chosen is taken as it is"),
        pytest.param(500, Budget(None, 0.05, chosen=True), 25, id="a share"),
        pytest.param(48, Budget(0, chosen=True), 0, id="none"),
    ],
)
def test_the_budget(unprotected: int, budget: Budget, allowed: int) -> None:
    assert budget.of(unprotected) == allowed


@pytest.mark.parametrize(
    ("about", "why"),
    [
        pytest.param({"edited": "2026-08-23"}, "edited within the last 90 days", id="89 days"),
        pytest.param({"edited": "2026-08-22"}, "edited within the last 90 days", id="90 days"),
        pytest.param({"edited": "2026-08-21"}, None, id="91 days"),
    ],
)
def test_an_edit_buys_ninety_days(about: dict[str, str], why: str | None) -> None:
    last = note("A", created="2020-01-01", **about)  # type: ignore[arg-type]
    rule = by("made", lambda each: -1.0 if each.path == "A.md" else 0.0)
    judgement = judge(vault(last, *filler(19), config=config(budget=Budget(1, chosen=True))), rule=rule)

    assert of(judgement, "A.md").why_not_now == why


def test_a_note_of_the_last_sixty_days_is_in_grace() -> None:
    rule = by("made", lambda each: -1.0 if each.path == "A.md" else 0.0)
    young = note("A", created="2026-09-30", edited="2026-09-30")
    judgement = judge(vault(young, *filler(19), config=config(budget=Budget(1, chosen=True))), rule=rule)

    assert of(judgement, "A.md").why_not_now == "not older than 60 days"
    assert of(judgement, "A.md").rank == 1, "rank orders all unprotected notes, in grace or not"


def test_a_note_without_a_date_is_not_suggested() -> None:
    rule = by("made", lambda each: -1.0 if each.path == "A.md" else 0.0)
    judgement = judge(vault(note("A", edited=None, created=None), *filler(30)), rule=rule)

    assert of(judgement, "A.md").word == "watch"
    assert of(judgement, "A.md").why_not_now == "its date cannot be trusted"
    assert of(judgement, "A.md").confidence == 0.0


def test_nothing_is_suggested_where_the_dates_say_nothing() -> None:
    undated = [note(f"N{i:02d}", edited=None, created=None) for i in range(40)]
    judgement = judged(*undated)

    assert judgement.vault.evidence.abstains
    assert judgement.suggested() == ()
    assert judgement.counts["archive"] == 0
    assert sorted(judgement.ranks.values()) == list(range(1, 41)), "ranks are given all the same"


def test_confidence_can_be_asked_for() -> None:
    assert judged(*quiet(8), *filler(40), min_confidence=0.99).suggested() == ()


def test_a_protected_note_says_what_it_would_have_been() -> None:
    judgement = judged(note("A", edited="2020-01-01", open_tasks=[8]), *quiet(8), *filler(40), budget=12)
    verdict = of(judgement, "A.md")

    assert (verdict.word, verdict.rank) == ("protected", None)
    assert verdict.would_be == "archive"
    assert [held.says for held in verdict.protections] == ["an open task (line 8)"]
    assert "A.md" not in [judgement.vault.notes[number].path for number in judgement.order]


def test_a_protected_note_in_use_would_have_been_kept() -> None:
    judgement = judged(note("A", edited="2026-11-19", open_tasks=[8]), *quiet(8), *filler(40))

    assert of(judgement, "A.md").would_be == "keep"


def test_a_link_from_a_live_note_is_worth_more_than_one_from_a_quiet_note() -> None:
    judgement = judged(
        note("Alive", edited="2026-11-19", links=["A"]),
        note("Asleep", edited="2021-01-01", links=["B"]),
        note("A"),
        note("B"),
        note("C"),
        *filler(20),
    )

    assert of(judgement, "A.md").score > of(judgement, "B.md").score > of(judgement, "C.md").score
    assert of(judgement, "A.md").traffic > 0.9
    assert of(judgement, "B.md").traffic < 0.01


def test_the_archive_does_not_vote() -> None:
    judgement = judged(
        note("Archive/Old", edited="2026-11-19", links=["A"]),
        note("A"),
        note("B"),
        note("Review", edited="2026-11-19", links=["B"], more={"vaultprune-plan": "7f3a91c2"}),
        *filler(20),
    )

    assert of(judgement, "A.md").backlinks == 0
    assert of(judgement, "A.md").orphan
    assert of(judgement, "B.md").backlinks == 0, "nor does a note that the program wrote"
    assert "Archive/Old.md" not in [verdict.path for verdict in judgement]
    assert of(judgement, "Review.md").word == "protected"


def test_the_plain_rule_can_be_checked_by_hand() -> None:
    judgement = judged(
        note("Linked", edited="2020-01-01"),
        note("Orphan", edited="2020-01-01", links=["Linked"]),
        note("Lately", edited="2026-06-01"),
        note("Older", edited="2019-01-01"),
        *filler(30),
        rule="plain",
        budget=1,
    )

    assert of(judgement, "Older.md").word == "archive", "the longest quiet comes first"
    assert of(judgement, "Orphan.md").word == "watch"
    assert of(judgement, "Lately.md").word == "keep", "172 days"
    assert of(judgement, "Linked.md").word == "keep"


def test_reasons_name_the_typical_note_and_every_term() -> None:
    reasons = of(judged(*quiet(8), *filler(40)), "Quiet/Q00.md").reasons

    assert reasons[0].code == "base-rate"
    assert reasons[0].says == "a typical note of this vault"
    assert {"recency", "traffic", "isolated"} <= {reason.code for reason in reasons}
    assert [reason.weight for reason in reasons if reason.code == "isolated"] == [0.0]


names = st.integers(0, 11).map(lambda number: f"N{number:02d}")
notes = st.builds(
    note,
    names,
    links=st.lists(names, max_size=4),
    edited=st.dates(date(2016, 1, 1), date(2025, 12, 31)).map(str) | st.none(),
    created=st.just("2015-01-01") | st.none(),
    words=st.integers(0, 3),
    open_tasks=st.sampled_from([(), (), (1,)]),
    tags=st.sampled_from([(), ("evergreen",)]),
)
worlds = st.lists(notes, max_size=12, unique_by=lambda each: each.path)


@given(worlds, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_reading_makes_no_difference(world: list[Note], random: Any) -> None:
    shuffled = list(world)
    random.shuffle(shuffled)
    first, second = (judged(*each, protect=("evergreen",)) for each in (world, shuffled))

    assert list(first) == list(second)


@given(worlds)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_note_gets_exactly_one_verdict_and_its_weights_add_up(world: list[Note]) -> None:
    judgement = judged(*world, protect=("evergreen",), budget=3)
    verdicts = list(judgement)

    assert sorted(verdict.path for verdict in verdicts) == sorted(each.path for each in world)
    assert sum(judgement.counts.values()) == len(world) == len(judgement)
    for verdict in verdicts:
        assert abs(fsum(reason.weight for reason in verdict.reasons) - verdict.score) < 1e-9
        assert verdict.retention == chance(verdict.score)
        assert (verdict.rank is None) == (verdict.word == "protected") == bool(verdict.protections)
        assert (verdict.why_not_now is not None) == (verdict.word == "watch")
    ranked = [verdict for verdict in verdicts if verdict.rank]
    assert [verdict.rank for verdict in ranked] == list(range(1, len(ranked) + 1))
    assert all((a.score, a.path) < (b.score, b.path) for a, b in pairwise(ranked))


@pytest.mark.parametrize("score", [-1000.0, -3.2, 0.0, 5.0, 1000.0])
def test_a_chance_is_a_chance(score: float) -> None:
    assert 0.0 <= chance(score) <= 1.0
    assert chance(0.0) == 0.5


def test_without_notes_there_are_no_verdicts() -> None:
    assert list(judged()) == []

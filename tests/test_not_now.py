"""What keeps a weak note from being suggested for now: grace by two clocks, patience, rounds that were passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.build import at, filler, note, snapshot
from tests.evidence.worlds import Commit, bare, log, looks
from vaultprune.config import Budget, Config
from vaultprune.model import Decision, DecisionKind, Note, NotePath, Observed, Seen
from vaultprune.not_now import HARDER, in_grace, long_enough_on, monday, rounds
from vaultprune.reports import REPORTS, View
from vaultprune.signals import Rule, Signal
from vaultprune.vault import Vault, open_vault
from vaultprune.verdict import Judgement, Verdict, judge

TODAY = date(2026, 11, 20)  # a Friday; its week is told by Monday, 16 November
ONLY = Config(dates=("property",), budget=Budget(1, chosen=True))


def weeks(*ago: int) -> tuple[int, ...]:
    """The Mondays so many weeks ago, 0 the one of this week."""
    return tuple(date(2026, 11, 16).toordinal() - 7 * back for back in ago)


def world(*notes: Note, seen: Seen | None = None, today: str = "2026-11-20", watched: bool = False) -> Vault:
    """A vault of these notes; `seen` is what the ledger knows of A.md, `watched` that nothing else is known of it."""
    taken = snapshot(*notes, today=today)
    if seen is not None:
        taken = replace(taken, observed=Observed(looks=(seen.first,), notes={NotePath("A.md"): seen}))
    vault = open_vault(taken, ONLY)
    if not watched:
        return vault
    number = vault.ids[NotePath("A.md")]
    uses = list(vault.uses)
    uses[number] = replace(uses[number], last_used_from="ledger", only_watched=True)
    return replace(vault, uses=tuple(uses))


def lowest(score: float = -1.0) -> Rule:
    """A made-up rule by which A.md scores so much and all others 0."""
    made = Signal(
        "made", lambda v: [score if path == "A.md" else 0.0 for path in v.notes.paths], lambda v, n: "made up", False
    )
    return Rule("balanced", (made,), base=0.0, slope=1.0)


def verdict(vault: Vault, rule: Rule | None = None) -> Verdict:
    judgement: Judgement = judge(vault, rule=rule or lowest())
    return judgement.of(vault.ids[NotePath("A.md")])


# --- grace --------------------------------------------------------------------------------------------------


def written(first: str, last: str, every: int = 2) -> list[Note]:
    """Notes of which one was last edited every few days from one day to another."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    days = [start + timedelta(days=this) for this in range(0, (end - start).days + 1, every)]
    return [note(f"Diary/D{number:03d}", edited=str(day), created=str(day)) for number, day in enumerate(days)]


@pytest.mark.parametrize(
    ("others", "edited", "created", "why"),
    [
        pytest.param(written("2025-06-01", "2026-11-20"), "2026-08-01", "2020-01-01", None, id="steadily written in"),
        pytest.param(
            written("2025-06-01", "2026-08-05"), "2026-08-01", "2020-01-01", "resting", id="a holiday since August"
        ),
        pytest.param(
            [*written("2025-06-01", "2026-08-05"), *written("2026-11-06", "2026-11-20")],
            "2026-07-20",
            "2020-01-01",
            None,
            id="a holiday that is over cannot be told without a log",
        ),
        pytest.param(
            written("2025-06-01", "2026-08-05"), "2026-04-01", "2020-01-01", None, id="quiet long before the holiday"
        ),
        pytest.param(
            *(written("2024-06-01", "2025-11-22"), "2025-11-20", "2020-01-01", "resting"), id="a year away, to the day"
        ),
        pytest.param(
            *(written("2024-06-01", "2025-11-22"), "2025-11-19", "2020-01-01", None), id="longer than a year away"
        ),
        pytest.param(
            written("2025-06-01", "2026-08-05"), "2026-10-20", "2020-01-01", "edited", id="edited lately by any clock"
        ),
        pytest.param(written("2025-06-01", "2026-11-20"), "2026-10-20", "2026-10-20", "young", id="made lately"),
    ],
)
def test_grace_goes_by_the_gentler_of_two_clocks(
    others: Sequence[Note], edited: str, created: str, why: str | None
) -> None:
    vault = world(note("A", edited=edited, created=created), *others)

    assert in_grace(vault, vault.ids[NotePath("A.md")]) == why


def test_a_note_that_was_watched_for_three_months_is_out_of_its_grace_though_the_vault_rests() -> None:
    notes = [bare(f"N{number}") for number in range(30)]
    since = "2026-05-01"
    mtimes = dict.fromkeys((f"N{number}" for number in range(30)), "2026-11-18")
    watched = looks(since, "2026-11-13", same=dict.fromkeys((f"N{number}" for number in range(30)), since))

    vault = open_vault(snapshot(*notes, mtimes=mtimes, observed=watched), Config())

    assert [in_grace(vault, number) for number in vault.judged] == [None] * 30
    assert set(judge(vault).not_now.values()) == {"brief"}


@pytest.mark.parametrize(
    ("edited", "why"),
    [
        pytest.param("2026-07-24", "resting", id="before the holiday"),
        pytest.param("2026-03-24", None, id="long before it"),
        pytest.param("2026-11-10", "edited", id="after it"),
    ],
)
def test_with_a_log_a_holiday_that_is_over_counts_as_well(edited: str, why: str | None) -> None:
    first, back = date(2025, 6, 2), date(2026, 11, 6)
    days = [first + timedelta(days=2 * this) for this in range(210)]  # to 25 Jul 2026
    days += [back + timedelta(days=2 * this) for this in range(8)]
    commits: list[Commit] = [
        (str(each), [("Diary", "body" if number else "created", number)]) for number, each in enumerate(days)
    ]
    made: Commit = ("2025-06-01", [("A", "created", 0)])
    edit: Commit = (edited + "T18:00", [("A", "body", 999)])
    history = log(*sorted([made, *commits, edit], key=lambda commit: commit[0]))
    vault = open_vault(snapshot(bare("A"), bare("Diary"), history=history), Config(dates=("git",)))

    assert in_grace(vault, vault.ids[NotePath("A.md")]) == why


def test_a_note_that_a_holiday_keeps_in_grace_is_watched_and_says_so() -> None:
    found = verdict(world(note("A", edited="2026-08-01", created="2020-01-01"), *written("2025-06-01", "2026-08-05")))

    assert (found.word, found.why_not_now) == (
        "watch",
        "in grace by the vault's own clock: too little was written here since its last edit",
    )


# --- weak for long enough -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weak", "word"),
    [
        pytest.param(weeks(1, 2), "archive", id="this week and the two before"),
        pytest.param(weeks(0, 1, 2, 3), "archive", id="and longer"),
        pytest.param((), "watch", id="for the first time"),
        pytest.param(weeks(0, 1), "watch", id="two weeks"),
        pytest.param(weeks(1, 3), "watch", id="with a week between"),
        pytest.param(weeks(2, 3, 4), "watch", id="not last week"),
    ],
)
def test_where_only_the_ledger_tells_a_note_must_be_weak_three_weeks_running(weak: tuple[int, ...], word: str) -> None:
    seen = Seen(first=date(2026, 1, 1).toordinal(), same_since=date(2026, 1, 1).toordinal(), weak=weak)
    found = verdict(world(note("A"), *filler(19), seen=seen, watched=True))

    assert found.word == word
    if word == "watch":
        assert found.why_not_now == "not weak for long enough: where only the ledger tells, that is 3 weeks running"


@pytest.mark.parametrize(
    ("weak", "first"),
    [
        pytest.param((), "2026-11-30", id="weak for the first time this week"),
        pytest.param(weeks(1), "2026-11-23", id="and last week"),
        pytest.param(weeks(2), "2026-11-30", id="but not last week"),
        pytest.param(weeks(1, 2), "2026-11-16", id="for three weeks"),
    ],
)
def test_it_is_known_when_a_note_will_have_been_weak_for_long_enough(weak: tuple[int, ...], first: str) -> None:
    vault = world(note("A"), *filler(19), seen=Seen(1, 1, weak=weak), watched=True)

    assert long_enough_on(vault, vault.ids[NotePath("A.md")]) == date.fromisoformat(first).toordinal()


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_report_that_waits_for_the_third_week_says_until_when(form: str) -> None:
    vault = world(note("A"), *filler(19), seen=Seen(1, 1, weak=weeks(1)), watched=True)

    said = " ".join(REPORTS[form](judge(vault, rule=lowest()), View()).split())

    assert (
        "1 of the watched is not weak for long enough: where only the ledger tells, reports must find a note weak in 3 "
        "weeks running; 23 Nov 2026 is the first day on which one can be."
    ) in said


def test_a_first_report_on_other_dates_suggests_at_once() -> None:
    assert verdict(world(note("A"), *filler(19))).word == "archive"


# --- rounds that were passed over -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suggested", "number"),
    [
        pytest.param((), 0, id="never"),
        pytest.param(weeks(0), 0, id="this week's round is still open"),
        pytest.param(weeks(0, 1, 2), 2, id="twice before"),
        pytest.param(weeks(25), 1, id="175 days ago and more"),
        pytest.param(weeks(26), 0, id="half a year ago is forgotten"),
        pytest.param(weeks(-1), 0, id="one that lies ahead"),
    ],
)
def test_rounds_in_which_nobody_decided_are_counted(suggested: tuple[int, ...], number: int) -> None:
    vault = world(note("A"), *filler(19), seen=Seen(1, 1, suggested=suggested))

    assert rounds(vault, vault.ids[NotePath("A.md")]) == number


@pytest.mark.parametrize(
    ("what", "day", "number"),
    [
        pytest.param("keep", "2026-10-28", 2, id="snoozed, and the snooze has run out: rounds since then"),
        pytest.param("forget", "2026-11-18", 0, id="a keep was withdrawn in this week"),
        pytest.param("keep", "2026-01-07", 4, id="long before"),
        pytest.param("archive", "2026-10-28", 0, id="it waits to be set aside: somebody has decided"),
    ],
)
def test_rounds_before_somebody_decided_do_not_count(what: DecisionKind, day: str, number: int) -> None:
    vault = world(note("A"), *filler(), seen=Seen(1, 1, suggested=weeks(1, 2, 3, 4)))
    decision = Decision(at(day), what, "note", "A.md", until=date(2026, 11, 5) if what == "keep" else None)
    decided = replace(vault, snapshot=replace(vault.snapshot, decisions=(decision,)))

    assert rounds(decided, decided.ids[NotePath("A.md")]) == number


@pytest.mark.parametrize(
    ("passed", "score", "why"),
    [
        pytest.param(0, -0.01, None, id="the first time any weak note will do"),
        pytest.param(1, -HARDER - 0.01, None, id="once"),
        pytest.param(
            *(1, -HARDER + 0.01, "passed over once, and not weak enough to be asked about again"), id="once, too strong"
        ),
        pytest.param(
            *(2, -HARDER - 0.01, "passed over twice, and not weak enough to be asked about again"), id="twice is harder"
        ),
        pytest.param(
            *(5, -4 * HARDER, "passed over 5 times, and not weak enough to be asked about again"), id="five times"
        ),
        pytest.param(5, -5 * HARDER - 0.01, None, id="five times, and weaker still"),
    ],
)
def test_each_round_without_a_decision_asks_for_stronger_evidence(passed: int, score: float, why: str | None) -> None:
    seen = Seen(1, 1, suggested=weeks(*range(passed + 1)))
    found = verdict(world(note("A"), *filler(19), seen=seen), lowest(score))

    assert found.why_not_now == why
    assert found.word == ("archive" if why is None else "watch")
    assert found.rank == 1, "the order is the same, whatever was passed over"


def test_what_was_passed_over_leaves_its_place_to_the_next() -> None:
    others = [note(f"Q{this}", edited=f"2022-01-0{this + 1}") for this in range(3)]
    notes = (note("A", edited="2021-01-05"), *others, *filler(30))

    for seen, expected in ((None, "A.md"), (Seen(1, 1, suggested=weeks(*range(1, 20))), "Q0.md")):
        vault = world(*notes, seen=seen)
        assert [vault.notes.paths[number] for number in judge(vault).suggested()] == [expected]


def test_a_protected_note_is_not_called_passed_over_when_it_never_was() -> None:
    found = verdict(world(note("A", open_tasks=[3]), *filler(30)))

    assert (found.word, found.would_be) == ("protected", "archive")


@pytest.mark.parametrize(
    ("day", "first"),
    [("2026-11-16", "2026-11-16"), ("2026-11-20", "2026-11-16"), ("2026-11-22", "2026-11-16"), ("2026-11-23",) * 2],
)
def test_a_week_is_told_by_its_monday(day: str, first: str) -> None:
    assert monday(date.fromisoformat(day).toordinal()) == date.fromisoformat(first).toordinal()

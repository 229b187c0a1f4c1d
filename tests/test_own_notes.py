"""What the program itself wrote changes nothing of what it says about the other notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.build import TODAY, filler, note, vault
from tests.evidence.worlds import What, log
from vaultprune.config import Config
from vaultprune.model import History, Note
from vaultprune.verdict import Judgement, Verdict, judge

QUIET = [note(f"Quiet {number}", edited=f"20{14 + number}-01-01", text=f"quiet {number}") for number in range(6)]
OTHERS = [*QUIET, note("Linked", links=["Quiet 1"], edited="2019-01-01"), *filler()]
OURS = note(
    "Review",
    links=[*(each.path.removesuffix(".md") for each in OTHERS), "Nowhere"],
    edited=TODAY,
    open_tasks=[7, 8],
    more={"vaultprune-review": "7f3a91c2"},
)


def history(*notes: Note) -> History:
    """A log of years in which each note was made and edited; ours was written every week since, even in the pause."""
    by_day: dict[str, list[What]] = {}
    last = date(2026, 5, 1)
    for place, each in enumerate(notes):
        days = [last - timedelta(days=900 - 7 * place), last - timedelta(days=300 + 11 * place)]
        if each.path == OURS.path:
            days = [date(2026, 11, 15) - timedelta(weeks=week) for week in reversed(range(60))]
        for number, day in enumerate(days):
            what: What = (each.path.removesuffix(".md"), "body" if number else "created", 100 * place + number)
            by_day.setdefault(str(day), []).append(what)
    edited = [path for path in (OURS.path,) if path in {each.path for each in notes}]
    return log(*sorted(by_day.items()), edited_since=[path.removesuffix(".md") for path in edited])


def judged(*notes: Note, git: bool) -> Judgement:
    config = Config(dates=("git",) if git else ("property", "mtime"))
    return judge(vault(*notes, config=config, history=history(*notes) if git else None))


def said(verdict: Verdict) -> tuple[object, ...]:
    """What is said of a note, but for the number that it has among all."""
    return (verdict.path, verdict.word, verdict.rank, verdict.score, verdict.use, verdict.reasons, verdict.protections)


@pytest.mark.parametrize("git", [True, False], ids=["with a log", "without one"])
def test_the_verdicts_are_those_of_the_vault_without_it(git: bool) -> None:
    without, ours = judged(*OTHERS, git=git), judged(*OTHERS, OURS, git=git)

    assert [said(verdict) for verdict in ours if verdict.path != OURS.path] == [said(verdict) for verdict in without]
    assert replace(ours.vault.evidence, says="") == replace(without.vault.evidence, says="")
    assert (ours.base, ours.vault.own_rate, ours.vault.clock) == (
        without.base,
        without.vault.own_rate,
        without.vault.clock,
    )


@pytest.mark.parametrize("git", [True, False], ids=["with a log", "without one"])
def test_it_would_make_a_difference_if_somebody_had_written_it(git: bool) -> None:
    somebodys = OURS._replace(properties=note("Review", edited=TODAY).properties)

    without, with_it = judged(*OTHERS, git=git), judged(*OTHERS, somebodys, git=git)

    assert [said(each) for each in with_it if each.path != OURS.path] != [said(each) for each in without]


def test_it_is_never_suggested_and_says_so() -> None:
    ours = judged(*OTHERS, OURS, git=True)

    verdict = ours.of(ours.vault.ids[OURS.path])

    assert verdict.word == "protected"
    assert ("own-note", "vaultprune wrote it") in [(held.code, held.says) for held in verdict.protections]

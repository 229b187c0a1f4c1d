"""What each source of dates is worth, told source by source."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest

from tests.build import note, snapshot
from tests.evidence.worlds import CLONE, OLD, What, bare, crowd, log, looks
from vaultprune.config import Config
from vaultprune.evidence.trust import trust_told
from vaultprune.model import History, Note, Observed


def told(*notes: Note, config: Config | None = None, **world: Any) -> dict[str, str]:
    return dict(trust_told(snapshot(*notes, **world), config or Config()))


def phone(number: int) -> list[What]:
    """Edits of as many notes in as many ways."""
    return [(f"Crowd/C{this:02d}", "body", 1000 + this) for this in range(number)]


BEFORE = "2 commits since 1 Jan 2024; the last day of use of 30 of 30 notes comes from here;"

MANY: list[What] = [(f"Crowd/C{this:02d}", "created", 0) for this in range(30)]


@pytest.mark.parametrize(
    ("second", "says"),
    [
        pytest.param(
            phone(30),
            f"{BEFORE} 30 changes by a person. Not taken for edits: 30 notes that came in 1 import.",
            id="a phone that came home edited thirty notes",
        ),
        pytest.param(
            [(name, "body", 7) for name, _, _ in MANY],
            f"{BEFORE} 0 changes by a person. "
            "Not taken for edits: 30 notes that came in 1 import and 1 sweep over more than 20 notes that did the same "
            "to most of them.",
            id="the same words went into thirty",
        ),
        pytest.param(
            [*[(name, "body", 7) for name, _, _ in MANY[:21]], *[(f"O{this}", "body", this + 9) for this in range(30)]],
            f"{BEFORE} 30 changes by a person. "
            "Not taken for edits: 30 notes that came in 1 import and the same words put into or taken out of more than "
            "20 notes at once, 1 time.",
            id="the same words among edits",
        ),
        pytest.param(
            [("Crowd/C00", "properties", 1), ("Crowd/C01", "links", 0), ("Crowd/C02", "format", 0)],
            f"{BEFORE} 0 changes by a person. "
            "Not taken for edits: 30 notes that came in 1 import, 1 change of properties only, 1 change of link "
            "targets only and 1 change of white space and the like.",
            id="a linter, a rename and a formatter",
        ),
    ],
)
def test_git_is_told_with_what_no_person_wrote(second: list[What], says: str) -> None:
    notes, mtimes = crowd(30)

    assert told(*notes, mtimes=mtimes, history=log(("2024-01-01", MANY), ("2024-06-01", second)))["git"] == says


@pytest.mark.parametrize(
    ("absent", "says"),
    [
        pytest.param(
            "this copy's git history is shallow: it was cut off when it was cloned",
            "This copy's git history was cut off when it was cloned; git fetch --unshallow brings the rest.",
            id="shallow",
        ),
        pytest.param(
            "no git history here", "This folder has no git history; run it on the one that has.", id="no history"
        ),
    ],
)
def test_a_history_that_is_absent_says_why(absent: str, says: str) -> None:
    assert told(note("A"), history=History(absent=absent))["git"] == says


@pytest.mark.parametrize(
    ("observed", "says"),
    [
        pytest.param(Observed(absent="this vault has no ledger yet"), "This vault has no ledger yet.", id="none"),
        pytest.param(
            looks("2026-10-01", edited={"A": ("2026-01-01", "2026-10-01")}),
            "One look, on 1 Oct 2026; 1 note found changed; the last day of use of 1 of 2 notes comes from here.",
            id="one look",
        ),
        pytest.param(
            replace(looks("2026-10-01", "2026-10-08"), odd="it was found damaged and begun anew."),
            "2 days with a look, between 1 Oct 2026 and 8 Oct 2026; 0 notes found changed; the last day of use of none "
            "of 2 notes comes from here; it was found damaged and begun anew.",
            id="begun anew",
        ),
    ],
)
def test_the_ledger_is_told_with_how_often_somebody_looked(observed: Observed, says: str) -> None:
    assert told(bare("A"), bare("B"), observed=observed)["ledger"] == says


def test_days_that_a_program_wrote_are_named() -> None:
    linted = [bare(f"N{number}", modified="2024-05-03") for number in range(30)]

    assert told(*linted, note("A"))["properties"] == (
        "1 note carries a day of change that can be believed, 1 a day of creation; the last day of use of 1 of 31 "
        "notes comes from here. Not believed: 3 May 2024, which a program wrote into 30 notes at once."
    )


def test_a_copy_is_told_by_its_minute_and_by_what_it_leaves_in_doubt() -> None:
    notes, mtimes = crowd(20)
    found = told(*notes, note("A"), mtimes={**mtimes, "A": CLONE})

    assert found["together"].startswith("The dates say nothing: all 21 files carry the time of one minute")
    assert found["file times"] == (
        "The last day of use of none of 21 notes comes from here. Not believed: all 21 files carry the time of one "
        "minute, 18 Nov 2026 20:00, when this copy was made."
    )
    assert found["in doubt"] == "20 notes: its file time was reset on 18 Nov 2026 and it carries no date."


def test_what_lies_ahead_is_counted_where_it_stands() -> None:
    found = told(
        *(bare("A", modified="2027-01-01"), bare("2027-03-04")),
        mtimes={"A": "2027-05-05", "2027-03-04": "2022-01-01"},
        history=log(OLD, ("2025-01-01", [("A", "created", 0)]), later=2),
    )

    assert found["git"].endswith("Not taken for edits: 2 commits that lie ahead of 20 Nov 2026.")
    assert found["properties"].endswith("Not believed: 1 date that lies ahead of 20 Nov 2026.")
    assert found["file names"].endswith("Not believed: 1 date that lies ahead of 20 Nov 2026.")
    assert found["file times"].endswith("Not believed: 1 file time that lies ahead of 20 Nov 2026.")


@pytest.mark.parametrize(
    ("offset", "says"),
    [
        pytest.param(timedelta(0), "UTC", id="UTC"),
        pytest.param(timedelta(hours=9), "UTC+9", id="east"),
        pytest.param(timedelta(hours=-3, minutes=-30), "UTC-3:30", id="west, half an hour"),
    ],
)
def test_the_zone_is_told_by_which_moments_become_days(offset: timedelta, says: str) -> None:
    here = snapshot(note("A"))
    moved = replace(here, taken_at=here.taken_at.astimezone(timezone(offset)))

    assert dict(trust_told(moved, Config()))["time zone"] == f"Days are those of {says}."


def test_a_source_that_the_settings_leave_out_says_so() -> None:
    found = told(note("A"), config=Config(dates=("property",)))

    assert {what for what, says in found.items() if says == 'Left out by the setting "dates".'} == {
        *("git", "ledger", "file names", "file times"),
    }
    assert "in doubt" not in found


def test_only_the_commonest_doubts_are_told_and_the_rest_counted() -> None:
    apart = [note(f"N{this}", edited=f"2020-01-0{this + 1}") for this in range(5)]

    found = told(*apart, mtimes={f"N{this}": f"2024-01-0{this + 1}" for this in range(5)})

    assert found["in doubt"].count("its properties say") == 3
    assert found["in doubt"].endswith("; 2 more notes for reasons of their own.")

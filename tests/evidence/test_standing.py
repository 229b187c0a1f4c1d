"""What the heading says of the dates of a whole vault, and when nothing can be told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.build import note
from tests.evidence.worlds import CLONE, OLD, Commit, What, bare, crowd, day, log, looks, scattered, weighed
from vaultprune.config import DATE_SOURCES, Config
from vaultprune.evidence.standing import ELSEWHERE
from vaultprune.reading import git as reading_git
from vaultprune.words import day as spoken

OTHER: What = ("Other", "created", 0)
CAME: list[What] = [(f"Crowd/C{this:02d}", "created", 0) for this in range(60)]


def test_the_heading_tells_the_source_since_when_and_for_how_many() -> None:
    notes, mtimes = crowd(60)
    names = [each.path[:-3] for each in notes]
    first: Commit = ("2021-03-07", [(name, "created", 0) for name in names[:20]])
    second: Commit = ("2021-03-08", [(name, "created", 0) for name in names[20:40]])
    third: Commit = ("2021-03-09", [(name, "created", 0) for name in names[40:50]])

    evidence, _ = weighed(*notes, mtimes=mtimes, history=log(first, second, third))

    assert evidence.says == (
        "Dates from git, since 7 Mar 2021, trusted for 50 notes; the other 10 are not suggested for now."
    )
    assert (evidence.dates, evidence.trusted_notes, evidence.has_log) == ("git", 50, True)
    assert evidence.since == date(2021, 3, 7)
    assert evidence.observed_days == (date(2026, 11, 20) - date(2021, 3, 7)).days
    assert not evidence.abstains
    assert evidence.helps == ()


@pytest.mark.parametrize(
    ("notes", "says"),
    [
        pytest.param(1, "Dates from properties, trusted for 1 note.", id="one note"),
        pytest.param(3, "Dates from properties, trusted for all 3 notes.", id="all"),
    ],
)
def test_the_heading_is_short_where_all_notes_are_trusted(notes: int, says: str) -> None:
    evidence, _ = weighed(*(note(f"N{number}") for number in range(notes)), config=Config(dates=("property",)))

    assert evidence.says == says
    assert (evidence.dates, evidence.has_log, evidence.since) == ("property", False, date(2023, 9, 2))


def test_two_sources_of_weight_are_both_named() -> None:
    notes, mtimes = scattered(6)
    dated = [note(f"N{number}", edited=f"202{number}-01-01") for number in range(4)]

    evidence, _ = weighed(*notes, *dated, mtimes={**mtimes, **{f"N{this}": f"202{this}-01-01" for this in range(4)}})

    assert evidence.says == "Dates from file times and properties, trusted for all 10 notes."


def test_git_and_another_source_are_both_named() -> None:
    known = log(OLD, ("2023-05-01", [(f"G{number}", "created", 0) for number in range(5)]))
    notes = [bare(f"G{number}") for number in range(5)]

    evidence, _ = weighed(*notes, note("P"), history=known, config=Config(dates=("git", "property")))

    assert evidence.says == "Dates from git, since 1 Jan 2020, and properties, trusted for all 6 notes."


def test_a_fresh_clone_without_history_says_that_it_knows_nothing() -> None:
    notes, mtimes = crowd(95)
    dated = [note(f"D{number}", edited=f"2023-01-{number + 1:02d}") for number in range(5)]

    evidence, _ = weighed(*notes, *dated, mtimes=mtimes | {str(each.path): CLONE for each in dated})

    assert evidence.abstains
    assert evidence.says == (
        "The dates say nothing: all 100 files carry the time of one minute, 18 Nov 2026 20:00, when this copy was made."
    )
    assert evidence.helps == (
        ("history", "this folder has no git history; run it on the one that has"),
        (
            "dates",
            "no more than 5 notes carry a date property (looked for: modified, updated, ...); name yours in the config",
        ),
        ("patience", "from today each run remembers what changed; about 18 Feb 2027 that will be enough"),
    )


@pytest.mark.parametrize(
    ("trusted", "abstains"), [pytest.param(9, True, id="fewer than a tenth"), pytest.param(10, False, id="a tenth")]
)
def test_it_abstains_where_fewer_than_a_tenth_can_be_trusted(trusted: int, abstains: bool) -> None:
    notes, mtimes = crowd(100 - trusted)
    dated = [note(f"D{number}", edited=f"2023-01-{number + 1:02d}") for number in range(trusted)]

    evidence, _ = weighed(*notes, *dated, mtimes=mtimes | {str(each.path): CLONE for each in dated})

    assert (evidence.trusted_notes, evidence.abstains) == (trusted, abstains)


@pytest.mark.parametrize(
    ("first", "abstains"),
    [pytest.param("2026-05-25", True, id="179 days"), pytest.param("2026-05-24", False, id="180")],
)
def test_a_history_is_gone_by_from_half_a_year_on(first: str, abstains: bool) -> None:
    notes, mtimes = crowd(20)
    names = [each.path[:-3] for each in notes]

    evidence, _ = weighed(
        *notes, mtimes=mtimes, history=log((first, [(name, "created", 0) for name in names]), ("2026-10-20", [OTHER]))
    )

    assert evidence.abstains == abstains


def test_a_history_of_a_few_weeks_is_not_gone_by() -> None:
    notes, mtimes = crowd(60)
    names = [each.path[:-3] for each in notes]
    young = log(("2026-10-10", [(name, "created", 0) for name in names[:20]]), ("2026-10-20", [(names[0], "body", 1)]))

    evidence, _ = weighed(*notes, mtimes=mtimes, history=young)

    assert evidence.abstains
    assert evidence.says == (
        "The dates say nothing: git goes back no further than 10 Oct 2026; all 60 files carry the time of one minute, "
        "18 Nov 2026 20:00, when this copy was made."
    )
    assert evidence.helps[0] == (
        "history",
        "its git history begins on 10 Oct 2026; run it on one that goes further back",
    )


def test_a_young_history_does_no_harm_where_something_else_helps() -> None:
    notes, mtimes = scattered(30)
    young = log(("2026-10-10", [("Apart/A000", "created", 0)]), ("2026-10-20", [("Apart/A000", "body", 1)]))

    evidence, _ = weighed(*notes, mtimes=mtimes, history=young)

    assert not evidence.abstains
    assert evidence.dates == "mtime"


def test_an_import_of_the_last_months_is_told_where_nothing_else_is_known() -> None:
    notes, mtimes = crowd(60)
    came: list[What] = [(each.path[:-3], "created", 0) for each in notes]

    evidence, _ = weighed(
        *notes, mtimes=mtimes, history=log(OLD, ("2026-07-31", [("Other", "body", 1)]), ("2026-08-01", came))
    )

    assert evidence.abstains
    assert evidence.says.startswith(
        "The dates say nothing: 60 of 60 notes came into git at once, on 1 Aug 2026; all 60"
    )


def test_a_look_back_with_nothing_but_file_times_says_so() -> None:
    notes, mtimes = scattered(10, year=2025)

    evidence, _ = weighed(*notes, mtimes=mtimes, today="2024-06-01")

    assert evidence.abstains
    assert evidence.says == (
        "The dates say nothing: 10 of 10 file times are later than 1 Jun 2024. "
        "Left out as later than 1 Jun 2024: 10 file times."
    )


def test_days_written_by_a_program_are_told() -> None:
    notes = [bare(f"N{number}", modified="2024-05-03") for number in range(30)]

    evidence, uses = weighed(*notes, config=Config(dates=("property",)))

    assert evidence.says == ("The dates say nothing: 30 notes had 3 May 2024 written into their properties at once.")
    assert uses["N0.md"].doubt == "the day in its properties, 3 May 2024, was written into many notes at once"


def test_notes_in_the_archive_get_a_use_and_count_for_nothing() -> None:
    archived = [note(f"Archive/Z{number}") for number in range(50)]

    evidence, uses = weighed(*archived, bare("A"), bare("B"), mtimes={"A": "2021-01-01", "B": "2022-01-01"})

    assert evidence.says == "Dates from file times, trusted for all 2 notes."
    assert day(uses["Archive/Z0.md"].last_used) == "2023-09-02"


@pytest.mark.parametrize(
    ("world", "says"),
    [
        pytest.param(
            {},
            "from today each run remembers what changed; about 18 Feb 2027 that will be enough",
            id="nobody looked yet",
        ),
        pytest.param(
            {"observed": looks("2026-11-20", same={"Crowd/C00": "2026-11-20"})},
            "from today each run remembers what changed; about 18 Feb 2027 that will be enough",
            id="this run is the first look",
        ),
        pytest.param(
            {"observed": looks("2026-10-03", "2026-10-10", same={"Crowd/C00": "2026-10-03"})},
            "the runs since 3 Oct 2026 remember what changed; about 1 Jan 2027 that will be enough",
            id="since October",
        ),
        pytest.param(
            {"observed": looks("2026-01-03", same={"Crowd/C00": "2026-11-03"})},
            "the runs since 3 Jan 2026 remember what changed; about 20 Nov 2026 that will be enough",
            id="from now on, for all that was seen to change lately",
        ),
        pytest.param(
            {"history": log(("2026-06-10", [("Crowd/C00", "created", 0)]), ("2026-10-20", [("Crowd/C00", "body", 1)]))},
            "git goes on by itself; about 7 Dec 2026 that will be enough",
            id="a young history is there first",
        ),
        pytest.param(
            {"history": log(OLD, ("2026-07-31", [("Other", "body", 1)]), ("2026-08-01", CAME))},
            "what lies unchanged since the import is quiet by then; about 28 Jan 2027 that will be enough",
            id="an import is there first",
        ),
        pytest.param(
            {"config": Config(dates=("property", "mtime"))},
            "every note that you edit from today on gets a date that can be trusted; about 18 Feb 2027 that will be "
            "enough",
            id="without a ledger",
        ),
    ],
)
def test_patience_tells_when_it_will_be_enough(world: dict[str, Any], says: str) -> None:
    notes, mtimes = crowd(60)

    evidence, _ = weighed(*notes, mtimes=mtimes, **world)

    assert evidence.abstains
    assert dict(evidence.helps)["patience"] == says


@pytest.mark.parametrize(("back", "abstains"), [pytest.param(90, True, id="90 days"), pytest.param(91, False, id="91")])
def test_three_months_of_looks_end_the_wait(back: int, abstains: bool) -> None:
    notes, mtimes = crowd(60)
    first = str(date.fromordinal(date(2026, 11, 20).toordinal() - back))

    evidence, uses = weighed(
        *notes, mtimes=mtimes, observed=looks(first, "2026-11-13", same={str(each.path)[:-3]: first for each in notes})
    )

    assert evidence.abstains == abstains
    if not abstains:
        assert (
            evidence.says
            == f"Dates from the ledger, since {spoken(date.fromisoformat(first))}, trusted for all 60 notes."
        )
        assert (evidence.dates, evidence.observed_days, evidence.has_log) == ("ledger", 91, False)
        assert all(use.only_watched for use in uses.values())


@pytest.mark.parametrize("source", DATE_SOURCES)
def test_only_the_sources_in_the_settings_are_asked(source: str) -> None:
    known = log(OLD, ("2023-05-01", [("2021-03-04", "created", 0)]))
    page = bare("2021-03-04", modified="2024-04-04")

    evidence, uses = weighed(
        page,
        bare("B"),
        history=known,
        mtimes={"2021-03-04": "2022-02-02", "B": "2020-01-01"},
        observed=looks("2026-01-01", "2026-06-01", edited={"2021-03-04": ("2026-05-01", "2026-06-01")}),
        config=Config(dates=(source,)),
    )

    expected = {
        "property": "2024-04-04",
        "git": "2023-05-01",
        "ledger": "2026-06-01",
        "filename": "2021-03-04",
        "mtime": "2022-02-02",
    }
    assert (day(uses["2021-03-04.md"].last_used), uses["2021-03-04.md"].last_used_from) == (expected[source], source)
    assert evidence.has_log == (source == "git")


def test_a_setting_that_leaves_everything_out_is_named() -> None:
    evidence, uses = weighed(bare("A"), config=Config(dates=("filename",)))

    assert evidence.abstains
    assert evidence.says == "The dates say nothing: 0 of 1 note have one that can be trusted."
    assert uses["A.md"].doubt == "it carries no date"
    assert dict(evidence.helps)["history"] == 'git is left out by the setting "dates"'
    assert dict(evidence.helps)["dates"] == 'properties are left out by the setting "dates"'


def test_an_empty_vault_is_no_reason_to_abstain() -> None:
    evidence, _ = weighed()

    assert (evidence.says, evidence.abstains, evidence.dates) == ("There are no notes to judge.", False, None)


def test_every_reason_with_advice_is_one_that_reading_gives() -> None:
    given = {value for name, value in vars(reading_git).items() if name.isupper() and isinstance(value, str)}

    assert ELSEWHERE.keys() <= given

"""What is known of each note's use: when it was last used, made and written, and what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

import pytest

from tests.build import snapshot
from tests.evidence.worlds import CLONE, OLD, What, bare, crowd, day, log, scattered, weighed
from vaultprune.config import Config
from vaultprune.evidence import weigh_evidence
from vaultprune.model import ChangeKind, Snapshot

# --- last used -----------------------------------------------------------------------------------------


def test_the_later_of_property_and_git_is_the_last_use() -> None:
    known = log(OLD, ("2023-05-01", [("A", "created", 0), ("B", "created", 0)]))

    _, uses = weighed(bare("A", modified="2023-09-02"), bare("B", modified="2022-01-01"), history=known)

    assert (day(uses["A.md"].last_used), uses["A.md"].last_used_from) == ("2023-09-02", "property")
    assert (day(uses["B.md"].last_used), uses["B.md"].last_used_from) == ("2023-05-01", "git")


@pytest.mark.parametrize(
    ("kind", "told", "last_used"),
    [
        pytest.param("properties", "2024-03-01", "2023-05-01", id="a linter wrote it"),
        pytest.param("format", "2024-03-02", "2023-05-01", id="a day off, by the time zone"),
        pytest.param("properties", "2024-02-01", "2024-02-01", id="git saw nothing on that day"),
    ],
)
def test_a_property_that_was_written_when_nobody_edited_is_not_believed(
    kind: ChangeKind, told: str, last_used: str
) -> None:
    known = log(OLD, ("2023-05-01", [("A", "created", 0)]), ("2024-03-01", [("A", kind, 5)]))

    _, uses = weighed(bare("A", modified=told), history=known)

    assert day(uses["A.md"].last_used) == last_used


def test_a_file_time_stands_in_where_nothing_better_exists() -> None:
    known = log(OLD, ("2023-05-01", [("A", "created", 0)]))

    _, uses = weighed(
        bare("A"),
        bare("B", modified="2023-09-02"),
        bare("C"),
        history=known,
        mtimes={"A": "2025-01-01", "B": "2023-09-20", "C": "2022-02-02"},
    )

    assert [(day(use.last_used), use.last_used_from) for use in uses.values()] == [
        ("2023-05-01", "git"),
        ("2023-09-02", "property"),
        ("2022-02-02", "mtime"),
    ]
    assert all(use.trusted for use in uses.values())


def test_a_property_far_older_than_the_file_is_in_doubt() -> None:
    _, uses = weighed(
        bare("A", modified="2023-09-02"),
        bare("B"),
        bare("C"),
        mtimes={"A": "2026-06-04", "B": "2021-01-01", "C": "2022-01-01"},
    )

    assert day(uses["A.md"].last_used) == "2023-09-02"
    assert uses["A.md"].doubt == "its properties say 2 Sep 2023, its file time 4 Jun 2026"
    assert not uses["A.md"].trusted


def test_a_property_is_gone_by_where_the_file_times_were_reset() -> None:
    notes, mtimes = crowd()

    _, uses = weighed(bare("A", modified="2023-09-02"), *notes, mtimes={**mtimes, "A": CLONE})

    assert (uses["A.md"].trusted, uses["A.md"].last_used_from) == (True, "property")


def test_a_journal_page_was_used_on_its_day_where_nothing_better_exists() -> None:
    notes, mtimes = crowd()

    _, uses = weighed(
        bare("2021-03-04"), bare("202103041200"), *notes, mtimes={**mtimes, "2021-03-04": CLONE, "202103041200": CLONE}
    )

    page, zettel = uses["2021-03-04.md"], uses["202103041200.md"]
    assert (day(page.last_used), page.last_used_from, page.trusted) == ("2021-03-04", "filename", True)
    assert (day(zettel.created), zettel.created_from, zettel.trusted) == ("2021-03-04", "filename", False)


def test_an_imported_note_is_quiet_since_its_import_once_that_is_half_a_year_ago() -> None:
    crowded: list[What] = [(f"N{this}", "created", 0) for this in range(30)]
    old = log(OLD, ("2026-05-19", [("Other", "body", 1)]), ("2026-05-20", crowded))
    new = log(OLD, ("2026-05-29", [("Other", "body", 1)]), ("2026-05-30", crowded))
    notes, mtimes = crowd(40)

    _, early = weighed(bare("N0"), *notes, history=old, mtimes={**mtimes, "N0": CLONE})
    _, late = weighed(bare("N0"), *notes, history=new, mtimes={**mtimes, "N0": CLONE})

    assert (day(early["N0.md"].last_used), early["N0.md"].last_used_from) == ("2026-05-20", "git")
    assert early["N0.md"].trusted
    assert late["N0.md"].doubt == (
        "it came into git on 30 May 2026 together with 29 other notes, and nothing older is known"
    )


@pytest.mark.parametrize(
    ("mtime", "source", "trusted"),
    [
        pytest.param("2026-07-30", None, False, id="written by the import"),
        pytest.param("2026-07-31", None, False, id="or on the day after"),
        pytest.param("2026-05-01", "mtime", True, id="older than the import, which kept the times"),
        pytest.param("2026-08-10", "mtime", True, id="written later"),
    ],
)
def test_a_file_time_that_the_import_gave_tells_no_more_than_the_import(
    mtime: str, source: str | None, trusted: bool
) -> None:
    crowded: list[What] = [(f"N{this}", "created", 0) for this in range(30)]
    known = log(OLD, ("2026-07-29", [("Other", "body", 1)]), ("2026-07-30", crowded))
    notes, mtimes = scattered(40)

    _, uses = weighed(bare("N0"), *notes, history=known, mtimes={**mtimes, "N0": mtime})

    assert (uses["N0.md"].last_used_from, uses["N0.md"].trusted) == (source, trusted)


@pytest.mark.parametrize(
    ("mtime", "last_used", "trusted"),
    [
        pytest.param("2026-07-01", "2026-07-01", True, id="its file time says when"),
        pytest.param(CLONE, "2023-05-01", False, id="its file time was reset"),
    ],
)
def test_an_edit_that_is_not_committed_yet_counts(mtime: str, last_used: str, trusted: bool) -> None:
    known = log(OLD, ("2023-05-01", [("A", "created", 0)]), edited_since=["A"])
    notes, mtimes = crowd()

    _, uses = weighed(bare("A"), *notes, history=known, mtimes={**mtimes, "A": mtime})

    use = uses["A.md"]
    assert (day(use.last_used), use.last_used_from, use.trusted) == (last_used, "git", trusted)
    assert [day(each) for each in use.edit_days] == sorted({last_used, "2023-05-01"}, reverse=True)
    assert (use.doubt is None) == trusted


def test_a_note_was_not_last_used_before_it_was_created() -> None:
    _, uses = weighed(bare("A", modified="2021-01-01", created="2022-01-01"), config=Config(dates=("property",)))

    assert day(uses["A.md"].last_used) == "2022-01-01"


def test_nothing_later_than_the_snapshot_is_believed_and_what_was_left_out_is_said() -> None:
    known = log(OLD, ("2023-05-01", [("A", "created", 0)]), later=3)

    evidence, uses = weighed(
        bare("A", modified="2027-01-01"),
        bare("2027-01-01"),
        bare("B"),
        history=known,
        mtimes={"A": "2026-11-21", "2027-01-01": "2022-01-01", "B": "2027-01-01"},
    )

    assert day(uses["A.md"].last_used) == "2023-05-01"
    assert uses["B.md"].doubt == "its file time is later than 20 Nov 2026 and it carries no date"
    assert evidence.says.endswith(
        " Left out as later than 20 Nov 2026: 3 commits, 2 file times, 1 date in properties and 1 date in file names."
    )


def test_days_are_those_of_the_place_where_the_snapshot_was_taken() -> None:
    known = log(("2020-01-01T20:00", [("A", "created", 0)]), ("2020-02-01", [("B", "created", 0)]))
    taken = snapshot(bare("A"), history=known)
    east = datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=9)))

    _, (use,) = weigh_evidence(Snapshot(taken.name, east, taken.files, taken.notes, history=known), Config())

    assert day(use.last_used) == "2020-01-02"


# --- created and last write ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "properties", "imported", "created"),
    [
        pytest.param("2022-03-03 A", {"created": "2021-01-01"}, False, ("2021-01-01", "property"), id="property"),
        pytest.param("2022-03-03 A", {}, False, ("2023-05-01", "git"), id="git"),
        pytest.param("2022-03-03 A", {}, True, ("2022-03-03", "filename"), id="a name outweighs an import"),
        pytest.param("A", {}, True, ("2023-05-01", "git"), id="an import is a bound"),
    ],
)
def test_the_best_source_tells_when_a_note_was_made(
    path: str, properties: Mapping[str, str], imported: bool, created: tuple[str, str]
) -> None:
    came: list[What] = [(path, "created", 0), *((f"N{this}", "created", 0) for this in range(30 if imported else 1))]

    before: What = ("Other", "body", 1)
    _, uses = weighed(
        bare(path, properties),
        history=log(OLD, ("2023-04-30", [before]), ("2023-05-01", came), ("2024-01-01", [before])),
    )

    use = uses[f"{path}.md"]
    assert (day(use.created), use.created_from) == created


def test_a_file_time_bounds_the_age_of_a_note() -> None:
    notes, mtimes = scattered(5)

    _, uses = weighed(*notes, mtimes=mtimes)

    use = uses["Apart/A000.md"]
    assert (day(use.created), use.created_from) == ("2020-01-01", "mtime")


def test_a_note_with_only_its_day_of_creation_is_not_trusted() -> None:
    notes, mtimes = crowd()

    _, uses = weighed(bare("A", created="2019-05-04"), *notes, mtimes={**mtimes, "A": CLONE})

    use = uses["A.md"]
    assert (day(use.last_used), day(use.created)) == ("2019-05-04", "2019-05-04")
    assert use.doubt == "its file time was reset on 18 Nov 2026 and it carries only the day of its creation"
    assert uses["Crowd/C00.md"].doubt == "its file time was reset on 18 Nov 2026 and it carries no date"


def test_the_last_write_is_gits_newest_whoever_made_it() -> None:
    known = log(OLD, ("2023-05-01", [("A", "created", 0)]), ("2024-03-01", [("A", "format", 0)]))

    _, uses = weighed(
        bare("A"),
        bare("B", modified="2023-09-02"),
        bare("C"),
        history=known,
        mtimes={"B": "2023-09-05", "C": "2022-02-02"},
    )

    assert [day(use.last_write) for use in uses.values()] == ["2024-03-01", "2023-09-05", "2022-02-02"]

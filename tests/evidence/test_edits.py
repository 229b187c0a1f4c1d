"""Which of git's changes are a person's, and which a program's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, timedelta, timezone

import pytest

from tests.evidence.worlds import What, log
from vaultprune.evidence.edits import NoteLog, note_logs
from vaultprune.model import ChangeKind, NotePath


def notes(number: int, kind: ChangeKind, *, alike: bool = False) -> list[What]:
    return [(f"N{this}", kind, 7 if alike else this + 1) for this in range(number)]


def others(number: int, kind: ChangeKind) -> list[What]:
    return [(f"O{this}", kind, 100 + this) for this in range(number)]


def log_of(note: str, commits: Mapping[str, Sequence[What]]) -> NoteLog:
    return note_logs(log(*commits.items()), UTC)[NotePath(f"{note}.md")]


def iso(days: Iterable[int]) -> list[str]:
    return [date.fromordinal(day).isoformat() for day in days]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param([("N0", "body", 3)], id="words"),
        pytest.param([("N0", "created", 0)], id="a new note"),
        pytest.param(notes(200, "body"), id="months of a phone's edits in one commit"),
        pytest.param(notes(20, "body", alike=True), id="the same words in twenty notes"),
        pytest.param(notes(20, "created"), id="twenty new notes"),
        pytest.param([(f"N{this}", "body", 0) for this in range(50)], id="words that cannot be compared"),
        pytest.param([*notes(20, "body"), *others(15, "format")], id="a sweep over fewer than half of them"),
        pytest.param([("N0", "body", 1), *others(19, "format")], id="a small round of tidying"),
    ],
)
def test_a_person_edited_the_note(change: list[What]) -> None:
    found = log_of("N0", {"2024-01-01": [("Other", "created", 0)], "2024-01-02": change})

    assert iso(found.edits) == ["2024-01-02"]
    assert found.other_writes == frozenset()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param([("N0", "properties", 3)], id="properties"),
        pytest.param([("N0", "links", 0)], id="link targets"),
        pytest.param([("N0", "format", 0)], id="format"),
        pytest.param(notes(21, "body", alike=True), id="the same words in more than twenty notes"),
        pytest.param(notes(21, "created"), id="an import"),
        pytest.param([("N0", "body", 1), *others(25, "format")], id="words in passing, in a sweep over the format"),
        pytest.param([("N0", "body", 1), *others(25, "links")], id="words in passing, in a sweep over links"),
    ],
)
def test_nobody_edited_the_note_though_it_was_written(change: list[What]) -> None:
    found = log_of("N0", {"2024-01-01": [("Other", "created", 0)], "2024-01-02": change})

    assert found.edits == ()
    assert iso(found.other_writes) == ["2024-01-02"]
    assert found.last_write == date(2024, 1, 2).toordinal()


def test_a_move_is_neither_an_edit_nor_a_write() -> None:
    found = log_of("N0", {"2024-01-01": [("N0", "created", 0)], "2024-01-02": [("N0", "moved", 0)]})

    assert iso(found.edits) == ["2024-01-01"]
    assert found.last_write == date(2024, 1, 1).toordinal()


@pytest.mark.parametrize(
    ("number", "days", "imported"),
    [
        pytest.param(20, 1, False, id="twenty in a day"),
        pytest.param(21, 1, True, id="more than twenty in a day"),
        pytest.param(100, 5, False, id="a hundred in five days"),
        pytest.param(101, 5, True, id="more than that"),
    ],
)
def test_an_import_brings_more_than_twenty_notes_for_each_day(number: int, days: int, imported: bool) -> None:
    later = (date(2024, 1, 1) + timedelta(days=days)).isoformat()
    found = log_of("N0", {"2024-01-01": [("Other", "created", 0)], later: notes(number, "created")})

    assert found.imported == (number if imported else 0)
    assert iso([found.born or 0]) == [later]


def test_the_first_commit_is_an_import_if_it_brings_more_than_twenty() -> None:
    assert log_of("N0", {"2024-01-01": notes(21, "created")}).imported == 21
    assert log_of("N0", {"2024-01-01": notes(20, "created")}).imported == 0


def test_the_days_of_edits_are_told_once_each_newest_first() -> None:
    commits: dict[str, list[What]] = {
        day: [("N0", "body", number)]
        for number, day in enumerate(["2024-01-01T09:00", "2024-01-01T10:00", "2024-03-01", "2024-02-01"], 1)
    }

    assert iso(log_of("N0", commits).edits) == ["2024-03-01", "2024-02-01", "2024-01-01"]


def test_days_are_those_of_the_place_where_the_snapshot_was_taken() -> None:
    late = log(("2024-01-01T20:00", [("N0", "body", 1)]))

    east = note_logs(late, timezone(timedelta(hours=9)))[NotePath("N0.md")]

    assert iso(east.edits) == ["2024-01-02"]


def test_a_note_made_again_is_as_old_as_the_first_time() -> None:
    found = log_of("N0", {"2024-01-01": [("N0", "created", 0)], "2024-06-01": [("N0", "created", 0)]})

    assert iso([found.born or 0]) == ["2024-01-01"]
    assert iso(found.edits) == ["2024-06-01", "2024-01-01"]

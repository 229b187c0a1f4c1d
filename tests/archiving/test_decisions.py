from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultprune.archiving import record_decision
from vaultprune.archiving.decisions import as_line
from vaultprune.model import Decision
from vaultprune.reading import read_decisions

AT = datetime(2026, 11, 20, 18, 4, tzinfo=timezone(timedelta(hours=1)))


def test_a_decision_is_one_line_of_json(tmp_path: Path) -> None:
    decision = Decision(AT, "keep", "note", "a/B.md", date(2027, 5, 20), "for the course", "0a1b")

    record_decision(tmp_path, decision, device="d1")

    [line] = (tmp_path / ".vaultprune/decisions/d1.jsonl").read_text().splitlines()
    assert json.loads(line) == {
        "schema": 1,
        "at": "2026-11-20T18:04:00+01:00",
        "what": "keep",
        "scope": "note",
        "name": "a/B.md",
        "until": "2027-05-20",
        "because": "for the course",
        "body": "0a1b",
    }


def test_what_was_not_said_is_left_out() -> None:
    assert set(json.loads(as_line(Decision(AT, "forget", "tag", "idea")))) == {"schema", "at", "what", "scope", "name"}


def test_each_device_writes_a_file_of_its_own_and_all_are_read(tmp_path: Path) -> None:
    first, second = Decision(AT, "keep", "folder", "a"), Decision(AT + timedelta(1), "forget", "folder", "a")

    record_decision(tmp_path, second, device="d1")
    record_decision(tmp_path, first, device="d2")

    assert read_decisions(tmp_path) == ((first, second), ())


def test_a_time_without_an_offset_is_our_own_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="offset"):
        record_decision(tmp_path, Decision(AT.replace(tzinfo=None), "keep", "note", "a.md"), device="d1")

    assert list(tmp_path.iterdir()) == []


texts = st.text(st.characters(), min_size=1)  # lone surrogates among them: names that are not UTF-8
decisions = st.builds(
    Decision,
    at=st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(timezone(timedelta(hours=-5)))),
    what=st.sampled_from(["keep", "forget"]),
    scope=st.sampled_from(["note", "folder", "tag"]),
    file_digest=st.none() | texts,
    name=texts,
    until=st.none() | st.dates(),
    because=st.none() | texts,
    body_digest=st.none() | texts,
    reason=st.none() | st.just("restored"),
)


@settings(max_examples=60, deadline=None)
@given(said=st.lists(decisions, max_size=5))
def test_whatever_was_decided_is_read_as_it_was_said(
    tmp_path_factory: pytest.TempPathFactory, said: list[Decision]
) -> None:
    vault = tmp_path_factory.mktemp("vault")

    for decision in said:
        record_decision(vault, decision, device="d1")

    assert read_decisions(vault) == (tuple(sorted(said, key=lambda decision: decision.at)), ())

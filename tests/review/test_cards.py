from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from tests.build import TODAY, at, filler, note, vault
from vaultprune.model import Decision, Note, NotePath
from vaultprune.review import (
    ARCHIVE,
    KEEP,
    SNOOZES,
    UNDECIDED,
    Answer,
    Card,
    answer_of,
    cards,
    decisions,
    snooze,
)
from vaultprune.verdict import judge

NOW = at(TODAY)
QUIET = "Ideas/Quiet.md"


def dealt(*notes: Note, texts: Mapping[str, bytes] | None = None, decided: tuple[Decision, ...] = ()) -> list[Card]:
    """The cards on these notes, amid twenty that are edited."""
    files = texts or {}

    def line_of(path: NotePath, line: int) -> str | None:
        return f"line {line} of {path}"

    judgement = judge(vault(*notes, *filler(), decisions=decided))
    return list(cards(judgement, lambda path: files.get(path), line_of))


def card(**more: object) -> Card:
    [found] = dealt(note(QUIET), texts={QUIET: b"A thought."}, **more)  # type: ignore[arg-type]
    return found


def test_there_is_a_card_for_each_suggested_note_the_clearest_first() -> None:
    found = dealt(note(QUIET, edited="2020-01-01"), note("Other", edited="2021-01-01"))

    assert [each.path for each in found] == [QUIET, "Other.md"]


def test_a_card_says_why_and_what_speaks_against_it() -> None:
    found = dealt(note(QUIET, edited="2020-01-01"), note("F00 reader", links=["Quiet"], edited="2020-01-01"))

    [linked] = [each for each in found if each.path == QUIET]
    assert linked.says == "Not edited for 6 years; its one backlink is from a note quiet since 1 Jan 2020."
    assert "linked from 1 place" in linked.against
    assert [(each.path, each.line, each.says) for each in linked.backlinks] == [
        ("F00 reader.md", 1, "line 1 of F00 reader.md")
    ]
    assert linked.more_backlinks == 0
    assert any("goes on working" in says for says in linked.if_archived)


def test_a_card_names_the_notes_that_it_links_to_and_counts_the_others() -> None:
    [few] = dealt(note(QUIET, links=["F01", "F02", "nowhere"]))
    [many] = dealt(note(QUIET, links=[f"F{number:02d}" for number in range(8)]))

    assert (few.outgoing, few.more_outgoing) == (("Filler/F01.md", "Filler/F02.md"), 0)
    assert (len(many.outgoing), many.more_outgoing) == (5, 3)


@pytest.mark.parametrize(
    ("data", "opening", "longer"),
    [
        pytest.param(b"one\ntwo\n", ("one", "two"), 0, id="a short note"),
        pytest.param(b"---\nstatus: x\n---\n\n\none\n", ("one",), 0, id="below its properties and blank lines"),
        pytest.param(b"\n".join(b"%d" % line for line in range(12)), tuple("01234567"), 4, id="a long one"),
        pytest.param(b"", (), 0, id="an empty one"),
        pytest.param(b"---\nstatus: x\n---\n", (), 0, id="nothing but properties"),
        pytest.param(b"\x00\x01", (), 0, id="no text at all"),
    ],
)
def test_a_card_shows_how_the_note_begins(data: bytes, opening: tuple[str, ...], longer: int) -> None:
    [found] = dealt(note(QUIET), texts={QUIET: data})

    assert (found.opening, found.longer) == (opening, longer)
    assert found.file_digest == hashlib.sha256(data).hexdigest()


def test_a_note_that_cannot_be_read_now_has_a_card_without_an_opening() -> None:
    [found] = dealt(note(QUIET))

    assert (found.opening, found.file_digest) == ((), None)


@pytest.mark.parametrize(
    ("answer", "what", "until"),
    [
        pytest.param(ARCHIVE, "archive", None, id="set aside"),
        pytest.param(KEEP, "keep", None, id="keep"),
        pytest.param(snooze(1), "keep", date(2026, 12, 20), id="ask again in a month"),
        pytest.param(snooze(12), "keep", date(2027, 11, 20), id="ask again in a year"),
    ],
)
def test_an_answer_becomes_a_decision(answer: Answer, what: str, until: date | None) -> None:
    shown = card()

    [decision] = decisions(shown, answer, NOW, "for the exam")

    assert (decision.what, decision.scope, decision.name, decision.until) == (what, "note", QUIET, until)
    assert decision.because == "for the exam"
    assert decision.body_digest == shown.body_digest
    assert decision.file_digest == (shown.file_digest if what == "archive" else None)
    assert answer_of(decision, NOW) == answer


def test_to_be_undecided_takes_back_what_was_decided_and_else_says_nothing() -> None:
    before = Decision(NOW - timedelta(days=1), "archive", "note", QUIET)

    assert decisions(card(), UNDECIDED, NOW) == ()
    assert decisions(card(decided=(before,)), UNDECIDED, NOW) == (Decision(NOW, "forget", "note", QUIET),)


def test_what_was_decided_before_stands_on_the_card() -> None:
    before = Decision(NOW - timedelta(days=1), "archive", "note", QUIET)

    assert card(decided=(before,)).decided == before
    assert answer_of(card(decided=(before,)).decided, NOW) == ARCHIVE
    assert card().decided is None
    assert answer_of(None, NOW) == UNDECIDED


def test_what_was_decided_under_an_earlier_name_is_withdrawn_along_with_it() -> None:
    body = note(QUIET).body_digest
    before = Decision(NOW - timedelta(days=1), "archive", "note", "Draft.md", body_digest=body)

    written = decisions(card(decided=(before,)), KEEP, NOW)

    assert [(each.what, each.name) for each in written] == [("forget", "Draft.md"), ("keep", QUIET)]


@pytest.mark.parametrize("months", SNOOZES)
def test_a_snooze_is_known_again_by_its_day(months: int) -> None:
    [decision] = decisions(card(), snooze(months), NOW)

    assert answer_of(decision, NOW + timedelta(days=1)) == snooze(months)


def test_an_empty_note_is_not_followed_by_its_text() -> None:
    [shown] = dealt(note(QUIET, words=0, text=""), texts={QUIET: b""})

    assert decisions(shown, ARCHIVE, NOW)[0].body_digest is None

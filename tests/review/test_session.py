from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.build import TODAY, at
from vaultprune.model import Decision, NotePath
from vaultprune.review import Card
from vaultprune.review.session import Session, Turn, Typed, batch, turn, typed

NOW = at(TODAY)


def card(path: str = "Ideas/A.md", decided: Decision | None = None) -> Card:
    return Card(
        number=0,
        path=NotePath(path),
        says="Not edited for 38 months; no other note links here.",
        against=(),
        rate=None,
        words=40,
        created=None,
        last_used=None,
        opening=("A thought.",),
        longer=0,
        backlinks=(),
        more_backlinks=0,
        if_archived=("no other note becomes an orphan",),
        body_digest="body of " + path,
        file_digest="file of " + path,
        decided=decided,
    )


def archive(path: str, days: int = 5) -> Decision:
    return Decision(NOW - timedelta(days=days), "archive", "note", path, file_digest="file of " + path)


def three(*decided: int) -> Session:
    """A review of three notes, some of which somebody decided on before."""
    paths = ("Ideas/A.md", "Ideas/B.md", "Ideas/C.md")
    return Session.of([card(path, archive(path) if place in decided else None) for place, path in enumerate(paths)])


def after(session: Session, *lines: str) -> tuple[Turn, list[Decision]]:
    """The last turn of a review in which these lines were typed a second apart, and all that was written down."""
    written: list[Decision] = []
    for number, line in enumerate(lines):
        last = turn(session, line, NOW + timedelta(seconds=number))
        session = last.session
        written += last.writes
    return last, written


def told(written: list[Decision]) -> list[tuple[str, str, date | None]]:
    return [(each.what, each.name.removeprefix("Ideas/").removesuffix(".md"), each.until) for each in written]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        pytest.param("a", Typed("a"), id="a key"),
        pytest.param("  A  ", Typed("a"), id="in capitals, amid blanks"),
        pytest.param("archive", Typed("a"), id="a word in place of its key"),
        pytest.param("Help", Typed("?"), id="for help, too"),
        pytest.param("", Typed("n"), id="Enter alone"),
        pytest.param(" \t", Typed("n"), id="nothing but blanks"),
        pytest.param("k for the exam", Typed("k", because="for the exam"), id="a reason"),
        pytest.param("keep   it\tfor her", Typed("k", because="it for her"), id="a reason behind the word"),
        pytest.param("s", Typed("s"), id="a snooze without its months"),
        pytest.param("s6", Typed("s", 6), id="with its months"),
        pytest.param("s 12", Typed("s", 12), id="apart from the key"),
        pytest.param("s3 after the move", Typed("s", 3, "after the move"), id="with months and a reason"),
        pytest.param("s after the move", Typed("s", None, "after the move"), id="with a reason alone"),
        pytest.param("s5", Typed(""), id="months that are not on offer"),
        pytest.param("s 99999999999999999999999", Typed(""), id="months beyond all bounds"),
        pytest.param("s²", Typed(""), id="a figure that is none"),
        pytest.param("x", Typed(""), id="none of the keys"),
        pytest.param("q now", Typed(""), id="a reason where none is asked for"),
        pytest.param("n k", Typed(""), id="two keys"),
        pytest.param("ak", Typed(""), id="two keys at once"),
        pytest.param("\ufffd", Typed(""), id="what was no text"),
        pytest.param("k \x1b[31mred\x1b[0m", Typed("k", because="[31mred[0m"), id="escape sequences in a reason"),
    ],
)
def test_a_line_is_understood(line: str, meant: Typed) -> None:
    assert typed(line) == meant


@pytest.mark.parametrize(
    ("lines", "written", "place", "show"),
    [
        pytest.param(["a"], [("archive", "A", None)], 1, "card", id="archive"),
        pytest.param(["k"], [("keep", "A", None)], 1, "card", id="keep"),
        pytest.param(["s6"], [("keep", "A", date(2027, 5, 20))], 1, "card", id="snooze"),
        pytest.param(["s"], [], 0, "question", id="a snooze asks for its months"),
        pytest.param(["s", "3"], [("keep", "A", date(2027, 2, 20))], 1, "card", id="and takes them"),
        pytest.param(["s", "5"], [], 0, "question", id="or not"),
        pytest.param(["s", ""], [], 0, "question", id="Enter takes a snooze back"),
        pytest.param(["s", "q", "a"], [("archive", "A", None)], 1, "card", id="and so does anything else"),
        pytest.param(["n"], [], 1, "card", id="next"),
        pytest.param([""], [], 1, "card", id="Enter is next"),
        pytest.param(["n", "b"], [], 0, "card", id="back"),
        pytest.param(["b"], [], 0, "question", id="not before the first"),
        pytest.param(["o"], [], 0, "open", id="open"),
        pytest.param(["v"], [], 0, "text", id="view"),
        pytest.param(["?"], [], 0, "help", id="help"),
        pytest.param(["x"], [], 0, "keys", id="none of the keys"),
        pytest.param(["q"], [], 0, "end", id="quit"),
        pytest.param(["a", "k", "n"], [("archive", "A", None), ("keep", "B", None)], 3, "card", id="to the end"),
        pytest.param(["n", "n", "n", "n"], [], 3, "end", id="next behind the last is the end"),
        pytest.param(["n", "n", "n", "a"], [], 3, "question", id="nothing is decided behind the last"),
        pytest.param(["n", "n", "n", "v"], [], 3, "question", id="nor shown"),
        pytest.param(["n", "n", "n", "b"], [], 2, "card", id="back from the end"),
        pytest.param(["a", "u"], [("archive", "A", None), ("forget", "A", None)], 0, "card", id="undo"),
        pytest.param(["u"], [], 0, "question", id="nothing to undo"),
        pytest.param(["a", "u", "u"], [("archive", "A", None), ("forget", "A", None)], 0, "question", id="once only"),
        pytest.param(
            ["a", "k", "n", "u"],
            [("archive", "A", None), ("keep", "B", None), ("forget", "B", None)],
            1,
            "card",
            id="undo leads back to its card",
        ),
        pytest.param(
            ["a", "b", "k", "u"],
            [("archive", "A", None), ("keep", "A", None), ("archive", "A", None)],
            0,
            "card",
            id="undo of a second thought is the first one",
        ),
        pytest.param(
            ["a", "b", "k", "u", "u"],
            [("archive", "A", None), ("keep", "A", None), ("archive", "A", None), ("forget", "A", None)],
            0,
            "card",
            id="and then nothing",
        ),
        pytest.param(["a", "b", "w"], [("archive", "A", None), ("forget", "A", None)], 0, "question", id="withdraw"),
        pytest.param(["w"], [], 0, "question", id="nothing to withdraw"),
        pytest.param(
            ["a", "b", "w", "u"],
            [("archive", "A", None), ("forget", "A", None), ("archive", "A", None)],
            0,
            "card",
            id="undo of a withdrawal",
        ),
    ],
)
def test_what_is_typed_leads_somewhere(
    lines: list[str], written: list[tuple[str, str, date | None]], place: int, show: str
) -> None:
    last, decisions = after(three(), *lines)

    assert told(decisions) == written
    assert (last.session.place, last.show) == (place, show)
    assert last.session.snoozing == ("" if lines == ["s"] else None)


def test_a_reason_is_written_down_with_the_decision() -> None:
    assert [each.because for each in after(three(), "k for the exam", "s after it", "6", "a")[1]] == [
        "for the exam",
        "after it",
        None,
    ]


def test_what_is_written_down_is_about_the_note_as_it_was_shown() -> None:
    [decision] = after(three(), "a")[1]

    assert (decision.name, decision.file_digest, decision.body_digest) == (
        "Ideas/A.md",
        "file of Ideas/A.md",
        "body of Ideas/A.md",
    )


def test_undo_brings_back_what_was_decided_before_this_review() -> None:
    before = archive("Ideas/A.md")
    session = Session.of([card("Ideas/A.md", before)])

    last, written = after(session, "k", "u")

    assert written[-1] == replace(before, at=NOW + timedelta(seconds=1))
    assert last.session.cards[0].decided == written[-1]
    assert last.session.decided == ()


def test_undo_of_an_answer_on_a_renamed_note_goes_by_its_name_now() -> None:
    before = archive("Ideas/Draft.md")
    written = after(Session.of([card("Ideas/A.md", before)]), "k", "u")[1]

    assert told(written) == [("forget", "Draft", None), ("keep", "A", None), ("archive", "A", None)]
    assert written[-1].file_digest == before.file_digest


@pytest.mark.parametrize(
    ("decided", "place"),
    [
        pytest.param((), 0, id="nothing is decided yet"),
        pytest.param((0, 1), 2, id="behind what is decided"),
        pytest.param((1,), 0, id="at the first that is not"),
        pytest.param((0, 1, 2), 0, id="all is decided"),
    ],
)
def test_a_review_begins_at_the_first_card_that_nobody_decided_on(decided: tuple[int, ...], place: int) -> None:
    assert three(*decided).place == place


@pytest.mark.parametrize(
    ("limit", "decided", "many"),
    [
        pytest.param(None, (), 3, id="without a limit all of them"),
        pytest.param(2, (), 2, id="so many"),
        pytest.param(1, (0,), 2, id="what is decided does not count"),
        pytest.param(9, (), 3, id="no more than there are"),
    ],
)
def test_a_batch_is_so_many_that_nobody_decided_on(limit: int | None, decided: tuple[int, ...], many: int) -> None:
    assert len(batch(three(*decided).cards, limit)) == many


def test_a_review_tells_what_was_decided_in_it() -> None:
    last, _ = after(three(2), "a", "k", "b", "u", "k", "n")

    assert [(each.path, each.decided.what) for each in last.session.decided if each.decided] == [
        ("Ideas/A.md", "archive"),
        ("Ideas/B.md", "keep"),
    ]


def test_a_moment_is_asked_for_each_line() -> None:
    later = datetime.fromisoformat("2026-11-20T21:30:00+01:00")

    assert turn(three(), "k", later).writes[0].at == later

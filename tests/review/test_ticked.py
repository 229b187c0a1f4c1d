"""What the boxes of a checklist note say together; where they do not agree, nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from vaultprune.model import NotePath
from vaultprune.review.answers import ARCHIVE, KEEP, Answer, snooze
from vaultprune.review.boxes import boxes
from vaultprune.review.identity import Identity, identity
from vaultprune.review.meant import Meant
from vaultprune.review.ticked import Ticked, ticked

QUIET, OTHER = NotePath("Quiet.md"), NotePath("Other.md")
ABOUT, OF_OTHER = identity(QUIET, "a", "ab" * 32), identity(OTHER, "b", "cd" * 32)
EARLIER = identity(QUIET, "a", "ef" * 32)
"""The same note in another round, when its file was another one."""
HERE: Mapping[Identity, Meant] = {ABOUT: Meant(QUIET), OF_OTHER: Meant(OTHER), EARLIER: Meant(QUIET)}
LATER = snooze(6)

NOTE, KEPT, SNOOZED = f"^vp-{ABOUT}", f"^vp-{ABOUT}-k", f"^vp-{ABOUT}-s"


def said(*lines: str, copies: Sequence[str] = (), meant: Mapping[Identity, Meant] = HERE) -> Ticked:
    """What these lines say, each a mark and an id, with the text of copies of the note."""
    text = "\n".join(f"- [{line[0]}] words {line[2:]}" for line in lines)
    return ticked(boxes(text.encode()), [boxes(copy.encode()) for copy in copies], meant.__getitem__)


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        pytest.param([f"x {NOTE}", f"  {KEPT}", f"  {SNOOZED}"], ARCHIVE, id="the note ticked"),
        pytest.param([f"X {NOTE}"], ARCHIVE, id="in capitals"),
        pytest.param([f"  {NOTE}", f"x {KEPT}", f"  {SNOOZED}"], KEEP, id="keep ticked"),
        pytest.param([f"x {KEPT}"], KEEP, id="keep ticked, and the line of the note lost"),
        pytest.param([f"- {NOTE}"], KEEP, id="the note cancelled"),
        pytest.param([f"- {NOTE}", f"x {KEPT}"], KEEP, id="cancelled, and keep ticked as well"),
        pytest.param([f"  {NOTE}", f"x {SNOOZED}"], LATER, id="put off"),
        pytest.param([f"> {NOTE}"], LATER, id="put off by a mark"),
        pytest.param([f"x {NOTE}", f"x {NOTE}"], ARCHIVE, id="the line twice, ticked in both"),
        pytest.param([f"x {KEPT}", f"  {KEPT}"], KEEP, id="keep twice, ticked in one"),
    ],
)
def test_a_tick_is_an_answer(lines: list[str], answer: Answer) -> None:
    found = said(*lines)

    assert found.answers == {QUIET: answer}
    assert found.states == ({QUIET: ABOUT} if answer == ARCHIVE else {})
    assert found.kept == ({} if answer == ARCHIVE else {QUIET: answer})
    assert (found.remarks, found.unclear) == ((), frozenset())


@pytest.mark.parametrize(
    ("lines", "copies", "why"),
    [
        pytest.param([f"x {NOTE}", f"x {KEPT}"], [], "two boxes are ticked", id="set aside and keep"),
        pytest.param([f"x {NOTE}", f"x {SNOOZED}"], [], "two boxes are ticked", id="set aside and later"),
        pytest.param([f"x {KEPT}", f"x {SNOOZED}"], [], "two boxes are ticked", id="keep and later"),
        pytest.param([f"x {NOTE}", f"- {NOTE}"], [], "two boxes are ticked", id="the line twice, with other marks"),
        pytest.param([f"x {NOTE}", f"  {NOTE}"], [], "not each is ticked", id="the line twice, ticked in one"),
        pytest.param([f"/ {NOTE}"], [], "none that vaultprune knows", id="half done"),
        pytest.param([f"? {NOTE}"], [], "none that vaultprune knows", id="a question"),
        pytest.param([f"- {KEPT}"], [], "none that vaultprune knows", id="not to be kept"),
        pytest.param([f"x {NOTE}", f"/ {KEPT}"], [], "none that vaultprune knows", id="ticked, and half kept"),
        pytest.param([f"x {NOTE}"], [f"- [ ] {NOTE}"], "not each is ticked", id="a copy in which it is not ticked"),
        pytest.param([f"x {NOTE}"], [f"- [x] {KEPT}"], "two boxes are ticked", id="a copy in which it is kept"),
        pytest.param([f"x {KEPT}"], [f"- [x] {NOTE}"], "two boxes are ticked", id="kept here, set aside in a copy"),
        pytest.param([f"x {NOTE}", f"x ^vp-{EARLIER}-k"], [], "two boxes are ticked", id="kept in an earlier round"),
        pytest.param([f"? {NOTE}", f"x ^vp-{EARLIER}-k"], [], "none that vaultprune knows", id="odd, and kept before"),
    ],
)
def test_where_boxes_do_not_agree_nothing_is_decided_and_that_is_said(
    lines: list[str], copies: list[str], why: str
) -> None:
    found = said(*lines, f"x ^vp-{OF_OTHER}", copies=copies)

    assert found.answers == {OTHER: ARCHIVE}
    assert found.unclear == {QUIET}
    assert len(found.remarks) == 1
    assert found.remarks[0].startswith("Quiet: ")
    assert why in found.remarks[0]
    assert found.remarks[0].endswith("so nothing is decided")


@pytest.mark.parametrize(
    ("meant", "remark"),
    [
        pytest.param(Meant(why="gone"), "1 ticked box is about a note that cannot be found any more", id="gone"),
        pytest.param(
            Meant(why="several"),
            "1 ticked box is about a note that was renamed and could be one of several",
            id="unsure",
        ),
        pytest.param(Meant(why="archived"), "1 ticked box is about a note that lies in the archive by now", id="done"),
    ],
)
def test_a_tick_about_no_note_is_told_and_ignored(meant: Meant, remark: str) -> None:
    found = said(f"x {NOTE}", f"x ^vp-{OF_OTHER}-k", meant={**HERE, ABOUT: meant})

    assert found.answers == {OTHER: KEEP}
    assert found.remarks == (remark,)
    assert found.unclear == frozenset()


def test_what_is_ticked_in_a_copy_alone_is_not_carried_out() -> None:
    assert said(f"  {NOTE}", copies=[f"- [x] {NOTE}\n- [x] {KEPT}"]) == Ticked()


def test_copies_that_say_the_same_do_no_harm() -> None:
    assert said(f"x {NOTE}", copies=[f"- [x] {NOTE}\n- [ ] {KEPT}"] * 3).answers == {QUIET: ARCHIVE}


def test_lines_that_nobody_can_tell_apart_are_counted() -> None:
    found = said(f"x {NOTE} - [ ] ^vp-{OF_OTHER}", f"x ^vp-{OF_OTHER}")

    assert found.answers == {OTHER: ARCHIVE}
    assert found.remarks == ("1 line with more than one box: nobody can tell which of them is ticked",)


def test_no_tick_says_nothing() -> None:
    assert said(f"  {NOTE}", f"  {KEPT}", f"  {SNOOZED}") == Ticked()

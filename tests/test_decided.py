from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.build import TODAY, at, note, snapshot
from vaultprune.decided import Decided, Standing, kept, last_words, standing
from vaultprune.model import Decision, Note, NotePath, Observed, Seen, Snapshot

QUIET = note("Ideas/Quiet", text="the same words", tags=("topic/one",))
ARCHIVE = frozenset({NotePath("Archive/Ideas/Quiet.md")})


def said(what: str, name: str = "Ideas/Quiet.md", day: str = "2026-11-01", **more: object) -> Decision:
    return Decision(at(day), what, more.pop("scope", "note"), name, **more)  # type: ignore[arg-type]


def paths(held: tuple[Standing, ...]) -> list[tuple[str, ...]]:
    return [each.paths for each in held]


def world(*notes: Note, decisions: tuple[Decision, ...] = (), seen: dict[str, Seen] | None = None) -> Snapshot:
    observed = Observed(notes={NotePath(path): each for path, each in (seen or {}).items()})
    return snapshot(*notes, decisions=decisions, observed=observed)


def test_the_last_word_on_each_counts_whatever_its_case() -> None:
    first, last = said("keep"), said("archive", "ideas/QUIET.md", "2026-11-02")

    assert last_words([first, said("keep", "Other.md"), last]) == (said("keep", "Other.md"), last)


@pytest.mark.parametrize(
    ("decisions", "holds"),
    [
        pytest.param([said("keep")], True, id="for ever"),
        pytest.param([said("keep", until=date(2026, 11, 21))], True, id="up to tomorrow"),
        pytest.param([said("keep", until=date(2026, 11, 20))], False, id="up to today"),
        pytest.param([said("keep"), said("forget")], False, id="withdrawn"),
        pytest.param([said("keep"), said("archive")], False, id="then meant to be set aside"),
        pytest.param([said("archive"), said("keep")], True, id="first meant to be set aside"),
    ],
)
def test_a_keep_holds_until_its_day_or_another_word(decisions: list[Decision], holds: bool) -> None:
    assert bool(kept(decisions, date.fromisoformat(TODAY))) is holds


@pytest.mark.parametrize(
    ("decision", "notes", "about"),
    [
        pytest.param(said("keep"), [QUIET], ["Ideas/Quiet.md"], id="by its path"),
        pytest.param(said("keep", "ideas/quiet.MD"), [QUIET], ["Ideas/Quiet.md"], id="by its path in another case"),
        pytest.param(said("keep", "Ideas", scope="folder"), [QUIET], ["Ideas/Quiet.md"], id="by its folder"),
        pytest.param(said("keep", "Ide", scope="folder"), [QUIET], [], id="not by half the name of its folder"),
        pytest.param(said("keep", "topic", scope="tag"), [QUIET], ["Ideas/Quiet.md"], id="by the tag above its own"),
        pytest.param(said("keep", "top", scope="tag"), [QUIET], [], id="not by half a tag"),
        pytest.param(
            said("keep", "Old.md", body_digest=QUIET.body_digest), [QUIET], ["Ideas/Quiet.md"], id="by its text"
        ),
        pytest.param(
            said("keep", "Old.md", body_digest=QUIET.body_digest),
            [QUIET, note("old")],
            ["old.md"],
            id="not by its text while another has the name",
        ),
        pytest.param(
            said("keep", "Old.md", body_digest=note("", words=0, text="").body_digest),
            [note("Empty", words=0, text="")],
            [],
            id="empty notes are all alike",
        ),
        pytest.param(said("keep", "Old.md"), [QUIET], [], id="not at all"),
    ],
)
def test_what_a_decision_is_about(decision: Decision, notes: list[Note], about: list[str]) -> None:
    assert list(Decided.of(world(*notes)).paths(decision)) == about


@pytest.mark.parametrize(
    ("days", "about"),
    [
        pytest.param(1, ["Ideas/Quiet.md"], id="it had the name when that was decided"),
        pytest.param(-1, [], id="it had the name, but no longer"),
    ],
)
def test_a_note_that_was_seen_under_the_name_is_followed(days: int, about: list[str]) -> None:
    decision = said("keep", "Draft.md")
    until = (decision.at + timedelta(days=days)).toordinal()
    seen = Seen(1, 1, formerly=((NotePath("Draft.md"), until),))

    assert list(Decided.of(world(QUIET, seen={"Ideas/Quiet.md": seen})).paths(decision)) == about


ASIDE = note("Archive/Ideas/Quiet", text="the same words")
TWIN = note("Copy of Quiet", text="the same words")
DECIDED = said("archive", body_digest=QUIET.body_digest)


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        pytest.param([QUIET], [("Ideas/Quiet.md",)], id="it lies where it did, and waits"),
        pytest.param([QUIET, TWIN], [("Ideas/Quiet.md",)], id="a copy of it is not meant"),
        pytest.param([note("Renamed", text="the same words")], [("Renamed.md",)], id="it has another name"),
        pytest.param([ASIDE], [], id="it was set aside"),
        pytest.param([ASIDE, TWIN], [], id="it was set aside, and a copy stays"),
        pytest.param([TWIN, note("Another", text="the same words")], [()], id="two could be meant"),
        pytest.param([note("Other")], [()], id="it is gone"),
    ],
)
def test_a_decision_to_set_a_note_aside_waits_until_it_is_carried_out(
    notes: list[Note], found: list[tuple[str, ...]]
) -> None:
    held = standing(world(*notes, decisions=(DECIDED,)), ARCHIVE)

    assert paths(held) == found
    assert [each.waits for each in held] == [bool(each) for each in found]


def test_what_was_withdrawn_or_has_run_out_counts_no_more() -> None:
    over = (DECIDED, said("forget"), said("keep", "Other.md", until=date(2026, 11, 2)))

    assert standing(world(QUIET, note("Other"), decisions=over), ARCHIVE) == ()


def test_a_keep_of_what_is_gone_is_told_apart() -> None:
    keeps = (said("keep"), said("keep", "Gone.md"))

    held = standing(world(QUIET, decisions=keeps), ARCHIVE)

    assert paths(held) == [("Ideas/Quiet.md",), ()]
    assert not any(each.waits for each in held)

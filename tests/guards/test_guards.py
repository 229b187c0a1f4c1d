from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.build import filler, note, vault
from vaultprune.guards import Around, Past, before_archive, before_return, first_by_rank, renewed
from vaultprune.model import Move, Note, NotePath, Plan, Rewrite, Skipped, Span
from vaultprune.moving import plan_id
from vaultprune.vault import Vault
from vaultprune.verdict import judge

SHA = "0" * 64
DAY = date(2026, 11, 13)


def plan(*sources: str, rewrites: tuple[Rewrite, ...] = ()) -> Plan:
    moves = tuple(Move(NotePath(source), NotePath(f"Archive/{source}"), SHA, 1) for source in sources)
    return Plan(plan_id(moves, rewrites), moves, rewrites)


def garden(*more: Note) -> Vault:
    return vault(note("Quiet"), *filler(), *more)


def names(found: Any) -> list[str]:
    return [guard.name for guard in found]


LINKER = Rewrite(NotePath("Linker.md"), SHA, (Span(0, 1, b"a", b"b", (NotePath("Quiet.md"),)),))


@pytest.mark.parametrize(
    ("around", "past", "wanted"),
    [
        pytest.param(Around(), Past(pending=NotePath("a.md")), "pending-recovery", id="an interrupted run"),
        pytest.param(Around(outer="Home"), Past(), "inner-vault", id="a vault inside a vault"),
        pytest.param(Around(git_busy="a merge"), Past(), "git-busy", id="git at work"),
        pytest.param(Around(app_running=True, layout_age=119.0), Past(), "app-running", id="the app at work"),
        pytest.param(Around(archive="symlink"), Past(), "archive-symlink", id="an archive behind a symlink"),
        pytest.param(Around(archive="file"), Past(), "archive-file", id="a file of the archive's name"),
        pytest.param(Around(archive="elsewhere"), Past(), "other-file-system", id="an archive on another disk"),
        pytest.param(Around(not_downloaded=1), Past(), "cloud-placeholders", id="a note in the cloud"),
        pytest.param(Around(), Past(notes=27, day=DAY), "smaller-vault", id="21 notes of 27"),
    ],
)
def test_a_guard_speaks(around: Around, past: Past, wanted: str) -> None:
    found = before_archive(plan("Quiet.md"), garden(), around, past, by_evidence=True)

    assert names(found) == [wanted]
    assert found[0].says
    assert not found[0].says.endswith(".")


@pytest.mark.parametrize(
    ("around", "past"),
    [
        pytest.param(Around(archive="folder"), Past(), id="an ordinary folder"),
        pytest.param(Around(app_running=True, layout_age=121.0), Past(), id="an app that has settled"),
        pytest.param(Around(app_running=True), Past(), id="an app that never opened this vault"),
        pytest.param(Around(layout_age=1.0), Past(), id="a layout that a sync program wrote"),
        pytest.param(Around(), Past(notes=26, day=DAY), id="21 notes of 26"),
        pytest.param(Around(), Past(notes=10, day=DAY), id="a vault that grew"),
    ],
)
def test_a_guard_stays_silent(around: Around, past: Past) -> None:
    assert before_archive(plan("Quiet.md"), garden(), around, past, by_evidence=True) == ()


def test_an_interrupted_run_and_an_archive_elsewhere_are_final() -> None:
    past = Past(pending=NotePath("a.md"))
    found = before_archive(plan("Quiet.md"), garden(), Around(archive="symlink"), past, by_evidence=False)

    assert all(guard.final for guard in found)
    assert len(found) == 2


def test_an_empty_plan_is_held_back_by_nothing_but_an_interrupted_run() -> None:
    busy = Around(git_busy="a merge", archive="symlink")

    assert before_archive(plan(), garden(), busy, Past(), by_evidence=True) == ()
    assert names(before_return(plan(), busy, Past(pending=NotePath("a.md")))) == ["pending-recovery"]


@pytest.mark.parametrize(
    ("plan", "wanted"),
    [
        pytest.param(plan("Filler/F00.md", "Filler/F01.md"), [], id="two of 21"),
        pytest.param(plan("Filler/F00.md", "Filler/F01.md", "Filler/F02.md"), ["large-plan"], id="three of 21"),
        pytest.param(plan("Quiet.md", *(f"Filler/F{n:02d}.md" for n in range(20))), ["whole-vault"], id="all"),
    ],
)
def test_a_plan_for_more_than_a_tenth_is_large(plan: Plan, wanted: list[str]) -> None:
    assert names(before_archive(plan, garden(), Around(), Past(), by_evidence=False)) == wanted


def test_suggestions_need_dates_and_named_notes_do_not() -> None:
    undated = vault(*(note(f"N{number}", edited=None, created=None) for number in range(30)))

    assert undated.evidence.abstains
    assert names(before_archive(plan("N1.md"), undated, Around(), Past(), by_evidence=True)) == ["untrusted-evidence"]
    assert before_archive(plan("N1.md"), undated, Around(), Past(), by_evidence=False) == ()
    assert before_archive(plan(), undated, Around(), Past(), by_evidence=True)[0].final


OLD = note("Archive/Old")


@pytest.mark.parametrize(
    ("past", "wanted"),
    [
        pytest.param(Past(), ["archive-folder"], id="nobody knows it"),
        pytest.param(Past(known=frozenset({OLD.path})), [], id="a journal knows it"),
        pytest.param(Past(archived_before=True), [], id="it was asked about before"),
    ],
)
def test_a_folder_that_was_there_before_is_asked_about_once(past: Past, wanted: list[str]) -> None:
    found = before_archive(plan("Quiet.md"), garden(OLD), Around(), past, by_evidence=False)

    assert names(found) == wanted
    assert all(guard.asks.endswith("?") for guard in found)


def test_the_note_about_the_archive_is_nobodys_old_note() -> None:
    about = note("Archive/About this archive", more={"vaultprune-about": "archive"})

    assert before_archive(plan("Quiet.md"), garden(about), Around(), Past(), by_evidence=False) == ()


@pytest.mark.parametrize(
    ("copy", "speaks"),
    [
        pytest.param("Linker.sync-conflict-20261119-101112-ABCDEFG", True, id="of a note to be rewritten"),
        pytest.param("Quiet (conflicted copy 2026-11-19)", True, id="of a note to be moved"),
        pytest.param("Other.sync-conflict-20261119-101112-ABCDEFG", False, id="of a note that is no concern"),
        pytest.param("Linker 2", False, id="a number is no mark"),
    ],
)
def test_an_unmerged_copy_holds_back_what_touches_it(copy: str, speaks: bool) -> None:
    touching = plan("Quiet.md", rewrites=(LINKER,))
    found = before_archive(touching, garden(note("Linker"), note(copy)), Around(), Past(), by_evidence=False)

    assert names(found) == (["sync-conflict"] if speaks else [])


def test_what_brings_notes_back_is_held_back_by_what_would_harm_it_and_not_by_its_size() -> None:
    many = plan(*(f"Archive/{number}.md" for number in range(100)))
    around = Around(outer="Home", git_busy="a rebase", app_running=True, layout_age=1.0, not_downloaded=3)

    assert names(before_return(many, around, Past())) == ["inner-vault", "git-busy", "app-running"]


# --- the first by rank ------------------------------------------------------------------------------


def test_the_first_by_rank_are_outside_their_grace() -> None:
    judgement = judge(
        garden(note("Lately", edited="2026-09-01"), note("Older", edited="2024-01-01"), note("Undated", edited=None))
    )
    paths = [judgement.vault.notes[number].path for number in first_by_rank(judgement, 100)]

    assert set(paths) == {"Quiet.md", "Older.md"}
    assert paths == [
        judgement.vault.notes[number].path
        for number in judgement.order
        if judgement.vault.notes[number].path in ("Quiet.md", "Older.md")
    ]
    assert [judgement.vault.notes[number].path for number in first_by_rank(judgement, 1)] == paths[:1]
    assert first_by_rank(judgement, -1) == ()


# --- a plan from a file -----------------------------------------------------------------------------


def test_a_plan_that_would_be_made_again_holds() -> None:
    written = plan("A.md", "B.md", rewrites=(LINKER,))

    assert renewed(written, written).plan == written
    assert renewed(written, written).guards == ()


def test_what_belongs_together_is_taken_from_the_vault_and_not_from_the_document() -> None:
    now = replace(plan("A.md", "B.md"), together=((NotePath("A.md"), NotePath("B.md")),))

    assert renewed(plan("A.md", "B.md"), now).plan.together == now.together


def test_a_note_that_stays_takes_along_what_goes_with_it() -> None:
    span = Span(2, 3, b"c", b"d", (NotePath("B.md"),))
    both = replace(LINKER, spans=(replace(LINKER.spans[0], because=(NotePath("A.md"),)), span))
    written = plan("A.md", "B.md", rewrites=(both,))
    now = replace(
        plan("A.md", rewrites=(replace(both, spans=both.spans[:1]),)), skipped=(Skipped(NotePath("B.md"), "x"),)
    )
    found = renewed(written, now)

    assert found.guards == ()
    assert (found.plan.id, found.plan.moves, found.plan.rewrites) == (now.id, now.moves, now.rewrites)
    assert found.plan.skipped == now.skipped


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(plan("A.md"), id="a link less"),
        pytest.param(plan("A.md", rewrites=(LINKER, replace(LINKER, path=NotePath("M.md")))), id="a link more"),
        pytest.param(plan("A.md", rewrites=(replace(LINKER, sha256="1" * 64),)), id="other bytes around it"),
        pytest.param(
            plan("A.md", rewrites=(replace(LINKER, spans=(replace(LINKER.spans[0], after=b"x"),)),)), id="other bytes"
        ),
        pytest.param(
            Plan("", (Move(NotePath("A.md"), NotePath("Archive/x/A.md"), SHA, 1),), (LINKER,)), id="another place"
        ),
    ],
)
def test_any_other_difference_puts_it_out_of_date(now: Plan) -> None:
    found = renewed(plan("A.md", rewrites=(LINKER,)), now)

    assert names(found.guards) == ["plan-out-of-date"]
    assert found.guards[0].final

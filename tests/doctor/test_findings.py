"""What the doctor finds, and where it stays silent: the second table is the one that keeps people's patience."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest

from tests.build import at, filler, note, vault
from vaultprune.config import Config
from vaultprune.doctor import CHECKS, Case, Check, Finding, examine
from vaultprune.guards import Around, Past
from vaultprune.model import AppSettings, Decision, NotePath, Observed, Problem, Stray
from vaultprune.revival import Aside, Needed, Needs
from vaultprune.vault import Vault, open_vault

HOME = note("Home", links=["Ideas/Box"])
BOX = note("Ideas/Box", tags=["topic/boxes"], status="evergreen")
IN_SIGHT = AppSettings(present=True)
EXCLUDED = AppSettings(present=True, excluded=("Archive/",))
SET_ASIDE = Aside(NotePath("Ideas/Box.md"), NotePath("Archive/Ideas/Box.md"), at("2026-01-01"), "a", "a")


def with_problems(*problems: Problem) -> Vault:
    found = vault(HOME)
    return open_vault(replace(found.snapshot, problems=problems), found.config)


def with_odd_ledger(odd: str) -> Vault:
    found = vault(HOME)
    return open_vault(replace(found.snapshot, observed=Observed(odd=odd)), found.config)


def decided(scope: str, name: str, what: str = "keep", body: str | None = None, until: date | None = None) -> Decision:
    return Decision(at("2026-01-01"), what, scope, name, until=until, body_digest=body)  # type: ignore[arg-type]


def configured(**settings: object) -> Case:
    config = Config(dates=("property",), **settings)  # type: ignore[arg-type]
    return Case(vault(HOME, BOX, config=config))


def codes(case: Case) -> list[str]:
    return [finding.code for finding in examine(case).findings]


@pytest.mark.parametrize(
    ("case", "code", "wrong"),
    [
        pytest.param(Case(vault(HOME), Past(pending=NotePath("a.md"))), "interrupted", True, id="an interrupted run"),
        pytest.param(
            Case(vault(HOME), elsewhere=(NotePath("a.md"),)), "interrupted-elsewhere", False, id="on another device"
        ),
        pytest.param(Case(vault(HOME), busy=True), "busy", False, id="a run that holds the lock"),
        pytest.param(
            Case(vault(HOME), strays=(Stray(".vaultprune/journal/d/swap/1", "Home.md", True),)),
            "saved-meanwhile",
            True,
            id="words in the journal alone",
        ),
        pytest.param(
            Case(vault(HOME), strays=(Stray(".vaultprune/journal/d/swap/1", "", False),)),
            "saved-meanwhile",
            True,
            id="words of nobody knows which note",
        ),
        pytest.param(Case(vault(HOME), half_set_up=True), "half-set-up", True, id="setting up that was stopped"),
        pytest.param(
            Case(vault(HOME), damaged=("a record is damaged.",)), "journal-damaged", True, id="a damaged record"
        ),
        pytest.param(
            Case(vault(HOME), needs=Needs(returned=(SET_ASIDE,))), "returned", True, id="a note that sync put back"
        ),
        pytest.param(
            Case(vault(HOME), needs=Needs(replaced=(SET_ASIDE,))), "replaced", False, id="another note in the old place"
        ),
        pytest.param(
            Case(vault(HOME), needs=Needs((Needed(SET_ASIDE.old, SET_ASIDE.now, ("open in a tab",)),))),
            "needed-again",
            False,
            id="an archived note that is needed again",
        ),
        pytest.param(
            Case(vault(HOME), Past(notes=40, day=date(2026, 11, 1))), "half-synced", True, id="far fewer notes"
        ),
        pytest.param(Case(vault(HOME), around=Around(not_downloaded=2)), "not-downloaded", True, id="in the cloud"),
        pytest.param(Case(vault(HOME), around=Around(outer="Big")), "inner-vault", True, id="inside another vault"),
        pytest.param(Case(vault(HOME), around=Around(git_busy="a merge")), "git-busy", True, id="a merge"),
        pytest.param(Case(vault(HOME), around=Around(app_running=True)), "app-running", False, id="the app is open"),
        pytest.param(Case(vault(HOME), inner=("Work",)), "vault-inside", False, id="another vault inside"),
        pytest.param(Case(vault(HOME), synced_by=("iCloud", "Dropbox")), "synced-twice", False, id="synced twice"),
        pytest.param(Case(with_odd_ledger("The ledger was damaged.")), "ledger-odd", False, id="a ledger begun anew"),
        pytest.param(Case(vault(HOME), quick_yaml=False), "slow-yaml", False, id="no libyaml"),
        pytest.param(
            Case(vault(HOME), around=Around(archive="symlink")),
            "archive-folder",
            True,
            id="an archive behind a symlink",
        ),
        pytest.param(
            Case(vault(note("Archive/Old"))), "archive-not-ours", False, id="an archive that was there before"
        ),
        pytest.param(
            Case(vault(note("Archive/Old"), app=IN_SIGHT)),
            "archive-in-sight",
            False,
            id="an archive in search and graph",
        ),
        pytest.param(
            Case(vault(HOME, note("Home.sync-conflict-20260901-120000-ABCDEFG"))), "sync-conflict", True, id="Syncthing"
        ),
        pytest.param(
            Case(vault(HOME, attachments=["a (phone's conflicted copy 2026-01-01).png"])),
            "sync-conflict",
            True,
            id="a conflict of an attachment",
        ),
        pytest.param(Case(with_problems(Problem(NotePath("a.md"), "odd"))), "problem", True, id="a file that is odd"),
        pytest.param(Case(vault(note("What?"))), "name-refused", False, id="a question mark"),
        pytest.param(Case(vault(note("Con"))), "name-refused", False, id="a device of Windows"),
        pytest.param(Case(vault(note("Folder./Note"))), "name-refused", False, id="a folder that ends in a dot"),
        pytest.param(Case(vault(note("Box"), note("box"))), "name-twins", False, id="names that differ in case"),
        pytest.param(
            Case(vault(note("caf\u00e9"), note("cafe\u0301"))), "name-twins", False, id="names that differ in form"
        ),
        pytest.param(Case(vault(note("a #b"))), "name-unlinkable", False, id="a name that no wikilink can hold"),
        pytest.param(Case(vault(note("f/" * 90 + "x" * 40))), "name-long", False, id="a long path"),
        pytest.param(
            Case(vault(note(os.fsdecode(b"caf\xe9"), text="x"))), "name-not-utf-8", False, id="a name in Latin-1"
        ),
        pytest.param(
            Case(vault(HOME, decisions=[decided("note", "Gone.md")])), "decision-idle", False, id="a note gone"
        ),
        pytest.param(
            Case(vault(HOME, decisions=[decided("folder", "Ideas")])), "decision-idle", False, id="a folder gone"
        ),
        pytest.param(Case(vault(HOME, decisions=[decided("tag", "x")])), "decision-idle", False, id="a tag gone"),
        pytest.param(configured(protect=("evergren",)), "setting-idle", True, id="a status that no note has"),
        pytest.param(configured(protect_paths=("Journal/",)), "setting-idle", True, id="a folder that is not there"),
        pytest.param(configured(leave_out=("x*",)), "setting-idle", True, id="a glob that fits nothing"),
        pytest.param(configured(index_notes=("Hoome",)), "setting-idle", True, id="an index note that is not there"),
        pytest.param(configured(modified_keys=("tended",)), "setting-idle", True, id="a property that no note has"),
    ],
)
def test_it_finds(case: Case, code: str, wrong: bool) -> None:
    found = examine(case)

    assert code in codes(case)
    assert [finding.wrong for finding in found.findings if finding.code == code] == [wrong]
    assert all(finding.says.endswith((".", "?")) for finding in found.findings)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(Case(vault(HOME, BOX)), id="a plain vault"),
        pytest.param(Case(vault(HOME), Past(notes=1, day=date(2026, 11, 1))), id="as many notes as last time"),
        pytest.param(Case(vault(HOME), around=Around(archive="folder")), id="an archive folder"),
        pytest.param(
            Case(vault(note("Archive/Old"), app=EXCLUDED), Past(known=frozenset({NotePath("Archive/Old.md")}))),
            id="an archive of ours, out of sight",
        ),
        pytest.param(
            Case(vault(note("Archive/About this archive", more={"vaultprune-about": "archive"}))),
            id="its own note alone",
        ),
        pytest.param(Case(vault(HOME), synced_by=("iCloud",)), id="synced once"),
        pytest.param(Case(vault(note("Conference"), note("A.b/Connie.co"))), id="names that are almost refused"),
        pytest.param(Case(vault(HOME, decisions=[decided("note", "home.md")])), id="a decision on a note, in any case"),
        pytest.param(
            Case(vault(BOX, decisions=[decided("note", "Old name.md", body=BOX.body_digest)])), id="on a renamed note"
        ),
        pytest.param(Case(vault(BOX, decisions=[decided("folder", "ideas")])), id="a decision on a folder"),
        pytest.param(Case(vault(BOX, decisions=[decided("tag", "topic")])), id="a decision on a tag above"),
        pytest.param(
            Case(vault(HOME, decisions=[decided("note", "Gone.md"), decided("note", "Gone.md", "forget")])),
            id="a decision that was withdrawn",
        ),
        pytest.param(
            Case(vault(HOME, decisions=[decided("note", "Gone.md", until=date(2026, 2, 1))])), id="one that has run out"
        ),
        pytest.param(
            configured(protect=("Evergreen",), protect_paths=("ideas/",), leave_out=("*Box",), index_notes=("home",)),
            id="settings that are about something",
        ),
        pytest.param(Case(with_problems(Problem(NotePath("a.md"), "not downloaded to this device"))), id="told apart"),
    ],
)
def test_it_stays_silent(case: Case) -> None:
    assert codes(case) == []
    assert len(examine(case).in_order) == len(CHECKS)


def test_problems_are_told_by_kind_the_most_frequent_first() -> None:
    found = examine(
        Case(
            with_problems(
                Problem(NotePath("a.md"), "torn", 3),
                Problem(NotePath("b.md"), "not valid UTF-8 from byte 64"),
                Problem(NotePath("c.md"), "not valid UTF-8 from byte 7"),
                Problem(NotePath("c.md"), "not valid UTF-8 from byte 9"),
            )
        )
    ).findings

    assert [finding.names for finding in found] == [("b.md", "c.md"), ("a.md",)]
    assert "2 files" in found[0].says
    assert "such as: not valid UTF-8 from byte 64." in found[0].says


def test_a_misspelt_status_names_the_nearest() -> None:
    (found,) = examine(configured(protect=("evergren",))).findings

    assert 'Did you mean "evergreen"?' in found.says
    assert found.so == "It stands in the defaults."


def test_what_is_wrong_comes_before_what_is_good_to_know() -> None:
    case = Case(vault(HOME, note("What?")), around=Around(app_running=True, git_busy="a merge"), busy=True)

    found = examine(case)

    assert [finding.wrong for finding in found.findings] == [True, False, False, False]
    assert (found.wrong, found.to_know) == (found.findings[:1], found.findings[1:])


def test_checks_can_be_made_up() -> None:
    def look(case: Case) -> list[Finding]:
        return [Finding("few", f"{len(case.vault.notes)} notes.")] if len(case.vault.notes) < 5 else []

    check = Check("few", "how many notes", look)

    assert examine(Case(vault(HOME)), (check,)).findings == (Finding("few", "1 notes."),)
    assert examine(Case(vault(*filler(6))), (check,)).in_order == (check,)


def test_a_note_of_one_that_came_back_can_be_set_aside_again() -> None:
    (found,) = examine(Case(vault(HOME, BOX), needs=Needs(returned=(SET_ASIDE,)))).findings

    assert (found.command, found.notes) == (("archive",), (SET_ASIDE.old,))

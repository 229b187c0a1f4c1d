"""What is kept of a note goes, all of it and nothing that is another note's; stopped anywhere, it can be resumed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.archiving.worlds import AT, DEVICE, FOUR, TWO
from vaultprune.archiving import (
    Disk,
    batches,
    carry_out,
    forget,
    make_plan,
    pending,
    plan_return,
    record_decision,
    traces,
)
from vaultprune.archiving.journal import JOURNAL
from vaultprune.model import Decision, NotePath

ONE = NotePath("Ideas/One.md")


def bytes_kept(vault: Path) -> set[bytes]:
    """The contents of every file that the journal keeps of notes."""
    return {path.read_bytes() for path in vault.joinpath(*JOURNAL).glob("*/[bs]*/*")}


def decide(vault: Path, name: str, device: str = DEVICE) -> None:
    record_decision(vault, Decision(AT, "keep", "note", name), device)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    FOUR.build(tmp_path)
    carry_out(tmp_path, FOUR.plan(), AT, device=DEVICE)
    return tmp_path


def test_its_texts_and_its_record_go_and_those_of_others_stay(vault: Path) -> None:
    before = bytes_kept(vault)
    assert FOUR.files[ONE] in before
    others = [path for path, _ in FOUR.moves if path != ONE]
    found = forget(vault, ONE, device=DEVICE)

    assert len(found.own) == 1
    left = bytes_kept(vault)
    assert FOUR.files[ONE] not in left
    assert left < before
    units = [entry.unit for entry in batches(vault)[0].entries]
    edits = [edit for unit in units for edit in unit.edits if edit.path not in found.paths]
    needed = {unit.image.sha256 for unit in units} | {sha for e in edits for sha in (e.before.sha256, e.after)}
    assert needed == {path.name for path in vault.joinpath(*JOURNAL).glob("*/blobs/*")}
    assert traces(vault, ONE, device=DEVICE).nothing
    again = plan_return(vault, notes=others)
    assert len(again.moves) == len(others)
    assert {outcome.what for outcome in carry_out(vault, again, AT, device=DEVICE).outcomes} == {"done"}


def test_it_is_known_by_every_name_that_it_had(vault: Path) -> None:
    archived = NotePath(f"Archive/{ONE}")

    assert traces(vault, archived, device=DEVICE).paths == traces(vault, ONE, device=DEVICE).paths == (archived, ONE)
    carry_out(vault, plan_return(vault, notes=[ONE]), AT + timedelta(days=1), device=DEVICE)
    assert len(traces(vault, ONE, device=DEVICE).own) == 2


def test_a_note_that_links_has_texts_too(tmp_path: Path) -> None:
    TWO.build(tmp_path)
    carry_out(tmp_path, TWO.plan(), AT, device=DEVICE)
    hub = NotePath("Hub.md")
    found = forget(tmp_path, hub, device=DEVICE)

    assert not found.own
    assert found.rewritten
    assert TWO.files[hub] not in bytes_kept(tmp_path)
    back = plan_return(tmp_path, notes=[path for path, _ in TWO.moves])
    assert {outcome.what for outcome in carry_out(tmp_path, back, AT, device=DEVICE).outcomes} == {"done"}
    assert (tmp_path / hub).read_bytes() == TWO.files[hub]


def test_decisions_of_this_device_go_and_those_of_others_are_named(vault: Path) -> None:
    for name in (ONE, "Other.md", f"Archive/{ONE}"):
        decide(vault, name)
    decide(vault, ONE, "fedcba98")
    found = forget(vault, ONE, device=DEVICE)
    lines = (vault / f".vaultprune/decisions/{DEVICE}.jsonl").read_text().splitlines()

    assert found.decisions == 2
    assert found.elsewhere == (".vaultprune/decisions/fedcba98.jsonl",)
    assert [json.loads(line)["name"] for line in lines] == ["Other.md"]
    assert (vault / ".vaultprune/decisions/fedcba98.jsonl").exists()


def test_what_another_device_keeps_is_named(vault: Path) -> None:
    found = traces(vault, ONE, device="fedcba98")

    assert not found.files
    assert found.elsewhere == (f".vaultprune/journal/{DEVICE}",)


@pytest.mark.parametrize("which", [0, 1, -1])
def test_a_row_that_loses_a_note_does_not_look_interrupted(tmp_path: Path, which: int) -> None:
    FOUR.build(tmp_path)
    plan = FOUR.plan()
    row = make_plan(plan.moves, plan.rewrites, together=[[move.source for move in plan.moves]])
    carry_out(tmp_path, row, AT, device=DEVICE)
    forget(tmp_path, plan.moves[which].source, device=DEVICE)

    assert not pending(tmp_path, DEVICE)
    others = [move.source for number, move in enumerate(plan.moves) if number != which % len(plan.moves)]
    back = plan_return(tmp_path, notes=others)
    assert {outcome.what for outcome in carry_out(tmp_path, back, AT, device=DEVICE).outcomes} == {"done"}


class Stopped(BaseException):
    pass


class Stopping(Disk):
    """A disk on which everything ends before the n-th change; what is decided at that moment is written as well."""

    def __init__(self, vault: Path, at: int) -> None:
        super().__init__(vault)
        self.at = at

    def before(self, call: str) -> None:
        super().before(call)
        if self.calls == self.at:
            raise Stopped(call)


def test_stopped_anywhere_it_can_be_gone_on_with(tmp_path: Path) -> None:
    points = 0
    for at in range(1, 300):
        vault = tmp_path / str(at)
        vault.mkdir()
        FOUR.build(vault)
        carry_out(vault, FOUR.plan(), AT, device=DEVICE)
        for name in (ONE, "Other.md"):
            decide(vault, name)
        try:
            forget(vault, ONE, device=DEVICE, disk=Stopping(vault, at))
        except Stopped:
            points += 1
        else:
            break
        assert not pending(vault, DEVICE)
        decide(vault, "Meanwhile.md")
        forget(vault, ONE, device=DEVICE)
        assert traces(vault, ONE, device=DEVICE).nothing
        assert FOUR.files[ONE] not in bytes_kept(vault)
        lines = (vault / f".vaultprune/decisions/{DEVICE}.jsonl").read_text().splitlines()
        assert [json.loads(line)["name"] for line in lines] == ["Other.md", "Meanwhile.md"]

    print(f"\nstopped at {points} changes of the disk while a note was forgotten")
    assert points > 15


class Deciding(Disk):
    """A disk on which somebody decides something right before two files are exchanged."""

    def before(self, call: str) -> None:
        if call == "exchange":
            decide(self.vault, "Late.md")
            decide(self.vault, ONE)
        super().before(call)


def test_what_is_decided_at_this_very_moment_is_kept(vault: Path) -> None:
    decide(vault, ONE)
    decide(vault, "Other.md")
    forget(vault, ONE, device=DEVICE, disk=Deciding(vault))
    lines = (vault / f".vaultprune/decisions/{DEVICE}.jsonl").read_text().splitlines()

    assert [json.loads(line)["name"] for line in lines] == ["Other.md", "Late.md"]
    assert [path.name for path in (vault / ".vaultprune/decisions").iterdir()] == [f"{DEVICE}.jsonl"]

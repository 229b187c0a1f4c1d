"""Notes that belong together: all of them move, or none."""

from __future__ import annotations

from pathlib import Path

from tests.archiving.breaking import BusyDisk
from tests.archiving.worlds import AT, DEVICE, ROW, check_as_it_must_be, state, texts
from vaultprune.archiving import carry_out, check, pending, plan_return, recover


def test_of_notes_that_belong_together_none_moves_if_one_cannot(tmp_path: Path) -> None:
    ROW.build(tmp_path)
    (tmp_path / "b/Y.md").write_bytes(b"new")
    wanted = ["", "it goes with b/Y.md, which stays", "it was edited since the plan was made"]

    said = {skipped.path: skipped.why for skipped in check(tmp_path, ROW.plan())}
    run = carry_out(tmp_path, ROW.plan(), AT, device=DEVICE)

    assert [said.get(move.source, "") for move in ROW.plan().moves] == wanted
    assert [outcome.why for outcome in run.outcomes] == wanted
    assert (tmp_path / "a/X.md").exists()


def test_notes_that_moved_come_back_if_one_that_goes_with_them_fails(tmp_path: Path) -> None:
    ROW.build(tmp_path)
    before = state(tmp_path)

    run = carry_out(tmp_path, ROW.plan(), AT, device=DEVICE, disk=BusyDisk(tmp_path, 10**9))

    assert [(outcome.what, outcome.why) for outcome in run.outcomes] == [
        ("done", ""),
        ("skipped", "it goes with b/Y.md, which stays"),
        ("failed", "the disk says: device or resource busy"),
    ]
    check_as_it_must_be(tmp_path, ROW, before, ["c/Z.md"])
    assert pending(tmp_path, DEVICE) == ()
    assert len(plan_return(tmp_path, batch=run.batch).moves) == 1


def test_where_somebody_takes_the_place_of_a_note_that_should_come_back_it_is_told_once(tmp_path: Path) -> None:
    class Taken(BusyDisk):
        """Y cannot be moved, and at that moment somebody writes a new X."""

        def move(self, folder: int, name: str, to_folder: int, to_name: str) -> None:
            if to_name == self.busy:
                (tmp_path / "a/X.md").write_bytes(b"a new X")
            super().move(folder, name, to_folder, to_name)

    ROW.build(tmp_path)
    run = carry_out(tmp_path, ROW.plan(), AT, device=DEVICE, disk=Taken(tmp_path, 10**9))

    assert [outcome.what for outcome in run.outcomes] == ["done", "done", "failed"]
    assert "may lead elsewhere" in run.outcomes[1].remarks[0]
    assert not run.pending
    assert pending(tmp_path, DEVICE) == ()
    assert recover(tmp_path, device=DEVICE) == ()
    assert texts(state(tmp_path))["a/X.md"] == b"a new X"

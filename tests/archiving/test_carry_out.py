"""What a run does, what it leaves alone, and why."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.archiving.worlds import AT, DEVICE, FOUR, TWO, World, fresh, link, say, sha, state, texts
from tests.test_one_door import writes
from vaultprune.archiving import Disk, batches, carry_out, check, make_plan, own_writes, plan_return
from vaultprune.archiving.locking import locked
from vaultprune.errors import CannotStart, Locked, Refused
from vaultprune.model import Move, NotePath, Plan

ONE = World({"a/N.md": b"words\n", "Hub.md": b"[[a/N]]\n"}, (("a/N.md", "Archive/a/N.md"),), ())
LINKED = replace(ONE, links=(link("Hub.md", "a/N", "Archive/a/N", "a/N.md"),))


def why(vault: Path, plan: Plan) -> str:
    """What is said of the only move; that nothing changed; and that a look beforehand says the same."""
    before = state(vault)
    [foreseen] = check(vault, plan)
    run = carry_out(vault, plan, AT, device=DEVICE)
    [outcome] = run.outcomes
    assert outcome.what == "skipped"
    assert outcome.why == foreseen.why
    assert run.batch == ""
    assert state(vault) == before
    return outcome.why


def test_a_note_moves_with_its_links_and_everything_comes_back(tmp_path: Path) -> None:
    FOUR.build(tmp_path)
    before = state(tmp_path)

    run = carry_out(tmp_path, FOUR.plan(), AT, device=DEVICE)

    assert [outcome.what for outcome in run.outcomes] == ["done"] * 4
    assert texts(state(tmp_path)) == FOUR.after(source for source, _ in FOUR.moves)
    back = plan_return(tmp_path, batch=run.batch)
    assert back.skipped == ()
    assert back.warnings == ()
    assert check(tmp_path, back) == ()
    time.sleep(0.01)
    canvas = (tmp_path / "Board.canvas").stat().st_mtime_ns
    carry_out(tmp_path, back, AT, device=DEVICE)
    after = state(tmp_path)
    fresh_canvas = after["Board.canvas"]
    assert fresh_canvas is not None
    assert fresh_canvas.mtime_ns > canvas  # of two canvases, sync programs keep the newer
    was = before["Board.canvas"]
    assert was is not None
    assert after | {"Board.canvas": replace(fresh_canvas, mtime_ns=was.mtime_ns)} == before


def test_what_was_undone_can_be_done_again_by_undoing_that(tmp_path: Path) -> None:
    TWO.build(tmp_path)
    first = carry_out(tmp_path, TWO.plan(), AT, device=DEVICE)
    archived = texts(state(tmp_path))
    second = carry_out(tmp_path, plan_return(tmp_path, batch=first.batch), AT, device=DEVICE)

    again = plan_return(tmp_path, batch=second.batch)
    carry_out(tmp_path, again, AT, device=DEVICE)

    assert texts(state(tmp_path)) == archived
    assert [batch.kind for batch in batches(tmp_path)] == ["archive", "return", "archive"]
    carry_out(tmp_path, plan_return(tmp_path, notes=["a/X.md", "Archive/b/Y.md"]), AT, device=DEVICE)
    assert texts(state(tmp_path)) == TWO.files


def test_a_rewritten_note_is_known_as_our_own_write_also_where_it_moved_later(tmp_path: Path) -> None:
    FOUR.build(tmp_path)
    carry_out(tmp_path, FOUR.plan(), AT, device=DEVICE)

    known = own_writes(tmp_path)

    now = texts(state(tmp_path))
    for path in ("Map.md", "Board.canvas"):
        assert (path, sha(now[path])) in known
    assert ("Archive/Ideas/Two.md", sha(now["Archive/Ideas/Two.md"])) in known


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        pytest.param(lambda v: (v / "a/N.md").write_bytes(b"more words\n"), "it was edited", id="edited since"),
        pytest.param(lambda v: (v / "a/N.md").unlink(), "it is no longer there", id="gone"),
        pytest.param(lambda v: os.link(v / "a/N.md", v / "b.md"), "second name", id="a hard link"),
        pytest.param(
            lambda v: ((v / "a/N.md").rename(v / "b.md"), (v / "a/N.md").symlink_to("../b.md")),
            "behind a symlink",
            id="a symlink",
        ),
        pytest.param(
            lambda v: ((v / "a").rename(v / "b"), (v / "a").symlink_to("b")), "behind a symlink", id="a linked folder"
        ),
        pytest.param(
            lambda v: ((v / "out").mkdir(), (v / "Archive").symlink_to("out")),
            "Archive is a symlink or a file",
            id="a linked archive",
        ),
        pytest.param(lambda v: (v / "Archive").write_bytes(b""), "is a symlink or a file", id="a file as archive"),
        pytest.param(
            lambda v: ((v / "Archive/a").mkdir(parents=True), (v / "Archive/a/N.md").write_bytes(b"")),
            "there is a Archive/a/N.md already",
            id="taken",
        ),
        pytest.param(
            lambda v: ((v / "Archive/a").mkdir(parents=True), (v / "Archive/a/n.MD").write_bytes(b"")),
            "there is a Archive/a/n.MD already",
            id="taken in another case",
        ),
        pytest.param(lambda v: (v / "archive").mkdir(), "only in its spelling", id="the folder in another case"),
        pytest.param(
            lambda v: (v / "Hub.md").write_bytes(b"[[a/N]]!\n"), "Hub.md, whose link to it", id="the hub was edited"
        ),
        pytest.param(lambda v: (v / "Hub.md").unlink(), "Hub.md, whose link to it", id="the hub is gone"),
        pytest.param(lambda v: os.link(v / "Hub.md", v / "b.md"), "Hub.md has a second name", id="a hub with 2 names"),
    ],
)
def test_what_is_not_as_planned_stays_as_it_is(tmp_path: Path, spoil: object, says: str) -> None:
    LINKED.build(tmp_path)
    plan = LINKED.plan()
    spoil(tmp_path)  # type: ignore[operator]

    assert says in why(tmp_path, plan)


@pytest.mark.parametrize(
    ("target", "says"),
    [
        pytest.param("Archive/" + "n" * 300 + ".md", "longer than 255 bytes", id="a name that is too long"),
        pytest.param("../N.md", "not a path that may be changed", id="outside"),
        pytest.param("Archive/../../N.md", "not a path that may be changed", id="outside, by a detour"),
        pytest.param("/tmp/N.md", "not a path that may be changed", id="from the root"),
        pytest.param(".obsidian/N.md", "not a path that may be changed", id="a dot folder"),
        pytest.param(".vaultprune/N.md", "not a path that may be changed", id="the tool's own folder"),
    ],
)
def test_a_place_that_nobody_may_write_to_is_refused(tmp_path: Path, target: str, says: str) -> None:
    ONE.build(tmp_path)
    move = replace(ONE.plan().moves[0], target=NotePath(target))

    assert says in why(tmp_path, make_plan([move]))


def test_a_source_outside_the_vault_is_refused(tmp_path: Path) -> None:
    vault = ONE.build(tmp_path / "vault")
    (tmp_path / "out.md").write_bytes(b"precious")

    for source in ("../out.md", ".git/config", "a/../../out.md"):
        assert "may be changed" in why(vault, make_plan([Move(NotePath(source), NotePath("x.md"), sha(b""), 0)]))


def test_what_goes_with_a_note_that_stays_stays_too(tmp_path: Path) -> None:
    """The link from X to Y changes only if both move; X was edited, so Y stays as well."""
    world = replace(TWO, links=(link("a/X.md", "../b/Y.md", "Y.md", "a/X.md", "b/Y.md"),))
    world.build(tmp_path)
    plan = world.plan()
    (tmp_path / "a/X.md").write_bytes(b"new")

    run = carry_out(tmp_path, plan, AT, device=DEVICE)

    assert [outcome.why for outcome in run.outcomes] == [
        "it was edited since the plan was made",
        "it goes with a/X.md, which stays",
    ]


def test_a_second_run_at_the_same_time_is_locked_out(tmp_path: Path) -> None:
    ONE.build(tmp_path)
    with locked(Disk(tmp_path)), pytest.raises(Locked):
        carry_out(tmp_path, ONE.plan(), AT, device=DEVICE)

    assert carry_out(tmp_path, ONE.plan(), AT, device=DEVICE).count("done") == 1


def test_a_journal_behind_a_symlink_is_refused(tmp_path: Path) -> None:
    vault = ONE.build(tmp_path / "vault")
    (tmp_path / "out").mkdir()
    (vault / ".vaultprune").mkdir()
    (vault / ".vaultprune/journal").symlink_to(tmp_path / "out")

    with pytest.raises(Refused):
        carry_out(vault, ONE.plan(), AT, device=DEVICE)

    assert list((tmp_path / "out").iterdir()) == []
    assert texts(state(vault)) == ONE.files


def test_a_vault_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"cannot be written: no such file or directory\. Nothing has been changed"):
        carry_out(tmp_path / "gone", ONE.plan(), AT, device=DEVICE)


def test_nothing_outside_the_vault_is_touched_and_git_is_told_nothing(tmp_path: Path) -> None:
    vault = FOUR.build(tmp_path / "vault")
    (tmp_path / "beside").mkdir()

    carry_out(vault, FOUR.plan(), AT, device=DEVICE)

    assert sorted(place.name for place in tmp_path.iterdir()) == ["beside", "vault"]
    assert list((tmp_path / "beside").iterdir()) == []
    assert (vault / ".vaultprune/journal/.gitignore").read_bytes() == b"*\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_is_heard_after_the_note_at_hand(tmp_path: Path, number: signal.Signals) -> None:
    class Interrupting(Disk):
        def before(self, call: str) -> None:
            super().before(call)
            if call == "move":
                signal.raise_signal(number)

    TWO.build(tmp_path)
    handler = signal.getsignal(number)

    run = carry_out(tmp_path, TWO.plan(), AT, device=DEVICE, disk=Interrupting(tmp_path))

    assert run.interrupted
    assert not run.pending
    assert [outcome.what for outcome in run.outcomes] == ["done", "skipped"]
    assert texts(state(tmp_path)) == TWO.after(["a/X.md"])
    assert signal.getsignal(number) is handler


TYPED = b"a word typed just now\n"


def changes(world: World) -> int:
    """How many there are if nobody interferes."""
    with fresh() as vault:
        disk = Disk(world.build(vault))
        carry_out(vault, world.plan(), AT, device=DEVICE, disk=disk)
        return disk.calls


class Edited(Disk):
    """Somebody saves a file right before the n-th change, in place or by renaming a new one over it."""

    def __init__(self, vault: Path, path: str, at: int, by_rename: bool) -> None:
        super().__init__(vault)
        self.place = vault / path
        self.at = at
        self.by_rename = by_rename
        self.saved_before = ""

    def before(self, call: str) -> None:
        super().before(call)
        if self.calls == self.at and self.place.exists():
            self.saved_before = call
            here = self.place.read_bytes() + TYPED
            if self.by_rename:
                beside = self.place.with_suffix(".tmp")
                beside.write_bytes(here)
                beside.rename(self.place)
            else:
                self.place.write_bytes(here)


@pytest.mark.parametrize("by_rename", [False, True], ids=["in place", "by renaming"])
def test_an_editor_that_saves_a_linking_note_at_the_very_moment_wins(by_rename: bool) -> None:
    """Before each change in turn, somebody saves the hub anew; what they wrote stays, and is in no way undone."""
    moments = changes(LINKED)
    for at in range(1, moments + 1):
        with fresh() as vault:
            LINKED.build(vault)
            disk = Edited(vault, "Hub.md", at, by_rename)
            run = carry_out(vault, LINKED.plan(), AT, device=DEVICE, disk=disk)
            now = texts(state(vault))
            assert TYPED in now["Hub.md"]
            moved = "Archive/a/N.md" in now
            assert (run.count("done") == 1) == moved
            assert (b"[[Archive/a/N]]" if moved else b"[[a/N]]") in now["Hub.md"]
    say(f"a linking note saved at the very moment ({'anew' if by_rename else 'in place'}): {moments} moments, 0 lost")


@pytest.mark.parametrize("by_rename", [False, True], ids=["in place", "by renaming"])
def test_a_note_that_is_saved_at_the_very_moment_stays(by_rename: bool) -> None:
    """Up to the last look; between that and the rename, which is one call, its new words move along with it."""
    moments = changes(LINKED)
    for at in range(1, moments + 1):
        with fresh() as vault:
            LINKED.build(vault)
            disk = Edited(vault, "a/N.md", at, by_rename)
            run = carry_out(vault, LINKED.plan(), AT, device=DEVICE, disk=disk)
            now = texts(state(vault))
            if disk.saved_before == "move":
                assert TYPED in now["Archive/a/N.md"]
            elif disk.saved_before:
                assert now == LINKED.files | {"a/N.md": LINKED.files["a/N.md"] + TYPED}
                assert run.count("skipped") == 1
            else:
                assert run.count("done") == 1
    say(f"the note itself saved at the very moment ({'anew' if by_rename else 'in place'}): {moments} moments, 0 lost")


def test_fifty_notes_take_less_than_three_seconds(tmp_path: Path) -> None:
    files = {f"a/{n}.md": b"words\n" * 200 for n in range(50)}
    files["Hub.md"] = b"".join(b"[[a/%d]]\n" % n for n in range(50))
    moves = tuple((f"a/{n}.md", f"Archive/a/{n}.md") for n in range(50))
    links = tuple(link("Hub.md", f"a/{n}]", f"Archive/a/{n}]", f"a/{n}.md") for n in range(50))
    world = World(files, moves, links)
    world.build(tmp_path)
    before = time.process_time()
    began = time.monotonic()

    run = carry_out(tmp_path, world.plan(), AT, device=DEVICE)

    took = time.monotonic() - began
    assert run.count("done") == 50
    assert texts(state(tmp_path)) == world.after(source for source, _ in moves)
    back = plan_return(tmp_path, batch="1")
    began_back = time.monotonic()
    carry_out(tmp_path, back, AT, device=DEVICE)
    assert texts(state(tmp_path)) == files
    took_back = time.monotonic() - began_back
    say(f"50 notes, 50 rewrites of one hub: set aside in {took:.2f} s, put back in {took_back:.2f} s")
    assert time.process_time() - before < 6


ROOM = Path(carry_out.__code__.co_filename).parent
THROUGH_THE_DISK = {f"{owner}.{call}" for owner in ("disk", "...") for call in ("mkdir", "unlink", "rmdir")}


@pytest.mark.parametrize("file", sorted(path.name for path in ROOM.glob("*.py")))
def test_within_the_room_one_file_alone_changes_the_vault(file: str) -> None:
    """`files.py`; and `device.py`, which writes outside every vault."""
    found = [line.split(": ")[1] for line in writes((ROOM / file).read_text(encoding="utf-8"))]
    assert file in ("files.py", "device.py") or set(found) <= THROUGH_THE_DISK


def test_a_note_that_is_edited_at_its_new_place_stays_there_also_if_the_rest_goes_wrong(tmp_path: Path) -> None:
    """The hub is saved at the very moment of the swap, and the moved note too: it counts as set aside."""

    class Both(Disk):
        def before(self, call: str) -> None:
            super().before(call)
            if call == "exchange" and not self.saved:
                self.saved = True
                for path in ("Hub.md", "Archive/a/N.md"):
                    with (self.vault / path).open("ab") as file:
                        file.write(TYPED)

        saved = False

    LINKED.build(tmp_path)

    run = carry_out(tmp_path, LINKED.plan(), AT, device=DEVICE, disk=Both(tmp_path))

    [outcome] = run.outcomes
    assert (outcome.what, outcome.why) == ("done", "")
    assert "Archive/a/N.md was edited after it had moved, and stays there" in outcome.remarks
    assert texts(state(tmp_path)) == {
        "Archive/a/N.md": b"words\n" + TYPED,
        "Hub.md": b"[[Archive/a/N]]\n" + TYPED,
    }

"""An editor saves a note at the very moment of a swap, and all stops before anybody looked: the words come back."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.archiving.breaking import Stop, StoppingDisk
from tests.archiving.test_crashes import Action, archive, archived, nothing, set_aside, undo
from tests.archiving.test_crashes import kind_of_disk as kind_of_disk
from tests.archiving.worlds import AT, DEVICE, FULL, TWO, World, fresh, kept, say, sha, state, texts
from vaultprune.archiving import batches, carry_out, forget, gc, give_back_strays, plan_return, strays, traces
from vaultprune.archiving.journal import JOURNAL
from vaultprune.archiving.recovery import pending, recover
from vaultprune.model import NotePath

HUB = "Hub.md"
MINE = b"and mine\n"
FAR = 10**9


def in_place(note: Path) -> None:
    with open(note, "ab") as file:
        file.write(MINE)


def by_renaming(note: Path) -> None:
    beside = note.with_name("Hub.new")
    beside.write_bytes(note.read_bytes() + MINE)
    beside.replace(note)


class Saving(StoppingDisk):
    """An editor saves the hub right before it is swapped for the n-th time; so many changes later all stops."""

    def __init__(self, vault: Path, nth: int, save: Callable[[Path], None], later: int) -> None:
        super().__init__(vault, FAR)
        self.nth, self.save, self.later = nth, save, later

    def exchange(self, folder: int, name: str, other_folder: int, other_name: str) -> bool:
        if other_name == HUB and self.nth:
            self.nth -= 1
            if not self.nth:
                self.save(self.vault / HUB)
                self.at = self.calls + self.later
        return super().exchange(folder, name, other_folder, other_name)


def half_linked(vault: Path, world: World) -> None:
    """The first note is moved and the hub rewritten; all stopped right after that."""

    class AfterTheSwap(StoppingDisk):
        def before(self, call: str) -> None:
            hub = self.vault / HUB
            if hub.exists() and b"Archive/a/X" in hub.read_bytes():
                raise Stop(call)

    with pytest.raises(Stop):
        carry_out(vault, world.plan(), AT, device=DEVICE, disk=AfterTheSwap(vault, FAR))


def unlinked(vault: Path, world: World) -> None:
    """The first note is moved; all stopped right before the hub was rewritten."""
    with pytest.raises(Stop):
        carry_out(vault, world.plan(), AT, device=DEVICE, disk=Saving(vault, 1, lambda note: None, 1))


def recovery(vault: Path, world: World, disk: StoppingDisk) -> object:
    return recover(vault, device=DEVICE, disk=disk)


def recovery_forward(vault: Path, world: World, disk: StoppingDisk) -> object:
    return recover(vault, forward=True, device=DEVICE, disk=disk)


def check(vault: Path) -> None:
    away = set_aside(vault)
    found = texts(state(vault))
    assert found == TWO.after(away) | {HUB: TWO.after(away)[HUB] + MINE}
    assert strays(vault, DEVICE) == ()
    assert (vault / HUB).stat().st_nlink == 1
    assert set(TWO.files.values()) <= kept(vault)


@pytest.mark.parametrize("forward", [False, True], ids=["back", "forward"])
@pytest.mark.parametrize("save", [in_place, by_renaming])
@pytest.mark.parametrize(
    ("prepare", "action", "nths"),
    [
        pytest.param(nothing, archive, (1, 2), id="archive"),
        pytest.param(archived, undo, (1, 2), id="undo"),
        pytest.param(half_linked, recovery, (1,), id="recovery"),
        pytest.param(unlinked, recovery_forward, (1,), id="recovery forward"),
    ],
)
def test_words_saved_at_the_moment_of_a_swap_are_in_the_note_after_recovery(
    kind_of_disk: str,
    prepare: Callable[[Path, World], None],
    action: Action,
    nths: tuple[int, ...],
    save: Callable[[Path], None],
    forward: bool,
) -> None:
    points = inside = 0

    def once(nth: int, later: int, inner: int) -> int | None:
        with fresh() as vault:
            prepare(TWO.build(vault), TWO)
            try:
                action(vault, TWO, Saving(vault, nth, save, later))
                return None
            except Stop:
                disk = StoppingDisk(vault, inner)
                try:
                    recover(vault, forward=forward, device=DEVICE, disk=disk)
                except Stop:
                    recover(vault, forward=forward, device=DEVICE)
            check(vault)
            assert recover(vault, device=DEVICE) == ()
            check(vault)
            return disk.calls

    for nth in nths:
        later = 1
        while (changes := once(nth, later, FAR)) is not None:
            points += 1
            for inner in range(1 + (0 if FULL else later % 19), changes + 1, 1 if FULL else 19):
                once(nth, later, inner)
                inside += 1
            later += 1
    say(f"an editor saved at a swap, stopped after it, {action.__name__}: {points} points, {inside} in the recovery")
    assert points > 3


# --- of runs that ended long ago, and of those that nobody can tell the path of -------------------------


def late_words(vault: Path) -> Path:
    """An archive that ended well; then an editor that had the hub open writes to the file that was swapped out."""
    TWO.build(vault)
    hub = os.open(vault / HUB, os.O_WRONLY | os.O_APPEND)
    carry_out(vault, TWO.plan(), AT, device=DEVICE)
    os.write(hub, MINE)
    os.close(hub)
    return vault


def places(vault: Path) -> list[tuple[str, bool]]:
    found = strays(vault, DEVICE)
    assert all(MINE in (vault / stray.place).read_bytes() for stray in found)
    return [(stray.path, stray.goes_back) for stray in found]


def test_what_is_written_late_into_a_note_rewritten_since_is_named_and_kept(tmp_path: Path) -> None:
    vault = late_words(tmp_path)
    before = texts(state(vault))

    assert places(vault) == [(HUB, False)]  # it was rewritten for the second note by then
    assert give_back_strays(vault, device=DEVICE) == ()
    assert texts(state(vault)) == before
    assert places(vault) == [(HUB, False)]


def one(vault: Path) -> tuple[World, Path]:
    """A world of one note; the hub's old file was written to after the swap, and lies in the journal alone."""
    world = World(dict(TWO.files), TWO.moves[:1], (TWO.links[0], TWO.links[2]))
    world.build(vault)
    hub = os.open(vault / HUB, os.O_WRONLY | os.O_APPEND)
    carry_out(vault, world.plan(), AT, device=DEVICE)
    os.write(hub, MINE)
    os.close(hub)
    [stray] = strays(vault, DEVICE)
    assert (stray.path, stray.goes_back) == (HUB, True)
    return world, vault / stray.place


def test_what_is_written_late_goes_back_with_its_links_put_right(kind_of_disk: str) -> None:
    with fresh() as vault:
        world, _ = one(vault)

        assert give_back_strays(vault, device=DEVICE) == (HUB,)
        assert texts(state(vault))[HUB] == world.after({"a/X.md"})[HUB] + MINE
        assert strays(vault, DEVICE) == ()
        assert give_back_strays(vault, device=DEVICE) == ()
        carry_out(vault, plan_return(vault, batch="1"), AT, device=DEVICE)
        assert texts(state(vault)) == world.files | {HUB: world.files[HUB] + MINE}


def test_giving_back_can_be_stopped_anywhere(kind_of_disk: str) -> None:
    at, stopped = 0, True
    while stopped:
        at += 1
        with fresh() as vault:
            world, _ = one(vault)
            try:
                give_back_strays(vault, device=DEVICE, disk=StoppingDisk(vault, at))
                stopped = False
            except Stop:
                pass
            give_back_strays(vault, device=DEVICE)
            assert MINE in texts(state(vault))[HUB]
            assert world.files.keys() | {"Archive/a/X.md"} == texts(state(vault)).keys() | {"a/X.md"}
            assert strays(vault, DEVICE) == ()
            assert pending(vault, DEVICE) == ()
    assert at > 8


def test_a_note_edited_since_is_left_as_it_is_and_the_words_are_named(tmp_path: Path) -> None:
    _, place = one(tmp_path)
    (tmp_path / HUB).write_bytes(b"newer\n")

    assert places(tmp_path) == [(HUB, False)]
    assert give_back_strays(tmp_path, device=DEVICE) == ()
    assert (tmp_path / HUB).read_bytes() == b"newer\n"
    assert MINE in place.read_bytes()


def test_of_a_run_that_was_taken_back_they_are_named_alone(tmp_path: Path) -> None:
    world, _ = one(tmp_path)
    rewritten = (tmp_path / HUB).read_bytes()
    carry_out(tmp_path, plan_return(tmp_path, batch="1"), AT, device=DEVICE)
    (tmp_path / HUB).write_bytes(rewritten)  # whoever wrote that: the links of the note read otherwise now

    assert (HUB, False) in places(tmp_path)
    assert give_back_strays(tmp_path, device=DEVICE) == ()
    assert texts(state(tmp_path)) == world.files | {HUB: rewritten}


class Looking(StoppingDisk):
    """Somebody looks before every change of the disk."""

    seen_strays: set[str]

    def before(self, call: str) -> None:
        self.seen_strays |= {stray.place for stray in strays(self.vault, DEVICE)}
        super().before(call)


def test_of_a_run_at_work_there_is_nothing_to_name(kind_of_disk: str) -> None:
    with fresh() as vault:
        TWO.build(vault)
        disk = Looking(vault, FAR)
        disk.seen_strays = set()
        carry_out(vault, TWO.plan(), AT, device=DEVICE, disk=disk)
        carry_out(vault, plan_return(vault, batch="1"), AT, device=DEVICE, disk=disk)
        assert disk.calls > 50
        assert disk.seen_strays == set()


def test_clearing_up_keeps_such_words_and_they_are_named_ever_after(tmp_path: Path) -> None:
    _, place = one(tmp_path)
    cleared = gc(tmp_path, AT + timedelta(days=1), device=DEVICE)

    assert cleared.kept == (place.name,)
    assert MINE in place.read_bytes()
    assert batches(tmp_path) == ()
    assert places(tmp_path) == [("", False)]
    assert gc(tmp_path, AT + timedelta(days=1), device=DEVICE).files == 0
    assert places(tmp_path) == [("", False)]


@pytest.mark.parametrize("note", ["a/X.md", HUB])
def test_forgetting_a_note_keeps_such_words(tmp_path: Path, note: str) -> None:
    _, place = one(tmp_path)
    assert traces(tmp_path, NotePath(note), device=DEVICE).unknown == (place.name,)
    forget(tmp_path, NotePath(note), device=DEVICE)

    assert MINE in place.read_bytes()
    assert [stray.place for stray in strays(tmp_path, DEVICE)] == [place.relative_to(tmp_path).as_posix()]


def test_what_was_edited_before_recovery_put_its_links_right_is_no_stray(tmp_path: Path) -> None:
    """The file that is swapped out then holds an editor's words, but so does the note."""
    half_linked(TWO.build(tmp_path), TWO)
    in_place(tmp_path / HUB)
    recover(tmp_path, device=DEVICE)

    assert texts(state(tmp_path))[HUB] == TWO.files[HUB] + MINE
    assert strays(tmp_path, DEVICE) == ()
    gc(tmp_path, AT + timedelta(days=1), device=DEVICE)
    assert strays(tmp_path, DEVICE) == ()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[[Archive/a", id="the beginning of what was to be written"),
        pytest.param(bytes(23), id="zeros"),
        pytest.param(b"[[Archive/a" + bytes(12), id="half of it, and zeros"),
    ],
)
def test_what_was_not_written_to_its_end_is_nobodys_words(tmp_path: Path, data: bytes) -> None:
    _, place = one(tmp_path)
    place.write_bytes(data)

    assert strays(tmp_path, DEVICE) == ()
    assert gc(tmp_path, AT + timedelta(days=1), device=DEVICE).kept == ()
    assert not place.exists()


def test_those_of_another_device_are_named_and_left_to_it(tmp_path: Path) -> None:
    _, place = one(tmp_path)

    [stray] = strays(tmp_path, "feedbeef")
    assert (stray.place, stray.goes_back) == (place.relative_to(tmp_path).as_posix(), False)
    assert give_back_strays(tmp_path, device="feedbeef") == ()


def test_where_nothing_was_ever_moved_there_are_none(tmp_path: Path) -> None:
    assert strays(tmp_path, DEVICE) == ()
    assert not tmp_path.joinpath(*JOURNAL).exists()


def test_the_words_are_known_by_what_they_are_not_by_their_time(tmp_path: Path) -> None:
    """A unit that waits is looked at byte by byte."""
    _, place = one(tmp_path)
    [ending] = tmp_path.joinpath(*JOURNAL).glob("*/units/*.done")
    ending.unlink()
    os.utime(place, ns=(1, 1))
    recover(tmp_path, forward=True, device=DEVICE)

    assert MINE in (tmp_path / HUB).read_bytes()
    assert sha(place.read_bytes()) not in {sha((tmp_path / HUB).read_bytes())}

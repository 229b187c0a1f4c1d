"""The checklist note is written whole or not at all, over nothing but what was read, and what it was is kept."""

from __future__ import annotations

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.archiving.breaking import FailingDisk, Stop, StoppingDisk
from tests.archiving.power import RecordingDisk
from tests.archiving.test_crashes import kind_of_disk as kind_of_disk
from tests.archiving.test_power_cuts_beside import after_power_cuts
from tests.archiving.worlds import AT, DEVICE, TWO, fresh, say, sha
from tests.build import read_tree, write_tree
from vaultprune.archiving import carry_out, gc, pending, write_own_note
from vaultprune.archiving.files import Disk
from vaultprune.errors import CannotStart, Refused

REVIEW = "Review.md"
BEFORE, AFTER = b"- [x] what was ticked\n", "- [ ] a new round\n"


def write(vault: Path, before: bytes | None = BEFORE, *, path: str = REVIEW, disk: Disk | None = None) -> None:
    write_own_note(vault, path, AFTER, None if before is None else sha(before), device=DEVICE, disk=disk)


def kept(vault: Path) -> list[bytes]:
    """Whatever the journal holds."""
    return [path.read_bytes() for path in vault.glob(".vaultprune/journal/*/*/*")]


def visible(vault: Path) -> dict[str, bytes]:
    return {path: data for path, data in read_tree(vault).items() if not path.startswith(".vaultprune/")}


@pytest.mark.parametrize("path", [REVIEW, "Meta/Tools/Review.md"])
def test_where_nothing_was_it_is_made_with_its_folders(tmp_path: Path, path: str) -> None:
    write(tmp_path, None, path=path)

    assert visible(tmp_path) == {path: AFTER.encode()}
    assert (tmp_path / path).stat().st_mode & 0o777 == 0o644


def test_what_stood_there_is_exchanged_and_kept(tmp_path: Path, kind_of_disk: str) -> None:
    vault = write_tree(tmp_path, {REVIEW: BEFORE, "Note.md": "words"})
    (vault / REVIEW).chmod(0o640)
    os.utime(vault / REVIEW, ns=(1, 1_600_000_000_123_456_789))

    write(vault)

    assert visible(vault) == {REVIEW: AFTER.encode(), "Note.md": b"words"}
    assert (vault / REVIEW).stat().st_mode & 0o777 == 0o640
    assert (vault / REVIEW).stat().st_mtime_ns > 1_600_000_000_123_456_789
    assert BEFORE in kept(vault)


def test_the_same_text_is_not_written_again(tmp_path: Path) -> None:
    vault = write_tree(tmp_path, {REVIEW: AFTER})
    status = (vault / REVIEW).stat()

    write(vault, AFTER.encode())

    assert (vault / REVIEW).stat() == status


@pytest.mark.parametrize(
    ("there", "read"),
    [
        pytest.param(b"- [x] another box\n", BEFORE, id="it was ticked since"),
        pytest.param(b"somebody's words\n", None, id="somebody made one since"),
        pytest.param(b"", None, id="an empty one"),
        pytest.param(None, BEFORE, id="it was deleted since"),
    ],
)
def test_what_is_not_what_was_read_is_left_as_it_is(tmp_path: Path, there: bytes | None, read: bytes | None) -> None:
    vault = write_tree(tmp_path, {} if there is None else {REVIEW: there})

    with pytest.raises(Refused, match=r"changed meanwhile, so it was left as it is\. Nothing has been changed\."):
        write(vault, read)

    assert visible(vault) == ({} if there is None else {REVIEW: there})


@pytest.mark.parametrize("what", ["symlink", "second name", "folder", "pipe", "file on the way", "symlink on the way"])
def test_nothing_is_written_through_a_link_or_over_what_is_no_file(tmp_path: Path, what: str) -> None:
    vault = write_tree(tmp_path / "Garden", {"Note.md": "words"})
    elsewhere = write_tree(tmp_path / "elsewhere", {REVIEW: BEFORE})
    path = REVIEW
    match what:
        case "symlink":
            (vault / REVIEW).symlink_to(elsewhere / REVIEW)
        case "second name":
            os.link(elsewhere / REVIEW, vault / REVIEW)
        case "folder":
            (vault / REVIEW).mkdir()
        case "pipe":
            os.mkfifo(vault / REVIEW)
        case "file on the way":
            path = f"Note.md/{REVIEW}"
        case _:
            (vault / "Meta").symlink_to(elsewhere)
            path = f"Meta/{REVIEW}"

    with pytest.raises(Refused, match="othing has been"):
        write(vault, path=path)

    assert (elsewhere / REVIEW).read_bytes() == BEFORE
    assert AFTER.encode() not in kept(vault)


@pytest.mark.parametrize("path", [".obsidian/app.json", ".vaultprune/Review.md", "../Review.md", "a//Review.md", ""])
def test_a_path_that_nobody_may_change_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(Refused, match="not a path that may be changed"):
        write(tmp_path, None, path=path)

    assert read_tree(tmp_path) == {}


def test_while_an_interrupted_run_waits_it_is_not_written(tmp_path: Path) -> None:
    vault = TWO.build(tmp_path)
    (vault / REVIEW).write_bytes(BEFORE)
    with pytest.raises(Stop):
        carry_out(vault, TWO.plan(), AT, device=DEVICE, disk=StoppingDisk(vault, 60))
    assert pending(vault, DEVICE)

    with pytest.raises(Refused, match="vaultprune recover"):
        write(vault)

    assert (vault / REVIEW).read_bytes() == BEFORE


class Saving(Disk):
    """A disk on which somebody ticks a box right before the n-th change.

    Not right before a rename over a name that we reserved, on disks that know no better: that moment is not guarded.
    """

    def __init__(self, vault: Path, at: int, in_place: bool) -> None:
        super().__init__(vault)
        self.at = at
        self.in_place = in_place
        self.skipped = False

    def before(self, call: str) -> None:
        super().before(call)
        if self.calls == self.at and call == "replace":
            self.skipped = True
        elif self.calls == self.at:
            place = self.vault / (REVIEW if self.in_place else "Review.tmp")
            place.write_bytes(b"- [x] ticked just now\n")
            if not self.in_place:
                place.replace(self.vault / REVIEW)


@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "by renaming"])
def test_a_tick_at_that_very_moment_is_never_lost(tmp_path: Path, kind_of_disk: str, in_place: bool) -> None:
    stayed = 0
    for at in range(1, 100):
        vault = write_tree(tmp_path / str(at), {REVIEW: BEFORE})
        disk = Saving(vault, at, in_place)
        try:
            write(vault, disk=disk)
        except Refused:
            stayed += 1
            assert (vault / REVIEW).read_bytes() == b"- [x] ticked just now\n"
        if disk.calls < at:
            break
        assert disk.skipped or b"- [x] ticked just now\n" in [*visible(vault).values(), *kept(vault)]
    assert stayed > 5


@pytest.mark.parametrize("before", [BEFORE, None], ids=["over an earlier one", "anew"])
@pytest.mark.parametrize("torn", [False, True], ids=["", "with half a write"])
def test_stopped_anywhere_it_is_the_old_one_or_the_new_one(
    tmp_path: Path, kind_of_disk: str, before: bytes | None, torn: bool
) -> None:
    points = missing = 0
    for at in range(1, 100):
        vault = write_tree(tmp_path / str(at), {"Note.md": b"words"} | ({} if before is None else {REVIEW: before}))
        disk = StoppingDisk(vault, at, torn)
        try:
            write(vault, before, disk=disk)
        except Stop:
            points += 1
        else:
            break
        there = visible(vault).get(REVIEW)
        missing += there in (None, b"") and before is not None
        assert there in (before, AFTER.encode()) or (kind_of_disk == "old" and there in (None, b""))
        assert before in (None, there) or before in kept(vault)
        write(vault, there)
        assert visible(vault) == {REVIEW: AFTER.encode(), "Note.md": b"words"}
    assert points > 10
    assert bool(missing) == (kind_of_disk == "old" and before is not None)
    say(f"stopped while the checklist note is written: {points} points, {missing} times none stood there")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_whatever_the_disk_says_it_is_the_old_one_or_the_new_one(tmp_path: Path, number: int) -> None:
    for at in range(1, 100):
        vault = write_tree(tmp_path / str(at), {REVIEW: BEFORE})
        disk = FailingDisk(vault, at, number)
        try:
            write(vault, disk=disk)
        except CannotStart:
            assert disk.calls >= at
        assert (vault / REVIEW).read_bytes() in (BEFORE, AFTER.encode())
        assert BEFORE in [*visible(vault).values(), *kept(vault)]
        if disk.calls < at:
            break
    assert at > 10


def test_after_a_power_cut_it_is_one_of_both_and_what_it_was_is_there() -> None:
    tried = 0
    with fresh() as vault:
        write_tree(vault, {REVIEW: BEFORE})
        disk = RecordingDisk(vault)
        write(vault, disk=disk)
        for at, left in after_power_cuts(disk):
            there = visible(left).get(REVIEW)
            assert there in (BEFORE, AFTER.encode()) or (there is None and BEFORE in kept(left))
            assert there == AFTER.encode() or at < len(disk.ops)
            assert BEFORE in [there, *kept(left)]
            write(left, there)
            assert visible(left) == {REVIEW: AFTER.encode()}
            tried += 1
    say(f"power cuts while the checklist note is written: {tried} states")


def test_what_it_was_long_ago_can_be_cleared_away(tmp_path: Path) -> None:
    vault = write_tree(tmp_path, {REVIEW: BEFORE})
    os.utime(vault / REVIEW, ns=(1, 1_500_000_000_000_000_000))
    write(vault)
    write_own_note(vault, REVIEW, "the newest\n", sha(AFTER.encode()), device=DEVICE)

    cleared = gc(vault, AT - timedelta(days=1), device=DEVICE)

    assert BEFORE not in kept(vault)
    assert AFTER.encode() in kept(vault)
    assert (cleared.units, cleared.kept) == (0, ())

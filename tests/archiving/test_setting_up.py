"""Setting up writes two files, each whole or not at all, and takes back what it did to the one that is not its own."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.build import write_tree
from vaultprune.archiving import (
    AppChange,
    Disk,
    change_app,
    give_back_strays,
    half_set_up,
    plan_exclusion,
    plan_inclusion,
    put_right,
    strays,
)
from vaultprune.archiving import files as disk_calls
from vaultprune.archiving import write_config as write_first_config
from vaultprune.errors import CannotStart, Refused

AT = datetime(2026, 11, 20, tzinfo=UTC)
DEVICE = "0123456789ab"
APP = ".obsidian/app.json"
BEFORE = b'{\n  "promptDelete": false\n}'


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    vault = write_tree(tmp_path / "Garden", {APP: BEFORE, "Note.md": "words"})
    (vault / APP).chmod(0o640)
    os.utime(vault / APP, ns=(1, 1_600_000_000_123_456_789))
    return vault


def excluded(vault: Path) -> AppChange:
    change = plan_exclusion(vault, "Archive")
    assert change is not None
    change_app(vault, change, AT, device=DEVICE)
    return change


def test_what_was_put_in_comes_out_again_as_if_nothing_had_been(vault: Path) -> None:
    before = (vault / APP).stat()
    change = excluded(vault)
    between = (vault / APP).stat()

    assert (vault / APP).read_bytes() == change.after
    assert between.st_mode == before.st_mode
    assert between.st_mtime_ns != before.st_mtime_ns
    assert plan_exclusion(vault, "Archive") is None
    back = plan_inclusion(vault, DEVICE)
    assert back is not None
    assert back.exact
    change_app(vault, back, AT, device=DEVICE)
    after = (vault / APP).stat()
    assert (vault / APP).read_bytes() == BEFORE
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert plan_inclusion(vault, DEVICE) is None


def test_after_later_changes_only_the_entry_goes(vault: Path) -> None:
    change = excluded(vault)
    assert change.after is not None
    (vault / APP).write_bytes(change.after.replace(b"false", b"true"))

    back = plan_inclusion(vault, DEVICE)

    assert back is not None
    assert not back.exact
    assert back.after == b'{\n  "promptDelete": true,\n  "userIgnoreFilters": []\n}'


def test_a_file_that_it_made_goes_away_again_and_is_kept(tmp_path: Path) -> None:
    vault = write_tree(tmp_path, {".obsidian/graph.json": "{}"})
    excluded(vault)
    made = (vault / APP).read_bytes()
    back = plan_inclusion(vault, DEVICE)
    assert back is not None
    change_app(vault, back, AT, device=DEVICE)

    assert not (vault / APP).exists()
    assert made in [path.read_bytes() for path in vault.glob(".vaultprune/journal/*/swap/*")]


def test_two_entries_are_taken_back_the_last_one_first(vault: Path) -> None:
    excluded(vault)
    other = plan_exclusion(vault, "Old")
    assert other is not None
    change_app(vault, other, AT, device=DEVICE)
    entries = []
    while (back := plan_inclusion(vault, DEVICE)) is not None:
        entries.append(back.entry)
        change_app(vault, back, AT, device=DEVICE)

    assert entries == ["Old/", "Archive/"]
    assert (vault / APP).read_bytes() == BEFORE


@pytest.mark.parametrize("taken_by", [b"{", b"[]", b'{"userIgnoreFilters": 1}'])
def test_settings_that_are_not_understood_are_left_alone(vault: Path, taken_by: bytes) -> None:
    (vault / APP).write_bytes(taken_by)

    with pytest.raises(CannotStart, match="Nothing has been changed"):
        plan_exclusion(vault, "Archive")
    assert (vault / APP).read_bytes() == taken_by


def test_no_app_means_no_change(tmp_path: Path) -> None:
    assert plan_exclusion(tmp_path, "Archive") is None


@pytest.mark.parametrize("what", ["file", "folder", "second name"])
def test_nothing_is_changed_through_a_link(vault: Path, tmp_path: Path, what: str) -> None:
    if what == "folder":
        (vault / ".obsidian").rename(tmp_path / "shared")
        (vault / ".obsidian").symlink_to(tmp_path / "shared")
    elif what == "file":
        (vault / APP).rename(tmp_path / "app.json")
        (vault / APP).symlink_to(tmp_path / "app.json")
    else:
        os.link(vault / APP, tmp_path / "second")

    with pytest.raises(Refused):
        plan_exclusion(vault, "Archive")


def test_an_edit_that_was_made_meanwhile_stays(vault: Path) -> None:
    change = plan_exclusion(vault, "Archive")
    assert change is not None
    (vault / APP).write_bytes(b'{"vimMode": true}')

    with pytest.raises(Refused, match="edited"):
        change_app(vault, change, AT, device=DEVICE)
    assert (vault / APP).read_bytes() == b'{"vimMode": true}'


class Stopped(BaseException):
    pass


class Stopping(Disk):
    """A disk on which everything ends before the n-th change."""

    def __init__(self, vault: Path, at: int) -> None:
        super().__init__(vault)
        self.at = at

    def before(self, call: str) -> None:
        super().before(call)
        if self.calls == self.at:
            raise Stopped(call)


def neither(*_: object) -> None:
    raise OSError(errno.EINVAL, "not here")


@pytest.mark.parametrize("swaps", [True, False], ids=["with exchange", "without"])
def test_stopped_anywhere_the_settings_are_as_before_or_as_they_are_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swaps: bool
) -> None:
    if not swaps:
        monkeypatch.setattr(disk_calls, "_renameat", neither)
    points = missing = 0
    for at in range(1, 200):
        vault = write_tree(tmp_path / str(at), {APP: BEFORE})
        change = plan_exclusion(vault, "Archive")
        assert change is not None
        disk = Stopping(vault, at)
        try:
            change_app(vault, change, AT, device=DEVICE, disk=disk)
        except Stopped:
            points += 1
        else:
            break
        if not (vault / APP).exists() or not (vault / APP).stat().st_size:  # an empty file reserves the name
            missing += 1
            assert half_set_up(vault, DEVICE)
            assert put_right(vault, device=DEVICE)
        assert (vault / APP).read_bytes() in (BEFORE, change.after)
        assert not half_set_up(vault, DEVICE)
        assert strays(vault, DEVICE) == ()
        back = plan_inclusion(vault, DEVICE)
        if back is not None:
            change_app(vault, back, AT, device=DEVICE)
        assert (vault / APP).read_bytes() == BEFORE

    print(f"\nstopped at {points} changes of the disk; {missing} times no settings stood there")
    assert points > 10
    assert bool(missing) != swaps


class Saving(Stopping):
    """A disk on which the app saves its settings right before they are swapped; so many changes later all ends."""

    saved = b'{\n  "vimMode": true\n}'

    def __init__(self, vault: Path, later: int) -> None:
        super().__init__(vault, 10**9)
        self.later = later

    def save(self) -> None:
        if self.at == 10**9:
            (self.vault / APP).write_bytes(self.saved)
            self.at = self.calls + self.later

    def exchange(self, folder: int, name: str, other_folder: int, other_name: str) -> bool:
        self.save()
        return super().exchange(folder, name, other_folder, other_name)

    def move(self, folder: int, name: str, to_folder: int, to_name: str) -> None:
        if name == "app.json":
            self.save()
        super().move(folder, name, to_folder, to_name)


def put_in(vault: Path, disk: Disk) -> None:
    change = plan_exclusion(vault, "Archive")
    assert change is not None
    change_app(vault, change, AT, device=DEVICE, disk=disk)


def taken_out(vault: Path, disk: Disk) -> None:
    change = plan_inclusion(vault, DEVICE)
    assert change is not None
    change_app(vault, change, AT, device=DEVICE, disk=disk)


@pytest.mark.parametrize("swaps", [True, False], ids=["with exchange", "without"])
@pytest.mark.parametrize(
    ("first", "action"),
    [
        pytest.param(BEFORE, put_in, id="put in"),
        pytest.param(BEFORE, taken_out, id="taken out"),
        pytest.param(None, taken_out, id="taken away"),
    ],
)
def test_settings_saved_at_the_moment_of_a_swap_are_there_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    swaps: bool,
    first: bytes | None,
    action: Callable[[Path, Disk], None],
) -> None:
    if not swaps:
        monkeypatch.setattr(disk_calls, "_renameat", neither)
    journal_alone = 0
    for later in range(1, 100):
        vault = write_tree(tmp_path / str(later), {".obsidian/graph.json": "{}", **({APP: first} if first else {})})
        if action is taken_out:
            put_in(vault, Disk(vault))
        try:
            action(vault, Saving(vault, later))
        except Stopped:
            pass
        except Refused:
            assert (vault / APP).read_bytes() == Saving.saved
            break
        found = strays(vault, DEVICE)
        if half_set_up(vault, DEVICE):
            assert put_right(vault, device=DEVICE)
        elif found:
            assert [(each.path, each.goes_back) for each in found] == [(APP, True)]
            assert give_back_strays(vault, device=DEVICE) == (APP,)
        journal_alone += bool(found)
        assert (vault / APP).read_bytes() == Saving.saved
        assert strays(vault, DEVICE) == ()
    assert later > 3
    assert journal_alone


@pytest.mark.parametrize("renames", [True, False], ids=["with a rename that never replaces", "without"])
def test_the_first_settings_are_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames: bool
) -> None:
    if not renames:
        monkeypatch.setattr(disk_calls, "_renameat", neither)
    for at in range(1, 100):
        vault = write_tree(tmp_path / str(at), {"Note.md": ""})
        place = vault / ".vaultprune/config.toml"
        try:
            write_first_config(vault, "budget = 5\n", Stopping(vault, at))
        except Stopped:
            assert not place.exists() or place.read_text() in ("", "budget = 5\n")
            write_first_config(vault, "budget = 5\n")
        else:
            break
        assert place.read_text() == "budget = 5\n"
    assert at > 5


def test_settings_that_are_there_are_never_written_over(tmp_path: Path) -> None:
    write_tree(tmp_path, {".vaultprune/config.toml": "budget = 3\n"})

    assert not write_first_config(tmp_path, "budget = 5\n")
    assert (tmp_path / ".vaultprune/config.toml").read_text() == "budget = 3\n"

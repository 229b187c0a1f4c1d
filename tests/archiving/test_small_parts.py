"""The parts of the door that decide little: names, forms, clearing up, the rehearsal."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archiving.worlds import AT, DEVICE, FOUR, TWO, say, state, texts
from vaultprune.archiving import (
    Disk,
    batches,
    carry_out,
    files,
    gc,
    make_plan,
    places,
    plan_from_json,
    plan_return,
    plan_to_json,
    rehearse,
)
from vaultprune.archiving.journal import JOURNAL
from vaultprune.archiving.paths import look, opened
from vaultprune.errors import CannotStart
from vaultprune.model import Move, NotePath, Rewrite, Skipped, Span
from vaultprune.moving import Places, key

DAY = date(2026, 11, 20)


# --- the plan as a document -------------------------------------------------------------------------


def test_a_plan_is_the_document_that_was_promised() -> None:
    both = tuple(move.source for move in TWO.plan().moves)
    skipped = (Skipped(NotePath("c.md"), "edited today"),)
    plan = replace(TWO.plan(), skipped=skipped, warnings=("slow",), together=(both,))

    said = json.loads(plan_to_json(plan))

    assert list(said) == ["schema", "id", "moves", "rewrites", "skipped", "warnings", "together"]
    assert said["schema"] == 1
    assert len(said["id"]) == 8
    assert list(said["moves"][0]) == ["from", "to", "sha256", "bytes"]
    assert list(said["rewrites"][0]) == ["path", "sha256", "spans"]
    span = said["rewrites"][0]["spans"][0]
    assert {key: span[key] for key in ("start", "end", "before", "after")} == {
        "start": 2,
        "end": 5,
        "before": "a/X",
        "after": "Archive/a/X",
    }
    assert said["skipped"] == [{"path": "c.md", "why": "edited today"}]
    assert said["together"] == [["a/X.md", "b/Y.md"]]
    assert plan_from_json(plan_to_json(plan)) == plan


names = st.text(st.characters(exclude_characters="/\0."), min_size=1).map(
    lambda text: text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
)


@given(name=names, before=st.binary(min_size=1), after=st.binary())
def test_whatever_a_plan_says_it_says_again_after_a_round_trip(name: str, before: bytes, after: bytes) -> None:
    move = Move(NotePath(name), NotePath(f"Archive/{name}"), "0" * 64, 5)
    span = Span(0, len(before), before, after, (NotePath(name),))
    plan = make_plan([move], [Rewrite(NotePath("Hub.md"), "1" * 64, (span,))])

    text = plan_to_json(plan)

    assert plan_from_json(text.encode("utf-8").decode("utf-8")) == plan


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(lambda t: t.replace("Archive/a/X.md", "Archive/a/Z.md"), "id does not match", id="by hand"),
        pytest.param(lambda t: t.replace('"schema": 1', '"schema": 2'), "of version 2", id="another version"),
        pytest.param(lambda t: t.replace("Archive/a/X.md", "../../X.md"), "may be changed", id="out of the vault"),
        pytest.param(lambda t: t.replace('"start": 2', '"start": "2"'), "no plan", id="a text for a number"),
        pytest.param(lambda t: t[:-10], "no plan", id="cut off"),
        pytest.param(lambda t: "[]", "no plan", id="a list"),
        pytest.param(lambda t: "[" * 100_000, "no plan", id="a bomb"),
        pytest.param(lambda t: "", "no plan", id="nothing"),
    ],
)
def test_what_is_no_plan_is_refused_in_one_line(change: object, says: str) -> None:
    with pytest.raises(CannotStart, match=says) as error:
        plan_from_json(change(plan_to_json(TWO.plan())))  # type: ignore[operator]

    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "moves",
    [
        pytest.param([("a.md", "x/a.md"), ("a.md", "y/a.md")], id="one note twice"),
        pytest.param([("a.md", "x.md"), ("b.md", "x.md")], id="two to one place"),
        pytest.param([("a.md", "b.md"), ("b.md", "c.md")], id="to where another one leaves"),
    ],
)
def test_a_plan_that_contradicts_itself_is_our_own_mistake(moves: list[tuple[str, str]]) -> None:
    with pytest.raises(ValueError, match="a plan moves each note once"):
        make_plan([Move(NotePath(source), NotePath(target), "0" * 64, 0) for source, target in moves])


@pytest.mark.parametrize(
    "groups",
    [
        pytest.param([["a.md"]], id="of one"),
        pytest.param([["a.md", "z.md"]], id="with a note that does not move"),
        pytest.param([["a.md", "c.md"]], id="not in one row"),
        pytest.param([["b.md", "a.md"]], id="in another order"),
        pytest.param([["a.md", "b.md"], ["b.md", "c.md"]], id="two with one note"),
    ],
)
def test_a_group_is_of_moves_that_follow_one_another(groups: list[list[str]]) -> None:
    moves = [Move(NotePath(name), NotePath(f"x/{name}"), "0" * 64, 0) for name in ("a.md", "b.md", "c.md")]

    with pytest.raises(ValueError, match="a group is of several moves"):
        make_plan(moves, together=[list(map(NotePath, group)) for group in groups])


# --- places in the archive --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "note", "place"),
    [
        pytest.param([], "a/N.md", "Archive/a/N.md", id="mirrored"),
        pytest.param([], "N.md", "Archive/N.md", id="from the top"),
        pytest.param(["Archive/a/N.md"], "a/N.md", "Archive/a (archived 2026-11-20)/N.md", id="taken"),
        pytest.param(["Archive/a/n.MD"], "a/N.md", "Archive/a (archived 2026-11-20)/N.md", id="taken in another case"),
        pytest.param(["Archive/N.md"], "N.md", "Archive/(archived 2026-11-20)/N.md", id="taken at the top"),
        pytest.param(
            ["Archive/N.md", "Archive/(archived 2026-11-20)/N.md"],
            "N.md",
            "Archive/(archived 2026-11-20 2)/N.md",
            id="taken at the top twice",
        ),
        pytest.param(
            ["Archive/a/N.md", "Archive/a (archived 2026-11-20)/N.md"],
            "a/N.md",
            "Archive/a (archived 2026-11-20 2)/N.md",
            id="twice on one day",
        ),
        pytest.param(["archive/A/x.md"], "a/N.md", "archive/A/N.md", id="the folder as it is spelt there"),
        pytest.param(["Archive/a.md"], "a.md/N.md", "Archive/a.md (archived 2026-11-20)/N.md", id="a file in the way"),
        pytest.param(
            ["Archive/\u00fc/N.md"], "u\u0308/N.md", "Archive/\u00fc (archived 2026-11-20)/N.md", id="NFC and NFD"
        ),
    ],
)
def test_every_note_gets_a_place_of_its_own(there: list[str], note: str, place: str) -> None:
    assert Places(there).place(NotePath(note), DAY) == place


@given(
    there=st.lists(st.sampled_from(["N.md", "a", "a/N.md", "A/n.md", "(archived 2026-11-20)", "a/b/N.md"]), max_size=6),
    notes=st.lists(st.sampled_from(["N.md", "a/N.md", "A/n.md", "a/b/N.md", "a/b/c/N.md"]), min_size=1, max_size=12),
)
def test_no_place_is_given_twice_or_lies_below_a_file(there: list[str], notes: list[str]) -> None:
    taken = [f"Archive/{path}" for path in there]
    given_out = Places(taken)

    for note in notes:
        place = given_out.place(NotePath(note), DAY)
        assert place.rsplit("/", 1)[-1] == note.rsplit("/", 1)[-1]
        folders = [key("/".join(place.split("/")[:count])) for count in range(1, place.count("/") + 1)]
        assert key(place) not in map(key, taken)
        assert not set(folders) & set(map(key, taken))
        taken.append(place)


def test_two_notes_that_differ_in_case_alone_get_two_places() -> None:
    given_out = Places([], "Old notes/")

    assert given_out.place(NotePath("a/N.md"), DAY) == "Old notes/a/N.md"
    assert given_out.place(NotePath("A/n.md"), DAY) == "Old notes/a (archived 2026-11-20)/n.md"


# --- the ladder -------------------------------------------------------------------------------------


@pytest.mark.parametrize("old", [False, True], ids=["a rename that never replaces", "a name reserved first"])
def test_a_move_never_replaces(tmp_path: Path, old: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if old:

        def refuses(folder: int, name: str, to_folder: int, to_name: str, flag: int) -> None:
            raise OSError(errno.EINVAL, "not here")

        monkeypatch.setattr(files, "_renameat", refuses)
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"b")
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "folder").mkdir()
    disk = Disk(tmp_path)

    with opened(disk, ()) as root:
        for taken in ("b", "link", "folder"):
            with pytest.raises(FileExistsError):
                disk.move(root, "a", root, taken)
        disk.move(root, "a", root, "c")
        assert disk.exchange(root, "b", root, "c") is not old

    assert (tmp_path / "b").read_bytes() == (b"b" if old else b"a")
    assert (tmp_path / "link").is_symlink()
    assert not (tmp_path / "a").exists()


def test_a_file_that_becomes_a_symlink_between_two_looks_is_not_followed(tmp_path: Path) -> None:
    class Swapped(Disk):
        """Right before a file is opened, somebody puts a symlink to another in its place."""

        def open_file(self, folder: int, name: str) -> int:
            (tmp_path / name).unlink()
            (tmp_path / name).symlink_to(outside)
            return super().open_file(folder, name)

    outside = tmp_path / "outside"
    outside.write_bytes(b"not of this vault")
    (tmp_path / "N.md").write_bytes(b"words")

    seen = look(Swapped(tmp_path), "N.md")

    assert seen is not None
    assert (seen.sha256, seen.data) == ("", b"")


def test_a_failed_sync_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def fails(handle: int) -> None:
        asked.append(handle)
        raise OSError(errno.EIO, "lost")

    monkeypatch.setattr(os, "fsync", fails)
    with opened(Disk(tmp_path), ()) as root, pytest.raises(OSError, match="lost"):
        Disk(tmp_path).sync(root)
    assert len(asked) == 1

    monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(errno.EINVAL, "not here")))
    with opened(Disk(tmp_path), ()) as root:
        Disk(tmp_path).sync(root)  # a file system without it


# --- clearing up, and what is kept ------------------------------------------------------------------


def test_nothing_is_forgotten_by_itself_and_on_demand_only_what_is_old(tmp_path: Path) -> None:
    FOUR.build(tmp_path)
    carry_out(tmp_path, FOUR.plan(), AT, device=DEVICE)
    carry_out(tmp_path, plan_return(tmp_path, notes=["Ideas/One.md"]), AT + timedelta(days=400), device=DEVICE)
    before = state(tmp_path)

    assert gc(tmp_path, AT, device=DEVICE).units == 0
    cleared = gc(tmp_path, AT + timedelta(days=1), device=DEVICE)

    assert cleared.units == 4
    assert cleared.kept == ()
    assert state(tmp_path) == before
    [batch] = batches(tmp_path)
    needed = set[str]().union(*(entry.unit.images for entry in batch.entries))
    left = {place.name for place in tmp_path.joinpath(*JOURNAL).glob("*/blobs/*")}
    assert left == needed
    again = plan_return(tmp_path, batch=batch.id)
    assert len(again.moves) == 1


def test_what_an_editor_wrote_into_a_file_that_was_swapped_out_outlives_clearing_up(tmp_path: Path) -> None:
    TWO.build(tmp_path)
    with (tmp_path / "Hub.md").open("ab") as editor:
        carry_out(tmp_path, TWO.plan(), AT, device=DEVICE)
        editor.write(b"typed late")

    cleared = gc(tmp_path, AT + timedelta(days=1), device=DEVICE)

    [kept] = cleared.kept
    assert (tmp_path.joinpath(*JOURNAL, DEVICE, "swap", kept)).read_bytes().endswith(b"typed late")


def test_every_place_where_something_is_kept_is_listed(tmp_path: Path) -> None:
    TWO.build(tmp_path)
    carry_out(tmp_path, TWO.plan(), AT, device=DEVICE)
    (tmp_path / ".vaultprune/config.toml").write_bytes(b"")

    found = {place.path: place for place in places(tmp_path)}

    assert set(found) == {
        ".vaultprune/config.toml",
        ".vaultprune/journal",
        ".vaultprune/journal/*/blobs",
        ".vaultprune/journal/*/swap",
    }
    assert found[".vaultprune/journal"].files > 4
    assert places(tmp_path / "a") == ()


# --- the rehearsal ----------------------------------------------------------------------------------


def test_a_rehearsal_leaves_nothing_and_finds_nothing_wrong_here(tmp_path: Path) -> None:
    TWO.build(tmp_path)
    before = state(tmp_path)

    assert rehearse(tmp_path) == ()

    assert state(tmp_path) == before
    assert sorted(place.name for place in (tmp_path / ".vaultprune").iterdir()) == ["journal"]


def test_a_rehearsal_that_was_interrupted_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".vaultprune/rehearsal/Ideas").mkdir(parents=True)
    (tmp_path / ".vaultprune/rehearsal/Ideas/One.md").write_bytes(b"left over")

    assert rehearse(tmp_path) == ()
    assert not (tmp_path / ".vaultprune/rehearsal").exists()


def test_a_disk_that_replaces_on_rename_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replaces(folder: int, name: str, to_folder: int, to_name: str, flag: int) -> None:
        os.rename(name, to_name, src_dir_fd=folder, dst_dir_fd=to_folder)

    monkeypatch.setattr(files, "_renameat", replaces)

    assert rehearse(tmp_path)[0] == "a rename may replace another file"


def test_a_disk_that_forgets_times_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Disk,
        "set_mtime",
        lambda self, file, mtime_ns: os.utime(file, ns=(0, mtime_ns // 10**9 * 10**9 + os.fstat(file).st_ino)),
    )

    found = rehearse(tmp_path)

    assert any("not as it was" in line for line in found)
    say("a rehearsal finds out: renames that replace, times that are not kept")


def test_what_was_kept_can_be_found_by_hand(tmp_path: Path) -> None:
    """As docs/safety.md tells it: the bytes lie in the journal under their SHA-256, the record is JSON."""
    TWO.build(tmp_path)
    carry_out(tmp_path, TWO.plan(), AT, device=DEVICE)
    folder = tmp_path.joinpath(*JOURNAL, DEVICE)

    [record] = sorted((folder / "units").glob("*-0001.intent"))
    unit = json.loads(record.read_bytes())["unit"]

    assert (unit["from"], unit["to"]) == ("a/X.md", "Archive/a/X.md")
    hub = next(edit for edit in unit["rewrites"] if edit["path"] == "Hub.md")
    assert (folder / "blobs" / hub["before"]["sha256"]).read_bytes() == TWO.files["Hub.md"]
    assert (folder / "blobs" / unit["note"]["sha256"]).read_bytes() == TWO.files["a/X.md"]
    assert texts(state(tmp_path))

"""The power goes while the engine does what stands beside moving notes: what was told to be done stays done."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.archiving.power import Content, File, Model, RecordingDisk, Synced, wrecks
from tests.archiving.test_crashes import kind_of_disk as kind_of_disk
from tests.archiving.worlds import AT, BUSY, DEVICE, TWO, World, fresh, say, state, texts
from vaultprune.archiving import batches, carry_out, gc, pending, plan_return, recover, strays
from vaultprune.archiving.about import NAME, write_about
from vaultprune.archiving.device import device_id
from vaultprune.archiving.locking import locked

MODELS: tuple[Model, ...] = ("A", "B", "C")
TEXT = "what lies here\n"
HUB = "Maps/Hub.md"
APART = World(
    {HUB if path == "Hub.md" else path: data for path, data in BUSY.files.items()},
    BUSY.moves,
    tuple(replace(link, path=HUB) if link.path == "Hub.md" else link for link in BUSY.links),
)
"""The same with the hub in a folder of its own, which nothing else makes durable."""


def after_power_cuts(
    disk: RecordingDisk, from_op: int = 0, most: int = 6, models: Sequence[Model] = MODELS
) -> Iterator[tuple[int, Path]]:
    """Vaults as a power cut may leave them after each operation from that one on: which it was, and the vault."""
    for model in models:
        chance = random.Random(model)
        for at in range(from_op, len(disk.ops) + 1):
            for wreck in wrecks(disk, at, model, most, chance):
                with fresh() as vault:
                    vault.rmdir()
                    wreck.put(disk.root_folder, vault)
                    yield at, vault


def test_the_note_of_the_archive_is_whole_or_not_there_and_stays_once_told() -> None:
    tried = 0
    with fresh() as vault:
        carry_out(BUSY.build(vault), BUSY.plan(), AT, device=DEVICE)
        disk = RecordingDisk(vault)
        assert write_about(vault, "Archive", TEXT, disk)
        for at, left in after_power_cuts(disk):
            about = left / "Archive" / NAME
            assert about.exists() or at < len(disk.ops)
            assert not about.exists() or about.read_text() == TEXT
            about.unlink(missing_ok=True)
            assert write_about(left, "Archive", TEXT)
            tried += 1
    say(f"power cuts while the note of the archive is written: {tried} states")


def test_what_keeps_the_journal_out_of_git_is_there_before_the_journal_and_is_mended() -> None:
    with fresh() as vault:
        disk = RecordingDisk(TWO.build(vault))
        with locked(disk):
            pass
        for at, left in after_power_cuts(disk):
            ignoring = left / ".vaultprune/journal/.gitignore"
            assert at < len(disk.ops) or ignoring.read_text() == "*\n"
            with locked(RecordingDisk(left)):
                assert "*" in ignoring.read_text().split("\n")


def test_what_was_cleared_is_gone_and_what_was_not_can_be_undone() -> None:
    tried = 0
    with fresh() as vault:
        TWO.build(vault)
        carry_out(vault, TWO.plan(), AT, device=DEVICE)
        carry_out(vault, plan_return(vault, notes=["a/X.md"]), AT + timedelta(days=9), device=DEVICE)
        before = texts(state(vault))
        disk = RecordingDisk(vault)
        cleared = gc(vault, AT + timedelta(days=1), device=DEVICE, disk=disk)
        kept = {path.name for path in (vault / ".vaultprune").rglob("*") if path.is_file()}
        for at, left in after_power_cuts(disk):
            assert pending(left, DEVICE) == ()
            assert texts(state(left)) == before
            if at == len(disk.ops):
                assert {path.name for path in (left / ".vaultprune").rglob("*") if path.is_file()} == kept
            newest = max(batches(left), key=lambda batch: batch.entries[0].unit.order)
            assert carry_out(left, plan_return(left, batch=newest.id), AT, device=DEVICE).count("done") == 1
            tried += 1
    assert cleared.files > 5
    say(f"power cuts while old units are cleared: {tried} states")


def test_once_undone_not_even_an_empty_folder_comes_back(kind_of_disk: str) -> None:
    with fresh() as vault:
        TWO.build(vault)
        before = state(vault)
        carry_out(vault, TWO.plan(), AT, device=DEVICE)
        plan = plan_return(vault, batch="1")
        disk = RecordingDisk(vault)
        carry_out(vault, plan, AT, device=DEVICE, disk=disk)
        assert state(vault) == before
        for _, left in after_power_cuts(disk, len(disk.ops)):
            assert state(left).keys() == before.keys()


class Edited(RecordingDisk):
    """A disk on which an editor saves the hub, in place and durably, right before the n-th change of a kind."""

    def __init__(self, vault: Path, call: str, at: int) -> None:
        super().__init__(vault)
        self.call, self.at = call, at
        self.words = b"[[a/X]] [[b/Y]] and mine\n"
        self.saved = 0

    def before(self, call: str) -> None:
        super().before(call)
        if call == self.call:
            self.at -= 1
            if self.at == 0:
                hub = self.vault / HUB
                hub.write_bytes(self.words)
                file = self.things[os.stat(hub).st_ino]
                assert isinstance(file, File)
                file.data = self.words
                self.ops += [Content(file, self.words), Synced(file)]
                self.saved = len(self.ops)


@pytest.mark.parametrize(("at", "done"), [pytest.param(1, 0, id="the first note"), pytest.param(3, 1, id="the second")])
def test_words_saved_at_the_very_moment_are_there_after_a_power_cut_too(kind_of_disk: str, at: int, done: int) -> None:
    tried = 0
    with fresh() as vault:
        disk = Edited(APART.build(vault), "exchange", at)
        run = carry_out(vault, APART.plan(), AT, device=DEVICE, disk=disk)
        assert run.count("done") == done
        assert disk.words in texts(state(vault)).values()
        for _, left in after_power_cuts(disk, len(disk.ops), most=60):
            assert recover(left, device=DEVICE) == ()
            assert b"and mine" in texts(state(left))[HUB]
            assert (left / HUB).stat().st_nlink == 1
            tried += 1
    assert tried >= len(MODELS)


@pytest.mark.parametrize("at", [pytest.param(1, id="the first note"), pytest.param(3, id="the second")])
def test_they_are_there_as_well_if_the_power_goes_before_anybody_looked(at: int) -> None:
    tried = 0
    with fresh() as vault:
        disk = Edited(APART.build(vault), "exchange", at)
        carry_out(vault, APART.plan(), AT, device=DEVICE, disk=disk)
        for _, left in after_power_cuts(disk, disk.saved, most=12, models=("A", "B")):
            recover(left, device=DEVICE)
            assert b"and mine" in texts(state(left))[HUB] or b"and mine" in words_named(left)
            tried += 1
    say(f"power cuts after an editor saved at a swap: {tried} states")


def words_named(vault: Path) -> bytes:
    return b"".join((vault / stray.place).read_bytes() for stray in strays(vault, DEVICE))


def test_a_device_keeps_its_name_also_if_the_power_goes_right_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def watched(name: str) -> Callable[..., object]:
        really: Callable[..., object] = getattr(os, name)

        def call(*arguments: object) -> object:
            done.append(name)
            return really(*arguments)

        return call

    for name in ("write", "fsync", "replace"):
        monkeypatch.setattr(os, name, watched(name))
    device_id(tmp_path)

    assert done == ["write", "fsync", "replace"]

"""The engine on whatever file systems this machine can offer: its primitives, a whole life, crashes, real power cuts.

Those that have to be mounted are tried in full runs only, by root, and where the tools for it are installed; what
cannot be had is skipped and says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.archiving import worlds
from tests.archiving.breaking import Stop, StoppingDisk
from tests.archiving.test_crashes import Sweep, archive, nothing, set_aside
from tests.archiving.worlds import AT, DEVICE, FOUR, FULL, TWO, check_as_it_must_be, fresh, kept, say, state
from vaultprune.archiving import carry_out, plan_return, recover, rehearse
from vaultprune.archiving.files import Disk


@dataclass(frozen=True, slots=True)
class Kind:
    """A file system and the commands that make and mount it; words in braces stand for paths."""

    name: str
    make: tuple[str, ...] = ()
    mount: tuple[str, ...] = ()
    megabytes: int = 32
    through_loop: bool = False


HERE, SHM = Kind("the folder for temporary files"), Kind("memory")
LOOP = ("mount", "-o", "loop", "{image}", "{here}")
EXT4 = Kind("ext4", ("mkfs.ext4", "-q", "-F", "{image}"), LOOP)
XFS = Kind("xfs", ("mkfs.xfs", "-q", "{image}"), LOOP, 320)
BTRFS = Kind("btrfs", ("mkfs.btrfs", "-q", "{image}"), LOOP, 128)
LAYERS = "lowerdir={there}/low,upperdir={there}/up,workdir={there}/work"
KINDS = (
    HERE,
    SHM,
    EXT4,
    Kind("ext2", ("mkfs.ext2", "-q", "-F", "{image}"), LOOP),
    XFS,
    BTRFS,
    Kind("overlay", mount=("mount", "-t", "overlay", "overlay", "-o", LAYERS, "{here}")),
    Kind("bindfs", mount=("bindfs", "{there}/low", "{here}")),
    Kind("exfat", ("mkfs.exfat", "{image}"), ("mount.exfat-fuse", "{image}", "{here}"), through_loop=True),
    Kind("vfat", ("mkfs.vfat", "{image}"), LOOP),
    Kind("ntfs", ("mkfs.ntfs", "-F", "-Q", "-q", "{image}"), ("ntfs-3g", "{image}", "{here}")),
)


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise OSError(f"{command[0]}: {(done.stderr or done.stdout).strip()[:100]}")
    return done.stdout


def commanded(command: tuple[str, ...], image: Path, here: Path, there: Path) -> None:
    run(*(word.format(image=image, here=here, there=there) for word in command))


@contextmanager
def mounted(kind: Kind, folder: Path, image: Path | None = None) -> Iterator[Path]:
    """A folder on such a file system; of an image that is there already, or a new one. `OSError` if it cannot be."""
    here, there = folder / "here", folder / "there"
    for place in (here, *(there / name for name in ("low", "up", "work"))):
        place.mkdir(parents=True, exist_ok=True)
    if image is None:
        image = folder / "image"
        with image.open("wb") as file:
            file.truncate(kind.megabytes << 20)
        if kind.make:
            commanded(kind.make, image, here, there)
    loop = run("losetup", "--find", "--show", str(image)).strip() if kind.through_loop else ""
    try:
        commanded(kind.mount, Path(loop) if loop else image, here, there)
        try:
            yield here
        finally:
            run("umount", "--lazy", str(here))
    finally:
        if loop:
            run("losetup", "--detach", loop)


@pytest.fixture(params=KINDS, ids=[kind.name for kind in KINDS])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kind]:
    """Every vault of the test is made on this file system."""
    kind: Kind = request.param
    if not kind.mount:
        if kind is SHM and not os.path.ismount("/dev/shm"):
            pytest.skip("there is no /dev/shm here")
        monkeypatch.setattr(worlds, "PLACE", worlds.MEMORY if kind is SHM else tmp_path)
        yield kind
        return
    with fresh() as images, to_be_mounted(kind), mounted(kind, images) as here:
        monkeypatch.setattr(worlds, "PLACE", here)
        yield kind


@contextmanager
def to_be_mounted(kind: Kind) -> Iterator[None]:
    if not FULL:
        pytest.skip("only full runs mount file systems: VAULTPRUNE_TORTURE=1")
    missing = [command[0] for command in (kind.make, kind.mount) if command and shutil.which(command[0]) is None]
    if missing or os.geteuid() != 0:
        why = f"{missing[0]} is not installed" if missing else "only root may mount"
        pytest.skip(f"{kind.name} was not tried: {why}")
    try:
        yield
    except OSError as error:
        pytest.skip(f"{kind.name} was not tried: {error}")


def test_a_rename_never_replaces_and_a_rehearsal_finds_nothing_wrong(place: Kind) -> None:
    with fresh() as vault:
        TWO.build(vault)
        before = state(vault)
        disk = Disk(vault)
        root = disk.root()
        folder = disk.open_folder(root, "a")
        try:
            with pytest.raises(FileExistsError):
                disk.move(folder, "X.md", root, "Hub.md")
        finally:
            os.close(folder)
            os.close(root)

        assert state(vault) == before
        assert rehearse(vault) == ()
        assert state(vault) == before
    say(f"{place.name}: no rename replaces, and the rehearsal passes")


def test_notes_are_set_aside_and_come_back_to_the_byte(place: Kind) -> None:
    with fresh() as vault:
        FOUR.build(vault)
        before = state(vault)
        run_there = carry_out(vault, FOUR.plan(), AT, device=DEVICE)
        check_as_it_must_be(vault, FOUR, before, [source for source, _ in FOUR.moves])
        carry_out(vault, plan_return(vault, batch=run_there.batch), AT, device=DEVICE)

        check_as_it_must_be(vault, FOUR, before, [], exact=True)


def test_stopped_anywhere_there_nothing_is_lost(place: Kind) -> None:
    sweep = Sweep(TWO, nothing, archive, forward=False)
    sweep.run(step=40 if FULL else 120)
    say(f"stopped in archive on {place.name}: {sweep.points} points, and {sweep.in_recovery} in recovery")


@pytest.mark.parametrize("kind", [EXT4, XFS, BTRFS], ids=lambda kind: kind.name)
def test_what_a_real_disk_has_when_the_power_goes_is_enough(kind: Kind) -> None:
    """The machine is stopped before a change, and what the file system had sent to its disk by then is mounted anew."""
    at, tried = 1, 0
    with fresh() as images, to_be_mounted(kind):
        while cut_at(kind, images / str(at), at):
            at, tried = at + (2 if kind is EXT4 else 5), tried + 1
    say(f"real power cuts on {kind.name}: {tried} points, 0 lost")
    assert tried > 20


def cut_at(kind: Kind, folder: Path, at: int) -> bool:
    """False if the run was through before it could be stopped there."""
    folder.mkdir()
    after = folder / "after"
    after.mkdir()
    with mounted(kind, folder) as here:
        vault = here / "vault"
        vault.mkdir()
        TWO.build(vault)
        before = state(vault)
        run("sync", "--file-system", str(here))
        stopped = False
        try:
            carry_out(vault, TWO.plan(), AT, device=DEVICE, disk=StoppingDisk(vault, at))
        except Stop:
            stopped = True
        run("cp", "--sparse=always", str(folder / "image"), str(after / "image"))
    with mounted(kind, after, after / "image") as here:
        vault = here / "vault"
        assert set(TWO.files.values()) <= kept(vault)
        recover(vault, device=DEVICE)
        assert set(TWO.files.values()) <= kept(vault)
        check_as_it_must_be(vault, TWO, before, set_aside(vault))
    shutil.rmtree(folder)
    return stopped

"""A vault in, what its file system cannot promise out: throw-away notes are set aside, rewritten and put back there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from vaultprune.archiving.carry_out import carry_out, heard_later
from vaultprune.archiving.files import Disk
from vaultprune.archiving.locking import locked, said
from vaultprune.archiving.paths import OWN_FOLDER, digest, look, look_in, make_folders, opened
from vaultprune.archiving.plan_form import make_plan
from vaultprune.archiving.recovery import recover
from vaultprune.archiving.returning import plan_return
from vaultprune.errors import CannotStart, VaultpruneError
from vaultprune.model import Move, NotePath, Plan, Rewrite, Span

FOLDER = "rehearsal"
_AT = datetime(2000, 1, 1, tzinfo=UTC)
_DEVICE = "0" * 8
_OLD = 1_000_000_000_123_456_789
_NOTES = {
    "Ideas/One.md": b"one\r\nsee [[Ideas/Two|two]]\n",
    "Ideas/Two.md": "\ufefftwo, no line end \u00fc".encode(),
    "Map.md": b"- [[Ideas/One]]\n- [[Ideas/Two#x|2]]\n\xff\n",
}


def rehearse(vault: Path, disk: Disk | None = None) -> tuple[str, ...]:
    """What failed, each in words; empty if the file system keeps every promise. Takes well under a second.

    Everything happens in a folder of its own below `.vaultprune/`, which is gone afterwards. Raises `Locked`, and
    `CannotStart` if not even the folder can be made. Ctrl-C is heard at its end: a run that stops early has failed at
    nothing.
    """
    disk = disk or Disk(vault)
    with locked(disk):
        try:
            _clear(disk)
            make_folders(disk, (OWN_FOLDER, FOLDER))
            with heard_later() as stopped:
                try:
                    found = tuple(_failures(vault / OWN_FOLDER / FOLDER))
                finally:
                    _clear(disk)
            if stopped:
                raise KeyboardInterrupt
            return found
        except OSError as error:
            raise CannotStart(f"the rehearsal cannot be held: {said(error)}. No note was touched.") from None


def _failures(stage: Path) -> Iterator[str]:
    disk = Disk(stage)
    _set(disk)
    before = _state(stage)
    if not _keeps_names(disk):
        yield "a rename may replace another file"
    try:
        plan = _plan(disk)
        run = carry_out(stage, plan, _AT, device=_DEVICE)
        yield from (f"a note cannot be set aside: {outcome.why}" for outcome in run.outcomes if outcome.why)
        moved = _state(stage)
        if [moved.get(f"Archive/{path}") for path in ("Ideas/Two.md",)] != [before["Ideas/Two.md"]]:
            yield "a note that is moved does not keep its bytes and times"
        map_note = moved.get("Map.md")
        if map_note is None or map_note[0] != digest(b"- [[Archive/Ideas/One]]\n- [[Archive/Ideas/Two#x|2]]\n\xff\n"):
            yield "a link cannot be rewritten"
        back = plan_return(stage, batch=run.batch)
        carry_out(stage, back, _AT, device=_DEVICE)
        if _state(stage) != before:
            yield "what is put back is not as it was (bytes, mode, attributes, times)"
        yield from _stopped(stage, plan, before)
    except (OSError, VaultpruneError) as error:
        yield f"it stopped: {said(error) if isinstance(error, OSError) else error}"


def _stopped(stage: Path, plan: Plan, before: dict[str, tuple[object, ...]]) -> Iterator[str]:
    """A run that ends in the middle, and is taken back."""
    for call in ("move", "exchange"):
        try:
            carry_out(stage, plan, _AT, device=_DEVICE, disk=_StopsAt(stage, call))
        except _Stopped:
            recover(stage, device=_DEVICE)
            batch = sorted({entry.parent.name for entry in stage.glob("Archive/**/*.md")})
            if batch or _state(stage) != before:
                yield f"a run that was interrupted at its first {call} is not taken back whole"


class _Stopped(BaseException):
    pass


class _StopsAt(Disk):
    """A disk on which everything ends right after the first change of one kind."""

    def __init__(self, vault: Path, call: str) -> None:
        super().__init__(vault)
        self.call = call
        self.reached = False

    def before(self, call: str) -> None:
        if self.reached:
            raise _Stopped
        self.reached = call == self.call


def _set(disk: Disk) -> None:
    for path, data in _NOTES.items():
        parts = path.split("/")
        make_folders(disk, parts[:-1])
        with opened(disk, parts[:-1]) as folder, _new(disk, folder, parts[-1]) as file:
            disk.write(file, data)
            disk.set_mode(file, 0o640)
            with suppress(OSError):  # a file system without attributes has none to lose
                disk.set_attribute(file, "user.vaultprune", b"kept")
            disk.set_mtime(file, _OLD)


@contextmanager
def _new(disk: Disk, folder: int, name: str) -> Iterator[int]:
    file = disk.create(folder, name)
    try:
        yield file
    finally:
        os.close(file)


def _keeps_names(disk: Disk) -> bool:
    """Whether a rename onto a name that is taken is refused, and both files stay."""
    with opened(disk, ("Ideas",)) as folder:
        try:
            disk.move(folder, "One.md", folder, "Two.md")
        except FileExistsError:
            seen = [look_in(disk, folder, name) for name in ("One.md", "Two.md")]
            return [one.data if one else None for one in seen] == [_NOTES["Ideas/One.md"], _NOTES["Ideas/Two.md"]]
    return False


def _plan(disk: Disk) -> Plan:
    moves = []
    for name in ("Ideas/One.md", "Ideas/Two.md"):
        data = _NOTES[name]
        moves.append(Move(NotePath(name), NotePath(f"Archive/{name}"), digest(data), len(data)))
    rewrites = []
    for name, targets in (("Map.md", (b"Ideas/One", b"Ideas/Two")), ("Ideas/One.md", (b"Ideas/Two",))):
        data = _NOTES[name]
        spans = tuple(
            Span(at, at + len(target), target, b"Archive/" + target, (NotePath(f"{target.decode()}.md"),))
            for target in targets
            for at in (data.index(target),)
        )
        rewrites.append(Rewrite(NotePath(name), digest(data), spans))
    return make_plan(moves, rewrites)


def _state(stage: Path) -> dict[str, tuple[object, ...]]:
    """Every file on the stage: bytes, mode, attributes, time."""
    disk = Disk(stage)
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted(stage.glob("[!.]*/**/*.md")) + sorted(stage.glob("*.md")):
        name = path.relative_to(stage).as_posix()
        seen = look(disk, name)
        if seen is not None:
            found[name] = (seen.sha256, seen.mode, seen.attributes, seen.mtime_ns)
    return found


def _clear(disk: Disk) -> None:
    """Take the stage down, if it is there: nothing on it was ever a note of anybody."""
    with opened(disk, (OWN_FOLDER,)) as own:
        if FOLDER in os.listdir(own):
            _remove(disk, own, FOLDER)


def _remove(disk: Disk, folder: int, name: str) -> None:
    if not stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
        disk.unlink(folder, name)
        return
    inner = disk.open_folder(folder, name)
    try:
        for below in os.listdir(inner):
            _remove(disk, inner, below)
    finally:
        os.close(inner)
    disk.rmdir(folder, name)

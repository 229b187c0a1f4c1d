"""Real folders for the tests of the door that reads: written from a dict, and looked at as a whole."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


def write(folder: Path, files: Mapping[str, str | bytes | object]) -> Path:
    """Write files below a folder: texts and bytes as they are, anything else as JSON. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            place.write_bytes(content)
        else:
            place.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return folder


@contextmanager
def within_seconds(seconds: int) -> Iterator[None]:
    """Fail, rather than wait for ever, if what happens inside hangs."""

    def too_long(_signal: int, _frame: object) -> None:
        raise AssertionError(f"still not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def as_an_ordinary_user() -> Iterator[Path]:
    """A fresh folder, used without root's right to read everything, so that a mode of 0 means something."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o777)
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            for place in (folder, *folder.rglob("*")):
                if not place.is_symlink():
                    place.chmod(0o777)


def everything(folder: Path) -> dict[str, tuple[object, ...]]:
    """Every file and folder below one, dot folders among them: bytes or link target, mode, and both times."""
    found: dict[str, tuple[object, ...]] = {}
    for place in (folder, *sorted(folder.rglob("*"))):
        status = place.lstat()
        content: object = None
        if place.is_symlink():
            content = os.readlink(place)
        elif place.is_file():
            content = place.read_bytes()
        name = os.fsdecode(os.path.relpath(place, folder))
        found[name] = (content, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return found

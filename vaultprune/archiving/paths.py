"""A path of the vault in, an open folder or what stands at the path out; no symlink is followed on the way."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from vaultprune.archiving.files import Disk
from vaultprune.errors import Refused
from vaultprune.words import safe

OWN_FOLDER = ".vaultprune"
IN_THE_WAY = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.ENXIO})
"""What the system answers where a symlink, a pipe, or a file instead of a folder stands in a path."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands at a path. `sha256` is "" for anything but a plain file that we could read."""

    sha256: str
    size: int
    mtime_ns: int
    mode: int
    uid: int
    gid: int
    links: int
    dev: int
    ino: int
    attributes: tuple[tuple[str, bytes], ...] = ()
    data: bytes = b""


def own_parts(relative: str) -> list[str]:
    """The parts of a path below `.vaultprune/`; anything else is our own mistake (`ValueError`)."""
    parts = relative.split("/")
    if len(parts) < 2 or parts[0] != OWN_FOLDER or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"not a path below {OWN_FOLDER}/: {relative!r}")
    if "\0" in relative or "\\" in relative:
        raise ValueError(f"not a path that every system understands: {relative!r}")
    return parts


def note_parts(path: str) -> list[str]:
    """The parts of a path of the vault that may be changed: never upwards, never a dot file or in a dot folder."""
    parts = path.split("/")
    if "\0" in path or any(not part or part.startswith(".") for part in parts):
        raise Refused(f"{safe(path)} is not a path that may be changed in a vault. Nothing has been changed.")
    return parts


@contextmanager
def opened(disk: Disk, parts: Collection[str]) -> Iterator[int]:
    """An open handle on a folder of the vault; `OSError` if it is not there or a symlink is on the way."""
    handle = disk.root()
    try:
        for name in parts:
            if name in ("", ".", ".."):
                raise OSError(errno.ELOOP, "a path that leads elsewhere", name)
            inner = disk.open_folder(handle, name)
            os.close(handle)
            handle = inner
        yield handle
    finally:
        os.close(handle)


def make_folders(disk: Disk, parts: Collection[str]) -> None:
    """See to it that a folder is there and durable, and all those above it.

    A folder that is there already is made durable too: whoever made it may have been stopped before that.
    """
    handle = disk.root()
    try:
        for number, name in enumerate(parts, 1):
            try:
                inner = disk.open_folder(handle, name)
            except FileNotFoundError:
                with suppress(FileExistsError):  # another process made it just now
                    disk.mkdir(handle, name)
                inner = disk.open_folder(handle, name)
            except OSError as error:
                if error.errno in IN_THE_WAY:
                    shown = safe("/".join(list(parts)[:number]))
                    raise Refused(f"{shown} is a symlink or a file, not a folder; nothing has been written.") from None
                raise
            try:
                disk.sync(handle)
            except BaseException:
                os.close(inner)
                raise
            os.close(handle)
            handle = inner
    finally:
        os.close(handle)


def look(disk: Disk, path: str) -> Seen | None:
    """What stands at a path of the vault, with its bytes; None if nothing does."""
    parts = path.split("/")
    try:
        with opened(disk, parts[:-1]) as folder:
            return look_in(disk, folder, parts[-1])
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in IN_THE_WAY:  # a symlink to a folder, or a file where the folder was
            return Seen("", 0, 0, 0, 0, 0, 0, 0, 0)
        raise


def look_in(disk: Disk, folder: int, name: str) -> Seen | None:
    """What a name in an open folder stands for."""
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return _seen(status)
    try:
        file = disk.open_file(folder, name)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in IN_THE_WAY:
            return _seen(status)
        raise
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            return _seen(status)
        data = disk.read(file)
        return _seen(status, digest(data), data, _attributes(file))
    finally:
        os.close(file)


def _seen(
    status: os.stat_result, sha256: str = "", data: bytes = b"", attributes: tuple[tuple[str, bytes], ...] = ()
) -> Seen:
    size = len(data) if sha256 else status.st_size
    return Seen(
        sha256,
        size,
        status.st_mtime_ns,
        stat.S_IMODE(status.st_mode),
        status.st_uid,
        status.st_gid,
        status.st_nlink,
        status.st_dev,
        status.st_ino,
        attributes,
        data,
    )


def _attributes(file: int) -> tuple[tuple[str, bytes], ...]:
    if sys.platform != "linux":
        return ()
    try:
        return tuple((name, os.getxattr(file, name)) for name in sorted(os.listxattr(file)))
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.EPERM, errno.ENODATA):
            return ()
        raise


def digest(data: bytes) -> str:
    """The name of these bytes in the journal."""
    return hashlib.sha256(data).hexdigest()

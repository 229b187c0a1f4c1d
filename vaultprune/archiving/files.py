"""One call in, one change of the disk out: every change inside a vault comes down to a method of `Disk`.

Nothing here decides anything. Each method that changes something is one call to the system (or one rung of a ladder of
them), announced by `before`, so that tests can count the calls and stop the machine at any of them. Folders are open
handles and names are single names: a symlink on the way can lead nowhere, because no path is ever followed.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import ClassVar

OPEN_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | NO_FOLLOW | getattr(os, "O_CLOEXEC", 0)
_APPEND = os.O_RDWR | os.O_APPEND | os.O_CREAT | NO_FOLLOW | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)

NOT_HERE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What a file system answers that does not know a call."""
_NO_FSYNC_HERE = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOTTY})

CAN_KEEP_OUT_SYMLINKS = {os.open, os.mkdir, os.rename, os.unlink, os.rmdir} <= os.supports_dir_fd and NO_FOLLOW != 0


def get_ready() -> None:
    """Load what is loaded on demand, so that nothing of it can fail between two steps of a move."""
    import difflib  # noqa: F401  (spans need it)

    _call()


class Disk:
    """The one object through which a vault is changed. `calls` counts the changes asked for so far.

    `changes` counts those of the whole process, so that whoever is interrupted can say whether there were any.
    """

    changes: ClassVar[int] = 0

    def __init__(self, vault: Path) -> None:
        self.vault = vault
        self.calls = 0

    def before(self, call: str) -> None:
        """Announce one change. Tests make it raise, and so stop the machine exactly here."""
        self.calls += 1
        Disk.changes += 1

    # --- looking ------------------------------------------------------------------------------------

    def root(self) -> int:
        """An open handle on the vault's own folder."""
        return os.open(self.vault, OPEN_FOLDER)

    def open_folder(self, folder: int, name: str) -> int:
        """An open handle on a folder in a folder; a symlink is an `OSError`."""
        return os.open(name, OPEN_FOLDER | NO_FOLLOW, dir_fd=folder)

    def open_file(self, folder: int, name: str) -> int:
        """A handle for reading; a symlink is an `OSError`, and a pipe does not make us wait."""
        return os.open(name, _READ, dir_fd=folder)

    def read(self, file: int) -> bytes:
        """Everything from where the handle stands to the end."""
        pieces = []
        while piece := os.read(file, 1 << 20):
            pieces.append(piece)
        return b"".join(pieces)

    # --- changing -----------------------------------------------------------------------------------

    def mkdir(self, folder: int, name: str) -> None:
        """Make a folder; `FileExistsError` if the name is taken."""
        self.before("mkdir")
        os.mkdir(name, dir_fd=folder)

    def create(self, folder: int, name: str, mode: int = 0o666) -> int:
        """A handle on a new, empty file; `FileExistsError` if the name is taken, by whatever."""
        self.before("create")
        return os.open(name, _CREATE, mode, dir_fd=folder)

    def open_append(self, folder: int, name: str) -> int:
        """A handle for adding to a file of our own, made if it is missing."""
        self.before("append")
        return os.open(name, _APPEND, 0o666, dir_fd=folder)

    def write(self, file: int, data: bytes) -> None:
        """Write all of it."""
        self.before("write")
        left = memoryview(data)
        while left:  # one call, unless the disk is nearly full
            left = left[os.write(file, left) :]

    def sync(self, handle: int) -> None:
        """Make a file or folder durable.

        Some file systems have no such call. Any other failure means that something was lost, and asking again would
        hide it: the caller must not trust what it just wrote.
        """
        self.before("sync")
        try:
            _flush(handle)
        except OSError as error:
            if error.errno not in _NO_FSYNC_HERE:
                raise

    def move(self, folder: int, name: str, to_folder: int, to_name: str) -> None:
        """Rename, never over anything: `FileExistsError` if the new name is taken.

        Where the file system cannot rename without replacing (FUSE, exFAT), the name is reserved by an empty file of
        our own, and the rename replaces that.
        """
        self.before("move")
        try:
            _renameat(folder, name, to_folder, to_name, _NO_REPLACE)
        except OSError as error:
            if error.errno not in NOT_HERE:
                raise
            self._move_over_reservation(folder, name, to_folder, to_name)

    def _move_over_reservation(self, folder: int, name: str, to_folder: int, to_name: str) -> None:
        reserved = self.create(to_folder, to_name)
        try:
            ours = os.fstat(reserved)
            there = os.stat(to_name, dir_fd=to_folder, follow_symlinks=False)
            if (there.st_dev, there.st_ino, there.st_size) != (ours.st_dev, ours.st_ino, 0):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), to_name)
            # if this fails the reservation stays: the answer may be wrong, and the name be the note's already
            self.replace_own(folder, name, to_folder, to_name)
        finally:
            os.close(reserved)

    def replace_own(self, folder: int, name: str, to_folder: int, to_name: str) -> None:
        """Rename over a file that is ours: a reservation, or a file of the journal. Never for anything else."""
        self.before("replace")
        os.rename(name, to_name, src_dir_fd=folder, dst_dir_fd=to_folder)

    def exchange(self, folder: int, name: str, other_folder: int, other_name: str) -> bool:
        """Swap what two names stand for, in one step. False, and nothing done, where the file system cannot."""
        self.before("exchange")
        try:
            _renameat(folder, name, other_folder, other_name, _EXCHANGE)
        except OSError as error:
            if error.errno not in NOT_HERE:
                raise
            return False
        return True

    def unlink(self, folder: int, name: str) -> None:
        """Take away one name of a file."""
        self.before("unlink")
        os.unlink(name, dir_fd=folder)

    def rmdir(self, folder: int, name: str) -> None:
        """Take away an empty folder; the system itself refuses any other."""
        self.before("rmdir")
        os.rmdir(name, dir_fd=folder)

    def set_mode(self, file: int, mode: int) -> None:
        """Set the permissions."""
        self.before("mode")
        os.fchmod(file, mode)

    def set_owner(self, file: int, uid: int, gid: int) -> None:
        """Set user and group."""
        self.before("owner")
        os.fchown(file, uid, gid)

    def set_mtime(self, file: int, mtime_ns: int) -> None:
        """Set the time of the last change; the time of the last reading becomes the same."""
        self.before("times")
        os.utime(file, ns=(mtime_ns, mtime_ns))

    def set_attribute(self, file: int, name: str, value: bytes) -> None:
        """Set one extended attribute."""
        self.before("attribute")
        if sys.platform == "linux":
            os.setxattr(file, name, value)


# --- the calls that Python does not have ------------------------------------------------------------


def _flush(handle: int) -> None:
    if sys.platform == "darwin":  # plain fsync leaves the data in the drive's own cache
        import fcntl

        if stat.S_ISREG(os.fstat(handle).st_mode):
            try:
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            except OSError as error:
                if error.errno not in _NO_FSYNC_HERE:
                    raise
            else:
                return
    os.fsync(handle)


_FUNCTION, _NO_REPLACE, _EXCHANGE = (
    ("renameatx_np", 4, 2) if sys.platform == "darwin" else ("renameat2", 1, 2)
)  # the flags are named RENAME_EXCL and RENAME_SWAP there, RENAME_NOREPLACE and RENAME_EXCHANGE here


@cache
def _call() -> Callable[..., int] | None:
    """The function of the C library, and where it left its error; None if the library is too old or too small."""
    import ctypes

    try:
        call = ctypes.CDLL(None, use_errno=True)[_FUNCTION]
    except (OSError, AttributeError, TypeError):
        return None
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    call.restype = ctypes.c_int

    def answer(folder: int, name: bytes, to_folder: int, to_name: bytes, flag: int) -> int:
        return 0 if call(folder, name, to_folder, to_name, flag) == 0 else ctypes.get_errno()

    return answer


def _renameat(folder: int, name: str, to_folder: int, to_name: str, flag: int) -> None:
    call = _call()
    number = call(folder, os.fsencode(name), to_folder, os.fsencode(to_name), flag) if call else errno.ENOSYS
    if number:
        raise OSError(number, os.strerror(number), name)

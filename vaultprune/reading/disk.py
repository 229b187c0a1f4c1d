"""A path on disk in, its bytes out: the one function that opens a file to read it, or says why it could not."""

from __future__ import annotations

import errno
import os
import stat

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: str, limit: int, *, follow: bool = False) -> tuple[bytes, int]:
    """At most `limit` bytes of a regular file, and its real size. Raises `OSError` for anything else.

    A symlink is followed only on request, so that a file swapped for one after it was looked at is refused.
    """
    # without O_NONBLOCK the mere opening of a pipe would wait for a writer that never comes
    handle = os.open(path, _FLAGS | (0 if follow else _NO_FOLLOW))
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        # one byte more than there should be: a file that grew meanwhile shows itself, and a whole read needs one call
        chunk = os.read(handle, min(status.st_size + 1, limit))
        if len(chunk) >= min(status.st_size, limit) and len(chunk) <= status.st_size:
            return chunk, status.st_size
        chunks, got = [chunk], len(chunk)
        while chunk and got < limit:
            chunk = os.read(handle, min(1 << 20, limit - got))
            chunks.append(chunk)
            got += len(chunk)
        return b"".join(chunks), max(status.st_size, got)
    finally:
        os.close(handle)


def cause(error: OSError) -> str:
    """Why the disk refused, as the end of a sentence: `permission denied`."""
    says = error.strerror or str(error) or type(error).__name__
    return says[:1].lower() + says[1:]

"""Files of a schedule in, the same on disk out: the one place that writes them, and takes away none but our own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from vaultprune.errors import CannotStart, Refused
from vaultprune.schedule.job import OwnFile, headers_of
from vaultprune.words import safe

_LONGEST = 1 << 20
_HEAD = 4
"""Lines among which the header stands; some formats have a few of their own before it."""


def what_lies(places: Sequence[Path]) -> tuple[OwnFile, ...]:
    """The files that are there, whoever wrote them."""
    return tuple(OwnFile(place, data) for place in places if (data := _read(place)) is not None)


def is_ours(file: OwnFile, vault: str) -> bool:
    """Whether a file has the header that tells it is this vault's."""
    return not frozenset(headers_of(vault)).isdisjoint(file.text.splitlines()[:_HEAD])


def must_be_ours(files: Sequence[OwnFile], vault: str) -> None:
    """`Refused` where one of these files is somebody else's."""
    for file in files:
        if not is_ours(file, vault):
            raise Refused(
                f"stopped, because {safe(str(file.path))} is there, and does not say that vaultprune made it for this "
                "vault (guard: not-ours). Move it away first. Nothing has been changed."
            )


def put(files: Sequence[OwnFile]) -> None:
    """Write each file whole or not at all, in place of what is there."""
    for file in files:
        try:
            os.makedirs(file.path.parent, exist_ok=True)
            _write(file)
        except OSError as error:
            raise CannotStart(f"{safe(str(file.path))} cannot be written: {_said(error)}.") from None


def take_away(files: Sequence[OwnFile], vault: str) -> None:
    """Remove these files, each of which must still say that it is ours."""
    must_be_ours(what_lies([file.path for file in files]), vault)
    for file in files:
        try:
            with suppress(FileNotFoundError):
                os.unlink(file.path)
        except OSError as error:
            raise CannotStart(f"{safe(str(file.path))} cannot be removed: {_said(error)}.") from None


def _read(place: Path) -> bytes | None:
    """The bytes of a file; of what is no plain file none, so that it is nobody's but its owner's."""
    if not os.path.lexists(place):
        return None
    if not os.path.isfile(place) or os.path.getsize(place) > _LONGEST:
        return b""
    try:
        return place.read_bytes()
    except OSError:
        return b""


def _write(file: OwnFile) -> None:
    handle, new = tempfile.mkstemp(dir=file.path.parent, prefix=f".{file.path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(file.data)
            opened.flush()
            os.fsync(opened.fileno())
        os.chmod(new, 0o644)
        os.replace(new, file.path)
    except BaseException:
        with suppress(OSError):
            os.unlink(new)
        raise


def _said(error: OSError) -> str:
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]

"""A document in, on stdout or in a file outside the vault out: the one place that writes where the person said."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vaultprune.errors import CannotStart
from vaultprune.words import safe


def place_for(typed: str | None, vault: Path, option: str = "--output") -> Path | None:
    """Where a document may be written, settled before anything is read. In the vault: `CannotStart`."""
    if typed is None:
        return None
    place = Path(os.path.realpath(os.path.expanduser(typed)))
    if _inside(place, vault):
        raise CannotStart(
            f'{option}: "{safe(typed)}" lies in the vault, and this command writes nothing there. '
            "Choose a place outside it. Nothing has been changed."
        )
    if os.path.isdir(place):
        raise CannotStart(f'{option}: "{safe(typed)}" is a folder. Name a file in it. Nothing has been changed.')
    if not os.path.isdir(place.parent):
        raise CannotStart(f'{option}: there is no folder "{safe(str(place.parent))}". Nothing has been changed.')
    return place


def deliver(document: str, place: Path | None) -> None:
    """Put a document into the file asked for, or on stdout."""
    if place is None:
        show(document)
    else:
        write(place, document)


def show(document: str) -> None:
    """Put a document on stdout, in UTF-8 whatever the locale says. A closed pipe is the reader's choice, no error."""
    data = document.encode("utf-8", "backslashreplace")
    if sys.stdout is None:  # closed by whoever started this
        return
    try:
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            sys.stdout.write(data.decode())
        else:
            sys.stdout.flush()
            buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        # else the interpreter would complain when it flushes stdout at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise CannotStart(f"the document cannot be written: {(error.strerror or str(error)).lower()}.") from None


def write(place: Path, document: str, option: str = "--output") -> None:
    """Write it whole or not at all: what was there before stays until the new file is complete."""
    import tempfile  # most documents are shown

    data = document.encode("utf-8", "backslashreplace")
    try:
        if place.exists() and not place.is_file():  # a terminal, a pipe, /dev/null
            with open(place, "wb") as file:
                file.write(data)
            return
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=f".{place.name[:40]}.", delete=False) as file:
            new = Path(file.name)
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                os.chmod(new, _mode(place))
                os.replace(new, place)
            except BaseException:
                new.unlink(missing_ok=True)
                raise
    except OSError as error:
        says = error.strerror or str(error)
        raise CannotStart(f'{option}: "{safe(str(place))}" cannot be written: {says[:1].lower()}{says[1:]}.') from None


def _mode(place: Path) -> int:
    """The rights of the file that is replaced, or those that a new file gets here."""
    if place.exists():
        return place.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _inside(place: Path, vault: Path) -> bool:
    """Whether a place lies in the vault, whatever the spelling of either."""
    return any(os.path.exists(folder) and os.path.samefile(folder, vault) for folder in (place, *place.parents))

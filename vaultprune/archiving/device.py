"""Nothing in, a short name for this device out: it keeps each device to files of its own.

The name lies outside every vault, in the platform's folder for user data, since a vault travels between devices.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from vaultprune.errors import CannotStart

_NAME = re.compile(r"[0-9a-f]{8,32}")


def device_id(folder: Path | None = None) -> str:
    """This device's name, made up on first use and kept in `folder` (by default the platform's, `device` in it).

    Ask only when about to write: who merely looks at a vault leaves nothing behind, here neither.
    """
    place = device_file(folder)
    try:
        known = _read(place)
        if known is None:
            _keep(place, secrets.token_hex(6))
            known = _read(place)
    except OSError as error:
        raise CannotStart(f"this device cannot be given a name: {error.strerror or error}. Nothing changed.") from None
    if known is None:
        raise CannotStart("this device cannot be given a name: it was not kept. Nothing has been changed.")
    return known


def device_file(folder: Path | None = None) -> Path:
    """Where the name is kept, whether there is one or not."""
    if folder is None:
        from platformdirs import user_data_dir

        folder = Path(user_data_dir("vaultprune"))
    return folder / "device"


def _read(place: Path) -> str | None:
    try:
        said = place.read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        return None
    return said if _NAME.fullmatch(said) else None


def _keep(place: Path, name: str) -> None:
    """Written whole under another name first: a crash leaves the old file or the new one, never half a name."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"device.{name}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, f"{name}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(beside, place)


def known_device(folder: Path | None = None) -> str | None:
    """This device's name if it has one already. Nothing is written, so whoever only looks can ask."""
    try:
        return _read(device_file(folder))
    except OSError:
        return None

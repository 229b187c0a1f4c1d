"""A vault in, where what belongs to its weekly runs lies out: the files of its schedule, and the log.

Asked at every report, so that it takes no more than a look whether a file is there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from zlib import crc32

_NAMES = re.compile(r"[^A-Za-z0-9_.-]{1,256}")


def key_of(vault: str | os.PathLike[str]) -> str:
    """The name of a vault among its kind: a file's name everywhere, readable, and another one for every folder."""
    folder = os.path.realpath(vault)
    data = os.fsencode(folder)
    own = _NAMES.sub("-", os.path.basename(folder))[:40].strip(".-") or "vault"
    return f"{own}-{crc32(data):08x}{crc32(data[::-1]):08x}"  # as the ledger's: to import digests takes milliseconds


def own_folder() -> Path:
    """The folder of the logs, and of the files of those schedulers that have no folder for them."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("vaultprune")) / "weekly"


def log_place(vault: str | os.PathLike[str]) -> Path:
    """Where the log of a vault's weekly runs lies."""
    return own_folder() / f"{key_of(vault)}.jsonl"


def of_systemd(key: str) -> tuple[Path, ...]:
    """The service and the timer, among the user's own units."""
    config = os.environ.get("XDG_CONFIG_HOME", "")
    units = Path(config if os.path.isabs(config) else os.path.expanduser("~/.config")) / "systemd" / "user"
    return units / f"vaultprune-{key}.service", units / f"vaultprune-{key}.timer"


def of_launchd(key: str) -> tuple[Path, ...]:
    """The property list, among the user's own agents."""
    return (Path(os.path.expanduser("~/Library/LaunchAgents")) / f"vaultprune.{key}.plist",)


def of_windows(key: str) -> tuple[Path, ...]:
    """The task as it was handed over."""
    return (own_folder() / f"{key}.xml",)


def of_cron(key: str) -> tuple[Path, ...]:
    """The lines as they stand in the crontab."""
    return (own_folder() / f"{key}.cron",)


PLACES: Mapping[str, Callable[[str], tuple[Path, ...]]] = {
    "systemd": of_systemd,
    "launchd": of_launchd,
    "windows": of_windows,
    "cron": of_cron,
}
"""The files of a vault's schedule, by the name of the scheduler."""


def scheduled_since(vault: str | os.PathLike[str]) -> float | None:
    """When the schedule of a vault was set up, in seconds since 1970; None if there is none."""
    key = key_of(vault)
    for places in PLACES.values():
        try:
            return os.lstat(places(key)[-1]).st_mtime
        except OSError:
            continue
    return None

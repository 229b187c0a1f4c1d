"""What a person can put right: one line that names the thing, and the exit code it ends with."""

from __future__ import annotations

from typing import ClassVar


class VaultpruneError(Exception):
    """Something a person can mend. The message is the whole line they see; `exit_code` is promised."""

    exit_code: ClassVar[int] = 2


class CannotStart(VaultpruneError):
    """Usage, configuration, no such vault or note, nobody to ask (2)."""

    exit_code = 2


class Refused(VaultpruneError):
    """A guard held the run back; the message names the guard (4)."""

    exit_code = 4


class Locked(VaultpruneError):
    """Another run is at work in this vault (5)."""

    exit_code = 5

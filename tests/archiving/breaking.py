"""Disks that break: they stop the machine before the n-th change, tear a write in two, or answer with an error."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from vaultprune.archiving.files import Disk


class Stop(BaseException):
    """The power went off. No handler in the program may catch it, and nothing may be written after it."""


class StoppingDisk(Disk):
    """Stops before the n-th change (from 1), and stays stopped. `torn`: half of the n-th write is still written."""

    def __init__(self, vault: Path, at: int, torn: bool = False) -> None:
        super().__init__(vault)
        self.at = at
        self.torn = torn
        self.seen: list[str] = []

    def before(self, call: str) -> None:
        super().before(call)
        self.seen.append(call)
        if self.calls >= self.at and not (self.torn and call == "write" and self.calls == self.at):
            raise Stop(call)

    def write(self, file: int, data: bytes) -> None:
        super().write(file, data)
        if self.calls >= self.at:
            os.ftruncate(file, os.fstat(file).st_size - len(data) + len(data) // 2)
            raise Stop("write")


class BusyDisk(StoppingDisk):
    """The same, on which one note, known by its name, cannot be moved when that is tried first."""

    busy = "Y.md"

    def move(self, folder: int, name: str, to_folder: int, to_name: str) -> None:
        if to_name == self.busy:
            self.busy = ""
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        super().move(folder, name, to_folder, to_name)


class FailingDisk(Disk):
    """Answers the n-th change with an error; `lasting`: and every one after it of the kinds that `goes_on` names."""

    def __init__(self, vault: Path, at: int, number: int, goes_on: Callable[[str], bool] = lambda call: False) -> None:
        super().__init__(vault)
        self.at = at
        self.number = number
        self.goes_on = goes_on

    def before(self, call: str) -> None:
        super().before(call)
        if self.calls == self.at or (self.calls > self.at and self.goes_on(call)):
            raise OSError(self.number, os.strerror(self.number))

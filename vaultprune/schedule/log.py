"""A vault in, the log of its weekly runs out: plain JSON, a line for each, in the user's own data folder.

One run writes at a time; the newest runs are kept, and with them the last one that went well.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from vaultprune.errors import Locked
from vaultprune.schedule.places import log_place

KEPT = 104
"""Runs that the log holds: two years of weeks."""
_LONGEST = 1 << 20
_MOST_WORDS = 300

Ended = Literal["done", "refused", "failed", "busy"]


class CannotLog(Exception):
    """The log cannot be written; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class WeeklyRun:
    """How one weekly run ended. `code` is its exit code, `says` why it did not go well.

    `notes` and how many were `suggested` are None where it did not get so far.
    """

    at: datetime
    ended: Ended
    code: int = 0
    notes: int | None = None
    suggested: int | None = None
    says: str = ""

    @property
    def went_well(self) -> bool:
        """Whether the vault was looked at."""
        return self.ended == "done"


class Log:
    """What the weekly runs of one vault did. Lines that cannot be read are passed over, and the others hold."""

    def __init__(self, vault: str | os.PathLike[str]) -> None:
        self.place: Path = log_place(vault)

    def runs(self) -> tuple[WeeklyRun, ...]:
        """Every run that is known of, oldest first."""
        try:
            if not os.path.isfile(self.place) or os.path.getsize(self.place) > _LONGEST:
                return ()
            lines = self.place.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return ()
        return tuple(run for line in lines if (run := _run_of(line)) is not None)

    def last_success(self) -> WeeklyRun | None:
        """The newest run that looked at the vault."""
        return next((run for run in reversed(self.runs()) if run.went_well), None)

    def add(self, run: WeeklyRun) -> None:
        """Write a run down, and let go of the oldest. The file is whole at every moment. Raises `CannotLog`."""
        before = self.runs()
        kept = [*before, run][-KEPT:]
        good = next((each for each in reversed((*before, run)) if each.went_well), None)
        if good is not None and good not in kept:
            kept[0] = good
        try:
            os.makedirs(self.place.parent, mode=0o700, exist_ok=True)
            self._write("".join(_line_of(each) for each in kept))
        except OSError as error:
            text = error.strerror or str(error)
            raise CannotLog(f"{text[:1].lower()}{text[1:]}") from None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other weekly run of this vault goes on meanwhile: `Locked` if one does. The system lets go at the end.

        Where no such file can be made, the run goes on without: that it cannot be logged is said later.
        """
        try:
            os.makedirs(self.place.parent, mode=0o700, exist_ok=True)
            handle = os.open(self.place.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            yield
            return
        try:
            try:
                import fcntl
            except ImportError:  # a system without such locks: its scheduler starts no second run beside the first
                pass
            else:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise Locked("another weekly run is at work in this vault. Nothing has been changed.") from None
                except OSError:
                    pass  # this file system has no locks
            yield
        finally:
            os.close(handle)

    def _write(self, text: str) -> None:
        import tempfile  # whoever only asks does without

        handle, new = tempfile.mkstemp(dir=self.place.parent, prefix=f".{self.place.stem}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, self.place)
        except BaseException:
            with suppress(OSError):
                os.unlink(new)
            raise


def _line_of(run: WeeklyRun) -> str:
    row = {**asdict(run), "at": run.at.isoformat(timespec="seconds"), "says": run.says[:_MOST_WORDS]}
    return json.dumps(row, ensure_ascii=True) + "\n"


def _run_of(line: str) -> WeeklyRun | None:
    try:
        row = json.loads(line)
        at = datetime.fromisoformat(row["at"])
        ended, code, notes, suggested = row["ended"], row["code"], row.get("notes"), row.get("suggested")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    numbers = all(number is None or type(number) is int for number in (notes, suggested))
    if at.tzinfo is None or ended not in get_args(Ended) or type(code) is not int or not numbers:
        return None
    return WeeklyRun(at, ended, code, notes, suggested, str(row.get("says", ""))[:_MOST_WORDS])

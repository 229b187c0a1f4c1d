"""The values of a schedule: what is to run for which vault and when, the files of it, the programs to be called."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from vaultprune.errors import CannotStart
from vaultprune.schedule.places import key_of
from vaultprune.schedule.programs import Run
from vaultprune.words import WEEKDAYS, safe

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WHEN = re.compile(r"([A-Za-z]{3,9})\s{1,9}([0-9]{1,2}):([0-9]{2})")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class When:
    """A time of the week by the local clock; Monday is 0."""

    weekday: int
    hour: int
    minute: int

    @classmethod
    def of(cls, typed: str) -> When:
        """What `Sun 09:00` or `sunday 9:00` means. `CannotStart` for anything else."""
        found = _WHEN.fullmatch(typed.strip())
        if found:
            day = found[1].lower()
            fits = [number for number, name in enumerate(DAYS) if day in (name.lower(), name[:3].lower())]
            hour, minute = int(found[2]), int(found[3])
            if fits and hour < 24 and minute < 60:
                return cls(fits[0], hour, minute)
        raise CannotStart(
            f'--at: "{safe(typed)}" is no time of the week. It takes a day and an hour, such as "Sun 09:00". '
            "Nothing has been changed."
        )

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.hour:02}:{self.minute:02}"

    def after(self, moment: datetime) -> datetime:
        """The first such time after a moment, by the same clock."""
        days = (self.weekday - moment.weekday()) % 7
        found = datetime.combine(moment.date() + timedelta(days), time(self.hour, self.minute), moment.tzinfo)
        return found if found > moment else found + timedelta(7)


@dataclass(frozen=True, slots=True)
class Job:
    """What is to run, and when: `program` is the Python that has this package, `environment` what it needs to be told.

    `CannotStart` where a path holds what no scheduler can be told in one line.
    """

    vault: str
    program: str
    at: When
    environment: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for what, text in (("vault", self.vault), ("Python", self.program), *self.environment):
            if _UNSEEN.search(text) or any("\ud800" <= char <= "\udfff" for char in text):
                raise CannotStart(
                    f'the path of the {what}, "{safe(text)}", holds a line break or another character that no '
                    "scheduler takes. Nothing has been changed."
                )

    @property
    def key(self) -> str:
        """The name of this vault among its kind: readable, and another one for every folder."""
        return key_of(self.vault)

    @property
    def called(self) -> str:
        """What people call the vault."""
        return os.path.basename(self.vault) or self.vault

    @property
    def words(self) -> tuple[str, ...]:
        """The command line. With -P nothing that lies in the folder it is started from is taken for a library."""
        return (self.program, "-P", "-m", "vaultprune", "weekly", "--vault", self.vault)

    @property
    def header(self) -> str:
        """By this line a file is known to be ours, and this vault's."""
        return headers_of(self.vault)[0]

    @property
    def header_in_xml(self) -> str:
        """The same line in XML."""
        return headers_of(self.vault)[1]


def headers_of(vault: str) -> tuple[str, str]:
    """What stands at the head of every file that is written for a vault: as a comment, and as one in XML."""
    header = f'Made by vaultprune for the vault "{vault}". It goes by: vaultprune schedule remove'
    # in a comment of XML no two hyphens may stand together
    return f"# {header}", f"<!-- {header.replace('--', '- - ')} -->"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that is written for a schedule, whole."""

    path: Path
    data: bytes

    @property
    def text(self) -> str:
        """Its text as people read it."""
        return text_of(self.data)


def text_of(data: bytes) -> str:
    """The text of a file, which is UTF-16 where it begins with that mark."""
    return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Call:
    """A program to be called, with a text on stdin where there is one. With `may_fail` its answer does not matter."""

    words: tuple[str, ...]
    text: str | None = None
    may_fail: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What the files of a schedule say: when it runs and with which Python; None where they do not say so any more."""

    at: When | None = None
    program: str | None = None


@dataclass(frozen=True, slots=True)
class Scheduler:
    """One program that runs things by the clock, and how it is told.

    `files` are those of a job. `enter` and `leave` are the calls that make a job known and unknown, given a way to ask
    what is known now; `is_known` asks whether a job is, and `told` reads what files say. `afterwards` are calls for
    when the files are gone. `misses` says what becomes of a run that the machine slept through. It may begin so many
    `minutes_later`, so that not all of a machine's work begins at once.
    """

    name: str
    title: str
    files: Callable[[Job], tuple[OwnFile, ...]]
    enter: Callable[[Job, Run], tuple[Call, ...]]
    leave: Callable[[str, Run], tuple[Call, ...]]
    is_known: Callable[[str, Run], bool]
    told: Callable[[Sequence[bytes]], Told]
    misses: str
    afterwards: tuple[Call, ...] = ()
    minutes_later: int = 0

"""A job in, a property list for macOS's launchd out, which lies among the user's own agents."""

from __future__ import annotations

import os
import plistlib
from collections.abc import Sequence
from xml.parsers.expat import ExpatError

from vaultprune.schedule.job import Call, Job, OwnFile, Scheduler, Told, When
from vaultprune.schedule.places import of_launchd
from vaultprune.schedule.programs import Run

_TYPE = b'<plist version="1.0">\n'


def files(job: Job) -> tuple[OwnFile, ...]:
    """The one property list."""
    wanted: dict[str, object] = {
        "Label": _label(job.key),
        "ProgramArguments": list(job.words),
        # 0 and 7 are Sunday
        "StartCalendarInterval": {"Weekday": (job.at.weekday + 1) % 7, "Hour": job.at.hour, "Minute": job.at.minute},
        "ProcessType": "Background",
        "LowPriorityIO": True,
        "Nice": 19,
    }
    if job.environment:
        wanted["EnvironmentVariables"] = dict(job.environment)
    header = f"{job.header_in_xml}\n".encode()
    data = plistlib.dumps(wanted, sort_keys=False).replace(_TYPE, header + _TYPE, 1)
    return (OwnFile(of_launchd(job.key)[0], data),)


def enter(job: Job, run: Run) -> tuple[Call, ...]:
    """Hand the property list over; what was there of it before is let go first."""
    file = os.fspath(of_launchd(job.key)[0])
    return (*leave(job.key, run), Call(("launchctl", "bootstrap", _domain(), file)))


def leave(key: str, run: Run) -> tuple[Call, ...]:
    """Let it go; nothing is there to be let go the first time."""
    return (Call(("launchctl", "bootout", f"{_domain()}/{_label(key)}"), may_fail=True),)


def is_known(key: str, run: Run) -> bool:
    """Whether launchd has it."""
    return run(("launchctl", "print", f"{_domain()}/{_label(key)}"), None).code == 0


def told(data: Sequence[bytes]) -> Told:
    """When launchd starts it, and with which Python."""
    try:
        found = plistlib.loads(data[0])
        words, at = found["ProgramArguments"], found["StartCalendarInterval"]
        return Told(When((at["Weekday"] - 1) % 7, at["Hour"], at["Minute"]), str(words[0]))
    except (plistlib.InvalidFileException, ExpatError, LookupError, TypeError, ValueError):
        return Told()


def _label(key: str) -> str:
    return of_launchd(key)[0].stem


def _domain() -> str:
    return f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"


LAUNCHD = Scheduler(
    name="launchd",
    title="launchd, as an agent of your own",
    files=files,
    enter=enter,
    leave=leave,
    is_known=is_known,
    told=told,
    misses="A run whose time the Mac slept through is made up for when it wakes; while it is off, runs are missed.",
)

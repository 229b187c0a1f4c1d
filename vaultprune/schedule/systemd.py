"""A job in, two units for the user's own systemd out: a service that looks once, and a timer that starts it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultprune.errors import CannotStart
from vaultprune.schedule.job import Call, Job, OwnFile, Scheduler, Told, When, text_of
from vaultprune.schedule.places import of_systemd
from vaultprune.schedule.programs import Run

MINUTES = 15
"""A run begins up to so many minutes late."""

_FIRST = re.compile(r'^ExecStart="((?:[^"\\]|\\.){1,4096})"', re.MULTILINE)
_AT = re.compile(r"^OnCalendar=([^\n]{1,64})$", re.MULTILINE)

_SERVICE = """\
{header}
[Unit]
Description=Weekly look at the notes of {name} (vaultprune)

[Service]
Type=oneshot
ExecStart={command}
{environment}Nice=19
IOSchedulingClass=idle
NoNewPrivileges=true
# 5: another run was at work, and there is nothing to put right
SuccessExitStatus=5
"""

_TIMER = """\
{header}
[Unit]
Description=Once a week, look at the notes of {name} (vaultprune)

[Timer]
OnCalendar={at}
Persistent=true
RandomizedDelaySec={minutes}min

[Install]
WantedBy=timers.target
"""


def files(job: Job) -> tuple[OwnFile, ...]:
    """The service and the timer. `CannotStart` for a Python whose path systemd cannot be told."""
    if "$" in job.program:
        raise CannotStart(
            f'systemd takes no program with a "$" in its path, and vaultprune runs with {job.program}. '
            "Nothing has been changed."
        )
    environment = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in job.environment)
    # of the program itself systemd replaces no variables, only of what is handed to it
    command = " ".join([_quoted(job.program), *(_quoted(word).replace("$", "$$") for word in job.words[1:])])
    service = _SERVICE.format(header=job.header, name=_plain(job), command=command, environment=environment)
    timer = _TIMER.format(header=job.header, name=_plain(job), at=job.at, minutes=MINUTES)
    one, other = of_systemd(job.key)
    return OwnFile(one, service.encode()), OwnFile(other, timer.encode())


def enter(job: Job, run: Run) -> tuple[Call, ...]:
    """Make the units known, and start the timer; one that runs already goes by the new time."""
    timer = _timer(job.key)
    return (
        Call(("systemctl", "--user", "daemon-reload")),
        Call(("systemctl", "--user", "enable", timer)),
        Call(("systemctl", "--user", "restart", timer)),
    )


def leave(key: str, run: Run) -> tuple[Call, ...]:
    """Stop the timer, and start it no more."""
    return (Call(("systemctl", "--user", "disable", "--now", _timer(key)), may_fail=True),)


def is_known(key: str, run: Run) -> bool:
    """Whether the timer is started now, and will be at the next login."""
    return all(run(("systemctl", "--user", asks, _timer(key)), None).code == 0 for asks in ("is-active", "is-enabled"))


def told(data: Sequence[bytes]) -> Told:
    """When the timer starts the service, and with which Python."""
    whole = "\n".join(text_of(each) for each in data)
    at, first = _AT.search(whole), _FIRST.search(whole)
    program = re.sub(r"\\(.)", r"\1", first[1]).replace("%%", "%") if first else None
    try:
        return Told(When.of(at[1]) if at else None, program)
    except CannotStart:
        return Told(None, program)


def _timer(key: str) -> str:
    return of_systemd(key)[1].name


def _quoted(word: str) -> str:
    """A word as systemd takes it, with no specifier and no escape in it."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"'


def _plain(job: Job) -> str:
    """The vault's name in a description; a backslash at the end of a line would take the next one along."""
    return job.called.replace("%", "%%").replace("\\", "/")


SYSTEMD = Scheduler(
    name="systemd",
    title="systemd, as a timer of your own",
    files=files,
    enter=enter,
    leave=leave,
    is_known=is_known,
    told=told,
    misses="A run whose time the machine slept through is made up for when you are next logged in.",
    afterwards=(Call(("systemctl", "--user", "daemon-reload"), may_fail=True),),
    minutes_later=MINUTES,
)

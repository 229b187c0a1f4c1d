"""A job in, a task for Windows' Task Scheduler out: XML in UTF-16, kept beside what is remembered of the vault."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from xml.sax.saxutils import escape

from vaultprune.errors import CannotStart
from vaultprune.schedule.job import DAYS, Call, Job, OwnFile, Scheduler, Told, When, text_of
from vaultprune.schedule.places import of_windows
from vaultprune.schedule.programs import Run
from vaultprune.words import safe

MINUTES = 15
"""A run begins up to so many minutes late."""
NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_VARIABLE = re.compile(r"%[^%]{1,4096}%")


# the order of the elements is part of the format
_TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
{header}
<Task version="1.2" xmlns="{namespace}">
  <RegistrationInfo>
    <Author>vaultprune</Author>
    <Description>Weekly look at the notes of {name}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{begins}</StartBoundary>
      <Enabled>true</Enabled>
      <RandomDelay>PT{minutes}M</RandomDelay>
      <ScheduleByWeek>
        <DaysOfWeek>
          <{day} />
        </DaysOfWeek>
        <WeeksInterval>1</WeeksInterval>
      </ScheduleByWeek>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>true</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
    <Priority>8</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"""

_A_MONDAY = 5
"""2026-01-05 was one; a task begins in the past, so that its first run is the next time of the week."""


def files(job: Job) -> tuple[OwnFile, ...]:
    """The one task. `CannotStart` for a path in which the Task Scheduler would see a variable."""
    for text in (job.program, job.vault):
        if _VARIABLE.search(text):
            raise CannotStart(
                f'the Task Scheduler takes what stands between two "%" for a variable, as in "{safe(text)}". '
                "Nothing has been changed."
            )
    text = _TASK.format(
        header=job.header_in_xml,
        namespace=NAMESPACE,
        name=escape(job.called),
        begins=f"2026-01-{_A_MONDAY + job.at.weekday:02}T{job.at.hour:02}:{job.at.minute:02}:00",
        minutes=MINUTES,
        day=DAYS[job.at.weekday],
        program=escape(job.program),
        arguments=escape(subprocess.list2cmdline(job.words[1:])),
    )
    return (OwnFile(of_windows(job.key)[0], text.replace("\n", "\r\n").encode("utf-16")),)


def enter(job: Job, run: Run) -> tuple[Call, ...]:
    """Hand the task over, in place of what was there of it before."""
    return (Call(("schtasks", "/Create", "/TN", _task(job.key), "/XML", str(of_windows(job.key)[0]), "/F")),)


def leave(key: str, run: Run) -> tuple[Call, ...]:
    """Take the task out."""
    return (Call(("schtasks", "/Delete", "/TN", _task(key), "/F"), may_fail=True),)


def is_known(key: str, run: Run) -> bool:
    """Whether the Task Scheduler has it."""
    return run(("schtasks", "/Query", "/TN", _task(key)), None).code == 0


def told(data: Sequence[bytes]) -> Told:
    """When the task runs, and with which Python."""
    try:
        # what is text already must not name another encoding
        task = ElementTree.fromstring(text_of(data[0]).partition("?>")[2].strip())
        space = {"t": NAMESPACE}
        begins, program = task.findtext(".//t:StartBoundary", "", space), task.findtext(".//t:Command", None, space)
        days = task.find(".//t:DaysOfWeek", space)
        day = "" if days is None or not len(days) else days[0].tag.rpartition("}")[2]
        return Told(When.of(f"{day} {begins[11:16]}"), program)
    except (ElementTree.ParseError, CannotStart, LookupError):
        return Told()


def _task(key: str) -> str:
    return f"\\vaultprune\\{key}"


WINDOWS = Scheduler(
    name="windows",
    title="the Task Scheduler of Windows",
    files=files,
    enter=enter,
    leave=leave,
    is_known=is_known,
    told=told,
    misses="A run whose time the machine slept through is made up for soon after it is available again.",
    minutes_later=MINUTES,
)

"""A job in, a line for the user's crontab out, between two comments by which it is found again.

The same lines lie in a file of their own as well: by it the schedule is known without asking cron.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from vaultprune.errors import CannotStart
from vaultprune.schedule.job import Call, Job, OwnFile, Scheduler, Told, When, text_of
from vaultprune.schedule.places import of_cron
from vaultprune.schedule.programs import NOT_FOUND, Run

LINE_END = "\n"
_MODEST = ("nice", "-n", "19")
_LINE = re.compile(r"^([0-9]{1,2}) ([0-9]{1,2}) \* \* ([0-6]) (.{1,16000})$", re.MULTILINE)
_PERCENT = """"$(printf '\\045')\""""
"""A per cent sign for the shell: most crons take one in a line for a line break, and not all know a backslash."""
_NONE_YET = ("no crontab", "can't open", "no such file")


def files(job: Job) -> tuple[OwnFile, ...]:
    """The lines as they stand in the crontab."""
    words = [
        *(f"{name}={_quoted(value)}" for name, value in job.environment),
        *_MODEST,
        *map(_quoted, job.words),
        "--quiet",
    ]
    at = f"{job.at.minute} {job.at.hour} * * {(job.at.weekday + 1) % 7}"
    lines = (_begins(job.key), job.header, f"{at} {' '.join(words)}", _ends(job.key))
    return (OwnFile(of_cron(job.key)[0], (LINE_END.join(lines) + LINE_END).encode()),)


def enter(job: Job, run: Run) -> tuple[Call, ...]:
    """The crontab as it is, with the lines in place of earlier ones, or at its end."""
    (own,) = files(job)
    return (Call(("crontab", "-"), _with(_present(run), job.key, own.text)),)


def leave(key: str, run: Run) -> tuple[Call, ...]:
    """The crontab without the lines; none where they do not stand in it."""
    present = _present(run)
    left = _with(present, key, "")
    return () if left == present else (Call(("crontab", "-"), left),)


def is_known(key: str, run: Run) -> bool:
    """Whether the lines stand in the crontab as they were written."""
    try:
        written = text_of(of_cron(key)[0].read_bytes())
    except OSError:
        return False
    answer = run(("crontab", "-l"), None)
    return answer.code == 0 and written in answer.out


def told(data: Sequence[bytes]) -> Told:
    """When the line runs, and with which Python."""
    found = _LINE.search(text_of(data[0]))
    if found is None:
        return Told()
    minute, hour, day = int(found[1]), int(found[2]), int(found[3])
    at = When((day - 1) % 7, hour, minute) if hour < 24 and minute < 60 else None
    try:
        words = shlex.split(found[4].replace(_PERCENT, "%"))
    except ValueError:
        return Told(at)
    return Told(at, next((word for word in words if word.startswith("/")), None))


def _present(run: Run) -> str:
    """The user's crontab. `CannotStart` where it cannot be told: what cannot be read must not be written over."""
    answer = run(("crontab", "-l"), None)
    if answer.code == 0:
        return answer.out
    if answer.code == NOT_FOUND or any(words in answer.err.lower() for words in _NONE_YET):
        return ""
    raise CannotStart(f"your crontab cannot be read: {answer.said}. Nothing has been changed.")


def _with(present: str, key: str, block: str) -> str:
    """A crontab with this block in place of the one of this key; all other lines stay as they are."""
    lines = present.splitlines(keepends=True)
    marks = [line.rstrip("\r\n") for line in lines]
    begins, ends = marks.count(_begins(key)), marks.count(_ends(key))
    if not begins and not ends:
        gap = "" if not present or present.endswith("\n") or not block else LINE_END
        return present + gap + block
    first, last = (marks.index(mark) if mark in marks else -1 for mark in (_begins(key), _ends(key)))
    if begins != 1 or ends != 1 or last < first:
        raise CannotStart(
            f'in your crontab the lines "{_begins(key)}" and "{_ends(key)}" do not stand as they were written. '
            "Put that right with crontab -e. Nothing has been changed."
        )
    return "".join(lines[:first]) + block + "".join(lines[last + 1 :])


def _begins(key: str) -> str:
    return f"# >>> vaultprune {key} >>>"


def _ends(key: str) -> str:
    return f"# <<< vaultprune {key} <<<"


def _quoted(word: str) -> str:
    """A word for the shell, with no per cent sign in it."""
    return _PERCENT.join(shlex.quote(part) if part else "" for part in word.split("%"))


CRON = Scheduler(
    name="cron",
    title="cron, as lines of your own crontab",
    files=files,
    enter=enter,
    leave=leave,
    is_known=is_known,
    told=told,
    misses="A run whose time the machine slept through is missed, until the week after.",
)

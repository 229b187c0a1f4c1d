"""Every scheduler that can be told of a job, and the one that this machine has."""

from __future__ import annotations

import sys

from vaultprune.errors import CannotStart
from vaultprune.schedule.cron import CRON
from vaultprune.schedule.job import Scheduler
from vaultprune.schedule.launchd import LAUNCHD
from vaultprune.schedule.programs import NOT_FOUND, Run
from vaultprune.schedule.systemd import SYSTEMD
from vaultprune.schedule.windows import WINDOWS
from vaultprune.words import safe

SCHEDULERS = (SYSTEMD, LAUNCHD, WINDOWS, CRON)


def named(name: str) -> Scheduler:
    """The scheduler of this name; `CannotStart` names those that there are."""
    for each in SCHEDULERS:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in SCHEDULERS[:-1])
    raise CannotStart(
        f'--scheduler takes {known} or {SCHEDULERS[-1].name}, not "{safe(name)}". Nothing has been changed.'
    )


def usual(run: Run, platform: str = sys.platform) -> Scheduler:
    """The scheduler of this machine: where it is none of its own system's, cron."""
    if platform == "darwin":
        return LAUNCHD
    if platform == "win32":
        return WINDOWS
    if run(("systemctl", "--user", "show-environment"), None).code == 0:
        return SYSTEMD
    answer = run(("crontab", "-l"), None)
    if answer.code < NOT_FOUND - 1:
        return CRON
    raise CannotStart(
        "there is neither a systemd of your own to be asked here, nor cron. Let whatever runs things by the clock call "
        "vaultprune weekly once a week. Nothing has been changed."
    )

"""A vault in, how its schedule stands out: told, and at reports only that a look is late."""

from __future__ import annotations

import os

from vaultprune.cli.output import show
from vaultprune.cli.weekly.scheduling import Scheduling
from vaultprune.cli.when import moment
from vaultprune.reports.schedule_text import Standing, standing_json, standing_text
from vaultprune.schedule.door import is_ours
from vaultprune.schedule.job import OwnFile, Scheduler, Told
from vaultprune.schedule.log import Log
from vaultprune.schedule.places import PLACES
from vaultprune.schedule.programs import Run
from vaultprune.words import listed, safe


def tell_status(asked: Scheduling, form: str) -> None:
    """When it runs next, how it went last, and what is wrong. Nothing is changed."""
    now, log = moment(None), Log(asked.place.folder)
    runs = log.runs()
    standing = Standing(os.path.basename(asked.vault), last=runs[-1] if runs else None, last_success=log.last_success())
    there = asked.there()
    if there:
        scheduler, files = there[0]
        told = scheduler.told([file.data for file in files])
        standing = Standing(
            called=standing.called,
            scheduler=scheduler.name,
            by=f"by {scheduler.title}",
            at=None if told.at is None else str(told.at),
            next_run=None if told.at is None else told.at.after(now),
            minutes_later=scheduler.minutes_later,
            program=told.program,
            last=standing.last,
            last_success=standing.last_success,
            gone=not asked.place.folder.is_dir(),
            wrong=_wrong(asked, scheduler, files, told),
            remarks=_lingering(asked.run) if scheduler.name == "systemd" else (),
        )
    show(standing_json(standing) if form == "json" else standing_text(standing, now, asked.shape))


def _wrong(asked: Scheduling, scheduler: Scheduler, files: tuple[OwnFile, ...], told: Told) -> tuple[str, ...]:
    """Whatever keeps it from running."""
    found = [] if asked.place.folder.is_dir() else ["The vault is gone."]
    places = PLACES[scheduler.name](asked.key)
    missing = [place.name for place in places if place not in {file.path for file in files}]
    if missing:
        found.append(f"{safe(listed(missing))} is missing, without which it does not run.")
    found += [
        f"{safe(file.path.name)} does not say that vaultprune made it for this vault."
        for file in files
        if not is_ours(file, asked.vault)
    ]
    if told.program is None:
        found.append("Its files do not say with which Python it runs.")
    elif not os.path.isfile(told.program):
        found.append("The Python it runs with is gone.")
    elif asked.run((told.program, "-P", "-m", "vaultprune", "--version"), None).code:
        found.append("The Python it runs with has no vaultprune any more.")
    if not missing and not scheduler.is_known(asked.key, asked.run):
        found.append(f"Its files are there, but {scheduler.name} does not know of it.")
    return tuple(found)


def _lingering(run: Run) -> tuple[str, ...]:
    """That it runs only while somebody is logged in, and how to change that; it is never changed from here."""
    answer = run(("loginctl", "show-user", "--property=Linger", str(os.getuid())), None)
    if answer.code or "Linger=no" not in answer.out:
        return ()
    return (
        "Lingering is off for you: it runs only while you are logged in, and is made up for at the next login. If it "
        "is to run without you: loginctl enable-linger",
    )

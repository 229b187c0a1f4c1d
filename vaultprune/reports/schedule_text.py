"""A schedule in, the page that shows it out: what would be written and called, or how it stands."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vaultprune.reports.data import SCHEMA, as_json
from vaultprune.reports.late import late_line
from vaultprune.reports.page import UNCHANGED, Command, Page, View, as_argument, command
from vaultprune.schedule.job import Call, Job, OwnFile, Scheduler
from vaultprune.schedule.log import WeeklyRun
from vaultprune.words import count, safe, title, weekday


def plan_text(
    job: Job,
    scheduler: Scheduler,
    files: Sequence[OwnFile],
    calls: Sequence[Call],
    note: str,
    view: View,
    *,
    then: Sequence[tuple[str, Command]] = (),
    changed: str = "",
) -> str:
    """The very files that would be written, and the programs that would be called. `note` is the review note."""
    page = Page(view)
    page.heading(f"A weekly look at {safe(job.called)}, {job.at}")
    page.say(f"By {scheduler.title}. {scheduler.misses}")
    page.say(
        f'Each look remembers outside the vault what changed, and writes the suggestions into "{title(note)}", but '
        "never while boxes in it are ticked. No other note is touched."
    )
    _would(page, "would be written", files)
    _calls(page, "Then these would be called:", calls)
    return page.ended(then, changed)


def removal_text(
    called: str,
    files: Sequence[OwnFile],
    calls: Sequence[Call],
    view: View,
    *,
    then: Sequence[tuple[str, Command]] = (),
    changed: str = "",
) -> str:
    """The files that would go, and the programs that would be called before."""
    page = Page(view)
    page.heading(f"No more weekly look at {safe(called)}")
    _calls(page, "These would be called:", calls)
    page.gap()
    page.say("These files would be removed, each of which says that vaultprune made it for this vault:")
    for file in files:
        page.say(from_home(file.path), "  ", "    ")
    return page.ended(then, changed)


def _would(page: Page, what: str, files: Sequence[OwnFile]) -> None:
    for file in files:
        page.gap()
        page.say(f"{from_home(file.path)} {what}:")
        page.lines += [f"  {safe(line.expandtabs(2))}".rstrip() for line in file.text.splitlines()]


def _calls(page: Page, what: str, calls: Sequence[Call]) -> None:
    page.gap()
    page.say(what)
    for call in calls:
        page.lines.append("  " + safe(" ".join(as_argument(word) for word in call.words)))
        if call.text is not None:
            page.say("with your crontab as it is, and only these lines of it changed", "    ")


@dataclass(frozen=True, slots=True)
class Standing:
    """How the schedule of a vault stands: `scheduler` is None where there is none. `gone`: the vault itself is."""

    called: str
    scheduler: str | None = None
    by: str = ""
    at: str | None = None
    next_run: datetime | None = None
    minutes_later: int = 0
    program: str | None = None
    last: WeeklyRun | None = None
    last_success: WeeklyRun | None = None
    gone: bool = False
    wrong: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def standing_text(standing: Standing, now: datetime, view: View) -> str:
    """When it runs next, how it went last, and what is wrong."""
    page = Page(view)
    page.heading(safe(standing.called))
    rows: list[tuple[str, str]] = []
    if standing.scheduler is None:
        page.say("No weekly look is scheduled.")
    else:
        rows.append(("Scheduled", f"{standing.at or 'at a time that its files do not tell any more'}, {standing.by}"))
    if standing.next_run is not None:
        later = f", or up to {standing.minutes_later} minutes later" if standing.minutes_later else ""
        rows.append(("Next run", f"{_moment(standing.next_run)}{later}"))
    if standing.scheduler is not None or standing.last is not None:
        rows.append(("Last run", _run(standing.last)))
    good = standing.last_success
    if good is not None and good != standing.last:
        rows.append(("Before that", _run(good)))
    if standing.program is not None:
        rows.append(("Runs with", safe(standing.program)))
    page.labelled(rows)
    late = late_line(standing.last_success, None, now) if standing.scheduler is not None else None
    for line in (*((late,) if late else ()), *standing.wrong, *standing.remarks):
        page.gap()
        page.say(line)
    page.gap()
    if standing.gone:
        page.commands([("Take it away", command(view, "schedule remove"))])
    elif standing.scheduler is None or standing.wrong:
        again = "Set it up" if standing.scheduler is None else "Put it right"
        page.commands([(again, command(view, "schedule install"))])
    page.gap()
    page.say(UNCHANGED)
    return page.text()


def standing_json(standing: Standing) -> str:
    """The same for programs; `docs/schedule.schema.json` describes it."""
    return as_json(
        {
            "schema": SCHEMA,
            "vault": standing.called,
            "scheduler": standing.scheduler,
            "at": standing.at,
            "next_run": _iso(standing.next_run),
            "last_run": _row(standing.last),
            "last_success": _row(standing.last_success),
            "wrong": list(standing.wrong),
            "remarks": list(standing.remarks),
        }
    )


def from_home(place: str | os.PathLike[str]) -> str:
    """A path as a shell takes it, and as short as it can be."""
    home = os.path.expanduser("~") + os.sep
    path = os.fspath(place)
    return safe(f"~{os.sep}{path.removeprefix(home)}" if path.startswith(home) else path)


def _run(run: WeeklyRun | None) -> str:
    if run is None:
        return "none yet"
    if run.went_well:
        many = run.suggested or 0
        looked = f"{_moment(run.at)}: looked; {count(many, 'note')} {'was' if many == 1 else 'were'} suggested"
        return f"{looked}. {run.says}" if run.says else looked
    return f"{_moment(run.at)}: {run.says or 'it failed'} (exit {run.code})"


def _moment(when: datetime) -> str:
    return f"{weekday(when.date())} {when:%H:%M}"


def _iso(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat(timespec="seconds")


def _row(run: WeeklyRun | None) -> dict[str, object] | None:
    if run is None:
        return None
    return {
        "at": _iso(run.at),
        "result": run.ended,
        "exit_code": run.code,
        "notes": run.notes,
        "suggested": run.suggested,
        "says": run.says or None,
    }

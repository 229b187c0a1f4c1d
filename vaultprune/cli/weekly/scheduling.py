"""A vault and a wish in, what its schedule takes shown, agreed to, and written or removed out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vaultprune.cli.asking import UNCHANGED, Consent, Stopped, let_through, nothing_begun
from vaultprune.cli.output import show
from vaultprune.cli.places import Place
from vaultprune.cli.start import Asked, settings_for
from vaultprune.errors import CannotStart, Refused, VaultpruneError
from vaultprune.reports.init_text import done_text
from vaultprune.reports.page import Command, View, command
from vaultprune.reports.schedule_text import plan_text, removal_text
from vaultprune.schedule.door import must_be_ours, put, take_away, what_lies
from vaultprune.schedule.job import Call, Job, OwnFile, Scheduler, When
from vaultprune.schedule.places import PLACES, key_of, scheduled_since
from vaultprune.schedule.programs import Answer, Run, run_program
from vaultprune.schedule.schedulers import SCHEDULERS, named, usual
from vaultprune.words import quoted, safe

USUALLY = When(6, 9, 0)
_HANDED_ON = ("XDG_CACHE_HOME", "XDG_DATA_HOME")
"""Variables by which a run finds what earlier ones remembered; a scheduler knows nothing of a shell's."""
_SEARCHED = ("/usr/bin", "/bin")
"""Where every scheduler looks for programs."""


@dataclass(frozen=True, slots=True)
class Scheduling:
    """Which vault it is about, and how it was asked for. `run` is what calls the system's programs."""

    place: Place
    consent: Consent
    shape: View
    run: Run = run_program

    @property
    def vault(self) -> str:
        """The vault's own folder, whatever led to it."""
        return os.path.realpath(self.place.folder)

    @property
    def key(self) -> str:
        """By what its files are called."""
        return key_of(self.vault)

    def there(self) -> tuple[tuple[Scheduler, tuple[OwnFile, ...]], ...]:
        """The schedulers that have files of this name, with the files."""
        found = ((each, what_lies(PLACES[each.name](self.key))) for each in SCHEDULERS)
        return tuple((each, files) for each, files in found if files)


def scheduled_there(typed: str | None) -> Place | None:
    """A folder that is gone, and was a vault with a schedule: what runs for it has to be found and taken away."""
    if typed is None:
        return None
    folder = Path(os.path.abspath(os.path.expanduser(typed)))
    return None if folder.is_dir() or scheduled_since(folder) is None else Place(folder, typed)


def show_it(asked: Scheduling, at: str | None, name: str | None) -> None:
    """What would be written and called. Only the scheduler is asked for, and none where it was named."""
    asked = replace(asked, run=asked.run if name is None else _nobody)
    scheduler, job = _planned(asked, at, name)
    then = [("Set it up", _install(asked, at, name))]
    calls = scheduler.enter(job, _nobody)
    note = settings_for(asked.place, Asked()).review_note
    show(plan_text(job, scheduler, scheduler.files(job), calls, note, asked.shape, then=then, changed=UNCHANGED))


def install_it(asked: Scheduling, at: str | None, name: str | None) -> None:
    """Show what would be written, ask, and do it. What is there as it should be is left as it is."""
    with nothing_begun():
        scheduler, job = _planned(asked, at, name)
        for other, files in asked.there():
            must_be_ours(files, asked.vault)
            if other is not scheduler:
                remove = " ".join(command(asked.shape, "schedule remove"))
                raise Refused(
                    f"stopped, because {safe(job.called)} is scheduled by {other.name} already (guard: "
                    f"other-scheduler). Take that away first: {remove}\n{UNCHANGED}"
                )
        files = scheduler.files(job)
        before = what_lies([file.path for file in files])
        if before == files and scheduler.is_known(job.key, asked.run):
            show(done_text([f"{safe(job.called)} is looked at each {job.at} already. {UNCHANGED}"], asked.shape))
            return
        calls = scheduler.enter(job, asked.run)
        note = settings_for(asked.place, Asked()).review_note

        def page(changed: str = "", *, then: bool = False) -> str:
            again = [("Carry it out", _install(asked, at, name))] if then else []
            return plan_text(job, scheduler, files, calls, note, asked.shape, then=again, changed=changed)

        if asked.consent.dry_run:
            show(page(UNCHANGED, then=True))
            return
        show(page())
        if not let_through("", (), asked.consent, f"Look at {safe(job.called)} each {job.at}?"):
            sys.stderr.write(f"{UNCHANGED}\n")
            return
    _enter(asked, scheduler, files, before, calls)
    lines = [f"{safe(job.called)} is looked at each {job.at}. Your notes were not touched."]
    then = [("How it stands", command(asked.shape, "schedule status"))]
    show(done_text(lines, asked.shape, [*then, ("Take it away", command(asked.shape, "schedule remove"))]))


def _install(asked: Scheduling, at: str | None, name: str | None) -> Command:
    """The command that sets up the very thing that is shown."""
    when = () if at is None else (f"--at {quoted(str(When.of(at)))}",)
    by = () if name is None else (f"--scheduler {name}",)
    return command(asked.shape, "schedule install", *when, *by)


def remove_it(asked: Scheduling) -> None:
    """Show what would be removed, ask, and do it. Where there is no schedule, that is said."""
    with nothing_begun():
        there = asked.there()
        called = os.path.basename(asked.vault)
        if not there:
            show(done_text([f"No weekly look at {safe(called)} is scheduled. {UNCHANGED}"], asked.shape))
            return
        files = tuple(file for _, found in there for file in found)
        must_be_ours(files, asked.vault)
        calls = [call for scheduler, _ in there for call in scheduler.leave(asked.key, asked.run)]
        if asked.consent.dry_run:
            then = [("Carry it out", command(asked.shape, "schedule remove"))]
            show(removal_text(called, files, calls, asked.shape, then=then, changed=UNCHANGED))
            return
        show(removal_text(called, files, calls, asked.shape))
        if not let_through("", (), asked.consent, f"Look at {safe(called)} no more?"):
            sys.stderr.write(f"{UNCHANGED}\n")
            return
    _call(asked, calls)
    take_away(files, asked.vault)
    _call(asked, [call for scheduler, _ in there for call in scheduler.afterwards])
    show(done_text([f"{safe(called)} is looked at once a week no more. The log of its runs stays."], asked.shape))


def _planned(asked: Scheduling, at: str | None, name: str | None) -> tuple[Scheduler, Job]:
    """What is to run, when and by what: as it was typed, else as it is scheduled already, else as usual."""
    there = asked.there()
    when = None if at is None else When.of(at)
    scheduler = named(name) if name is not None else there[0][0] if there else usual(asked.run)
    if when is None:
        told = (each.told([file.data for file in files]) for each, files in there)
        when = next((each.at for each in told if each.at), None)
    return scheduler, Job(asked.vault, _program(), when or USUALLY, tuple(_environment()))


def _environment() -> Iterator[tuple[str, str]]:
    """What a run has to be told: where earlier ones remembered something, and where git is, if it is far off."""
    git = os.path.dirname(shutil.which("git") or "")
    if os.path.isabs(git) and git not in _SEARCHED and os.name == "posix":
        yield "PATH", os.pathsep.join((git, *_SEARCHED))
    for each in _HANDED_ON:
        if os.path.isabs(value := os.environ.get(each, "")):
            yield each, value


def _program() -> str:
    """The Python that has this package; on Windows the one that opens no window."""
    quiet = os.path.join(os.path.dirname(sys.executable), "pythonw.exe")
    return quiet if os.path.isfile(quiet) else sys.executable


def _enter(
    asked: Scheduling, scheduler: Scheduler, files: Sequence[OwnFile], before: Sequence[OwnFile], calls: Sequence[Call]
) -> None:
    """Write the files and make them known. Where that fails, or is interrupted, all is put back as it was."""
    try:
        put(files)
        _call(asked, calls)
    except (VaultpruneError, KeyboardInterrupt) as error:
        _put_back(asked, scheduler, files, before, calls)
        as_it_was = "The schedule is as it was before."
        if isinstance(error, KeyboardInterrupt):
            raise Stopped(f"interrupted. {as_it_was}") from None
        raise CannotStart(f"{str(error).removesuffix('.')}. {as_it_was}") from None


def _put_back(
    asked: Scheduling, scheduler: Scheduler, files: Sequence[OwnFile], before: Sequence[OwnFile], calls: Sequence[Call]
) -> None:
    """The files as they were before, and the scheduler told of that; whatever it answers now."""
    if before:
        put(before)
    else:
        calls = scheduler.leave(asked.key, asked.run)
    take_away([file for file in files if file.path not in {old.path for old in before}], asked.vault)
    # a crontab that could not be written is as it was
    for call in (*(call for call in calls if call.text is None or not before), *scheduler.afterwards):
        asked.run(call.words, call.text)


def _call(asked: Scheduling, calls: Sequence[Call]) -> None:
    """Call the programs in order. `CannotStart` with what the first one says that fails."""
    for call in calls:
        answer = asked.run(call.words, call.text)
        if answer.code and not call.may_fail:
            raise CannotStart(f"{safe(' '.join(call.words[:3]))} did not work: {safe(answer.said)}.")


def _nobody(words: Sequence[str], text: str | None) -> Answer:
    """No program is called: what there is now does not matter to what would be written."""
    return Answer(1, err="no crontab")

"""What `doctor` was asked to try or to list in, the rehearsal held, the notes read twice, the places found out."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import typer

from vaultprune.cli.acting.act import IN_PART
from vaultprune.cli.output import deliver
from vaultprune.cli.places import Place
from vaultprune.cli.screen import Screen
from vaultprune.errors import Refused
from vaultprune.model import NotePath
from vaultprune.reports.doctoring_text import (
    Kept,
    places_json,
    places_text,
    rehearsal_json,
    rehearsal_text,
    verify_json,
    verify_text,
)
from vaultprune.reports.page import View
from vaultprune.words import safe


def hold_rehearsal(place: Place, shape: View, form: str, to: Path | None) -> None:
    """Try on throw-away notes what an archive does. `Refused` where this file system cannot do it."""
    from vaultprune.archiving import rehearse
    from vaultprune.reading.neighbours import file_system

    began = time.perf_counter()
    failures = rehearse(place.folder)
    seconds = time.perf_counter() - began
    kind = file_system(place.folder)
    if form == "json":
        deliver(rehearsal_json(place.folder.name, kind, seconds, failures), to)
    if failures:
        on = f" ({kind})" if kind else ""
        raise Refused(
            f"this file system{on} cannot keep the promise, so nothing is archived on it (guard: rehearsal): "
            f"{'; '.join(failures)}. None of your notes was touched."
        )
    if form == "text":
        deliver(rehearsal_text(place.folder.name, kind, seconds, shape), to)


def verify_reading(place: Place, shape: View, form: str, to: Path | None, screen: Screen) -> None:
    """Read every note twice and compare. `typer.Exit` with 3 where the readings differ."""
    from vaultprune.reading.comparing import compare_readings

    try:
        compared = compare_readings(place.folder, screen.progress)
    finally:
        screen.done()
    name = place.folder.name
    deliver(verify_json(name, compared) if form == "json" else verify_text(name, compared, shape), to)
    if compared.differences:
        raise typer.Exit(IN_PART)


def tell_places(place: Place, shape: View, form: str, to: Path | None) -> None:
    """Every place where something is stored that has to do with this vault."""
    kept, name = tuple(_kept(place.folder)), place.folder.name
    deliver(places_json(name, kept) if form == "json" else places_text(name, kept, shape), to)


_IDLE = "Vaultprune does not need it."
_MAY_GO = {
    "config.toml": "Without it the defaults hold, and this machine takes the vault for another one.",
    "decisions": "Without it what you kept may be suggested again.",
    "journal": "Without it nothing can be put back by command.",
    "blobs": "What is old of it goes by vaultprune gc --older-than 1y; without it links cannot be put back by command.",
    "swap": "What is old of it goes the same way, but for what an editor saved at that very moment; vaultprune recover "
    "names that.",
    "rehearsal": "It may go at any time; the next rehearsal clears it away.",
}
_BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file while it is written, and leaves there after a crash."""


def _kept(folder: Path) -> Iterator[Kept]:
    from vaultprune.archiving import entry_in_app, places
    from vaultprune.archiving.device import device_file
    from vaultprune.archiving.settings_list import APP_FILE
    from vaultprune.cli.looking import ledger_of
    from vaultprune.cli.start import Asked, settings_for
    from vaultprune.notes.own import is_own
    from vaultprune.parse import parse_note
    from vaultprune.state import cache_file

    for each in places(folder):
        name = each.path.rpartition("/")[2]
        may_go = _MAY_GO.get(name, _IDLE)
        yield Kept(
            "vault", each.path, each.path, f"{each.what[:1].upper()}{each.what[1:]}", each.files, each.size, may_go
        )
    config = settings_for(place=Place(folder), asked=Asked())
    archive, ledger = config.archive_folder, ledger_of(Place(folder), config)
    files, size = _count(folder / archive)
    if files:
        yield Kept(
            "vault",
            archive,
            f"{archive}/",
            "Notes that were set aside, and whatever else lies there",
            files,
            size,
            "These are your notes: vaultprune never deletes one, and nothing else holds them for long.",
        )
    checklist = folder / config.review_note
    if checklist.is_file() and is_own(parse_note(NotePath(config.review_note), checklist.read_bytes())):
        may_go = "Without it what you ticked and did not apply is lost."
        yield Kept(
            "vault",
            config.review_note,
            safe(config.review_note),
            "The checklist note of a review",
            *_count(checklist),
            may_go,
        )
    entry = entry_in_app(folder)
    if entry:
        what = f"Obsidian's own settings, with {safe(entry)} among the excluded files: vaultprune init put it there"
        may_go = "The file is Obsidian's. vaultprune init --undo takes the entry out again."
        yield Kept("vault", APP_FILE, APP_FILE, what, *_count(folder / APP_FILE), may_go)
    for below, place, what, may_go in (
        ("cache", Path(cache_file(folder)), "What was read and worked out of this vault", "It may go at any time."),
        (
            "data",
            device_file(),
            "A name for this device, by which it knows its own files in every vault",
            "Without it a new one is made up, and an interrupted run is taken for another device's.",
        ),
        ("data", ledger.place, "What this machine saw of the notes", "Without it that is forgotten, and begins anew."),
        *(("data", old, "A ledger that could not be gone by and was set aside", _IDLE) for old in ledger.aside()),
        *_of_the_weeks(folder),
    ):
        files, size = _count(place)
        if files:
            yield Kept(below, place.name, _from_home(place), what, files, size, may_go)


def _of_the_weeks(folder: Path) -> Iterator[tuple[str, Path, str, str]]:
    """What belongs to the weekly runs: their log, and what the scheduler was told."""
    from vaultprune.schedule.places import PLACES, key_of, log_place, own_folder

    log = log_place(folder)
    yield "data", log, "How the weekly runs ended", "Without it that is forgotten."
    yield "data", log.with_suffix(".lock"), "Keeps two weekly runs from going on at once", "It may go at any time."
    for name, places in PLACES.items():
        for place in places(key_of(folder)):
            below = "data" if place.parent == own_folder() else "scheduler"
            yield below, place, f"What {name} was told of the weekly look", "It goes by vaultprune schedule remove."


def _from_home(place: Path) -> str:
    """A path as a shell takes it, and as short as it can be."""
    home = os.path.expanduser("~") + os.sep
    path = os.fspath(place)
    return f"~{os.sep}{path.removeprefix(home)}" if path.startswith(home) else path


def _count(place: Path) -> tuple[int, int]:
    """How many files lie there, and their bytes, with what a database keeps beside it; symlinks are not followed."""
    if place.is_file() and not place.is_symlink():
        beside = [place.with_name(place.name + ending) for ending in _BESIDE]
        if place.suffix == ".sqlite":
            beside.append(place.with_suffix(".lock"))
        sizes = [each.stat().st_size for each in (place, *beside) if each.is_file()]
        return len(sizes), sum(sizes)
    found = [os.lstat(os.path.join(folder, name)) for folder, _, names in os.walk(place) for name in names]
    return len(found), sum(status.st_size for status in found)

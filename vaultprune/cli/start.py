"""What was asked for in, the vault read and judged out: the steps that every reading command begins with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from vaultprune.cli.places import Place
from vaultprune.cli.screen import Screen
from vaultprune.errors import CannotStart, VaultpruneError
from vaultprune.words import safe

if TYPE_CHECKING:
    from vaultprune.config import Config
    from vaultprune.model import Memory, Past, Snapshot
    from vaultprune.vault import Index, Vault
    from vaultprune.verdict import Judgement


class Asked(NamedTuple):
    """The reading options as typed: what is None or empty was not asked for."""

    only_in: str | None = None
    leave_out: Sequence[str] = ()
    budget: str | None = None
    protect: Sequence[str] = ()
    rule: str | None = None
    min_confidence: str | None = None

    def options(self) -> tuple[tuple[str, str, object], ...]:
        """(option, setting, value) for each that was asked for."""
        every: tuple[tuple[str, str, object], ...] = (
            ("--in", "only_in", self.only_in),
            ("--except", "leave_out", tuple(self.leave_out)),
            ("--budget", "budget", self.budget),
            ("--protect", "protect", tuple(self.protect)),
            ("--rule", "rule", self.rule),
            ("--min-confidence", "min_confidence", self.min_confidence),
        )
        return tuple(each for each in every if each[2] not in (None, ()))


def settings_for(place: Place, asked: Asked) -> Config:
    """The settings in force: the command line over the environment over the vault's config over the defaults."""
    from vaultprune.config import with_settings
    from vaultprune.reading import read_config

    config = read_config(place.folder, os.environ)
    for option, setting, value in asked.options():
        config = with_settings(config, {setting: value}, option, lambda _: None)
    return config


class Recall(NamedTuple):
    """How far a run may go by what earlier runs worked out: `--no-cache` not at all, and `--now` leaves it as it is."""

    cache: bool = False
    keeps: bool = False

    @classmethod
    def asked(cls, *, no_cache: bool, now: str | None) -> Recall:
        """What the options say."""
        return cls(cache=not no_cache, keeps=not no_cache and now is None)


T = TypeVar("T")


def answer(place: Place, recall: Recall, make: Callable[[Memory], T], show: Callable[[T], None]) -> T:
    """What `make` gives by what is remembered of the vault, shown before the rest is remembered for the next run.

    Should what was remembered prove damaged on the way, it is forgotten, and everything worked out anew.
    """
    from vaultprune.model import FORGETFUL

    if not recall.cache:
        found = make(FORGETFUL)
        show(found)
        return found
    from vaultprune.state import Damaged, Store

    store = Store(place.folder, writes=recall.keeps)
    try:
        found = make(store)
    except Damaged:
        store.forget()
        found = make(store)
    show(found)
    store.save()
    return found


def read(place: Place, config: Config, now: datetime, screen: Screen, memory: Memory | None) -> Snapshot:
    """The vault as it lies on disk; warnings go to stderr."""
    from vaultprune.model import FORGETFUL
    from vaultprune.reading import read_vault

    try:
        snapshot = read_vault(place.folder, config, now, screen.progress, memory or FORGETFUL)
    finally:
        screen.done()
    for warning in snapshot.warnings:
        screen.warn(f"{warning}.")
    return snapshot


def read_without_git(
    place: Place, now: datetime, screen: Screen, memory: Memory | None = None
) -> tuple[Snapshot, Config]:
    """The vault for commands that need its notes and links only: no date is looked up in its history."""
    config = settings_for(place, Asked())
    return read(place, replace(config, dates=("property",)), now, screen, memory), config


def judged(place: Place, asked: Asked, now: datetime, screen: Screen, memory: Memory | None = None) -> Judgement:
    """Every note of the vault with its verdict."""
    from vaultprune.cli.looking import with_use

    config = settings_for(place, asked)
    return judged_as_read(place, with_use(place, config, read(place, config, now, screen, memory)), config)


def judged_as_read(place: Place, snapshot: Snapshot, config: Config) -> Judgement:
    """The same of a vault that was read already."""
    from vaultprune.vault import open_vault
    from vaultprune.verdict import judge

    vault = open_vault(snapshot, config)
    must_exist(vault, config)
    return judge(_with_regret(place, vault))


def _with_regret(place: Place, vault: Vault) -> Vault:
    """The vault with a smaller budget where many notes came back, unless a budget was asked for just now."""
    config = vault.config
    journal = place.folder / ".vaultprune" / "journal"
    if config.origins.get("budget") == "--budget" or not os.path.lexists(journal):
        return vault
    from vaultprune.cli.acting.past import Journals

    try:
        divides = Journals(place.folder).came_back(vault).divides
    except VaultpruneError:  # said where it is said what waits
        return vault
    return (
        vault
        if divides == 1
        else replace(vault, config=replace(config, budget=replace(config.budget, divided=divides)))
    )


def must_exist(index: Index, config: Config) -> None:
    """A folder that was named and holds no note is a slip of the pen, not a wish for an empty report."""
    from vaultprune.vault import within

    if config.only_in is None or any(within(path, config.only_in) for path in index.notes.paths):
        return
    raise CannotStart(no_folder(index.snapshot, config.only_in, config.origins.get("only_in", "only_in")))


def where_notes_lie(pasts: Iterable[Past], config: Config) -> Iterator[Past]:
    """The same, once it is known that a folder which was named held a note at some time. Raises `CannotStart`."""
    from vaultprune.notes import Notes
    from vaultprune.vault import within

    named = config.only_in
    last, found = None, named is None
    for past in pasts:
        last = past.snapshot
        found = found or any(within(path, named or "") for path in Notes.of(last.notes).paths)
        yield past
    if not found and named is not None and last is not None:
        raise CannotStart(no_folder(last, named, config.origins.get("only_in", "only_in")))


def no_folder(snapshot: Snapshot, named: str, origin: str) -> str:
    """That no note lies in a folder, and which name comes close."""
    import difflib

    known: dict[str, str] = {}
    for note in snapshot.notes:
        folder: str = note.path
        while folder := folder.rpartition("/")[0]:
            known.setdefault(folder.lower(), folder)
    near = difflib.get_close_matches(named.lower().strip("/"), known, n=1)
    hint = f' Did you mean "{safe(known[near[0]])}"?' if near else ""
    return f'{origin}: no note lies in a folder "{safe(named)}".{hint} Nothing has been changed.'


def one_of(chosen: str, known: Sequence[str], option: str = "--format") -> str:
    """A choice that is known; else `CannotStart` names the nearest."""
    import difflib

    if chosen in known:
        return chosen
    near = difflib.get_close_matches(chosen, known, n=1)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    raise CannotStart(
        f'{option} takes {", ".join(known[:-1])} or {known[-1]}, not "{safe(chosen)}".{hint} '
        "Nothing has been read or changed."
    )

"""What `init` was asked for in, the very lines shown, agreed to and written out; and the same the other way."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import typer

from vaultprune.archiving import (
    AppChange,
    change_app,
    entries_of_others,
    half_set_up,
    plan_exclusion,
    plan_inclusion,
    put_right,
    write_config,
)
from vaultprune.archiving.carry_out import heard_later
from vaultprune.cli.acting.act import IN_PART
from vaultprune.cli.acting.past import Journals
from vaultprune.cli.asking import UNCHANGED, Consent, agreed, let_through, nothing_begun
from vaultprune.cli.output import show
from vaultprune.cli.places import Place
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import read_without_git
from vaultprune.cli.when import moment, seconds_now
from vaultprune.errors import CannotStart, Refused, VaultpruneError
from vaultprune.guards import Guard, before_writing
from vaultprune.reading.surroundings import surroundings
from vaultprune.reports.config_text import config_text
from vaultprune.reports.heading import title_line
from vaultprune.reports.init_json import Writes, init_json
from vaultprune.reports.init_text import APP_FILE, CONFIG_FILE, done_text, init_text, undo_text
from vaultprune.reports.page import Command, View, command
from vaultprune.vault import Vault, open_vault
from vaultprune.words import safe

_HALF = "a change of Obsidian's settings was interrupted, and they stand nowhere but in the journal"


@dataclass(frozen=True, slots=True)
class SetUp:
    """Where something is set up, and how it was asked for."""

    place: Place
    consent: Consent
    shape: View
    screen: Screen
    form: str = "text"


def set_up(asked: SetUp, *, leave_app: bool) -> None:
    """Write the first settings file, and put the archive's folder among the excluded files; each is asked for."""
    with nothing_begun():
        vault = _read(asked)
        folder = vault.config.archive_folder.strip("/")
        there, config, app = [], None, None
        if _has_settings(asked.place):
            there.append(f"{CONFIG_FILE} is there, and stays as it is.")
        else:
            config = config_text(vault, secrets.token_hex(8))
        if not leave_app:
            if half_set_up(asked.place.folder):
                first = " ".join(command(asked.shape, "init", "--undo"))
                raise Refused(
                    f"stopped, because {_HALF} (guard: half-set-up). Put that right first: {first}\n{UNCHANGED}"
                )
            app = plan_exclusion(asked.place.folder, folder)
            there += [] if app else [_without_app(vault, folder)]
        plan = _plan_id("init", config is not None, app)
        guards = _guards(asked, vault, app) if config or app else ()
        shown = None if app is None else (app.before or b"", app.after or b"")
        again = ("--leave-app",) if leave_app else ()
        if asked.form == "json":
            would = Writes(plan, there, config, shown, f"{folder}/")
            show(init_json(asked.place.folder.name, would, guards))
            return

        def page(changed: str = "", then: Sequence[tuple[str, Command]] = ()) -> str:
            return init_text(
                title_line(vault),
                asked.shape,
                there=there,
                config=config,
                app=shown,
                entry=f"{folder}/",
                remarks=_remarks(guards),
                then=then,
                changed=changed,
            )

        if config is None and app is None:
            show(page(UNCHANGED))
            return
        if asked.consent.dry_run:
            show(page(UNCHANGED, _then(asked, plan, guards, *again)))
            return
        show(page())
        writes, changes = _answers(asked, plan, guards, config is not None, app)
    if not writes and not changes:
        sys.stderr.write(f"{UNCHANGED}\n")
        return
    with heard_later():
        _carry_out(asked, config if writes else None, app if changes else None)


def _answers(
    asked: SetUp, plan: str, guards: Sequence[Guard], config: bool, app: AppChange | None
) -> tuple[bool, bool]:
    """Whether the settings file is to be written, and whether Obsidian's are to be changed: two questions."""
    ask_config = f"Write {CONFIG_FILE}?"
    ask_app = "" if app is None else f"Add {safe(app.entry)} to Obsidian's excluded files?"
    first = let_through(plan, guards, asked.consent, ask_config if config else ask_app)
    if not config or app is None:
        return (first, False) if config else (False, first)
    return first, asked.consent.yes or agreed(ask_app)


def _carry_out(asked: SetUp, config: str | None, app: AppChange | None) -> None:
    """Write what was agreed to, and say what was done. `typer.Exit` with 3 where only part of it could be."""
    done, failed = [], ""
    try:
        if config is not None:
            done.append(
                f"{CONFIG_FILE} is written."
                if write_config(asked.place.folder, config)
                else f"{CONFIG_FILE} was there by then, and stays as it is."
            )
        if app is not None:
            change_app(asked.place.folder, app, moment(None))
            done.append(f"{safe(app.entry)} is among Obsidian's excluded files.")
    except VaultpruneError as error:
        if not done:
            raise
        failed = str(error)
    then = [] if app is None or failed else [("Take that back:", command(asked.shape, "init", "--undo"))]
    show(done_text(done, asked.shape, then))
    if failed:
        asked.screen.warn(f"not all was set up: {failed}")
        raise typer.Exit(IN_PART)


def take_back(asked: SetUp) -> None:
    """Take the archive's folder out of the excluded files again."""
    with nothing_begun():
        vault = _read(asked)
        if half_set_up(asked.place.folder):
            if asked.form == "json":
                would = Writes("", there=[f"{_HALF}."], undo=True, exact=True)
                show(init_json(asked.place.folder.name, would, _guards(asked, vault, None)))
            else:
                _put_right(asked, vault)
            return
        app = plan_inclusion(asked.place.folder)
        if app is None:
            raise CannotStart(f"{_nothing_of_ours(asked, vault)} {UNCHANGED}")
        plan, guards = _plan_id("undo", False, app), _guards(asked, vault, app)
        if asked.form == "json":
            shown = (app.before or b"", app.after or b"")
            would = Writes(plan, app=shown, entry=app.entry, undo=True, exact=app.exact)
            show(init_json(asked.place.folder.name, would, guards))
            return

        def page(changed: str = "", then: Sequence[tuple[str, Command]] = ()) -> str:
            return undo_text(
                title_line(vault),
                asked.shape,
                app=(app.before or b"", app.after or b""),
                entry=app.entry,
                exact=app.exact,
                remarks=_remarks(guards),
                then=then,
                changed=changed,
            )

        if asked.consent.dry_run:
            show(page(UNCHANGED, _then(asked, plan, guards, "--undo")))
            return
        show(page())
        if not let_through(plan, guards, asked.consent, "Take it back?"):
            sys.stderr.write(f"{UNCHANGED}\n")
            return
    with heard_later():
        change_app(asked.place.folder, app, moment(None))
    lines = [f"{safe(app.entry)} is no longer among Obsidian's excluded files."]
    if _has_settings(asked.place):
        lines.append(f"Your settings in {CONFIG_FILE} stay; the defaults hold if you delete them.")
    show(done_text(lines, asked.shape))


def _nothing_of_ours(asked: SetUp, vault: Vault) -> str:
    """Why nothing can be taken back here; and what to do if another device set the vault up."""
    by_hand = "Or take it off the list in Obsidian, under Settings, Files and links, Excluded files."
    others = entries_of_others(asked.place.folder)
    if others:
        return (
            f"another device put {safe(others[0])} among Obsidian's excluded files, and only there is it known how the "
            f"file was before: run vaultprune init --undo on that device. {by_hand}"
        )
    folder = vault.config.archive_folder.strip("/")
    if any(each.strip("/") == folder for each in vault.snapshot.app.excluded):
        return (
            f"{safe(folder)}/ is among Obsidian's excluded files, but no record here says that vaultprune put it "
            f"there. If another device did, run vaultprune init --undo on that one. {by_hand}"
        )
    return "there is nothing of ours in Obsidian's settings to take back."


def _read(asked: SetUp) -> Vault:
    snapshot, config = read_without_git(asked.place, moment(None), asked.screen)
    return open_vault(snapshot, config)


def _has_settings(place: Place) -> bool:
    """Whether there is a settings file, or whatever else of that name, that is not just empty."""
    settings = place.folder / CONFIG_FILE
    return os.path.lexists(settings) and not (settings.is_file() and settings.stat().st_size == 0)


def _put_right(asked: SetUp, vault: Vault) -> None:
    """Bring Obsidian's settings back where a change of them was stopped in the moment in which they stood nowhere."""
    there, stops = f"{_HALF[:1].upper()}{_HALF[1:]}. They would come back as they were.", asked.consent.dry_run
    then = _then(asked, "", (), "--undo") if stops else ()
    changed = UNCHANGED if stops else ""
    heading = title_line(vault)
    show(init_text(heading, asked.shape, there=[there], config=None, app=None, entry="", then=then, changed=changed))
    if stops:
        return
    if not let_through("", _guards(asked, vault, None), asked.consent, "Bring them back?"):
        sys.stderr.write(f"{UNCHANGED}\n")
        return
    with heard_later():
        put_right(asked.place.folder)
    show(done_text([f"{APP_FILE} is as it was before."], asked.shape))


def _guards(asked: SetUp, vault: Vault, app: AppChange | None) -> tuple[Guard, ...]:
    around = surroundings(asked.place.folder, vault.config.archive_folder, vault.snapshot, seconds_now())
    found = before_writing(around, Journals(asked.place.folder).past())
    # a settings file of our own is nothing that the app would write over
    return found if app is not None else tuple(guard for guard in found if guard.name != "app-running")


def _remarks(guards: Sequence[Guard]) -> list[str]:
    return [f"{guard.says[:1].upper()}{guard.says[1:]}. {guard.advice}".strip() for guard in guards]


def _then(asked: SetUp, plan: str, guards: Sequence[Guard], *words: str) -> list[tuple[str, Command]]:
    if any(guard.final for guard in guards):
        return []
    approve = (f"--approve {plan}",) if guards else ()
    return [("Carry it out", command(asked.shape, "init", *words, *approve))]


def _plan_id(what: str, config: bool, app: AppChange | None) -> str:
    """The same id for the same change. The name that the settings file gets is new each time, and changes nothing."""
    parts = (what, config, None if app is None else (app.before, app.after))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


def _without_app(vault: Vault, folder: str) -> str:
    if not vault.snapshot.app.present:
        return "There are no settings of Obsidian here, and so none to change."
    return f"{safe(folder)}/ is among Obsidian's excluded files already."

"""What a note is holds it: a template, a promise still open, a drawing, one side of a sync conflict."""

from __future__ import annotations

import re

from vaultprune.notes import Files
from vaultprune.protections.protection import Protection
from vaultprune.vault import Vault
from vaultprune.words import count, safe


def _templates(vault: Vault) -> dict[int, str]:
    named = {
        dated.template.strip("/").lower().removesuffix(".md") for dated in vault.snapshot.app.dated if dated.template
    }
    held: dict[int, str] = {}
    folders, templates, lowered = vault.folders, vault.template_folders, vault.notes.lowered
    for number in vault.judged if named or templates else ():
        if folders[number] in templates or (named and lowered[number].removesuffix(".md") in named):
            held[number] = "a template"
    return held


def _open_tasks(vault: Vault) -> dict[int, str]:
    held: dict[int, str] = {}
    tasks = vault.notes.open_tasks
    starts = tasks.starts
    for number in [number for number in vault.judged if starts[number] != starts[number + 1]]:
        lines = tasks[number]
        held[number] = (
            f"an open task (line {lines[0]})"
            if len(lines) == 1
            else (f"{count(len(lines), 'open task')} (the first in line {lines[0]})")
        )
    return held


def _drawings(vault: Vault) -> dict[int, str]:
    marked = frozenset(vault.notes.having("excalidraw-plugin".__eq__))
    lowered = vault.notes.lowered
    return {
        number: "a drawing" for number in vault.judged if number in marked or lowered[number].endswith(".excalidraw.md")
    }


CONFLICT = re.compile(
    r"(?:\.sync-conflict-\d{8}-\d{6}(?:-[A-Za-z0-9]{1,12})?"  # Syncthing
    r"|[ _-]?\([^()]{0,80}conflicted copy[^()]{0,80}\)"  # Obsidian Sync, Dropbox, Nextcloud
    r"|[ _-]conflicted copy[^/]{0,60}"
    r"|_conf\(\d{1,3}\)"
    r"|\.remote-conflict|\.local-conflict)",
    re.IGNORECASE,
)
"""The marks that sync programs put into the name of a copy they could not merge."""
_NUMBERED = re.compile(r" [2-9]$")


def _conflicts(vault: Vault) -> dict[int, str]:
    notes = vault.notes
    paths, lowered = notes.paths, notes.lowered
    # every mark has these letters, and every number a blank in front
    could_be = [number for number in vault.judged if "conf" in lowered[number] or paths[number][-5:-4] == " "]
    held: dict[int, str] = {}
    for number in could_be:
        stem, ending = paths[number][: -len(".md")], paths[number][-len(".md") :]
        original = CONFLICT.sub("", stem)
        if original != stem:
            held[number] = "a copy that a sync program could not merge"
            other = vault.judged_at(original + ending)
            if other is not None:
                held[other] = f"it has an unmerged copy, {safe(stem.rsplit('/', 1)[-1])}"
        elif (
            _NUMBERED.search(stem)
            and (other := vault.judged_at(stem[:-2] + ending)) is not None
            # iCloud names its copies "Note 2"; so do people, hence only where the text is the same
            and notes.words[number]
            and notes.body_digests[number] == notes.body_digests[other]
        ):
            held[number] = f"it looks like a sync program's copy of {safe(stem[:-2].rsplit('/', 1)[-1])}"
    return held


def _symlinks(vault: Vault) -> dict[int, str]:
    linked = Files.of(vault.snapshot.files).linked()
    if not linked:
        return {}
    paths = vault.notes.paths
    return {number: "reached through a symbolic link" for number in vault.judged if paths[number] in linked}


def _unreadable(vault: Vault) -> dict[int, str]:
    unreadable = vault.notes.unreadable
    numbers = [number for number in vault.judged if number in unreadable.known] if unreadable.known else []
    return {number: f"it could not be read: {unreadable[number]}" for number in numbers}


def _own(vault: Vault) -> dict[int, str]:
    own = vault.own
    return {number: "vaultprune wrote it" for number in vault.judged if number in own} if own else {}


TEMPLATE = Protection("template", _templates, lambda _: "templates")
OPEN_TASK = Protection("open-task", _open_tasks, lambda _: "open tasks")
DRAWING = Protection("drawing", _drawings, lambda _: "drawings")
CONFLICT_COPY = Protection("conflict-copy", _conflicts, lambda _: "sync conflicts")
SYMLINK = Protection("symlink", _symlinks, lambda _: "reached through symbolic links")
UNREADABLE = Protection("unreadable", _unreadable, lambda _: "that could not be read")
OWN_NOTE = Protection("own-note", _own, lambda _: "written by vaultprune")

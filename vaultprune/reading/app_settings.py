"""A vault's `.obsidian/` in, AppSettings out: bookmarks, open notes, dated notes, templates, what plugins name."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from vaultprune.model import AppSettings, NotePath, Problem
from vaultprune.reading.app_files import CONFIG_FOLDER, AppFiles
from vaultprune.reading.dated import dated_notes
from vaultprune.reading.plugins import Plugins

_LAYOUTS = ("workspace.json", "workspace-mobile.json")


def read_app_settings(vault: Path, notes: Collection[NotePath]) -> tuple[AppSettings, tuple[Problem, ...]]:
    """What the app's own files say, with a default for each that is missing, broken or of unknown make.

    `notes` are the notes that exist: only one of them can be named by a plugin. Without `.obsidian/` the defaults.
    """
    if not os.path.isdir(os.path.join(vault, CONFIG_FOLDER)):
        return AppSettings(), ()
    return settings_in(AppFiles(os.fspath(vault)), notes)


def settings_in(files: AppFiles, notes: Collection[NotePath]) -> tuple[AppSettings, tuple[Problem, ...]]:
    """The same of the app's own files, wherever they come from."""
    plugins = Plugins.of(files)
    bookmarks, bookmarked_folders = _bookmarks(files)
    open_notes, last_opened = _layouts(files)
    settings = AppSettings(
        present=True,
        bookmarks=_once(bookmarks),
        bookmarked_folders=_once(bookmarked_folders),
        open_notes=_once(open_notes),
        last_opened=_once([*last_opened, *plugins.recently_opened()]),
        dated=dated_notes(files, plugins),
        template_folders=_template_folders(files, plugins),
        excluded=_once(files.texts("app.json", files.mapping("app.json"), "userIgnoreFilters")),
        named_by_plugins=plugins.named(notes),
    )
    return settings, tuple(files.problems)


def _bookmarks(files: AppFiles) -> tuple[list[str], list[str]]:
    """Bookmarked files and folders, groups opened; of the list that older versions called starred as well."""
    notes: list[str] = []
    folders: list[str] = []
    for name in ("bookmarks.json", "starred.json"):
        waiting = files.items(name, files.mapping(name), "items")[::-1]
        while waiting:  # groups hold groups: a list and not recursion
            item = waiting.pop()
            if not isinstance(item, dict):
                files.not_as_expected(name, "items")
            elif item.get("type") == "group":
                waiting.extend(reversed(files.items(name, item, "items")))
            elif item.get("type") in ("file", "folder"):
                path = files.text(name, item, "path")
                if path:
                    (notes if item["type"] == "file" else folders).append(path)
    return notes, folders


def _layouts(files: AppFiles) -> tuple[list[str], list[str]]:
    """The notes in the tabs of every device and every saved layout, and those that were opened last."""
    open_notes: list[str] = []
    last_opened: list[str] = []
    for name in _LAYOUTS:
        layout = files.mapping(name)
        open_notes.extend(_leaves(files, name, layout))
        last_opened.extend(files.texts(name, layout, "lastOpenFiles"))
    saved = "workspaces.json"
    for kept in files.inner(saved, files.mapping(saved), "workspaces").values():
        if isinstance(kept, dict):
            open_notes.extend(_leaves(files, saved, kept))
        else:
            files.not_as_expected(saved, "workspaces")
    return open_notes, last_opened


def _leaves(files: AppFiles, name: str, layout: Mapping[str, object]) -> Iterator[str]:
    waiting: list[object] = [layout.get(part) for part in ("floating", "right", "left", "main")]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if node.get("type") == "leaf":
                state = files.inner(name, files.inner(name, node, "state"), "state")
                if file := files.text(name, state, "file"):
                    yield file
            waiting.extend(reversed(files.items(name, node, "children")))
        elif node is not None:
            files.not_as_expected(name, "children")


def _template_folders(files: AppFiles, plugins: Plugins) -> tuple[str, ...]:
    # a plugin that is switched off leaves its templates behind, and they are templates still
    folders = [
        files.text("templates.json", files.mapping("templates.json"), "folder"),
        plugins.text("templater-obsidian", "templates_folder") or plugins.text("templater-obsidian", "template_folder"),
        plugins.text("quickadd", "templateFolderPath"),
    ]
    # "" and "/" are the vault itself: nobody means that every note is a template
    return _once(folder for folder in (folder.strip("/") for folder in folders) if folder)


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))

"""The app's plugins in, what their own settings say of notes out: which of them they name as their home or target."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from vaultprune.model import NotePath
from vaultprune.reading.app_files import AppFiles, every_text

_LONGEST = 1024 * 1024
_MOST_TEXTS = 100_000
_LONGEST_PATH = 4096
_MANY = 200
_A_LARGE_SHARE = 0.2
_HISTORY = "recent-files-obsidian"
_HOMEPAGE = "homepage"
_CORE_NAMING = ("zk-prefixer", "note-composer")  # core plugins whose file may name a template


@dataclass(slots=True)
class Plugins:
    """Which plugins are on, and the settings of each, read when asked for and no more than once.

    `on` is None where the app's list of plugins is missing or broken: then every plugin that is there counts as on.
    """

    files: AppFiles
    on: frozenset[str] | None
    core: Mapping[str, bool]
    core_else: bool
    _read: dict[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, files: AppFiles) -> Plugins:
        """The plugins of a vault, by the app's two lists of them."""
        return cls(files, _community(files), *_core(files))

    def is_on(self, plugin: str) -> bool:
        """Whether a community plugin is switched on, as far as can be told."""
        return self.on is None or plugin in self.on

    def core_is_on(self, plugin: str) -> bool:
        """Whether a plugin of the app's own is switched on; where that cannot be told, it is."""
        return self.core.get(plugin, self.core_else)

    def data(self, plugin: str) -> tuple[str, Mapping[str, object]]:
        """The name of a plugin's settings file, and what it says."""
        name, content = self._content(plugin)
        return name, content if isinstance(content, dict) else {}

    def _content(self, plugin: str) -> tuple[str, object]:
        name = f"plugins/{plugin}/data.json"
        if plugin not in self._read:
            self._read[plugin] = self.files.json(name, _LONGEST)
        return name, self._read[plugin]

    def text(self, plugin: str, key: str) -> str:
        """One text of a plugin's settings, "" where there is none."""
        name, said = self.data(plugin)
        return self.files.text(name, said, key)

    def recently_opened(self) -> Iterator[str]:
        """What a plugin for recent files remembers: a history of use and no pin."""
        name, said = self.data(_HISTORY)
        for item in self.files.items(name, said, "recentFiles"):
            path = item.get("path") if isinstance(item, dict) else None
            if isinstance(path, str):
                yield path
            else:
                self.files.not_as_expected(name, "recentFiles")

    def named(self, notes: Collection[NotePath]) -> tuple[tuple[str, str], ...]:
        """(note, plugin) for every note that the settings of a plugin in use name by its path, with or without `.md`.

        A plugin that names more than 200 notes and a fifth of the vault keeps a list of it; that pins nothing.
        """
        by_name = _Names(notes)
        pairs: list[tuple[str, str]] = []
        for plugin in _CORE_NAMING:
            if self.core_is_on(plugin):
                settings = self.files.mapping(f"{plugin}.json", _LONGEST)
                pairs.extend((path, plugin) for path in by_name.among(every_text(settings)))
        for plugin in self.files.plugins():
            if plugin == _HISTORY or not self.is_on(plugin):
                continue
            name, content = self._content(plugin)
            named = by_name.among(every_text(content))
            if plugin == _HOMEPAGE:
                named = dict.fromkeys((*named, *self._homepages(by_name)))
            if len(named) > _MANY and len(named) > _A_LARGE_SHARE * len(notes):
                self.files.odd(name, f"names {len(named):,} notes: taken for a list of its own that keeps none of them")
            else:
                pairs.extend((path, plugin) for path in named)
        return tuple(pairs)

    def _homepages(self, by_name: _Names) -> Iterator[str]:
        """The homepage plugin takes a bare name as well, and looks it up as a link."""
        name, said = self.data(_HOMEPAGE)
        values = [said.get("defaultNote", None if said else "Home")]  # as the plugin comes, it opens "Home"
        for page in self.files.inner(name, said, "homepages").values():
            if isinstance(page, dict):
                values.append(page.get("value"))
            else:
                self.files.not_as_expected(name, "homepages")
        for value in values:
            if isinstance(value, str):
                yield from by_name.ending_in(value)


class _Names:
    """The notes of a vault by their paths, in any case and Unicode form, with and without `.md`."""

    def __init__(self, notes: Collection[NotePath]) -> None:
        self._notes = notes
        self._by_key: dict[str, list[NotePath]] = {}

    def among(self, texts: Iterator[str]) -> dict[str, None]:
        """The notes that the texts name, each once, in the order of the texts."""
        found: dict[str, None] = {}
        for number, text in enumerate(texts):
            if number >= _MOST_TEXTS:
                break
            if 0 < len(text) <= _LONGEST_PATH:
                found.update(dict.fromkeys(self._keyed().get(_key(text), ())))
        return found

    def ending_in(self, text: str) -> Iterator[str]:
        """The notes whose path ends in `/text`, or is it."""
        ending = f"/{_key(text)}"
        if len(ending) > 1:
            for key, paths in self._keyed().items():
                if f"/{key}".endswith(ending):
                    yield from paths

    def _keyed(self) -> dict[str, list[NotePath]]:
        if not self._by_key:  # most vaults have no plugin to ask for it
            for path in self._notes:  # names that differ in case alone are all meant
                self._by_key.setdefault(_key(path), []).append(path)
        return self._by_key


def _key(path: str) -> str:
    key = path if path.isascii() else unicodedata.normalize("NFC", path)
    return key.lower().strip("/").removesuffix(".md")


def _community(files: AppFiles) -> frozenset[str] | None:
    name = "community-plugins.json"
    listed = files.json(name)
    if isinstance(listed, list) and all(isinstance(item, str) for item in listed):
        return frozenset(listed)
    if listed is not None:
        files.odd(name, "not a list of plugins, so every plugin counts as switched on")
    return None


def _core(files: AppFiles) -> tuple[Mapping[str, bool], bool]:
    """What is said of the app's own plugins, and what holds for the rest.

    Old versions of the app list those that are on, newer ones say yes or no to each.
    """
    name = "core-plugins.json"
    listed = files.json(name)
    if isinstance(listed, list) and all(isinstance(item, str) for item in listed):
        return dict.fromkeys(listed, True), False
    if isinstance(listed, dict) and all(isinstance(item, bool) for item in listed.values()):
        return {str(plugin): on for plugin, on in listed.items()}, True
    if listed is not None:
        files.odd(name, "not a list of plugins, so every one counts as switched on")
    return {}, True

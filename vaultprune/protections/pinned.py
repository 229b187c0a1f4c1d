"""What the app has at hand holds a note: a bookmark, an open tab, a plugin that names it."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.protections.protection import Protection
from vaultprune.vault import Vault, within
from vaultprune.words import safe


def _named(vault: Vault, paths: Sequence[str]) -> set[int]:
    """The judged notes among paths as the app wrote them; it ignores case, and so do we."""
    wanted = {path.strip("/").lower() for path in paths}
    if not wanted:
        return set()
    lowered = vault.notes.lowered
    return {
        number for number in vault.judged if lowered[number] in wanted or lowered[number].removesuffix(".md") in wanted
    }


def _bookmarked(vault: Vault) -> dict[int, str]:
    app = vault.snapshot.app
    held = dict.fromkeys(_named(vault, app.bookmarks), "a bookmark")
    for folder in app.bookmarked_folders:
        for number in vault.judged:
            if folder.strip("/") and number not in held and within(vault.notes.paths[number], folder):
                held[number] = f"a bookmark on its folder {safe(folder.strip('/'))}"
    return held


def _open(vault: Vault) -> dict[int, str]:
    return dict.fromkeys(_named(vault, vault.snapshot.app.open_notes), "open in a tab or a saved layout")


def _by_plugin(vault: Vault) -> dict[int, str]:
    held: dict[int, str] = {}
    for path, plugin in vault.snapshot.app.named_by_plugins:
        for number in _named(vault, [path]):
            held.setdefault(number, f"the plugin {safe(plugin)} names it in its settings")
    return held


BOOKMARK = Protection("bookmark", _bookmarked, lambda _: "bookmarks")
OPEN_TAB = Protection("open-tab", _open, lambda _: "open tabs")
PLUGIN = Protection("plugin", _by_plugin, lambda _: "named by a plugin")

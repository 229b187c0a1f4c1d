"""A vault and the moves in, what nothing rewrites and a person should look at out, one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from vaultprune.model import LinkKind, NotePath
from vaultprune.plan.changes import NEVER_REWRITTEN, Change, Moved
from vaultprune.vault import Vault, within
from vaultprune.words import count, listed, name, safe

_CALLED: dict[LinkKind, str] = {"uri": "an obsidian:// link", "html": "an HTML link"}


def warnings(
    vault: Vault, moved: Moved, changes: Sequence[Change], contents: Callable[[NotePath], bytes | None]
) -> Iterator[str]:
    """What a plan leaves alone, in the order: attachments, lists, links of other kinds, the app, what is not seen."""
    if not moved.moves:
        return
    yield from _attachments(vault, moved)
    yield from _lists(vault, moved)
    for change in changes:
        if change.link.kind in NEVER_REWRITTEN:
            to = listed([_named(path) for path in change.means], "or")
            yield (
                f"{safe(change.source)}, line {change.link.line}: {_CALLED[change.link.kind]} to {to} "
                "is not rewritten and will lead nowhere"
            )
    yield from _the_app(vault, moved)
    yield from _not_seen(vault, moved, contents)


def _named(path: str) -> str:
    return f'"{name(path)}"'


def _attachments(vault: Vault, moved: Moved) -> Iterator[str]:
    """Files that are shown in notes that move and nowhere else."""
    graph = vault.graph
    moving = {graph.ids[path] for path in moved.moves}
    shown: dict[int, list[NotePath]] = {}
    for path in moved.moves:
        for target in graph.forward[graph.ids[path]]:
            if target >= len(graph.sources):
                shown.setdefault(target, []).append(path)
    by_notes: dict[tuple[NotePath, ...], list[str]] = {}
    for target in sorted(shown, key=lambda target: graph.files[target]):
        if moving.issuperset(graph.backlink_ids(target)):
            by_notes.setdefault(tuple(shown[target]), []).append(safe(graph.files[target]))
    for notes, files in by_notes.items():
        stay = "stays where it is: it is" if len(files) == 1 else "stay where they are: they are"
        yield f"{listed(files)} {stay} shown only in {listed([_named(path) for path in notes])}"


def _lists(vault: Vault, moved: Moved) -> Iterator[str]:
    """Queries and bases that name a folder from which notes go, or a note that goes."""
    said: dict[tuple[NotePath, str, str], set[NotePath]] = {}
    for path, query in vault.queries:
        for folder in query.folders:
            gone = {note for note in moved.moves if within(note, folder) and not within(moved.now(note), folder)}
            if gone:
                said.setdefault((path, query.language, folder), set()).update(gone)
            for note in moved.moves:
                if note.lower() in (folder.lower(), f"{folder.lower()}.md"):
                    yield f"{safe(path)} names {_named(note)} in {_kind(query.language)}, which is not rewritten"
    for (path, language, folder), notes in said.items():
        fewer = "one note less" if len(notes) == 1 else f"{len(notes):,} notes less"
        yield f"{safe(path)} lists {safe(folder.strip('/'))}/ in {_kind(language)} and will show {fewer}"


def _kind(language: str) -> str:
    return "a base" if language == "base" else f"a {safe(language)} query"


def _the_app(vault: Vault, moved: Moved) -> Iterator[str]:
    """What the app and its plugins name by path."""
    app = vault.snapshot.app
    spelt = {path.lower(): path for path in moved.moves}
    spelt |= {path.lower().removesuffix(".md"): path for path in moved.moves}

    def ours(paths: Sequence[str]) -> list[NotePath]:
        return list(dict.fromkeys(spelt[key] for path in paths if (key := path.strip("/").lower()) in spelt))

    for path in ours(app.bookmarks):
        yield f"the bookmark of {_named(path)} is not rewritten and will lead nowhere"
    for path in ours(app.open_notes):
        yield f"{_named(path)} is open in a tab: close it, or the app may write it back to its old place"
    for named, plugin in app.named_by_plugins:
        for path in ours([named]):
            yield f"the plugin {safe(plugin)} names {_named(path)} in its settings, which are not rewritten"
    for dated in app.dated:
        for path in ours([dated.template] if dated.template else []):
            yield f"{_named(path)} is the template of your notes for each {dated.period}, which the app will not find"
    for folder in dict.fromkeys(app.bookmarked_folders):
        gone = [path for path in moved.moves if folder.strip("/") and within(path, folder)]
        if gone:
            yield f"the bookmarked folder {safe(folder.strip('/'))}/ will hold {count(len(gone), 'note')} less"


def _not_seen(vault: Vault, moved: Moved, contents: Callable[[NotePath], bytes | None]) -> Iterator[str]:
    """Files whose links nobody could read."""
    for canvas in vault.snapshot.canvases:
        if canvas.links or not canvas.problems:
            continue
        data = contents(canvas.path) or b""
        names = [path for path in moved.moves if path.rpartition("/")[2].encode("utf-8", "surrogateescape") in data]
        if names:
            yield f"{safe(canvas.path)} could not be read, and seems to show {listed([_named(path) for path in names])}"
    unread = sum(note.unreadable is not None for note in vault.notes)
    if unread:
        links = "its links are" if unread == 1 else "their links are"
        yield f"{count(unread, 'note')} could not be read: {links} not seen"

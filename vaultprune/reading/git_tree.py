"""The newest commit and the notes on disk in, which of its files each note is and which notes differ from it out."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeAlias, TypeVar

from vaultprune.model import NotePath
from vaultprune.reading.changes import difference
from vaultprune.reading.git_commands import Git, GitFails

SYSTEMATIC = 20
"""More notes than this that differ alike, or that are more than half of all: no person did that."""

Contents: TypeAlias = Callable[[NotePath], bytes | None]
Item = TypeVar("Item", bound=str)


def newest_tree(git: Git, prefix: str) -> dict[str, str]:
    """The notes of the newest commit below `prefix`, by their paths there, with their blobs."""
    return {path: blob for path, blob in tree_at(git, "HEAD", prefix).items() if path.lower().endswith(".md")}


def tree_at(git: Git, commit: str, prefix: str) -> dict[str, str]:
    """Every plain file of a commit below `prefix`, by its path there, with its blob; none where that is no folder."""
    try:
        listing = git.ask("ls-tree", "-r", "-z", "--full-tree", f"{commit}:{prefix.rstrip('/')}" if prefix else commit)
    except GitFails:
        return {}
    tree: dict[str, str] = {}
    for line in listing.decode("utf-8", "surrogateescape").split("\0"):
        about, _, path = line.partition("\t")
        if about.startswith("100"):
            tree[path] = about.split(" ")[2]
    return tree


def present_names(tree: Mapping[str, str], notes: Collection[NotePath], contents: Contents) -> dict[str, NotePath]:
    """Which note each path of the tree is now: by path, else by content or by name alone, if it moved since."""
    names = {str(note): note for note in notes if note in tree}
    left = [path for path in tree if path not in names]
    new = [note for note in notes if note not in tree]
    if not left or not new:
        return names
    blobs = {note: _blob(contents(note) or b"", tree[left[0]]) for note in new}
    ways: tuple[tuple[Callable[[str], str], Callable[[NotePath], str]], ...] = (
        (_spelling, _spelling),  # another normalisation, another case
        (tree.__getitem__, blobs.__getitem__),
        (_name, _name),
    )
    for of_path, of_note in ways:
        was, now = _once(left, of_path), _once(new, of_note)
        names |= {path: now[key] for key, path in was.items() if key in now}
        left = [path for path in left if path not in names]
        found = set(names.values())
        new = [note for note in new if note not in found]
    return names


def edited_since(found: Mapping[NotePath, int], committed: int) -> frozenset[NotePath]:
    """Of the notes whose words differ from what was committed (with the sign of how), those that a person edited.

    Not those where the same words differ in more than `SYSTEMATIC` notes; and none at all if more than that,
    and more than half of the notes, differ: then a filter stands between git and the disk.
    """
    if len(found) > SYSTEMATIC and 2 * len(found) > committed:
        return frozenset()
    alike = Counter(found.values())
    return frozenset(note for note, sign in found.items() if not sign or alike[sign] <= SYSTEMATIC)


def differing_from(
    git: Git, committed: Mapping[NotePath, str], contents: Contents, local: frozenset[str] | None
) -> dict[NotePath, int]:
    """The notes whose words differ from what was committed (a blob for each), and a sign that equal changes share."""
    differing: list[NotePath] = []
    for note in sorted(committed):
        content = contents(note)
        if content is not None and committed[note] not in (
            _blob(content, committed[note]),
            _blob(content.replace(b"\r\n", b"\n"), committed[note]),
        ):
            differing.append(note)
    here = [note for note in differing if local is None or committed[note] in local]
    found: dict[NotePath, int] = dict.fromkeys(set(differing).difference(here), 0)
    for note, old in zip(here, git.contents(committed[note] for note in here), strict=True):
        change = difference(old, contents(note), note)
        if change.kind == "body":
            found[note] = change.signature
    return found


def _blob(content: bytes, like: str) -> str:
    """The name that git gives this content, in the object format of another name."""
    digest = hashlib.sha1(usedforsecurity=False) if len(like) == 40 else hashlib.sha256()
    digest.update(b"blob %d\0" % len(content))
    digest.update(content)
    return digest.hexdigest()


def _once(items: Iterable[Item], key: Callable[[Item], str]) -> dict[str, Item]:
    """The items by their keys, those alone whose key no other item has."""
    grouped: dict[str, list[Item]] = {}
    for item in items:
        grouped.setdefault(key(item), []).append(item)
    return {name: group[0] for name, group in grouped.items() if len(group) == 1}


def _spelling(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _name(path: str) -> str:
    return _spelling(path.rsplit("/", 1)[-1])

"""What is worth telling about a note and weighs nothing: shown in `explain` and in the data, never summed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vaultprune.model import NotePath, Query
from vaultprune.signals.signal import Fact
from vaultprune.vault import Vault, in_template_folder
from vaultprune.words import count, name, safe


def _orphan(vault: Vault, number: int) -> str | None:
    path = vault.notes.paths[number]
    if not vault.graph.is_orphan(path) or vault.graph.is_dead_end(path):
        return None
    return "an orphan: no other note links here"


def _dead_end(vault: Vault, number: int) -> str | None:
    path = vault.notes.paths[number]
    if not vault.graph.is_dead_end(path) or vault.graph.is_orphan(path):
        return None
    return "a dead end: it links to nothing"


def _isolated(vault: Vault, number: int) -> str | None:
    return "isolated: no links in or out" if vault.graph.is_isolated(vault.notes.paths[number]) else None


def _outgoing(vault: Vault, number: int) -> str | None:
    out = vault.graph.outgoing(vault.notes.paths[number])
    return f"{count(out, 'outgoing link')}, no bearing on the matter" if out else None


def _empty(vault: Vault, number: int) -> str | None:
    note = vault.notes[number]
    if note.words:
        return None
    return "empty below its properties" if note.properties else "empty"


def _template(vault: Vault, number: int) -> str | None:
    note = vault.notes[number]
    template = vault.template_digests.get(note.body_digest) if note.words else None
    if template is None or in_template_folder(note.path, vault.snapshot.app.template_folders):
        return None
    return f"still identical to its template, {name(template)}"


@dataclass(frozen=True, slots=True)
class _Queries:
    """The queries of a vault in order, found by what they name: a folder, a note without its ending, a tag."""

    every: Sequence[tuple[NotePath, Query]]
    folders: Mapping[str, Sequence[int]]
    notes: Mapping[str, Sequence[int]]
    tags: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, every: Sequence[tuple[NotePath, Query]]) -> _Queries:
        folders, notes, tags = (defaultdict[str, list[int]](list) for _ in range(3))
        for place, (_, query) in enumerate(every):
            for folder in query.folders:
                folders[folder.strip("/").lower()].append(place)
                notes[folder.lower()].append(place)
            for tag in query.tags:
                tags[tag.strip("#/").lower()].append(place)
        return cls(every, folders, notes, tags)

    def first(self, path: NotePath, tags: Sequence[str]) -> tuple[NotePath, Query] | None:
        """The first query that names the note, a folder it is in or a tag it has, and does not stand in it itself.

        What a query filters by beyond that is not looked at.
        """
        lowered = path.lower()
        named = [self.notes.get(lowered.removesuffix(".md"), ())]
        named += [self.folders.get(folder, ()) for folder in _above(lowered)]
        for tag in map(str.lower, tags):
            named += [self.tags.get(each, ()) for each in (tag, *_above(tag))]
        first = (next((place for place in places if self.every[place][0] != path), None) for places in named)
        place = min((place for place in first if place is not None), default=None)
        return None if place is None else self.every[place]


def _above(path: str) -> list[str]:
    """`a` and `a/b` for `a/b/c`."""
    return [path[:at] for at, letter in enumerate(path) if letter == "/"]


def _queried(vault: Vault, number: int) -> str | None:
    queries = vault.once("queries by what they name", lambda: _Queries.of(vault.queries))
    found = queries.first(vault.notes.paths[number], vault.notes.tags[number])
    if found is None:
        return None
    source, query = found
    return f"may be listed by a {query.language} query in {name(source)}"


def _mentioned(vault: Vault, number: int) -> str | None:
    sources = vault.graph.soft_mentions(vault.notes.paths[number])
    if not sources:
        return None
    return f"{name(sources[0])} points here in a way that Obsidian does not count as a link"


def _unreachable(vault: Vault, number: int) -> str | None:
    if vault.notes.paths[number] not in vault.unreachable:
        return None
    return f"not reachable from {safe(', '.join(vault.config.index_notes))}"


FACTS: tuple[Fact, ...] = (
    Fact("orphan", _orphan),
    Fact("dead-end", _dead_end),
    Fact("isolated", _isolated),
    Fact("outgoing", _outgoing),
    Fact("empty", _empty),
    Fact("template", _template),
    Fact("query", _queried),
    Fact("mention", _mentioned),
    Fact("unreachable", _unreachable),
)

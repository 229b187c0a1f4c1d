"""What is worth telling about a note and weighs nothing: shown in `explain` and in the data, never summed."""

from __future__ import annotations

from vaultprune.model import Query
from vaultprune.signals.signal import Fact
from vaultprune.vault import Vault, in_template_folder, within
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


def lists(query: Query, path: str, tags: tuple[str, ...]) -> bool:
    """Whether what a query names literally covers a note; what it filters by beyond that is not looked at."""
    if any(within(path, folder) or path.lower().removesuffix(".md") == folder.lower() for folder in query.folders):
        return True
    for wanted in query.tags:
        spelt = wanted.strip("#/").lower()
        if any(tag.lower() == spelt or tag.lower().startswith(spelt + "/") for tag in tags):
            return True
    return False


def _queried(vault: Vault, number: int) -> str | None:
    note = vault.notes[number]
    for source, query in vault.queries:
        if source != note.path and lists(query, note.path, note.tags):
            return f"may be listed by a {query.language} query in {name(source)}"
    return None


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

"""An index in, its index as one JSON document out: every note and canvas with its tags, aliases and links."""

from __future__ import annotations

from collections.abc import Iterator

from vaultprune.graph import ResolvedLink
from vaultprune.reports.data import as_json, heading, problems
from vaultprune.reports.page import View
from vaultprune.vault import Index


def links_json(index: Index, _view: View) -> str:
    """The index for programs; `docs/links.schema.json` describes it. Sources stand by path, links as in the file."""
    snapshot = index.snapshot
    return as_json({**heading(snapshot), "notes": _sources(index), "problems": problems(snapshot.problems)})


def _sources(index: Index) -> Iterator[dict[str, object]]:
    notes, sources = index.notes, index.graph.sources
    for number in sorted(range(len(sources)), key=sources.__getitem__):
        is_note = number < len(notes)
        yield {
            "path": sources[number],
            "tags": notes.tags[number] if is_note else (),
            "aliases": notes.aliases[number] if is_note else (),
            "links": [_link(found) for found in index.graph.links_of(sources[number])],
        }


def _link(found: ResolvedLink) -> dict[str, object]:
    said: dict[str, object] = {
        "target": found.target,
        "text": found.link.text,
        "kind": found.link.kind,
        "line": found.link.line,
    }
    if found.ambiguous:
        said["ambiguous"] = found.ambiguous
    return said

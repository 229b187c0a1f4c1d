"""An index in, its index as one JSON document out: every note and canvas with its tags, aliases and links."""

from __future__ import annotations

from vaultprune.graph import ResolvedLink
from vaultprune.model import Canvas, Note
from vaultprune.reports.data import as_json, heading, problems
from vaultprune.reports.page import View
from vaultprune.vault import Index


def links_json(index: Index, _view: View) -> str:
    """The index for programs; `docs/links.schema.json` describes it. Sources stand by path, links as in the file."""
    snapshot = index.snapshot
    sources: list[Note | Canvas] = sorted((*snapshot.notes, *snapshot.canvases), key=lambda source: source.path)
    return as_json(
        {
            **heading(snapshot),
            "notes": [_source(index, source) for source in sources],
            "problems": problems(snapshot.problems),
        }
    )


def _source(index: Index, source: Note | Canvas) -> dict[str, object]:
    return {
        "path": source.path,
        "tags": list(source.tags) if isinstance(source, Note) else [],
        "aliases": list(source.aliases) if isinstance(source, Note) else [],
        "links": [_link(found) for found in index.graph.links_of(source.path)],
    }


def _link(found: ResolvedLink) -> dict[str, object]:
    said: dict[str, object] = {
        "target": found.target,
        "text": found.link.text,
        "kind": found.link.kind,
        "line": found.link.line,
    }
    if found.ambiguous:
        said["ambiguous"] = list(found.ambiguous)
    return said

"""One verdict in, the same as one JSON document out."""

from __future__ import annotations

from vaultprune.reports.data import as_json, heading
from vaultprune.reports.explanation import explanation
from vaultprune.reports.json import entry
from vaultprune.reports.page import LineOf, View
from vaultprune.verdict import Judgement


def explain_json(judgement: Judgement, number: int, line_of: LineOf, _view: View) -> str:
    """The note as in the report, with its backlinks and what would change the verdict; see `explain.schema.json`."""
    found = explanation(judgement, number)
    return as_json(
        {
            **heading(judgement.vault.snapshot),
            "note": entry(judgement, found.verdict),
            "links_here": [
                {
                    "path": link.path,
                    "line": link.line,
                    "kind": link.kind,
                    "text": link.text,
                    "says": line_of(link.path, link.line),
                }
                for link in found.backlinks
            ],
            "looked_for": list(found.looked_for),
            "could_not_tell": found.could_not_tell,
            "would_keep": list(found.would_keep),
            "would_weaken": list(found.would_weaken),
        }
    )

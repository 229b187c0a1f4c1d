"""An index in, a table of its links out: one row for each time that one note or canvas links to something."""

from __future__ import annotations

from vaultprune.reports.data import as_csv
from vaultprune.reports.page import View
from vaultprune.vault import Index

COLUMNS = ("source", "line", "kind", "text", "target", "ambiguous")


def links_csv(index: Index, _view: View) -> str:
    """The links for a spreadsheet, by source and then as in the file; the target is empty where nothing answers."""
    return as_csv(
        COLUMNS,
        (
            (source, found.link.line, found.link.kind, found.link.text, found.target, "; ".join(found.ambiguous))
            for source in sorted(index.graph.sources)
            for found in index.graph.links_of(source)
        ),
    )

"""A vault in, a table of its links out: one row for each time that one note or canvas links to something."""

from __future__ import annotations

from vaultprune.reports.data import as_csv
from vaultprune.reports.page import View
from vaultprune.vault import Vault

COLUMNS = ("source", "line", "kind", "text", "target", "ambiguous")


def links_csv(vault: Vault, _view: View) -> str:
    """The links for a spreadsheet, by source and then as in the file; the target is empty where nothing answers."""
    return as_csv(
        COLUMNS,
        (
            (source, found.link.line, found.link.kind, found.link.text, found.target, "; ".join(found.ambiguous))
            for source in sorted(vault.graph.sources)
            for found in vault.graph.links_of(source)
        ),
    )

"""What is needed again of the archive in, the same as data for programs out."""

from __future__ import annotations

from vaultprune.model import Snapshot
from vaultprune.reports.data import as_json, heading
from vaultprune.revival import CameBack, Needs


def revive_json(needs: Needs, snapshot: Snapshot, came_back: CameBack) -> str:
    """Every archived note that is needed again; those that a sync program put back; those whose place is taken."""
    return as_json(
        {
            **heading(snapshot),
            "needed": [
                {"path": each.old, "archived": each.now, "reasons": list(each.reasons), "can_be_restored": each.known}
                for each in needs.needed
            ],
            "returned": [{"path": each.old, "archived": each.now} for each in needs.returned],
            "replaced": [{"path": each.old, "archived": each.now} for each in needs.replaced],
            "came_back": came_back.notes,
            "set_aside": came_back.of,
        }
    )

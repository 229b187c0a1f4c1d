"""The decisions that stand in, the same as data for programs out."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.decided import Standing
from vaultprune.model import Snapshot
from vaultprune.reports.data import as_json, heading


def standing_json(held: Sequence[Standing], snapshot: Snapshot) -> str:
    """Each with the notes that it is about now; `docs/keep.schema.json` describes it."""
    return as_json(
        {
            **heading(snapshot),
            "decisions": [
                {
                    "what": each.decision.what,
                    "scope": each.decision.scope,
                    "name": each.decision.name,
                    "at": each.decision.at.isoformat(timespec="seconds"),
                    "until": None if each.decision.until is None else each.decision.until.isoformat(),
                    "because": each.decision.because,
                    "waits": each.waits,
                    "notes": list(each.paths),
                }
                for each in held
            ],
        }
    )

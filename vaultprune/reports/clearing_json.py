"""What would be cleared away of old runs, or was, in; the same as data for programs out."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.guards import Guard
from vaultprune.reports.clearing_text import Clearance, OldRun
from vaultprune.reports.data import SCHEMA, as_json
from vaultprune.reports.plan_json import told_guards


def clearing_json(vault: str, clearance: Clearance, guards: Sequence[Guard], *, done: bool) -> str:
    """One document, before and after; `docs/gc.schema.json` describes it."""
    return as_json(
        {
            "schema": SCHEMA,
            "vault": vault,
            "older_than": clearance.before.isoformat(),
            "done": done,
            "runs": [_run(run) for run in clearance.runs],
            "files": clearance.files,
            "bytes": clearance.size,
            "kept": list(clearance.kept),
            "back_by_hand_only": list(clearance.there),
            "can_still_be_undone": [_run(run) for run in clearance.left],
            "guards": told_guards(guards),
        }
    )


def _run(run: OldRun) -> dict[str, object]:
    return {
        "batch": run.batch,
        "device": run.device,
        "day": run.day.isoformat(),
        "kind": run.kind,
        "notes": run.notes,
        "standing": run.standing,
    }

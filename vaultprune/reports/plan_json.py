"""A plan's document and what holds it back in, one JSON document out; after a run also what became of each move."""

from __future__ import annotations

import json
from collections.abc import Sequence

from vaultprune.guards import Guard
from vaultprune.model import Decision, Outcome
from vaultprune.reports.data import as_json


def plan_json(
    document: str,
    guards: Sequence[Guard],
    batch: str | None = None,
    outcomes: Sequence[Outcome] = (),
    decisions: Sequence[Decision] = (),
) -> str:
    """The plan as the engine wrote it, with the guards; `batch` and `outcomes` only where it was carried out.

    `decisions` are those that are written down along with it.
    """
    whole: dict[str, object] = dict(json.loads(document))
    whole["guards"] = told_guards(guards)
    if decisions:
        whole["decisions"] = [
            {"what": each.what, "path": each.name, "until": None if each.until is None else each.until.isoformat()}
            for each in decisions
        ]
    if batch is not None:
        whole["batch"] = batch
        whole["outcomes"] = [
            {
                "from": outcome.move.source,
                "to": outcome.move.target,
                "what": outcome.what,
                "why": outcome.why,
                "remarks": list(outcome.remarks),
            }
            for outcome in outcomes
        ]
    return as_json(whole)


def told_guards(guards: Sequence[Guard]) -> list[dict[str, object]]:
    """What holds something back, for programs."""
    return [{"name": guard.name, "says": guard.says, "final": guard.final} for guard in guards]

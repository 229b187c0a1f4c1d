"""A judgement and what waits in, where things stand as data for programs out."""

from __future__ import annotations

from vaultprune.decided import kept
from vaultprune.reports.data import as_json, heading
from vaultprune.reports.json import counts, evidence
from vaultprune.reports.waiting_text import Waiting
from vaultprune.verdict import Judgement


def status_json(judgement: Judgement, waits: Waiting) -> str:
    """The counts of a report, what is suggested and what waits; `docs/status.schema.json` describes it."""
    vault = judgement.vault
    paths = vault.notes.paths
    return as_json(
        {
            **heading(vault.snapshot),
            "evidence": evidence(vault),
            "summary": counts(judgement),
            "suggested": [paths[number] for number in judgement.suggested()],
            "waiting": {
                "to_set_aside": [path for each in waits.decided for path in each.paths],
                "ticked": 0 if waits.ticked is None else waits.ticked[0],
                "interrupted": waits.interrupted,
                "saved_meanwhile": [
                    {"place": each.place, "path": each.path or None, "goes_back": each.goes_back}
                    for each in waits.strays
                ],
                "needed": [each.old for each in waits.needs.needed],
                "returned": [each.old for each in waits.needs.returned],
                "odd": waits.odd or None,
            },
            "last_archive": None if waits.last is None else {"day": waits.last[0].isoformat(), "notes": waits.last[1]},
            "came_back": 0 if waits.back is None else waits.back.notes,
            "decisions": len(kept(vault.snapshot.decisions, vault.snapshot.taken_at.date())),
            "problems": len(vault.snapshot.problems),
        }
    )

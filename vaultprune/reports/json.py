"""A judgement in, the whole report as one JSON document out: every judged note, exactly once."""

from __future__ import annotations

from vaultprune.config import settings
from vaultprune.reports.data import as_json, heading, iso, problems
from vaultprune.reports.figures import summary
from vaultprune.reports.page import View
from vaultprune.vault import Vault
from vaultprune.verdict import Judgement, Verdict


def json_report(judgement: Judgement, _view: View) -> str:
    """The report for programs; `docs/report.schema.json` describes it. What the view says changes nothing in it."""
    vault = judgement.vault
    return as_json(
        {
            **heading(vault.snapshot),
            "settings": settings(vault.config),
            "evidence": evidence(vault),
            "summary": counts(judgement),
            "notes": (entry(judgement, verdict) for verdict in judgement),
            "problems": problems(vault.snapshot.problems),
        }
    )


def evidence(vault: Vault) -> dict[str, object]:
    """How far the dates can be gone by."""
    found = vault.evidence
    return {
        "dates": found.dates,
        "why": found.says,
        "trusted_notes": found.trusted_notes,
        "observed_days": found.observed_days,
        "abstains": found.abstains,
    }


def counts(judgement: Judgement) -> dict[str, int]:
    """How many notes there are of each kind and verdict."""
    figures = summary(judgement)
    return {
        "notes": figures.notes,
        "orphans": figures.orphans,
        "isolated": figures.isolated,
        "dead_ends": figures.dead_ends,
        "unresolved": figures.unresolved,
        "archive": figures.archive,
        "watch": figures.watch,
        "keep": figures.keep,
        "protected": figures.protected,
        "archived": figures.archived,
    }


def entry(judgement: Judgement, verdict: Verdict) -> dict[str, object]:
    """One note as it stands in the report and in `explain`."""
    use, consequences = verdict.use, judgement.consequences(verdict.number)
    return {
        "path": verdict.path,
        "verdict": verdict.word,
        "rank": verdict.rank,
        "score": verdict.score,
        "retention": verdict.retention,
        "confidence": verdict.confidence,
        "last_used": iso(use.last_used),
        "last_used_from": use.last_used_from,
        "created": iso(use.created),
        "created_from": use.created_from,
        "backlinks": verdict.backlinks,
        "outgoing": verdict.outgoing,
        "traffic": verdict.traffic,
        "words": verdict.note.words,
        "orphan": verdict.orphan,
        "isolated": verdict.isolated,
        "dead_end": verdict.dead_end,
        "reasons": [{"code": each.code, "says": each.says, "weight": each.weight} for each in verdict.reasons],
        "protections": [{"code": held.code, "says": held.says} for held in verdict.protections],
        "why_not_now": verdict.why_not_now,
        "would_be": verdict.would_be,
        "if_archived": {
            "orphans": list(consequences.orphans),
            "unresolved_in": list(consequences.unresolved_in),
            "rewrites": consequences.rewrites,
        },
    }

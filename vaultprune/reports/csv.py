"""A judgement in, a table out: one row for each judged note, in the order of the report."""

from __future__ import annotations

from vaultprune.reports.data import as_csv, iso
from vaultprune.reports.page import View
from vaultprune.reports.sentence import sentence
from vaultprune.verdict import Judgement

COLUMNS = (
    "path",
    "verdict",
    "rank",
    "score",
    "retention",
    "confidence",
    "last_used",
    "last_used_from",
    "created",
    "created_from",
    "backlinks",
    "outgoing",
    "words",
    "orphan",
    "isolated",
    "dead_end",
    "says",
    "protections",
    "why_not_now",
)


def csv_report(judgement: Judgement, _view: View) -> str:
    """The report for a spreadsheet: every judged note, whatever the view shows."""
    return as_csv(
        COLUMNS,
        (
            (
                verdict.path,
                verdict.word,
                verdict.rank,
                verdict.score,
                verdict.retention,
                verdict.confidence,
                iso(verdict.use.last_used),
                verdict.use.last_used_from,
                iso(verdict.use.created),
                verdict.use.created_from,
                verdict.backlinks,
                verdict.outgoing,
                verdict.note.words,
                verdict.orphan,
                verdict.isolated,
                verdict.dead_end,
                sentence(judgement.vault, verdict),
                "; ".join(held.says for held in verdict.protections),
                verdict.why_not_now,
            )
            for verdict in judgement
        ),
    )

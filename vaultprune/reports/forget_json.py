"""What is kept of a note in, the same as data for programs out, before and after it was taken away."""

from __future__ import annotations

from collections.abc import Sequence

from vaultprune.guards import Guard
from vaultprune.reports.data import SCHEMA, as_json
from vaultprune.reports.forget_text import Kept
from vaultprune.reports.plan_json import told_guards


def forget_json(vault: str, kept: Kept, guards: Sequence[Guard], *, done: bool) -> str:
    """What goes and what stays out of reach; `docs/forget.schema.json` describes it."""
    return as_json(
        {
            "schema": SCHEMA,
            "vault": vault,
            "note": kept.note,
            "names": list(kept.paths),
            "there": list(kept.there),
            "in_archive": kept.standing,
            "done": done,
            "goes": {
                "moves": kept.moves,
                "rewritten_for_others": kept.rewritten,
                "files": kept.files,
                "bytes": kept.size,
                "decisions": kept.decisions,
                "ledger": kept.seen,
                "cache": kept.cached,
            },
            "stays": {
                "elsewhere": list(kept.elsewhere),
                "unknown_files": kept.unknown,
                "ledgers_set_aside": kept.aside,
                "git": kept.in_git,
            },
            "guards": told_guards(guards),
        }
    )

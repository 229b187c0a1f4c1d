"""What setting up would write in, the same as data for programs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vaultprune.guards import Guard
from vaultprune.reports.data import SCHEMA, as_json
from vaultprune.reports.init_text import APP_FILE, CONFIG_FILE, difference
from vaultprune.reports.plan_json import told_guards


@dataclass(frozen=True, slots=True)
class Writes:
    """What is written: the text of a first settings file, and Obsidian's own before and after; None where it is not.

    `there` says what is so already. `exact`: Obsidian's file gets back just the bytes that it had before.
    """

    plan: str
    there: Sequence[str] = ()
    config: str | None = None
    app: tuple[bytes, bytes] | None = None
    entry: str = ""
    undo: bool = False
    exact: bool = False


def init_json(vault: str, writes: Writes, guards: Sequence[Guard]) -> str:
    """One document; `docs/init.schema.json` describes it."""
    return as_json(
        {
            "schema": SCHEMA,
            "vault": vault,
            "id": writes.plan,
            "undo": writes.undo,
            "there": list(writes.there),
            "config": None if writes.config is None else {"path": CONFIG_FILE, "text": writes.config},
            "app": None
            if writes.app is None
            else {
                "path": APP_FILE,
                "entry": writes.entry,
                "exact": writes.exact,
                "lines": [line.strip() for line in difference(*writes.app)],
            },
            "guards": told_guards(guards),
        }
    )

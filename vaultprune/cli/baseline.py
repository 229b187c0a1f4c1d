"""A judgement in, its suggestions as a file to compare with out; such a file in, what is new since out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vaultprune.config import settings
from vaultprune.errors import CannotStart
from vaultprune.model import NotePath
from vaultprune.verdict import Judgement
from vaultprune.words import listed, safe

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """The suggestions of an earlier report, and the settings that led to them."""

    typed: str
    suggested: frozenset[str]
    settings: Mapping[str, object]


def read_baseline(typed: str) -> Baseline:
    """A baseline as `--save-baseline` wrote it. Raises `CannotStart` for a file that is none."""
    try:
        said = json.loads(Path(typed).expanduser().read_bytes())
    except OSError as error:
        says = (error.strerror or str(error)).lower()
        raise CannotStart(f'--baseline: "{safe(typed)}" cannot be read: {says}. Nothing has been changed.') from None
    except (ValueError, RecursionError):
        said = None
    if isinstance(said, dict) and said.get("schema") == SCHEMA:
        suggested, before = said.get("suggested"), said.get("settings")
        if (
            isinstance(suggested, list)
            and isinstance(before, dict)
            and all(isinstance(path, str) for path in suggested)
        ):
            return Baseline(typed, frozenset(suggested), before)
    raise CannotStart(
        f'--baseline: "{safe(typed)}" is no baseline; --save-baseline writes one. Nothing has been changed.'
    )


def new_since(baseline: Baseline, judgement: Judgement) -> tuple[NotePath, ...]:
    """The suggestions that the baseline does not have.

    Raises `CannotStart` where the settings are others: then a new suggestion would say nothing about the notes.
    """
    now, before = settings(judgement.vault.config), baseline.settings
    other = [safe(name) for name in sorted({*now, *before}) if now.get(name) != before.get(name)]
    if other:
        differ = f"{listed(other)} {'differs' if len(other) == 1 else 'differ'}"
        raise CannotStart(
            f'--baseline: "{safe(baseline.typed)}" was made with other settings: {differ}. '
            "Make a new one with --save-baseline. Nothing has been changed."
        )
    return tuple(path for path in _suggested(judgement) if path not in baseline.suggested)


def as_baseline(judgement: Judgement) -> str:
    """The suggestions and the settings that led to them, as JSON."""
    said = {
        "schema": SCHEMA,
        "vault": judgement.vault.snapshot.name,
        "taken_at": judgement.vault.snapshot.taken_at.isoformat(timespec="seconds"),
        "settings": settings(judgement.vault.config),
        "suggested": _suggested(judgement),
    }
    return json.dumps(said, indent=1) + "\n"


def _suggested(judgement: Judgement) -> list[NotePath]:
    return [judgement.vault.notes.paths[number] for number in judgement.suggested()]

"""A decision in, one more line in this device's own file of the vault out."""

from __future__ import annotations

import json
from pathlib import Path

from vaultprune.archiving.device import device_id
from vaultprune.archiving.lines import append_line
from vaultprune.archiving.paths import OWN_FOLDER
from vaultprune.model import Decision

SCHEMA = 1


def record_decision(vault: Path, decision: Decision, device: str | None = None) -> None:
    """Write down what somebody decided; it is on disk when this returns. Earlier decisions are never changed.

    `device` names the file; left out, it is this device's own name, made up if it has none yet.
    """
    if decision.at.utcoffset() is None:
        raise ValueError("a decision needs a time with an offset")
    append_line(vault, f"{OWN_FOLDER}/decisions/{device or device_id()}.jsonl", as_line(decision))


def as_line(decision: Decision) -> str:
    """A decision as one line of JSON, in ASCII, so that names in broken encodings come through unharmed."""
    said: dict[str, object] = {
        "schema": SCHEMA,
        "at": decision.at.isoformat(),
        "what": decision.what,
        "scope": decision.scope,
        "name": decision.name,
    }
    further = {
        "until": decision.until.isoformat() if decision.until else None,
        "because": decision.because,
        "body": decision.body_digest,
        "reason": decision.reason,
        "sha256": decision.file_digest,
    }
    said.update((key, value) for key, value in further.items() if value is not None)
    return json.dumps(said, ensure_ascii=True)

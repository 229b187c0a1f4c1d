"""A plan in, its JSON document out, and back: what `--dry-run` prints is what `--plan` carries out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from vaultprune.archiving.carry_out import check_plan
from vaultprune.archiving.paths import note_parts
from vaultprune.archiving.records import span_from_json, span_to_json
from vaultprune.errors import CannotStart, Refused
from vaultprune.model import Move, NotePath, Plan, Rewrite, Skipped

SCHEMA = 1
_LONE = re.compile("[\ud800-\udfff]")


def make_plan(
    moves: Iterable[Move],
    rewrites: Iterable[Rewrite] = (),
    skipped: Iterable[Skipped] = (),
    warnings: Iterable[str] = (),
) -> Plan:
    """A plan with its id. `ValueError` if it contradicts itself."""
    plan = Plan("", tuple(moves), tuple(rewrites), tuple(skipped), tuple(warnings))
    check_plan(plan)
    return Plan(plan_id(plan), plan.moves, plan.rewrites, plan.skipped, plan.warnings)


def plan_id(plan: Plan) -> str:
    """Eight hexadecimal digits that say which moves and rewrites these are."""
    said = [[_move(move) for move in plan.moves], [_rewrite(rewrite) for rewrite in plan.rewrites]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:8]


def plan_to_json(plan: Plan) -> str:
    r"""A plan as one JSON document.

    Names and link texts that are not UTF-8 stand in it as lone surrogates, `\udc80` for the byte 0x80 and so on,
    always as escapes, so that the document itself is UTF-8; `plan_from_json` makes the same bytes of them again.
    """
    said = {
        "schema": SCHEMA,
        "id": plan.id,
        "moves": [_move(move) for move in plan.moves],
        "rewrites": [_rewrite(rewrite) for rewrite in plan.rewrites],
        "skipped": [{"path": skipped.path, "why": skipped.why} for skipped in plan.skipped],
        "warnings": list(plan.warnings),
    }
    text = json.dumps(said, ensure_ascii=False, indent=2)
    return _LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def plan_from_json(text: str) -> Plan:
    """The plan again. `CannotStart` if it is none, is of another version, or was changed by hand."""
    try:
        said = json.loads(text)
        if said["schema"] != SCHEMA:
            raise CannotStart(f"this plan is of version {said['schema']!r}, not {SCHEMA}. Nothing has been changed.")
        moves = [_to_move(move) for move in said["moves"]]
        rewrites = [
            Rewrite(_path(item["path"]), str(item["sha256"]), tuple(span_from_json(span) for span in item["spans"]))
            for item in said["rewrites"]
        ]
        skipped = [Skipped(NotePath(str(item["path"])), str(item["why"])) for item in said["skipped"]]
        plan = make_plan(moves, rewrites, skipped, [str(warning) for warning in said["warnings"]])
        if plan.id != said["id"]:
            raise CannotStart("this plan is not as it was made: its id does not match. Nothing has been changed.")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Refused) as error:
        raise CannotStart(f"this is no plan of vaultprune ({error}). Nothing has been changed.") from None
    return plan


def _move(move: Move) -> dict[str, Any]:
    said: dict[str, Any] = {"from": move.source, "to": move.target, "sha256": move.sha256, "bytes": move.size}
    if move.undoes:
        said["undoes"] = move.undoes
    return said


def _to_move(said: dict[str, Any]) -> Move:
    size = said["bytes"]
    if type(size) is not int:
        raise TypeError("bytes is no number")
    return Move(_path(said["from"]), _path(said["to"]), str(said["sha256"]), size, str(said.get("undoes", "")))


def _rewrite(rewrite: Rewrite) -> dict[str, Any]:
    spans = [span_to_json(span) for span in rewrite.spans]
    return {"path": rewrite.path, "sha256": rewrite.sha256, "spans": spans}


def _path(said: object) -> NotePath:
    if not isinstance(said, str):
        raise TypeError("a path is a text")
    note_parts(said)
    return NotePath(said)

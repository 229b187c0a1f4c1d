"""A plan in, its JSON document out, and back: what `--dry-run` prints is what `--plan` carries out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from vaultprune.archiving.paths import note_parts
from vaultprune.errors import CannotStart, Refused
from vaultprune.model import Move, NotePath, Plan, Rewrite, Skipped
from vaultprune.moving import check_plan, move_to_json, plan_id, rewrite_to_json, span_from_json

SCHEMA = 1
_LONE = re.compile("[\ud800-\udfff]")


def make_plan(
    moves: Iterable[Move],
    rewrites: Iterable[Rewrite] = (),
    skipped: Iterable[Skipped] = (),
    warnings: Iterable[str] = (),
    together: Iterable[Sequence[NotePath]] = (),
) -> Plan:
    """A plan with its id. `ValueError` if it contradicts itself."""
    moves, rewrites = tuple(moves), tuple(rewrites)
    groups = tuple(tuple(group) for group in together)
    plan = Plan(plan_id(moves, rewrites), moves, rewrites, tuple(skipped), tuple(warnings), groups)
    check_plan(plan)
    return plan


def plan_to_json(plan: Plan) -> str:
    r"""A plan as one JSON document.

    Names and link texts that are not UTF-8 stand in it as lone surrogates, `\udc80` for the byte 0x80 and so on,
    always as escapes, so that the document itself is UTF-8; `plan_from_json` makes the same bytes of them again.
    """
    said = {
        "schema": SCHEMA,
        "id": plan.id,
        "moves": [move_to_json(move) for move in plan.moves],
        "rewrites": [rewrite_to_json(rewrite) for rewrite in plan.rewrites],
        "skipped": [{"path": skipped.path, "why": skipped.why} for skipped in plan.skipped],
        "warnings": list(plan.warnings),
        "together": [list(group) for group in plan.together],
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
        groups = [[_path(path) for path in group] for group in said.get("together", [])]
        plan = make_plan(moves, rewrites, skipped, map(str, said["warnings"]), groups)
        if plan.id != said["id"]:
            raise CannotStart("this plan is not as it was made: its id does not match. Nothing has been changed.")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Refused) as error:
        raise CannotStart(f"this is no plan of vaultprune ({error}). Nothing has been changed.") from None
    return plan


def _to_move(said: dict[str, Any]) -> Move:
    size = said["bytes"]
    if type(size) is not int:
        raise TypeError("bytes is no number")
    return Move(_path(said["from"]), _path(said["to"]), str(said["sha256"]), size, str(said.get("undoes", "")))


def _path(said: object) -> NotePath:
    if not isinstance(said, str):
        raise TypeError("a path is a text")
    note_parts(said)
    return NotePath(said)

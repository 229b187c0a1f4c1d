"""Moves and rewrites in, a short name for exactly these out; and whether they contradict each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import pairwise

from vaultprune.model import Move, Plan, Rewrite
from vaultprune.moving.groups import rows
from vaultprune.moving.written import move_to_json, rewrite_to_json


def plan_id(moves: Sequence[Move], rewrites: Sequence[Rewrite]) -> str:
    """Eight hexadecimal digits that say which moves and rewrites these are.

    The groups among the moves follow from these and from the vault, so that they have no say in it.
    """
    said = [[move_to_json(move) for move in moves], [rewrite_to_json(rewrite) for rewrite in rewrites]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:8]


def check_plan(plan: Plan) -> None:
    """`ValueError` if a plan contradicts itself; that would be our own mistake."""
    sources, targets = ({getattr(move, end) for move in plan.moves} for end in ("source", "target"))
    if len(sources) != len(plan.moves) or len(targets) != len(plan.moves) or sources & targets:
        raise ValueError("a plan moves each note once, and nothing to where another one leaves")
    if len({rewrite.path for rewrite in plan.rewrites}) != len(plan.rewrites):
        raise ValueError("a plan rewrites each file once")
    for rewrite in plan.rewrites:
        spans = sorted(rewrite.spans, key=lambda span: span.start)
        if any(span.end > later.start for span, later in pairwise(spans)):
            raise ValueError("two links of a plan overlap")
        if not all(span.because and sources.issuperset(span.because) for span in spans):
            raise ValueError("a link is rewritten because of a move of the same plan")
    rows(plan)

"""Moves and paths in, what whoever plans and whoever carries out must say alike out: ids, places, groups."""

from vaultprune.moving.groups import grouped, rows
from vaultprune.moving.identity import check_plan, plan_id
from vaultprune.moving.places import Places, key, too_long
from vaultprune.moving.written import as_bytes, as_text, move_to_json, rewrite_to_json, span_from_json, span_to_json

__all__ = [
    "Places",
    "as_bytes",
    "as_text",
    "check_plan",
    "grouped",
    "key",
    "move_to_json",
    "plan_id",
    "rewrite_to_json",
    "rows",
    "span_from_json",
    "span_to_json",
    "too_long",
]

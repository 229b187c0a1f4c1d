"""A vault and chosen notes in, a `Plan` out: every move and every link that changes, decided before anything does."""

from vaultprune.plan.guards import Guard, guards
from vaultprune.plan.make import make_plan
from vaultprune.plan.staying import OnDisk
from vaultprune.plan.text import plan_text, plan_title
from vaultprune.plan.told import Entry, Part, plan_told

__all__ = [
    "Entry",
    "Guard",
    "OnDisk",
    "Part",
    "guards",
    "make_plan",
    "plan_text",
    "plan_title",
    "plan_told",
]

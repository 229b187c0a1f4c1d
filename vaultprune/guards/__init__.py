"""A plan and how things stand in, what holds it back out: each guard with its name, its sentence and what helps."""

from vaultprune.guards.before import (
    before_archive,
    before_return,
    before_tidying,
    before_weekly,
    before_writing,
    half_there,
)
from vaultprune.guards.grace import first_by_rank
from vaultprune.guards.guard import Around, Guard, Past
from vaultprune.guards.renewed import Renewed, renewed

__all__ = [
    "Around",
    "Guard",
    "Past",
    "Renewed",
    "before_archive",
    "before_return",
    "before_tidying",
    "before_weekly",
    "before_writing",
    "first_by_rank",
    "half_there",
    "renewed",
]

"""A plan made earlier and the plan that would be made now in, the part that can still be carried out as written out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from vaultprune.guards.guard import Guard
from vaultprune.model import NotePath, Plan, Rewrite
from vaultprune.moving import plan_id


@dataclass(frozen=True, slots=True)
class Renewed:
    """The plan as written, less the notes that are to be skipped now; and what holds it back, if it does not hold."""

    plan: Plan
    guards: tuple[Guard, ...]


def renewed(written: Plan, now: Plan) -> Renewed:
    """Compare a plan with what would be planned now for the same notes.

    A note that may not move any more is skipped, with what goes with it. All the rest has to be what would be planned
    now, move by move and link by link: whoever wrote the document, the program writes no other bytes and to no other
    place than its own plan would. What belongs together follows from the vault, whatever the document says of it.
    """
    stays = frozenset(skipped.path for skipped in now.skipped)
    if not stays:
        plan = replace(written, skipped=(*written.skipped, *now.skipped), warnings=now.warnings, together=now.together)
    else:
        moves = tuple(move for move in written.moves if move.source not in stays)
        rewrites = tuple(_without(written.rewrites, stays))
        known = {skipped.path for skipped in now.skipped}
        skipped = (*(each for each in written.skipped if each.path not in known), *now.skipped)
        plan = Plan(plan_id(moves, rewrites), moves, rewrites, skipped, now.warnings, now.together)
    if plan.moves == now.moves and _links(plan.rewrites) == _links(now.rewrites):
        return Renewed(plan, ())
    return Renewed(plan, (_OUT_OF_DATE,))


_OUT_OF_DATE = Guard(
    "plan-out-of-date",
    "the vault is not as it was when this plan was made: other links would have to be rewritten, or other places used",
    "Make the plan again: vaultprune archive --dry-run --format json.",
    final=True,
)


def _without(rewrites: Iterable[Rewrite], stays: Collection[NotePath]) -> Iterable[Rewrite]:
    """The rewrites as far as they do not rely on a note that stays."""
    for rewrite in rewrites:
        spans = tuple(span for span in rewrite.spans if not any(path in stays for path in span.because))
        if spans:
            yield replace(rewrite, spans=spans)


def _links(rewrites: Iterable[Rewrite]) -> dict[NotePath, tuple[str, frozenset[object]]]:
    return {rewrite.path: (rewrite.sha256, frozenset(rewrite.spans)) for rewrite in rewrites}

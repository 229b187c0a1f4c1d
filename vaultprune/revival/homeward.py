"""A plan that brings notes back and the vault as it is now in, the same plan with the links that follow them home out.

The journal knows the links that the program rewrote. Those that a person has written since, to the note in the archive,
it cannot know: they are found like the links that an archive would break.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from vaultprune.model import NotePath, Plan, Rewrite, Span
from vaultprune.moving import plan_id
from vaultprune.plan.changes import NEVER_REWRITTEN, Change, Moved
from vaultprune.plan.rewriting import CannotRewrite, Opened, rewrite
from vaultprune.vault import Vault
from vaultprune.words import safe

Contents = Callable[[NotePath], bytes | None]


def homeward(plan: Plan, vault: Vault, contents: Contents) -> Plan:
    """The plan with every link kept right that means a file now. What cannot be kept right is in the warnings.

    Where the plan itself changes a link, its way of writing it stays: that is the one from before.
    """
    known = {move.source: move.target for move in plan.moves if move.source in vault.graph.ids}
    moved = Moved(vault.graph, known)
    rewrites = {each.path: each for each in plan.rewrites}
    warnings = list(plan.warnings)
    wanted = [change for change in moved.changes() if change.link.kind not in NEVER_REWRITTEN]
    for path, group in groupby(wanted, key=lambda change: change.source):
        changes = tuple(group)
        found = _rewrite(path, changes, vault, contents, moved)
        planned = rewrites.get(path)
        if planned is None and found is not None:
            rewrites[path] = found
        elif planned is not None and found is not None and planned.sha256 == found.sha256:
            further = [span for span in found.spans if not any(_overlap(span, done) for done in planned.spans)]
            spans = sorted((*planned.spans, *further), key=lambda span: span.start)
            rewrites[path] = replace(planned, spans=tuple(spans))
        elif planned is None or len(planned.spans) < len(changes):
            warnings.append(f"{safe(path)} links to the archive in a way that is not rewritten")
    ordered = tuple(rewrites.values())
    return Plan(plan_id(plan.moves, ordered), plan.moves, ordered, plan.skipped, tuple(warnings))


def _rewrite(
    path: NotePath, changes: Sequence[Change], vault: Vault, contents: Contents, moved: Moved
) -> Rewrite | None:
    number = vault.graph.ids[path]
    count = len(vault.notes)
    source = vault.notes[number] if number < count else vault.snapshot.canvases[number - count]
    data = contents(path)
    if data is None:
        return None
    file = Opened(source, data)
    if file.read(data) != source:
        return None
    try:
        return rewrite(file, changes, moved)[0]
    except CannotRewrite:
        return None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end

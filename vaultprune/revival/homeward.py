"""A plan that brings notes back and the vault as it is now in, the same plan with every link right after it out.

The journal knows the links that the program rewrote, and how they were written before. It cannot know those that a
person has written since; and where only some notes come back, the old way of writing a link may no longer lead to its
note. Both are found like the links that an archive would break.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from vaultprune.model import Link, NotePath, Plan, Rewrite, Span
from vaultprune.moving import grouped, plan_id
from vaultprune.plan.changes import NEVER_REWRITTEN, Change, Moved, Settled, looked_up
from vaultprune.plan.rewriting import CannotRewrite, Opened, rewrite
from vaultprune.plan.sites import exchanged
from vaultprune.vault import Vault
from vaultprune.words import safe

Contents = Callable[[NotePath], bytes | None]


def homeward(plan: Plan, vault: Vault, contents: Contents) -> Plan:
    """The plan with every link kept right that means a file now. What cannot be kept right is in the warnings.

    Where the plan itself changes a link, its way of writing it stays, as long as that leads where it should: it is the
    one from before. Moves between which some link would lead elsewhere belong together.
    """
    known = {move.source: move.target for move in plan.moves if move.source in vault.graph.ids}
    moved = Moved(vault.graph, known)
    wanted = [change for change in moved.changes() if change.link.kind not in NEVER_REWRITTEN]
    changes = {path: tuple(group) for path, group in groupby(wanted, key=lambda change: change.source)}
    planned = {each.path: each for each in plan.rewrites}
    rewrites: list[Rewrite] = []
    settled: dict[int, Settled] = {}
    warnings = list(plan.warnings)
    for path in dict.fromkeys((*planned, *changes)):
        links = _Links(path, planned.get(path), changes.get(path, ()), moved, _opened(path, vault, contents))
        found, becomes, right = links.kept_right()
        settled.update(becomes)
        if found is not None and found.spans:
            rewrites.append(found)
        if not right:
            warnings.append(f"{safe(path)} links to the archive in a way that is not rewritten")
    together, order = grouped([move.source for move in plan.moves], moved.together(settled))
    moves = {move.source: move for move in plan.moves}
    ordered = tuple(moves[source] for source in order)
    return Plan(plan_id(ordered, rewrites), ordered, tuple(rewrites), plan.skipped, tuple(warnings), together)


def _opened(path: NotePath, vault: Vault, contents: Contents) -> Opened | None:
    """A file with its bytes, if they are as they were when the vault was read."""
    number = vault.graph.ids.get(path)
    data = contents(path)
    if number is None or data is None:
        return None
    count = len(vault.notes)
    file = Opened(vault.notes[number] if number < count else vault.snapshot.canvases[number - count], data)
    return file if file.read(data) == file.source else None


@dataclass(frozen=True)
class _Links:
    """The links of one file: those that the plan changes already, and those that would not be right after it."""

    path: NotePath
    planned: Rewrite | None
    changes: Sequence[Change]
    moved: Moved
    file: Opened | None

    def kept_right(self) -> tuple[Rewrite | None, dict[int, Settled], bool]:
        """What changes in the file, what becomes of its links by position, and whether all are right then."""
        file, planned = self.file, self.planned
        if file is None or (planned is not None and planned.sha256 != file.digest):
            return planned, {}, not self.changes
        kept = planned.spans if planned else ()
        wrong = self._wrong(kept)
        if planned is not None and wrong:
            kept = tuple(span for span in kept if not self._touched(span) & wrong)
        found, settled = self._anew() if self._wrong(kept) else (None, {})
        further = [each for each in (found.spans if found else ()) if not any(_overlap(each, one) for one in kept)]
        if self._wrong((*kept, *further)):
            return planned, self._settled(planned.spans if planned else (), {}), False
        spans = tuple(sorted((*kept, *further), key=lambda span: span.start))
        return Rewrite(self.path, file.digest, spans), self._settled(kept, settled), True

    def _anew(self) -> tuple[Rewrite | None, dict[int, Settled]]:
        try:
            return rewrite(self._open, self.changes, self.moved)
        except CannotRewrite:
            return None, {}

    @cached_property
    def _open(self) -> Opened:
        assert self.file is not None
        return self.file

    @cached_property
    def _positions(self) -> range:
        graph = self.moved.graph
        return graph.occurrences.of(graph.ids[self.path])

    def _after(self, spans: Sequence[Span]) -> tuple[Link, ...]:
        """The links of the file with these spans exchanged."""
        if not spans:
            return self._open.source.links
        ordered = sorted(spans, key=lambda span: span.start)
        return self._open.links(exchanged(self._open.data, [(span.start, span.end, span.after) for span in ordered]))

    def _wrong(self, spans: Sequence[Span]) -> frozenset[int]:
        """The links, by their number in the file, that would not mean what they mean now."""
        graph, moved = self.moved.graph, self.moved
        after = self._after(spans)
        if len(after) != len(self._positions):
            return frozenset(range(len(self._positions)))
        found = set()
        for number, (link, position) in enumerate(zip(after, self._positions, strict=True)):
            means = {moved.now(graph.files[each]) for each in graph.occurrences.meant(position)}
            counts = means and link.kind not in NEVER_REWRITTEN
            if counts and looked_up(moved.index, link, moved.now(self.path)) != means:
                found.add(number)
        return frozenset(found)

    def _touched(self, span: Span) -> frozenset[int]:
        """The links that one span alone changes."""
        before, after = self._open.source.links, self._after([span])
        if len(before) != len(after):
            return frozenset(range(len(before)))
        return frozenset(number for number, both in enumerate(zip(before, after, strict=True)) if both[0] != both[1])

    def _settled(self, kept: Sequence[Span], anew: Mapping[int, Settled]) -> dict[int, Settled]:
        """What becomes of the links: those that the plan's own spans change go by them."""
        found = dict(anew)
        for span in kept:
            after = self._after([span])
            for number in self._touched(span):
                if number < len(after):
                    found[self._positions[number]] = Settled(after[number].path, span.because)
        return found


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end

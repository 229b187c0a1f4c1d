"""A plan in, each of its moves as it has to be carried out after those before it out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from vaultprune.archiving.carrying import Draft, ToRewrite
from vaultprune.archiving.exchanging import Changed
from vaultprune.archiving.spans import shifted
from vaultprune.model import Move, NotePath, Plan, Rewrite, Span
from vaultprune.words import safe

Due: TypeAlias = tuple[tuple[Rewrite, tuple[Span, ...]], ...]
"""The files, and the spans in each, that are rewritten together with one move."""


def goes_with(stays: Collection[NotePath]) -> str:
    """Why a note stays that could not be told apart from others which do."""
    return f"it goes with {safe(min(stays))}, which stays"


def due_of(plan: Plan) -> dict[NotePath, Due]:
    """What goes with each move: a span goes with the last of the moves that it is due to."""
    order = {move.source: number for number, move in enumerate(plan.moves)}
    found: dict[NotePath, list[tuple[Rewrite, tuple[Span, ...]]]] = {}
    for rewrite in plan.rewrites:
        by_move: dict[NotePath, list[Span]] = {}
        for span in rewrite.spans:
            by_move.setdefault(max(span.because, key=order.__getitem__), []).append(span)
        for source, spans in by_move.items():
            found.setdefault(source, []).append((rewrite, tuple(spans)))
    return {source: tuple(pairs) for source, pairs in found.items()}


@dataclass(slots=True)
class Progress:
    """What the moves so far did to the plan's paths: where each file lies, what it holds, which spans are done."""

    due: dict[NotePath, Due]
    where: dict[NotePath, NotePath] = field(default_factory=dict)
    holds: dict[NotePath, str] = field(default_factory=dict)
    spans: dict[NotePath, tuple[Span, ...]] = field(default_factory=dict)
    left: set[NotePath] = field(default_factory=set)

    def next(self, move: Move) -> tuple[Move, Due, tuple[ToRewrite, ...]]:
        """A move as it has to be carried out now, and the rewrites that go with it."""
        due = self.due.get(move.source, ())
        wanted: list[ToRewrite] = []
        for rewrite, spans in due:
            if stays := {path for span in spans for path in span.because} & self.left:
                raise Changed(goes_with(stays))
            done = self.spans.get(rewrite.path, ())
            path = self.where.get(rewrite.path, rewrite.path)
            holds = self.holds.get(rewrite.path, rewrite.sha256)
            wanted.append(ToRewrite(path, holds, shifted(spans, done)))
        holds = self.holds.get(move.source, move.sha256)
        return replace(move, sha256=holds), due, tuple(wanted)

    def did(self, move: Move, due: Due, draft: Draft) -> None:
        """A move was carried out."""
        self.where[move.source] = move.target
        for (rewrite, spans), edit in zip(due, draft.edits, strict=True):
            self.spans[rewrite.path] = (*self.spans.get(rewrite.path, ()), *spans)
            self.holds[rewrite.path] = edit.after

    def as_now(self) -> Progress:
        """The same, to go back to."""
        return replace(
            self, where=dict(self.where), holds=dict(self.holds), spans=dict(self.spans), left=set(self.left)
        )

"""A vault and chosen notes in, the whole plan out: every move and every link that changes, before anything does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from vaultprune.model import Canvas, Move, Note, NotePath, Plan, Rewrite, Skipped
from vaultprune.moving import Places, grouped, plan_id, too_long
from vaultprune.plan.changes import NEVER_REWRITTEN, Change, Moved, Settled
from vaultprune.plan.rewriting import CannotRewrite, Opened, Written, refuse_unclear, rewrite
from vaultprune.plan.staying import OnDisk, Reasons
from vaultprune.plan.warnings import warnings
from vaultprune.vault import Vault
from vaultprune.words import safe

Contents = Callable[[NotePath], bytes | None]
"""The bytes of a file as they are now; None if it cannot be read, or not whole."""


def ordinary(path: NotePath) -> OnDisk:
    """What is taken for granted of a file where nobody looked."""
    return OnDisk()


def make_plan(
    vault: Vault,
    chosen: Sequence[NotePath],
    contents: Contents,
    *,
    even_protected: bool = False,
    decided: Mapping[NotePath, str] | None = None,
    on_disk: Callable[[NotePath], OnDisk] = ordinary,
) -> Plan:
    """What setting these notes aside takes, in the order in which they were chosen. Nothing is changed by it.

    Notes that have to go together stand in one row, where the first of them would. `decided` has the SHA-256 of notes
    as they were when somebody decided on them. A note that may not be moved, and one some link of which could not be
    kept right with certainty, is skipped and says why. Every link of the vault that means a file means the same one
    afterwards, wherever that then lies.
    """
    work = _Work(vault, contents, on_disk, Reasons(vault, even_protected), decided or {})
    skipped: dict[NotePath, str] = {}
    moves: dict[NotePath, NotePath] = {}
    places = Places((file.path for file in vault.snapshot.files), vault.config.archive_folder)
    for path in dict.fromkeys(chosen):
        why = work.stays(path)
        target = None if why else places.place(path, vault.snapshot.taken_at.date())
        if target is not None:
            why = too_long(target)
        if target is None or why:
            skipped[path] = why
        else:
            moves[path] = target
    while True:
        moved = Moved(vault.graph, moves)
        changes = moved.changes()
        rewrites, settled, failed = work.rewrites(moved, changes)
        if not failed:
            break
        skipped.update(failed)
        moves = {path: target for path, target in moves.items() if path not in failed}
    together, order = grouped(list(moves), moved.together(settled))
    ordered = tuple(work.move(path, moves[path]) for path in order)
    return Plan(
        plan_id(ordered, rewrites),
        ordered,
        rewrites,
        tuple(Skipped(path, skipped[path]) for path in dict.fromkeys(chosen) if path in skipped),
        tuple(warnings(vault, moved, changes, contents)),
        together,
    )


@dataclass
class _Work:
    """What is known of the files so far: each is read once."""

    vault: Vault
    contents: Contents
    on_disk: Callable[[NotePath], OnDisk]
    reasons: Reasons
    decided: Mapping[NotePath, str]
    _read: dict[NotePath, Opened | str] = field(default_factory=dict)
    _sources: dict[NotePath, Note | Canvas] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sources.update((note.path, note) for note in self.vault.snapshot.notes)
        self._sources.update((canvas.path, canvas) for canvas in self.vault.snapshot.canvases)

    def stays(self, path: NotePath) -> str:
        """Why a chosen note stays; "" if it can go."""
        why = self.reasons.of_note(path)
        if why:
            return why
        found = self.open(path)
        if isinstance(found, str):
            return f"it is {found}"
        if path in self.decided and self.decided[path] != found.digest:
            return "it was edited after you decided"
        return ""

    def open(self, path: NotePath) -> Opened | str:
        """A source with its bytes, or why it can be neither moved nor rewritten."""
        if path not in self._read:
            self._read[path] = self._opened(path)
        return self._read[path]

    def _opened(self, path: NotePath) -> Opened | str:
        why = self.reasons.of_file(path, self.on_disk(path))
        if why:
            return why
        data = self.contents(path)
        if data is None:
            return "not to be read any more"
        found = Opened(self._sources[path], data)
        return found if found.read(data) == found.source else "not as it was when the vault was read"

    def move(self, path: NotePath, target: NotePath) -> Move:
        """The move of a note that can go."""
        found = self.open(path)
        if isinstance(found, str):
            raise ValueError(f"{path} cannot go: it is {found}")
        return Move(path, target, found.digest, len(found.data))

    def rewrites(
        self, moved: Moved, changes: Iterable[Change]
    ) -> tuple[tuple[Rewrite, ...], dict[int, Settled], dict[NotePath, str]]:
        """What has to be rewritten, by file and by link; or the moves that cannot be because of it, and why."""
        wanted = [change for change in changes if change.link.kind not in NEVER_REWRITTEN]
        groups = {path: tuple(group) for path, group in groupby(wanted, key=lambda change: change.source)}
        found: list[Rewrite] = []
        settled: dict[int, Settled] = {}
        failed: dict[NotePath, str] = {}
        for step in (self._refuse, self._rewrite):  # what costs nothing comes first
            for path, group in groups.items():
                try:
                    for written, links in step(path, group, moved):
                        found.append(written)
                        settled.update(links)
                except CannotRewrite as error:
                    for source in error.because or moved.moves:
                        failed.setdefault(source, str(error))
            if failed:
                break
        return tuple(sorted(found, key=lambda rewrite: rewrite.path)), settled, failed

    def _refuse(self, path: NotePath, changes: Sequence[Change], moved: Moved) -> Iterator[Written]:
        refuse_unclear(self._sources[path], changes, moved)
        return iter(())

    def _rewrite(self, path: NotePath, changes: Sequence[Change], moved: Moved) -> Iterator[Written]:
        file = self.open(path)
        if isinstance(file, str):
            because = [source for change in changes for source in moved.because(change, None)]
            raise CannotRewrite(f"{safe(path)}, whose links would change, is {file}", because)
        yield rewrite(file, changes, moved)

"""A batch or single notes in, the plan that brings them back out: undo and restore are plans like any other.

Where a rewritten file is as it was left, its old bytes come back exactly. Where somebody edited it since, the links
that were rewritten are looked for and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from vaultprune.archiving.files import Disk
from vaultprune.archiving.journal import JOURNAL, read_entries
from vaultprune.archiving.locking import said
from vaultprune.archiving.paths import digest, look
from vaultprune.archiving.plan_form import make_plan
from vaultprune.archiving.records import Edit, Entry
from vaultprune.archiving.spans import applied, found_again, inverse, unshifted
from vaultprune.errors import CannotStart
from vaultprune.model import Move, NotePath, Plan, Rewrite, Skipped, Span
from vaultprune.words import safe


def plan_return(vault: Path, *, batch: str | None = None, notes: Sequence[str] = (), device: str | None = None) -> Plan:
    """The plan that takes back a batch, or the notes named by their old or their archived path; newest first.

    What cannot come back is in `skipped`, with why; what was edited since is in `warnings`. `CannotStart` if there is
    no such batch or note. `device` limits a batch to those of one device. Nothing is written.
    """
    disk = Disk(vault)
    entries, _ = read_entries(disk)
    if batch is not None:
        chosen = [entry for entry in entries if _in_batch(entry, batch, device)]
        if not chosen:
            raise CannotStart(f"no batch {safe(batch)} is known in this vault. Nothing has been changed.")
    else:
        chosen = list({entry.unit.id: entry for entry in (_newest(entries, note) for note in notes)}.values())
    try:
        return _Return(disk, entries, chosen).plan()
    except OSError as error:
        raise CannotStart(f"the vault cannot be read: {said(error)}. Nothing has been changed.") from None


def plan_taking_back(disk: Disk, entries: Sequence[Entry], chosen: Sequence[Entry]) -> Plan:
    """The plan that takes back just these of the units, as far as it can be done."""
    return _Return(disk, entries, chosen).plan()


def _in_batch(entry: Entry, batch: str, device: str | None) -> bool:
    unit = entry.unit
    named = batch in (unit.batch, unit.plan, unit.batch.split("-")[0])
    return named and entry.state == "done" and (device is None or unit.device == device)


def _newest(entries: Iterable[Entry], note: str) -> Entry:
    standing = [entry for entry in entries if entry.state == "done" and not entry.undone]
    for entry in reversed(standing):
        if entry.unit.kind == "archive" and note in (entry.unit.move.source, entry.unit.move.target):
            return entry
    raise CannotStart(f"{safe(note)} was not set aside by vaultprune, or is back already. Nothing has been changed.")


class _Return:
    """The making of one plan."""

    def __init__(self, disk: Disk, entries: Sequence[Entry], chosen: Sequence[Entry]) -> None:
        self.disk = disk
        self.entries = entries
        self.chosen = sorted(chosen, key=entries.index, reverse=True)
        self.moves: list[Move] = []
        self.skipped: list[Skipped] = []
        self.warnings: list[str] = []
        self.now: dict[NotePath, tuple[str, bytes]] = {}
        self.spans: dict[NotePath, list[Span]] = {}

    def plan(self) -> Plan:
        """The plan, once."""
        for entry in self.chosen:
            why = "it is back already" if entry.undone else self._move(entry)
            if why:
                self.skipped.append(Skipped(entry.unit.move.target, why))
            else:
                for edit in reversed(entry.unit.edits):
                    self._rewrite(entry, edit)
        rewrites = [
            Rewrite(path, self.now[path][0], tuple(sorted(spans, key=lambda span: span.start)))
            for path, spans in self.spans.items()
            if spans
        ]
        return make_plan(self.moves, rewrites, self.skipped, self.warnings)

    def _move(self, entry: Entry) -> str:
        move, home = entry.unit.move, entry.unit.move.source
        own = entry.unit.own_edit
        left_as = own.after if own else entry.unit.image.sha256
        seen, there = look(self.disk, move.target), look(self.disk, home)
        if seen is None:
            if there is not None and there.sha256 in (left_as, entry.unit.image.sha256):
                return "it is back in its old place, with the same text"
            kept = "/".join((*JOURNAL, entry.unit.device, "blobs", entry.unit.image.sha256))
            return f"it is no longer there; its text is kept in {kept}"
        if there is not None:
            same = there.sha256 == entry.unit.image.sha256
            return f"there is a {safe(home)} again, with {'the same' if same else 'another'} text"
        if not seen.sha256:
            return "it is not a plain file any more"
        if home in {earlier.target for earlier in self.moves}:
            return f"a newer {safe(home)} comes back in its place"
        if seen.sha256 != left_as and not self._rewritten_later(entry, seen.sha256):
            self.warnings.append(f"{safe(move.target)} was edited since; it comes back as it is now")
        self.moves.append(Move(move.target, home, seen.sha256, seen.size, entry.unit.id))
        return ""

    def _rewritten_later(self, entry: Entry, sha256: str) -> bool:
        """Whether the tool itself left the note like that."""
        later = self.entries[self.entries.index(entry) + 1 :]
        return any(edit.after == sha256 for other in later for edit in other.unit.edits)

    def _rewrite(self, entry: Entry, edit: Edit) -> None:
        path = self._followed(entry, edit.path)
        if path not in self.now:
            seen = look(self.disk, path)
            if seen is None or not seen.sha256:
                self.warnings.append(f"{safe(path)}, in which a link was rewritten, is no longer there")
                return
            self.now[path] = (seen.sha256, seen.data)
        data = self.now[path][1]
        earlier = self.spans.setdefault(path, [])
        virtual = applied(data, earlier)
        spans, lost = inverse(edit.spans), 0
        if digest(virtual) != edit.after:
            written = self._bytes(entry, edit.after)
            spans, lost = ((), len(edit.spans)) if written is None else found_again(written, spans, virtual)
        found = unshifted(spans, earlier)
        lost += len(spans) - len(found)
        earlier += [replace(span, because=(entry.unit.move.target,)) for span in found]
        if lost:
            links = "1 link that was rewritten is" if lost == 1 else f"{lost} links that were rewritten are"
            self.warnings.append(f"in {safe(path)}, {links} not found again; nothing else is changed there")

    def _followed(self, entry: Entry, path: NotePath) -> NotePath:
        """Where a file is now that lay at `path` when this unit was carried out."""
        for later in self.entries[self.entries.index(entry) + 1 :]:
            if later.state == "done" and later.unit.move.source == path:
                path = later.unit.move.target
        return path

    def _bytes(self, entry: Entry, sha256: str) -> bytes | None:
        seen = look(self.disk, "/".join((*JOURNAL, entry.unit.device, "blobs", sha256)))
        return seen.data if seen is not None and seen.sha256 == sha256 else None

"""The checklist note of a vault in, what its ticks ask for out; and the note written anew once that was done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from vaultprune.archiving import before_own_write
from vaultprune.cli.acting.past import Files
from vaultprune.decided import months_later, standing
from vaultprune.model import Decision, NotePath
from vaultprune.review.answers import Answer
from vaultprune.review.identity import Identity
from vaultprune.review.meant import Finder
from vaultprune.review.rounds import ReviewNote, review_note
from vaultprune.review.ticked import Ticked, ticked
from vaultprune.vault import Vault

EDITED_SINCE = ""
"""In place of a checksum: no file has this one."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """What is ticked in the checklist note, and what follows for the notes as they are now.

    `aside` are the notes to set aside, each with the SHA-256 that its file must have; `kept` the decisions by which
    others are kept. `remarks` say what is odd, in sentences.
    """

    note: ReviewNote
    found: Ticked = Ticked()
    aside: Mapping[NotePath, str] = field(default_factory=dict)
    kept: tuple[Decision, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know of, whatever is done."""
        return (*self.found.remarks, *self.note.remarks) if self.note.boxes.ticked else self.note.remarks

    @property
    def wait(self) -> bool:
        """Whether there is a tick that would have something done, or that only a person can make clear."""
        as_it_was = any(sha256 != EDITED_SINCE for sha256 in self.aside.values())
        return bool(self.found.unclear or self.note.boxes.unclear or self.kept or as_it_was)


def ticks_in(folder: Path, vault: Vault) -> Ticks:
    """What is ticked in the checklist note of a vault. Nothing is written."""
    files = Files(folder, vault.snapshot)
    note = review_note(vault, files.contents)
    if not note.boxes.ticked:
        return Ticks(note)
    found = ticked(note.boxes, note.copies, Finder(vault, files.digest).find)
    aside = {path: _if_unchanged(folder, files.digest(path), about) for path, about in found.states.items()}
    return Ticks(note, found, aside, tuple(_kept(vault, found.kept)))


def _if_unchanged(folder: Path, now: str | None, then: Identity) -> str:
    """The checksum of a file that is what it was then, but for links that vaultprune rewrote; else none."""
    if now is None:
        return EDITED_SINCE
    if then.is_file(now):
        return now
    earlier = (hashlib.sha256(data).hexdigest() for data in before_own_write(folder, now))
    return now if any(map(then.is_file, earlier)) else EDITED_SINCE


def _kept(vault: Vault, kept: Mapping[NotePath, Answer]) -> Iterator[Decision]:
    """The decisions that are not made yet, each behind the withdrawal of what was decided under another name."""
    at = vault.snapshot.taken_at
    held = [each for each in standing(vault.snapshot, vault.archived) if each.decision.scope == "note"]
    for path, answer in kept.items():
        before = [each.decision for each in held if path in each.paths]
        if any(each.what == "keep" and (each.until is None or answer.months) for each in before):
            continue
        for each in before:
            if each.name.lower() != path.lower():
                yield Decision(at, "forget", "note", each.name)
        yield _keep(vault, path, answer, at)


def _keep(vault: Vault, path: NotePath, answer: Answer, at: datetime) -> Decision:
    number = vault.ids[path]
    until = None if answer.months is None else months_later(at.date(), answer.months)
    body = vault.notes.body_digests[number] if vault.notes.words[number] else None
    return Decision(at, "keep", "note", path, until=until, body_digest=body)

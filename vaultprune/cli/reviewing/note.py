"""Suggestions in, the checklist note in the vault out; and the same once more, with what its ticks left undecided."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vaultprune.archiving import before_own_write, write_own_note
from vaultprune.cli.acting.past import Files, Journals
from vaultprune.cli.acting.ticks import Ticks, ticks_in
from vaultprune.cli.acting.waiting import with_waiting
from vaultprune.cli.asking import Consent, let_through, nothing_begun
from vaultprune.cli.lines import lines_of
from vaultprune.cli.output import show
from vaultprune.cli.places import Place
from vaultprune.cli.reviewing.sought import Review, Sought, reviewed
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import Asked, Recall, answer, judged
from vaultprune.cli.when import moment, seconds_now
from vaultprune.errors import VaultpruneError
from vaultprune.guards import Guard, before_writing, half_there
from vaultprune.model import Memory, NotePath
from vaultprune.reading.surroundings import surroundings
from vaultprune.reports import REPORTS
from vaultprune.reports.page import View
from vaultprune.reports.waiting_text import ticked_line
from vaultprune.review import cards
from vaultprune.review.checklist import checklist, on_the_list, round_name
from vaultprune.review.identity import of_path
from vaultprune.review.rounds import (
    left_line,
    review_note,
    unchanged_line,
    why_not_there,
    written_page,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The checklist note as it would be written at `path`, over what has the SHA-256 `before`; what holds it back."""

    path: NotePath
    name: str
    text: str
    before: str | None
    guards: tuple[Guard, ...]
    told: str

    @property
    def is_there(self) -> bool:
        """Whether the note reads like that already."""
        return self.before == hashlib.sha256(self.text.encode()).hexdigest()

    def write(self, place: Place) -> None:
        """Write it into the vault. Raises what `write_own_note` raises, and then the note is as it was."""
        write_own_note(place.folder, self.path, self.text, self.before)


def write_checklist(sought: Sought, consent: Consent, shape: View) -> None:
    """Write the suggestions into the checklist note, and say so; or print its text, in a dry run."""
    with nothing_begun():
        draft = reviewed(sought, lambda review: drafted(sought.place, review, shape))
        if isinstance(draft, str):
            show(draft)
            return
        if consent.dry_run:
            show(draft.text)
            for guard in draft.guards:
                sought.screen.warn(f"it would not be written now, because {guard.says}. {guard.advice}")
            return
        let_through(draft.name, draft.guards, Consent(True, approve=consent.approve), "")
    draft.write(sought.place)
    show(draft.told)


def drafted(place: Place, review: Review, shape: View) -> Draft | str:
    """The note, or what is said where there is nothing to write into one."""
    vault = review.judgement.vault
    ticks = ticks_in(place.folder, vault)
    listed = on_the_list(review.judgement, review.cards)
    note = ticks.note
    if not listed and not note.data:
        return REPORTS["text"](review.judgement, with_waiting(place, vault, shape))
    past = Journals(place.folder).past()
    around = surroundings(place.folder, vault.config.archive_folder, vault.snapshot, seconds_now())
    # to write a note beside the others does no harm to what the app is doing with them
    guards = [guard for guard in before_writing(around, past) if guard.name != "app-running"]
    guards += [guard for guard in (half_there(vault, past), *_of_the_note(ticks, why_not_there(vault, note))) if guard]
    return Draft(
        note.path,
        round_name(review.judgement, listed),
        checklist(review.judgement, listed, note.path),
        None if note.data is None else hashlib.sha256(note.data).hexdigest(),
        tuple(guards),
        written_page(review.judgement, note.path, len(listed), shape),
    )


def _of_the_note(ticks: Ticks, why: str | None) -> Sequence[Guard]:
    """What holds it back that has to do with the note itself."""
    found = [Guard("review-note", why, final=True)] if why else []
    if ticks.wait:
        says = ticked_line(ticks.note.boxes.ticked, ticks.note.path)
        advice = "Carry that out first: vaultprune apply. Or untick them."
        found.append(Guard("ticked-boxes", says, advice, final=True))
    return found


def write_anew(place: Place, screen: Screen, ticks: Ticks, sources: Sequence[NotePath]) -> str:
    """Once the ticks were followed: the same round once more, without what was decided; what there is to say of it.

    It stays as it is where it was changed meanwhile, and where one of the `sources` was not moved after all.
    """
    asked = {box.about.place: box.about for box in ticks.note.boxes.found}

    def made(memory: Memory) -> _Anew | str:
        judgement = judged(place, Asked(), moment(None), screen, memory)
        vault = judgement.vault
        files = Files(place.folder, vault.snapshot)
        note = review_note(vault, files.contents)
        if any(files.contents(source) is not None for source in sources):
            return "not every note could be set aside"
        if not _is_as_read(place.folder, note.data, ticks):
            return "it was changed meanwhile"
        undecided = [
            number
            for number in judgement.order
            if (about := asked.get(of_path(vault.notes.paths[number]))) is not None
            and about.is_file(files.digest(vault.notes.paths[number]))
        ]
        dealt = cards(judgement, files.contents, lines_of(place.folder, vault.snapshot), undecided)
        left = on_the_list(judgement, dealt)
        before = hashlib.sha256(note.data or b"").hexdigest()
        return _Anew(note.path, checklist(judgement, left, note.path), before, len(left))

    try:
        anew = answer(place, Recall(cache=True, keeps=True), made, lambda _: None)
        if isinstance(anew, str):
            return unchanged_line(ticks.note.path, anew)
        write_own_note(place.folder, anew.path, anew.text, anew.before)
    except VaultpruneError as error:
        screen.warn(f"the review is as it was: {error}")
        return ""
    return left_line(anew.path, anew.many)


@dataclass(frozen=True, slots=True)
class _Anew:
    """The checklist note as it is written anew, over what has the SHA-256 `before`, with so many notes in it."""

    path: NotePath
    text: str
    before: str
    many: int


def _is_as_read(folder: Path, data: bytes | None, ticks: Ticks) -> bool:
    """Whether the note is what its ticks were read from, but for links in it that vaultprune rewrote since."""
    read = ticks.note.data
    if data is None or data == read:
        return data is not None
    return any(before == read for before in before_own_write(folder, hashlib.sha256(data).hexdigest()))

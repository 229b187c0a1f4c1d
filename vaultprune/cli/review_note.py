"""Suggestions in, the checklist note in the vault out; and the same once more, with what its ticks left undecided."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vaultprune.archiving import before_own_write, write_own_note
from vaultprune.cli.acting_past import Files, Journals
from vaultprune.cli.acting_ticks import Ticks, ticks_in
from vaultprune.cli.acting_waiting import with_waiting
from vaultprune.cli.asking import Consent, let_through, nothing_begun
from vaultprune.cli.lines import lines_of
from vaultprune.cli.output import show
from vaultprune.cli.places import Place
from vaultprune.cli.reviewing import Review, Sought, reviewed
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import Asked, Recall, answer, judged
from vaultprune.cli.when import moment, seconds_now
from vaultprune.errors import VaultpruneError
from vaultprune.guards import Guard, before_writing, half_there
from vaultprune.model import Memory, NotePath
from vaultprune.reading.surroundings import surroundings
from vaultprune.reports import REPORTS
from vaultprune.reports.page import View
from vaultprune.review import cards
from vaultprune.review.checklist import checklist, on_the_list, round_name
from vaultprune.review.identity import of_path
from vaultprune.review.rounds import left_line, review_note, ticked_line, why_not_there, written_page


@dataclass(frozen=True, slots=True)
class _Draft:
    """The checklist note as it would be written at `path`, over what has the SHA-256 `before`; what holds it back."""

    path: NotePath
    name: str
    text: str
    before: str | None
    guards: tuple[Guard, ...]
    told: str


def write_checklist(sought: Sought, consent: Consent, shape: View) -> None:
    """Write the suggestions into the checklist note, and say so; or print its text, in a dry run."""
    with nothing_begun():
        draft = reviewed(sought, lambda review: _draft(sought.place, review, shape))
        if isinstance(draft, str):
            show(draft)
            return
        if consent.dry_run:
            show(draft.text)
            for guard in draft.guards:
                sought.screen.warn(f"it would not be written now, because {guard.says}. {guard.advice}")
            return
        let_through(draft.name, draft.guards, Consent(True, approve=consent.approve), "")
    write_own_note(sought.place.folder, draft.path, draft.text, draft.before)
    show(draft.told)


def _draft(place: Place, review: Review, shape: View) -> _Draft | str:
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
    return _Draft(
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
    ticked = ticked_line(ticks.note) if ticks.wait else None
    if ticked:
        advice = "Carry that out first: vaultprune apply. Or untick them."
        found.append(Guard("ticked-boxes", ticked, advice, final=True))
    return found


def write_anew(place: Place, screen: Screen, ticks: Ticks, sources: Sequence[NotePath]) -> str | None:
    """Once the ticks were followed: the same round once more, without what was decided; what there is to say of it.

    It stays as it is where it was changed meanwhile, and where one of the `sources` was not moved after all.
    """
    asked = {box.about.place for box in ticks.note.boxes.found}

    def made(memory: Memory) -> tuple[NotePath, str, str, int] | None:
        judgement = judged(place, Asked(), moment(None), screen, memory)
        snapshot = judgement.vault.snapshot
        files = Files(place.folder, snapshot)
        note = review_note(judgement.vault, files.contents)
        moved = all(files.contents(source) is None for source in sources)
        if not moved or not _is_as_read(place.folder, note.data, ticks):
            return None
        dealt = cards(judgement, files.contents, lines_of(place.folder, snapshot))
        left = [card for card in on_the_list(judgement, dealt) if of_path(card.path) in asked]
        data = note.data or b""
        return note.path, checklist(judgement, left, note.path), hashlib.sha256(data).hexdigest(), len(left)

    try:
        anew = answer(place, Recall(cache=True, keeps=True), made, lambda _: None)
        if anew is None:
            return None
        path, text, before, many = anew
        write_own_note(place.folder, path, text, before)
    except VaultpruneError as error:
        screen.warn(f"the review is as it was: {error}")
        return None
    return left_line(path, many)


def _is_as_read(folder: Path, data: bytes | None, ticks: Ticks) -> bool:
    """Whether the note is what its ticks were read from, but for links in it that vaultprune rewrote since."""
    read = ticks.note.data
    if data is None or data == read:
        return data is not None
    return any(before == read for before in before_own_write(folder, hashlib.sha256(data).hexdigest()))

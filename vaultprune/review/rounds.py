"""A vault and the bytes of its files in, the checklist note of its review out: where it lies, its boxes, its copies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vaultprune.graph import FileIndex
from vaultprune.model import NotePath
from vaultprune.notes import own_notes
from vaultprune.reports.heading import title_line
from vaultprune.reports.page import Page, View, command
from vaultprune.review.boxes import Boxes, boxes
from vaultprune.review.cards import Contents
from vaultprune.review.checklist import PROPERTY
from vaultprune.vault import Index, within
from vaultprune.verdict import Judgement
from vaultprune.words import count, safe, title


@dataclass(frozen=True, slots=True)
class Copy:
    """Another note that was the checklist note once, or is a copy of it that a sync program or a person made."""

    path: NotePath
    boxes: Boxes
    same_round: bool


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """The checklist note as it is now; `data` is None where there is none. Only its own boxes are carried out."""

    path: NotePath
    data: bytes | None = None
    boxes: Boxes = Boxes()
    others: tuple[Copy, ...] = ()

    @property
    def copies(self) -> tuple[Boxes, ...]:
        """The boxes of what else was made in the same round: they can speak against a tick."""
        return tuple(other.boxes for other in self.others if other.same_round)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is odd about the others, in sentences."""
        return tuple(self._remarks())

    def _remarks(self) -> Iterator[str]:
        for other in self.others:
            shown, many = f'"{title(other.path)}"', other.boxes.ticked
            are = "is" if many == 1 else "are"
            if other.same_round:
                yield f"{shown} is a copy of the review: a tick counts if it is in both; delete it once they are alike"
            elif many:
                ticked = f"{count(many, 'box', 'boxes')} {are} ticked in {shown}, and left alone"
                yield f"{ticked}: the place of the review is {_named(self.path)}"


def review_note(vault: Index, contents: Contents) -> ReviewNote:
    """The checklist note of a vault, at the place that the settings name. An empty note there may become it."""
    rounds = _rounds(vault)
    wanted = vault.config.review_note
    path = next((path for path in rounds if path.lower() == wanted.lower()), None)
    if path is None:
        there = next((each for each in vault.notes.paths if each.lower() == wanted.lower()), None)
        data = None if there is None or contents(there) != b"" else b""
        place = NotePath(wanted) if there is None else there
        return ReviewNote(place, data, others=tuple(_others(vault, rounds, None, contents)))
    data = contents(path)
    others = tuple(_others(vault, rounds, path, contents))
    return ReviewNote(path, data, Boxes() if data is None else boxes(data), others)


def _rounds(vault: Index) -> Mapping[NotePath, str]:
    """The notes that are, or were, the checklist note, each with the name of its round; not those in the archive."""
    found: dict[NotePath, str] = {}
    for number in sorted(own_notes(vault.notes)):
        note = vault.notes[number]
        for key, value in note.properties:
            if key.lower() == PROPERTY and note.path not in vault.archived:
                found[note.path] = str(value)
    return found


def _others(vault: Index, rounds: Mapping[NotePath, str], path: NotePath | None, contents: Contents) -> Iterator[Copy]:
    same = None if path is None else rounds[path]
    for other, its_round in rounds.items():
        data = contents(other) if other != path else None
        if data is not None:
            yield Copy(other, boxes(data), its_round == same)


def why_not_there(vault: Index, note: ReviewNote) -> str | None:
    """Why the checklist note cannot be made at its place, in a sentence; None if it can, or is there already."""
    setting = "Choose another place with the setting review_note."
    if within(note.path, vault.config.archive_folder):
        return f"{safe(note.path)} would lie in the archive. {setting}"
    if note.data is not None:
        return None
    if any(file.path.lower() == note.path.lower() for file in vault.snapshot.files):
        return f"there is a note {_named(note.path)} that vaultprune did not write, and it is left as it is. {setting}"
    for other in note.others:
        if other.boxes.ticked:
            return (
                f"the review lies in {_named(other.path)}, and boxes are ticked in it. Move it back to "
                f'{_named(note.path)}, or say review_note = "{safe(other.path)}" in the settings.'
            )
    name = note.path.rpartition("/")[2]
    namesakes = [file.path for file in vault.snapshot.files if file.path.lower().endswith(f"/{name.lower()}")]
    if namesakes:
        found = FileIndex([*namesakes, note.path]).resolve(name.removesuffix(".md"), NotePath("x.md"))
        if note.path in found:
            return f"links to {_named(name)} lead to {_named(namesakes[0])}, and would lead elsewhere then. {setting}"
    return None


def _named(path: str) -> str:
    return f'"{title(path)}"'


def written_page(judgement: Judgement, path: NotePath, many: int, view: View) -> str:
    """That the note was written, and what to do next."""
    page = Page(view)
    page.heading(title_line(judgement.vault))
    if many:
        stand = "1 note stands" if many == 1 else f"{many:,} notes stand"
        page.say(f"{stand} in {_named(path)}, each with boxes to tick. No other note was touched.")
        page.gap()
        page.commands([("Carry out what is ticked", command(view, "apply"))])
    else:
        page.say(f"There is nothing to suggest, and {_named(path)} says so. No other note was touched.")
    return page.text()


def unchanged_line(path: NotePath, why: str) -> str:
    """That the note was not written anew."""
    return f"{_named(path)} is as it was, since {why}."


def left_line(path: NotePath, many: int) -> str:
    """What is left in the note once it was written anew."""
    if not many:
        return f"Nothing is left in {_named(path)}."
    return f"{count(many, 'note')} {'is' if many == 1 else 'are'} left in {_named(path)}, not ticked."

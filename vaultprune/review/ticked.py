"""The boxes of the checklist note and of its copies in, what was answered for which note out, and what is odd.

Where the boxes of a note do not agree, nothing is decided about it. So whatever goes wrong with such a note, a note is
set aside only if its box is ticked wherever it stands, and nothing else is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vaultprune.model import NotePath
from vaultprune.review.answers import ARCHIVE, KEEP, Answer, snooze
from vaultprune.review.boxes import Box, Boxes
from vaultprune.review.identity import Identity
from vaultprune.review.meant import Meant
from vaultprune.words import count, title

LATER = snooze(6)
"""What the second of the smaller boxes says."""

_MARKS: Mapping[str, Mapping[str, Answer]] = {
    "note": {"x": ARCHIVE, "X": ARCHIVE, "-": KEEP, ">": LATER},
    "keep": {"x": KEEP, "X": KEEP},
    "snooze": {"x": LATER, "X": LATER},
}
"""What a mark in a box says; any other says nothing that we know."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """What was answered, by the note's path as it is now. `states` tells what each note to set aside must still be.

    About the `unclear` ones something was ticked that cannot be followed; `remarks` say what is odd.
    """

    answers: Mapping[NotePath, Answer] = field(default_factory=dict)
    states: Mapping[NotePath, Identity] = field(default_factory=dict)
    unclear: frozenset[NotePath] = frozenset()
    remarks: tuple[str, ...] = ()

    @property
    def kept(self) -> Mapping[NotePath, Answer]:
        """The answers by which a note is kept, for good or for some months."""
        return {path: answer for path, answer in self.answers.items() if answer != ARCHIVE}


def ticked(note: Boxes, copies: Sequence[Boxes], find: Callable[[Identity], Meant]) -> Ticked:
    """What the boxes of the checklist note say. The `copies` of it can only speak against it."""
    by_note = _by_identity([*note.found, *(box for copy in copies for box in copy.found)])
    wanted = {box.about for box in note.found if box.is_ticked}
    said = {about: _said(boxes) for about, boxes in by_note.items() if about in wanted}
    meant = {about: find(about) for about in said}
    by_path: dict[NotePath, set[Answer | str]] = {}
    states: dict[NotePath, Identity] = {}
    for about, says in said.items():
        path = meant[about].path
        if path is not None:
            by_path.setdefault(path, set()).add(says)
            states[path] = about
    agreed = {path: _agreed(says) for path, says in sorted(by_path.items())}
    clear = {path: says for path, says in agreed.items() if isinstance(says, Answer)}
    odd = [f"{title(path)}: {says}, so nothing is decided" for path, says in agreed.items() if isinstance(says, str)]
    why = [each.why for each in meant.values()]
    return Ticked(
        clear,
        {path: about for path, about in states.items() if clear.get(path) == ARCHIVE},
        frozenset(agreed) - frozenset(clear),
        (*odd, *_about_none(Counter(why)), *_lines(note)),
    )


_NONE = {
    "archived": ("that lies in the archive by now", "that lie in the archive by now"),
    "gone": ("that cannot be found any more", "that cannot be found any more"),
    "several": (
        "that was renamed and could be one of several",
        "that were renamed, and each could be one of several",
    ),
}
_TWO = "two boxes are ticked"
_TWICE = "its box stands there more than once, and not each is ticked"
_UNKNOWN = "the mark in its box is none that vaultprune knows"


def _by_identity(found: Iterable[Box]) -> Mapping[Identity, Sequence[Box]]:
    by_note: dict[Identity, list[Box]] = {}
    for box in found:
        by_note.setdefault(box.about, []).append(box)
    return by_note


def _said(boxes: Sequence[Box]) -> Answer | str:
    """What the boxes with one identity say together, or why that cannot be told."""
    marked = [box for box in boxes if box.is_ticked]
    said = {_MARKS[box.part].get(box.mark) for box in marked}
    if len(said - {None}) > 1:
        return _TWO
    if None in said:
        return _UNKNOWN
    [answer] = said
    assert answer is not None
    if answer == ARCHIVE and any(box.part == "note" and not box.is_ticked for box in boxes):
        return _TWICE
    return answer


def _agreed(said: Collection[Answer | str]) -> Answer | str:
    """What is said of a note by all the names under which it stands there, or why that cannot be told."""
    if len(said) == 1:
        return next(iter(said))
    return min((why for why in said if isinstance(why, str)), default=_TWO)


def _about_none(why: Mapping[str, int]) -> Iterable[str]:
    for reason, says in _NONE.items():
        if many := why.get(reason, 0):
            are = "is about a note" if many == 1 else "are about notes"
            yield f"{count(many, 'ticked box', 'ticked boxes')} {are} {says[many > 1]}"


def _lines(note: Boxes) -> Iterable[str]:
    if note.unclear:
        yield f"{count(len(note.unclear), 'line')} with more than one box: nobody can tell which of them is ticked"

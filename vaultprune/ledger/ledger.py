"""A vault in, its ledger out: what was seen of its notes, look by look, and how it is asked and added to."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from vaultprune.ledger.backup import Learned, learn
from vaultprune.ledger.blocks import IN_A_BLOCK, Entry, Known, entry
from vaultprune.ledger.contents import Contents
from vaultprune.ledger.looking import Left, Look, Noticed
from vaultprune.ledger.newest import COMPARED, compared, differing, is_as_seen, lies_ahead
from vaultprune.ledger.ours import NOTHING, Ours
from vaultprune.ledger.place import ledger_file, take_over
from vaultprune.ledger.recalling import WeeksBefore, monday, observed, weeks_before
from vaultprune.ledger.records import About, Damaged, Record, Round, without
from vaultprune.ledger.store import CannotKeep, Rows, asides, opened, set_aside, writing
from vaultprune.ledger.whole import whole
from vaultprune.model import Counts, NotePath, Observed, Snapshot, Watched
from vaultprune.notes import Notes
from vaultprune.words import safe

T = TypeVar("T")

ANOTHER = "another vault's"
MORE_BLOCKS = 32
"""So many blocks more than it takes to hold all notes may there be, until they are written anew."""
KEPT_WEEKS = 60
"""Weeks of which it is kept what their reports said."""

NONE_YET = "nobody has looked at this vault yet"


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the look at a snapshot left known. It holds as long as the ledger has the same `stamp`."""

    snapshot: Snapshot
    stamp: str
    left: Left


class Ledger:
    """What this machine has seen of one vault. Nothing is opened before something is asked.

    What `observe` found out is kept: asked about the same snapshot, it need not be read again.

    A ledger that is gone, damaged or another vault's costs what it knew and nothing else: it is set aside as a file
    beside the new one, and the next `Observed.odd` says so. Where the disk refuses, `CannotKeep` is raised by what
    writes, and what reads says that nothing is known.
    """

    def __init__(self, vault: Path, name: str | None = None, *, archive: str = "", folder: Path | None = None) -> None:
        self.place = ledger_file(vault, name, folder)
        self._path = os.path.realpath(vault)
        self._name = name
        self._archive = archive
        self._looked: _Looked | None = None

    # --- asking -------------------------------------------------------------------------------------

    def key(self) -> str:
        """The same as long as what the ledger knows is the same. It opens one file and reads a row."""
        try:
            with opened(self.place) as rows:
                about = self._about(rows) if rows else None
        except Damaged:
            return "damaged"
        except CannotKeep as reason:
            return str(reason)
        return about.stamp if about else ""

    def recall(self, snapshot: Snapshot, ours: Ours = NOTHING) -> Observed:
        """What is known of the notes of this snapshot, as if it had been looked at just now; nothing is written.

        A note that was renamed since the newest look is found by its text. For a moment before the newest look,
        only what was known then is told.
        """
        now = Contents(snapshot, self._archive)
        try:
            with opened(self.place) as rows:
                about = self._about(rows) if rows else None
                if rows is None or about is None:
                    return Observed(absent=NONE_YET)
                rounds = rows.rounds()
                if now.at < about.at:
                    return observed(about, *_of_then(rows.notes(about)), rounds, now.day, now.day)
                left = self._left(rows, about, now, ours)
        except Damaged:
            odd = "The ledger of this vault cannot be read as it should; the next look sets it aside and begins anew."
            return Observed(absent="its ledger is damaged", odd=odd)
        except CannotKeep as reason:
            return Observed(absent=f"its ledger cannot be read: {reason}")
        day = max(now.day, *about.looks)
        looks = tuple(sorted({*about.looks, day}))
        return observed(about._replace(looks=looks), now.paths, left, rounds, day, now.day)

    def watched(self, snapshot: Snapshot | None = None, ours: Ours = NOTHING) -> Watched | None:
        """What is known of the vault as a whole, None where that is nothing; of its notes as if looked at just now.

        Without a snapshot nothing is told of the notes.
        """
        with suppress(Damaged, CannotKeep), opened(self.place) as rows:
            about = self._about(rows) if rows else None
            if rows is None or about is None or not about.looks:
                return None
            if snapshot is None:
                return whole(about.looks, (), rows.rounds())
            now = Contents(snapshot, self._archive)
            look = Look(about, rows.notes(about), now, ours, differing(about, now))
            look.take()
            return whole(sorted({*about.looks, look.day}), look.records(), rows.rounds())
        return None

    def weeks_before(self, day: int) -> WeeksBefore | None:
        """What the reports of the weeks before that of this day suggested; None if there were none."""
        try:
            with opened(self.place) as rows:
                about = self._about(rows) if rows else None
                if rows is None or about is None:
                    return None
                return weeks_before(rows.rounds(), rows.notes(about).alive, day)
        except (Damaged, CannotKeep):
            return None

    # --- adding to it -------------------------------------------------------------------------------

    def observe(self, snapshot: Snapshot, ours: Ours = NOTHING) -> Noticed:
        """Look at the vault and remember what is not as it was. Nothing is written if all is as it was today before."""
        now = Contents(snapshot, self._archive)
        self.place = take_over(self.place, self._name)
        seen = self._as_before(now)
        return seen if seen is not None else self._writing(lambda rows, odd: self._look(rows, now, ours, odd))

    def learn(self, backup: Snapshot, taken: int) -> Learned:
        """Take in how the notes were on an earlier day, from a copy of the vault made then."""

        def change(rows: Rows, _odd: str | None) -> Learned:
            about = self._about(rows)
            if about is None:
                raise CannotKeep(NONE_YET)
            known = rows.notes(about)
            changed, found = learn(known, Contents(backup, self._archive), taken)
            looks = tuple(sorted({*about.looks, taken}))
            if changed or looks != about.looks:
                after = about._replace(stamp=_stamp(), looks=looks)
                rows.put_about(_written(rows, after, known.written, sorted(changed.items())))
            return found

        return self._writing(change)

    def remember_round(
        self, day: int, weak: Iterable[NotePath], suggested: Iterable[NotePath], counts: Counts | None = None
    ) -> None:
        """Which notes a report found weak on this day and which it suggested; the last report of a week holds."""
        weak, suggested = list(weak), list(suggested)

        def change(rows: Rows, _odd: str | None) -> None:
            about = self._about(rows)
            if about is None:
                raise CannotKeep(NONE_YET)
            numbers = self._numbers(rows, about, {*weak, *suggested})
            rounds = rows.rounds()
            week = monday(day)
            before = rounds.get(week, Round())
            found = tuple(sorted(numbers[path] for path in suggested if path in numbers))
            shown = dict(before.shown)
            for number in found:
                first, last = shown.get(number, (day, day))
                shown[number] = (min(first, day), max(last, day))
            counted = () if counts is None else (day, *counts)
            new = Round(tuple(sorted(numbers[path] for path in weak if path in numbers)), found, shown, counted)
            if new != before or week not in rounds:  # a week in which nothing was suggested is one all the same
                rows.put_round(week, new)
                rows.remove_rounds(week - KEPT_WEEKS * 7)
                if any(later > week for later in rounds):  # what a later week's report goes by is not as it was
                    rows.put_about(about._replace(stamp=_stamp()))

        self._writing(change)

    def knows(self, path: NotePath) -> bool:
        """Whether anything is kept of a note that has or had this path."""
        try:
            with opened(self.place) as rows:
                about = self._about(rows) if rows else None
                return rows is not None and about is not None and bool(_having(path, rows.notes(about)))
        except (Damaged, CannotKeep):
            return False

    def forget(self, path: NotePath) -> bool:
        """Take out all that is kept of the notes that have or had this path; whether there was any.

        What other notes link to stands with those notes, and what was set aside stays as it is.
        """

        def change(rows: Rows, _odd: str | None) -> bool:
            about = self._about(rows)
            if about is None:
                raise CannotKeep(NONE_YET)
            known = rows.notes(about)
            numbers = _having(path, known)
            if not numbers:
                return False
            blocks = rows.rewrite_notes(known.entries(frozenset(numbers)))
            for week, round_ in rows.rounds().items():
                rows.put_round(week, without(round_, frozenset(numbers)))
            left = len(known) - len(numbers)
            open_notes = tuple(each for each in about.open_notes if each != path)
            recent = tuple(each for each in about.recent if each != path)
            after = about._replace(stamp=_stamp(), text_stamp="", notes=left, blocks=blocks)
            rows.put_about(after._replace(open_notes=open_notes, recent=recent))
            return True

        return self.knows(path) and self._writing(change)

    def aside(self) -> tuple[Path, ...]:
        """The ledgers that were set aside here, oldest first."""
        return asides(self.place)

    # --- the steps ----------------------------------------------------------------------------------

    def _as_before(self, now: Contents) -> Noticed | None:
        """That all is as it was today before, if that can be told by a single row."""
        try:
            with opened(self.place) as rows:
                about = self._about(rows) if rows else None
        except (Damaged, CannotKeep):
            return None
        if about is None:
            return None
        if late := lies_ahead(about, now):
            return late
        if is_as_seen(about, now) and now.day <= about.looks[-1]:
            return Noticed(len(now.paths), since=about.looks[-1])
        return None

    def _look(self, rows: Rows, now: Contents, ours: Ours, odd: str | None) -> Noticed:
        vault = f"id {self._name}" if self._name else f"path {self._path}"
        about = self._about(rows) or About(vault, self._path, odd=odd)
        if late := lies_ahead(about, now):  # another run was faster
            return late
        known = rows.notes(about) if about.looks else Known()
        rows.rounds()  # not needed here, but if they are damaged this is where it is put right
        look = Look(about, known, now, ours, differing(about, now))
        noticed = look.take()
        app = now.snapshot.app
        looks = about.looks if look.day in about.looks else (*about.looks, look.day)
        after = about._replace(
            vault=vault,
            path=self._path,
            text_stamp=now.snapshot.text_stamp,
            looks=looks,
            notes=look.many(),
            open_notes=app.open_notes,
            recent=app.last_opened,
        )
        if look.changed or after._replace(text_stamp="") != about._replace(text_stamp=""):
            after = _written(rows, after._replace(stamp=_stamp(), at=now.at), known.written, look.to_write())
            rows.put_about(after)
            self._looked = _Looked(now.snapshot, after.stamp, look.left())
            return replace(noticed, wrote=True, odd=odd)
        self._looked = _Looked(now.snapshot, about.stamp, look.left())
        # the cache remembers that these contents are known, so that the next look need not compare them again
        now.snapshot.memory.keep(COMPARED, compared(about, now.snapshot.text_stamp), lambda: {"": b""})
        return noticed

    def _about(self, rows: Rows) -> About | None:
        about = rows.about()
        if about is not None and about.vault not in (f"path {self._path}", f"id {self._name}"):
            raise Damaged(ANOTHER)
        return about

    def _left(self, rows: Rows, about: About, now: Contents, ours: Ours) -> Left:
        """What is known of the notes that are there: by this run's look at them, else by one that is not written."""
        looked = self._looked
        if looked is not None and (looked.snapshot is now.snapshot and looked.stamp == about.stamp):
            return looked.left
        look = Look(about, rows.notes(about), now, ours, differing(about, now))
        look.take()
        return look.left()

    def _numbers(self, rows: Rows, about: About, paths: set[NotePath]) -> Mapping[NotePath, int]:
        """The numbers of those of these notes that are there."""
        looked = self._looked
        if looked is None or looked.stamp != about.stamp:
            return rows.notes(about).alive
        there = zip(Notes.of(looked.snapshot.notes).paths, looked.left.numbers, strict=True)
        return {path: number for path, number in there if number and path in paths}

    def _writing(self, change: Callable[[Rows, str | None], T]) -> T:
        """Change the ledger; one that is damaged is set aside first, and a new one begun."""
        odd: str | None = None
        for _ in range(2):
            try:
                with writing(self.place) as rows:
                    return change(rows, odd)
            except Damaged as reason:
                aside = set_aside(self.place, self._is_bad)
                if aside is not None:
                    odd = _begun_anew(reason, aside)
        raise CannotKeep("it is damaged again and again")

    def _is_bad(self) -> bool:
        try:
            with opened(self.place) as rows:
                if rows is None:
                    return False
                about = self._about(rows)
                rows.rounds()
                if about is None or not rows.is_whole():
                    return True
                for _record in rows.notes(about).values():  # each of them can be made
                    pass
                return False
        except Damaged:
            return True
        except CannotKeep:
            return False


def _of_then(known: Known) -> tuple[list[NotePath], Left]:
    """What is known of the notes that the newest look saw."""
    there = sorted(known.alive.items())
    records = [known[number]._replace(names=()) for _, number in there]
    columns = (array("I", [number for _, number in there]), *(array("I", [each.first for each in records]),) * 2)
    return [path for path, _ in there], Left(*columns, dict(enumerate(records)))


def _written(rows: Rows, about: About, stand: int, changed: Iterable[tuple[int, Record]]) -> About:
    """Write these notes where so many stand, and say how many blocks there are; too many are put in order."""
    many = stand

    def counted() -> Iterator[Entry]:
        nonlocal many
        for number, record in changed:
            many += 1
            yield entry(number, record)

    after = about._replace(blocks=rows.put_notes(counted(), about.blocks))
    if after.blocks > 2 * (after.notes // IN_A_BLOCK) + MORE_BLOCKS or many > 2 * after.notes + IN_A_BLOCK:
        return after._replace(blocks=rows.rewrite_notes(rows.notes(after).entries()))
    return after


def _begun_anew(reason: Damaged, aside: Path) -> str:
    what = "was another vault's" if str(reason) == ANOTHER else "was damaged"
    return (
        f"The ledger of this vault {what} and was begun anew, so that earlier looks are forgotten. "
        f"The old file lies beside the new one: {safe(aside.name)}."
    )


def _having(path: NotePath, known: Mapping[int, Record]) -> list[int]:
    """The notes that have or had a path."""
    return [
        number for number, each in known.items() if path == each.path or any(path == old for old, _ in each.formerly)
    ]


def _stamp() -> str:
    return os.urandom(12).hex()

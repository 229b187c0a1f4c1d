"""What the journal keeps of old runs in, the page that shows what would go out; and what is left afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vaultprune.model import NotePath
from vaultprune.reports.doctoring_text import size_told
from vaultprune.reports.page import Command, Page, View, command
from vaultprune.words import count, day, safe, shortened

SHOWN = 10


@dataclass(frozen=True, slots=True)
class OldRun:
    """One run: how many notes it moved, and how many of them nothing has taken back. `first` is its first record."""

    batch: str
    device: str
    first: str
    day: date
    kind: Literal["archive", "return"]
    notes: int
    standing: int


@dataclass(frozen=True, slots=True)
class Clearance:
    """Which runs are forgotten, how much goes and which files stay, and what that means for the notes.

    `there` are notes of these runs that lie in the archive, `left` the runs that can still be undone.
    """

    before: date
    runs: Sequence[OldRun]
    files: int
    size: int
    kept: Sequence[str]
    there: Sequence[NotePath]
    left: Sequence[OldRun]


def clearing_text(
    goes: Clearance,
    view: View,
    *,
    then: Sequence[tuple[str, Command]] = (),
    remarks: Sequence[str] = (),
    changed: str = "",
) -> str:
    """Which runs would be forgotten, what that means for the notes, and what can be undone all the same."""
    page = Page(view)
    if not goes.files:
        page.say(f"Nothing is kept of a run of this device from before {day(goes.before)}.")
    else:
        page.say(
            f"{count(goes.files, 'file')} of the journal would go, {size_told(goes.size)}: what it keeps of "
            f"{count(len(goes.runs), 'run')} of this device from before {day(goes.before)}."
        )
        _list(page, [_told(run) for run in goes.runs])
    if goes.there:
        page.gap()
        lie = "note of these runs still lies" if len(goes.there) == 1 else "notes of these runs still lie"
        page.say(
            f"{len(goes.there):,} {lie} in the archive. Afterwards a person can bring them back, no longer a command:"
        )
        _list(page, [shortened(safe(path), view.width - 2) for path in goes.there])
    if goes.files:
        page.gap()
        _left(page, goes.left, "After that")
        page.say("The notes themselves are not touched.")
    for remark in remarks:
        page.gap()
        page.say(remark)
    return page.ended(then, changed)


def cleared_text(gone: Clearance, view: View) -> str:
    """What went, what stayed all the same, and what can be undone still."""
    page = Page(view)
    page.gap()
    page.say(f"{count(gone.files, 'file')} cleared away, {size_told(gone.size)}.")
    if gone.kept:
        are = "file is" if len(gone.kept) == 1 else "files are"
        page.say(
            f"{len(gone.kept):,} {are} left in the journal's swap/: an editor wrote there what stands nowhere else."
        )
    _left(page, gone.left, "Now")
    return page.text()


def _left(page: Page, left: Sequence[OldRun], when: str) -> None:
    """What can be undone afterwards."""
    if not left:
        page.say(f"{when} no run can be undone by command.")
        return
    can = "run can" if len(left) == 1 else "runs can"
    page.say(f"{when} {len(left):,} {can} still be undone, the last one of {_told(left[-1])}:")
    page.lines.append("  " + " ".join(command(page.view, "undo", f"--batch {left[-1].batch}")))


def _told(run: OldRun) -> str:
    did = "set aside" if run.kind == "archive" else "brought back"
    back = run.notes - run.standing
    more = "" if not back or run.kind == "return" else f", {back:,} of them back already"
    return f"{day(run.day)}, {count(run.notes, 'note')} {did}{more}"


def _list(page: Page, lines: Sequence[str]) -> None:
    shown = lines[: page.view.shown(SHOWN)]
    page.lines += [f"  {line}" for line in shown]
    if len(shown) < len(lines):
        page.lines.append(f"  ... and {len(lines) - len(shown):,} more: --limit {len(lines)}")

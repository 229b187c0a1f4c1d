"""What waits for the owner of a vault in, a line for each out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from vaultprune.decided import Standing
from vaultprune.model import NotePath, Stray
from vaultprune.reports.decisions import waiting_line
from vaultprune.reports.page import View, command, inline
from vaultprune.revival import CameBack, Needs
from vaultprune.words import count, title


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the owner of a vault. `odd`: why the journal does not tell, in a sentence; "" where it does.

    `ticked` are how many boxes of the checklist note, and its path; `last` the day of the last run that set notes
    aside, and how many of them are still there.
    """

    decided: Sequence[Standing] = ()
    ticked: tuple[int, NotePath] | None = None
    interrupted: NotePath | None = None
    strays: Sequence[Stray] = ()
    needs: Needs = field(default_factory=Needs)
    back: CameBack | None = None
    last: tuple[date, int] | None = None
    odd: str = ""


def told(waits: Waiting, view: View, *, in_full: bool) -> tuple[str, ...]:
    """The lines; `in_full` tells of the last run as well."""
    lines = [waiting_line(waits.decided, view)] if waits.decided else []
    if waits.ticked is not None:
        lines.append(f"{ticked_line(*waits.ticked)}: {inline(command(view, 'apply'))}")
    if waits.odd:
        return (*lines, waits.odd)
    if waits.back is None:
        return tuple(lines)
    from vaultprune.reports.revive_text import came_back_line, last_run_line, waiting_lines  # where there is an archive

    if in_full and waits.last is not None:
        lines.append(last_run_line(*waits.last, waits.back, view))
    lines += waiting_lines(waits.needs, waits.interrupted, view, waits.strays)
    if waits.back.notes and not (in_full and waits.last is not None):
        lines.append(came_back_line(waits.back))
    return tuple(lines)


def ticked_line(many: int, path: NotePath) -> str:
    """`7 boxes are ticked in "Review"`."""
    return f'{count(many, "box", "boxes")} {"is" if many == 1 else "are"} ticked in "{title(path)}"'

"""A vault's folder in, the vault as it was at moments of its git history out, oldest first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from vaultprune.config import Config
from vaultprune.model import (
    AppSettings,
    Base,
    Canvas,
    Decision,
    History,
    Note,
    NotePath,
    Past,
    Snapshot,
)
from vaultprune.reading.app_settings import read_app_settings, settings_in
from vaultprune.reading.changes import Difference
from vaultprune.reading.decisions import read_decisions
from vaultprune.reading.git import Pair, PairOfNote, Progress, Steps, differences, history_until
from vaultprune.reading.git_commands import Git, GitFails
from vaultprune.reading.git_follow import walk_back
from vaultprune.reading.git_line import Line
from vaultprune.reading.git_tree import tree_at
from vaultprune.reading.past_files import CommittedAppFiles, Shelf, files_of, has_app_files, indexed
from vaultprune.reading.past_moments import Span, broken, half_years, regular, repository, span
from vaultprune.words import day


def read_past(
    folder: Path, config: Config, now: datetime, windows: int, progress: Progress | None = None
) -> Iterator[Past]:
    """The vault at `windows` moments at most, each 180 days before the next, and last at its newest commit.

    Every moment is the end of a local day by the offset of `now`, and has at least 180 days of history behind it; what
    is later than `now` is left out. Each is as if the program had been run then in a copy of the commit that held: no
    later commit has any part in it. The vault itself is not looked at, except for the decisions made by then, and for
    the app's settings (not its bookmarks or tabs) where they are never committed. Only what changed from one moment to
    the next is read and parsed. Raises `CannotStart`, with what would help, where there is no such history.
    """
    return _read(folder, config, now, progress, lambda within: half_years(within, windows))


def read_regularly(
    folder: Path, config: Config, now: datetime, periods: int, months: int | None, progress: Progress | None = None
) -> Iterator[Past]:
    """The same at moments so many months apart, however young the history was then; `None` chooses by its length."""
    return _read(folder, config, now, progress, lambda within: regular(within, periods, months))


def _read(
    folder: Path,
    config: Config,
    now: datetime,
    progress: Progress | None,
    moments: Callable[[Span], Sequence[datetime]],
) -> Iterator[Past]:
    tell = progress or _silent
    tell("reading git history", 0, 1)
    try:
        git, prefix = repository(folder, config)
        line = Line.of(git)
    except GitFails:
        raise broken() from None
    return _Reader(folder, git, prefix, line, tell).past(moments(span(line, prefix, now)))


@dataclass(slots=True)
class _Reader:
    """One pass over a history, moment by moment."""

    folder: Path
    git: Git
    prefix: str
    line: Line
    tell: Progress
    commits_settings: bool = False
    known: dict[PairOfNote, Difference] = field(default_factory=dict)

    def past(self, moments: Sequence[datetime]) -> Iterator[Past]:
        shelf = Shelf(self.git, self.tell)
        self.commits_settings = has_app_files(tree_at(self.git, self.line.line[-1][0], self.prefix))
        decisions, _ = read_decisions(self.folder)
        before: frozenset[str] = frozenset()
        notes_before: frozenset[NotePath] = frozenset()
        for number, moment in enumerate(moments):
            self.tell(f"replaying {day(moment.date())}", number, len(moments))
            commit = self.line.at(moment.timestamp())
            if commit is None:
                continue
            behind = self.line.behind(commit)
            tree = tree_at(self.git, commit, self.prefix)
            listed = indexed(tree)
            parsed = shelf.take(listed)
            notes = tuple(each for each in parsed if isinstance(each, Note))
            paths = frozenset(note.path for note in notes)
            snapshot = Snapshot(
                name=os.path.basename(os.path.abspath(self.folder)),
                taken_at=moment,
                files=files_of(listed, int(moment.timestamp() + 1) * 1_000_000_000),
                notes=notes,
                canvases=tuple(each for each in parsed if isinstance(each, Canvas)),
                bases=tuple(each for each in parsed if isinstance(each, Base)),
                app=self._app(tree, paths),
                history=self._history(behind, paths, moment.timestamp()),
                decisions=_by(decisions, moment),
            )
            yield Past(snapshot, self._became(behind - before, paths, notes_before))
            before, notes_before = behind, paths

    def _history(self, behind: frozenset[str], notes: frozenset[NotePath], until: float) -> History:
        commits, times = self.line.part(behind)
        steps, _ = walk_back(commits, times, self._owners(notes))
        return history_until(steps, times, until, self._differences)

    def _differences(self, steps: Steps) -> Mapping[Pair, Difference]:
        found, of_notes = differences(self.git, steps, None, self.tell, self.known)
        self.known |= of_notes
        return found

    def _became(
        self, between: frozenset[str], notes: frozenset[NotePath], before: frozenset[NotePath]
    ) -> dict[NotePath, NotePath]:
        """What the notes of the moment before are called now, by what was moved in between."""
        _, owners = walk_back(*self.line.part(between), self._owners(notes))
        names = {NotePath(path.removeprefix(self.prefix)): note for path, note in owners.items()}
        return {old: names[old] for old in before if old in names}

    def _owners(self, notes: frozenset[NotePath]) -> dict[str, NotePath]:
        return {self.prefix + note: note for note in notes}

    def _app(self, tree: Mapping[str, str], notes: frozenset[NotePath]) -> AppSettings:
        """The app's settings of then; where they are never committed those of today, without what was pinned since."""
        files = CommittedAppFiles.of(self.git, tree)
        if files is not None:
            return settings_in(files, sorted(notes))[0]
        if self.commits_settings:
            return AppSettings()
        today, _ = read_app_settings(self.folder, sorted(notes))
        return today._replace(bookmarks=(), bookmarked_folders=(), open_notes=(), last_opened=(), named_by_plugins=())


def _by(decisions: Sequence[Decision], moment: datetime) -> tuple[Decision, ...]:
    return tuple(decision for decision in decisions if decision.at <= moment)


def _silent(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody asked for."""

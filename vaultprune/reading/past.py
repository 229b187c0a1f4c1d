"""A vault's folder in, the vault as it was every half-year of its git history out, oldest first."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path

from vaultprune.config import Config
from vaultprune.errors import CannotStart
from vaultprune.model import (
    HORIZON,
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
from vaultprune.reading.git import Pair, PairOfNote, Progress, Steps, differences, history_until, is_partial, place_in
from vaultprune.reading.git_commands import Git, GitFails
from vaultprune.reading.git_follow import walk_back
from vaultprune.reading.git_line import Line
from vaultprune.reading.git_tree import tree_at
from vaultprune.reading.past_files import CommittedAppFiles, Shelf, files_of, has_app_files, indexed
from vaultprune.words import count, day, safe

BEFORE = 180
"""Days of history that a moment must have behind it: with fewer, nothing goes by git."""

_NOTHING = "Nothing has been changed."
_ONLY_GIT = "only a history tells what became of the notes that would have been suggested."
_ENOUGH = (
    f"A vault kept in git for {BEFORE + HORIZON} days is enough for a first answer: vaultprune backtest PATH. If yours "
    "is not in git, it can be from today on, by hand or by a plugin of the app.\n"
    f"What was measured on other people's vaults stands in docs/how-it-decides.md. {_NOTHING}"
)


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
    tell = progress or _silent
    tell("reading git history", 0, 1)
    try:
        git, prefix = _repository(folder, config)
        line = Line.of(git)
    except GitFails:
        raise CannotStart(f"its git history cannot be read. {_NOTHING}") from None
    moments = _moments(line, prefix, now, windows)
    return _Reader(folder, git, prefix, line, tell).past(moments)


def _repository(folder: Path, config: Config) -> tuple[Git, str]:
    """Git for this vault, and where in its repository it lies. Raises `CannotStart`, or `GitFails` if it is broken."""
    if "git" not in config.dates:
        raise CannotStart(f'the setting "dates" leaves git out, and {_ONLY_GIT}\n{_ENOUGH}')
    try:
        git = Git.here(folder)
    except GitFails:
        raise CannotStart(f"git is not installed here, and {_ONLY_GIT} {_NOTHING}") from None
    try:
        prefix = place_in(git)
        git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except GitFails:
        name = safe(os.path.basename(os.path.abspath(folder)))
        raise CannotStart(f'"{name}" has no git history, and {_ONLY_GIT}\n{_ENOUGH}') from None
    if prefix is None:
        raise CannotStart(
            "this copy's git history was cut off when it was cloned; git fetch --unshallow brings the rest. " + _NOTHING
        )
    if is_partial(git):
        raise CannotStart(
            "this copy left the contents of its git history on the server, and nothing is fetched from here. Run it "
            f"on a whole copy, as git clone makes one without --filter. {_NOTHING}"
        )
    return git, prefix


def _moments(line: Line, prefix: str, now: datetime, windows: int) -> list[datetime]:
    """The moments to look at, oldest first: the last is the end of the history."""
    zone = now.tzinfo or UTC
    times = [
        when
        for commit, when in zip(line.log, line.times, strict=True)
        if when <= now.timestamp() and any(touch.path.startswith(prefix) for touch in commit.touches)
    ]
    if not times:
        raise CannotStart(f"its git history knows no notes by {day(now.date())}. {_NOTHING}")
    first = _local(min(times), zone)
    last = min(now, _end_of_day(_local(max(times), zone)))
    moments = [last]
    while len(moments) <= windows:
        before = _end_of_day(moments[-1] - timedelta(days=HORIZON))
        if (before.date() - first.date()).days < BEFORE:
            break
        moments.append(before)
    if len(moments) == 1:
        enough = first.date() + timedelta(days=BEFORE + HORIZON)
        spans = count((last.date() - first.date()).days, "day")
        raise CannotStart(
            f"its git history is too short to replay: it spans {spans}, from {day(first.date())} to "
            f"{day(last.date())}. {BEFORE} days must pass before git is gone by, and {HORIZON} more to see what came "
            f"of it, so there can be a first answer on {day(enough)}. {_NOTHING}"
        )
    return moments[::-1]


def _local(seconds: float, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone)


def _end_of_day(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(23, 59, 59), moment.tzinfo)


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
        return replace(today, bookmarks=(), bookmarked_folders=(), open_notes=(), last_opened=(), named_by_plugins=())


def _by(decisions: Sequence[Decision], moment: datetime) -> tuple[Decision, ...]:
    return tuple(decision for decision in decisions if decision.at <= moment)


def _silent(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody asked for."""

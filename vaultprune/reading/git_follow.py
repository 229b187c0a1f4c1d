"""Git's log in, the steps of each note out, under whatever names it went through."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from vaultprune.model import NotePath

DAY = 86_400
MOVE_WITHIN = 2 * DAY  # a sync program deletes here now and adds there tomorrow
BULK_SPREAD = 30 * DAY
COMMIT_FORMAT = "%x01%at %ct %H"
_NAMED_ALIKE = ("readme", "index", "_index", "untitled")


class Touch(NamedTuple):
    """One file of one commit: `A`dded, `M`odified, `D`eleted or `R`enamed from `was`, with its blobs."""

    status: str
    old: str
    new: str
    path: str
    was: str


class Commit(NamedTuple):
    """One commit's two times, in seconds since 1970, the notes it touched, and its name."""

    authored: int
    committed: int
    touches: list[Touch]
    name: str = ""


How: TypeAlias = Literal["created", "changed", "moved"]


class Step(NamedTuple):
    """What one commit (its place in the log, newest first) did to one note."""

    commit: int
    how: How
    old: str
    new: str


def commits_of(log: bytes) -> list[Commit]:
    """The commits of `git log --raw -z --format=COMMIT_FORMAT`, in its order. Only plain files count as touched."""
    commits: list[Commit] = []
    fields = iter(log.decode("utf-8", "surrogateescape").split("\0"))
    for part in fields:
        # No path is ever looked at here: each raw line says how many of them follow, and they are taken at once.
        text = part.lstrip("\n")
        if text.startswith("\x01"):
            authored, committed, name = text[1:].split()
            commits.append(Commit(int(authored), int(committed), [], name))
        elif text.startswith(":") and commits:
            old_mode, new_mode, old, new, status = text[1:].split(" ")
            path = was = next(fields, "")
            if status[0] in "RC":
                path = next(fields, "")
            if status[0] == "C":
                status, was = "A", path
            plain = (old_mode if status[0] == "D" else new_mode).startswith("100")
            if plain:
                commits[-1].touches.append(Touch("M" if status[0] == "T" else status[0], old, new, path, was))
    return [commit for commit in commits if commit.touches]


def times_of(commits: Sequence[Commit]) -> list[int]:
    """When each commit was made: its commit time, or the author's where the history was rewritten in bulk."""
    rewritten = was_rewritten(commits)
    return [commit.authored if rewritten else commit.committed for commit in commits]


def was_rewritten(commits: Sequence[Commit]) -> bool:
    """Whether the history was rewritten in bulk, so that its commit times tell nothing.

    Rewriting leaves the commit times bunched, all of them or more than half on one day, while the
    author times stay spread over more than a month.
    """
    committed = sorted(commit.committed for commit in commits)
    authored = sorted(commit.authored for commit in commits)
    if not commits:
        return False
    spread = authored[-1] - authored[0]
    rewritten = spread > BULK_SPREAD and spread > 1.5 * (committed[-1] - committed[0])
    half = len(commits) // 2
    start = min(
        committed[: len(commits) - half], key=lambda time: committed[bisect_left(committed, time) + half] - time
    )
    if not rewritten and committed[bisect_left(committed, start) + half] - start <= DAY:
        bunch = [commit.authored for commit in commits if start <= commit.committed <= start + DAY]
        rewritten = max(bunch) - min(bunch) > BULK_SPREAD
    return rewritten


@dataclass(slots=True)
class _Deletion:
    """A file that went, until it is known to have come back somewhere."""

    commit: int
    time: int
    blob: str
    path: str
    taken: bool = False


@dataclass(slots=True)
class _Walk:
    """The way back through the log: which note each path is at the moment looked at."""

    times: Sequence[int]
    owners: dict[str, NotePath]
    deletions: Mapping[str, list[_Deletion]]
    by_blob: Mapping[tuple[int, str], list[_Deletion]]
    steps: dict[NotePath, list[Step]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    """Changes of paths that are no note's yet: a branch may have edited under the old name what another renamed."""

    def over(self, number: int, touches: Iterable[Touch]) -> None:
        """Go back over one commit. All of its touches are looked up before any name changes: two notes may swap."""
        gone: list[str] = []
        came: dict[str, NotePath] = {}
        for touch in touches:
            note = self.owners.get(touch.path)
            if note is None:
                self._of_nobody(number, touch)
            elif touch.status == "R":
                self._step(note, Step(number, "moved" if touch.old == touch.new else "changed", touch.old, touch.new))
                gone.append(touch.path)
                came[touch.was] = note
            elif touch.status == "A":
                source = self._source(number, touch)
                if source is None:
                    self._step(note, Step(number, "created", "", touch.new))
                else:
                    source.taken = True
                    same = source.blob == touch.new
                    if not same or source.path != touch.path:
                        self._step(note, Step(number, "moved" if same else "changed", source.blob, touch.new))
                    gone.append(touch.path)
                    came[source.path] = note
            elif touch.status == "M" and touch.old != touch.new:
                self._step(note, Step(number, "changed", touch.old, touch.new))
        for path in gone:
            self.owners.pop(path, None)
        for path, note in came.items():
            self.owners[path] = note
            self.steps[note].extend(self.waiting.pop(path, ()))

    def _step(self, note: NotePath, step: Step) -> None:
        self.steps[note].append(step)

    def _of_nobody(self, number: int, touch: Touch) -> None:
        if touch.status == "M" and touch.old != touch.new:
            self.waiting[touch.path].append(Step(number, "changed", touch.old, touch.new))
        else:
            self.waiting.pop(touch.path, None)  # what was edited here is a note that is gone

    def _source(self, number: int, touch: Touch) -> _Deletion | None:
        """The deletion that this addition is the other half of, if it is one."""
        for deletion in self.by_blob.get((number, touch.new), ()):
            if not deletion.taken:
                return deletion
        base = _base(touch.path)
        near = [
            deletion
            for deletion in self.deletions.get(base, ())
            if not deletion.taken and abs(deletion.time - self.times[number]) <= MOVE_WITHIN
        ]
        near.sort(key=lambda deletion: (deletion.path != touch.path, abs(deletion.time - self.times[number])))
        for deletion in near:
            if deletion.blob == touch.new or deletion.path == touch.path:
                return deletion
        if base.startswith(_NAMED_ALIKE) or len({deletion.path for deletion in near}) != 1:
            return None
        return near[0]


def follow(
    commits: Sequence[Commit], times: Sequence[int], owners: Mapping[str, NotePath]
) -> dict[NotePath, list[Step]]:
    """The steps of each note, newest first. `owners` says which note each path is in the newest commit.

    Renames are followed backwards, those that git found and those it could not: the same content, or the
    same name (unless half the folders have one), deleted and added within two days. A path that was deleted
    and came back later is taken for the same note.
    """
    return walk_back(commits, times, owners)[0]


def walk_back(
    commits: Sequence[Commit], times: Sequence[int], owners: Mapping[str, NotePath]
) -> tuple[dict[NotePath, list[Step]], dict[str, NotePath]]:
    """The same, and with it which note each path was before the oldest of these commits."""
    deletions: dict[str, list[_Deletion]] = defaultdict(list)
    by_blob: dict[tuple[int, str], list[_Deletion]] = defaultdict(list)
    for number, commit in enumerate(commits):
        for touch in commit.touches:
            if touch.status == "D":
                deletion = _Deletion(number, times[number], touch.old, touch.path)
                deletions[_base(touch.path)].append(deletion)
                by_blob[number, touch.old].append(deletion)
    walk = _Walk(times, dict(owners), deletions, by_blob)
    for number, commit in enumerate(commits):
        walk.over(number, commit.touches)
    return {note: steps for note, steps in walk.steps.items() if steps}, walk.owners


def _base(path: str) -> str:
    return path.rsplit("/", 1)[-1].lower()

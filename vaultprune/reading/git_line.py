"""A repository in, the line of its commits out: when each was made, and which of them held at a given moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vaultprune.reading.git import is_partial, log_of
from vaultprune.reading.git_commands import Git
from vaultprune.reading.git_follow import Commit, was_rewritten


@dataclass(frozen=True, slots=True)
class Line:
    """The commits that the vault went through, and the log of all that led to them.

    `line` are their names and times, oldest first: the newest commit, its first parent, and so on. `parents` are those
    of every commit; `log` are the commits that touched a note, newest first, with `times` beside them, by one clock.
    """

    line: Sequence[tuple[str, int]]
    parents: Mapping[str, Sequence[str]]
    log: Sequence[Commit]
    times: Sequence[int]

    @classmethod
    def of(cls, git: Git) -> Line:
        """The line of a repository. Raises `GitFails` if it cannot be read."""
        log = log_of(git, is_partial(git))
        by_author = was_rewritten(log)
        told = git.ask("log", "--no-show-signature", "--no-color", "--format=%H %at %ct %P", "HEAD")
        parents: dict[str, Sequence[str]] = {}
        when: dict[str, int] = {}
        newest = ""
        for each in told.decode("ascii").splitlines():
            name, authored, committed, *before = each.split()
            newest = newest or name
            parents[name] = before
            when[name] = int(authored if by_author else committed)
        line = []
        while newest in parents:
            line.append((newest, when[newest]))
            newest = next(iter(parents[newest]), "")
        times = [commit.authored if by_author else commit.committed for commit in log]
        return cls(line[::-1], parents, log, times)

    def at(self, moment: float) -> str | None:
        """The commit that held at a moment; none before the first.

        A clock that was wrong for some commits must not show the future: the line is cut where the fewest of its
        commits stand on the wrong side, and of several such places at the oldest.
        """
        best = cost = sum(time <= moment for _, time in self.line)
        found = None
        for name, time in self.line:
            cost += 1 if time > moment else -1
            if cost < best:
                best, found = cost, name
        return found

    def behind(self, commit: str) -> frozenset[str]:
        """A commit and all that led to it."""
        found, waiting = set(), [commit]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.parents.get(name, ()))
        return frozenset(found)

    def part(self, names: frozenset[str]) -> tuple[list[Commit], list[int]]:
        """The log of these commits alone, with their times."""
        both = [each for each in zip(self.log, self.times, strict=True) if each[0].name in names]
        return [commit for commit, _ in both], [time for _, time in both]

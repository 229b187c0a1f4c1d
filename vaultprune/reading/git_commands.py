"""Questions to git in, its answers as bytes out: it runs nothing of the vault's, asks nobody and fetches nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

SETTINGS = (
    "protocol.allow=never",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    "log.showRoot=true",
    "log.follow=false",
    "diff.relative=false",
    "core.quotePath=false",
)
"""Laid over every configuration: what would run a program, and what would change the form of the answers."""

_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES")
_TIME_LIMIT = 300  # seconds; a share that hangs must not hang the run for ever
_LARGEST = 8_000_000  # bytes; nobody wrote a longer note by hand
_AT_ONCE = 256  # requests that fit into a pipe together, so that neither side can wait for the other


class GitFails(Exception):
    """Git is not here, or could not answer."""


@dataclass(frozen=True, slots=True)
class Git:
    """Git, asked about one folder."""

    program: str
    folder: Path

    @classmethod
    def here(cls, folder: Path) -> Git:
        """Git for this folder. Raises `GitFails` where it is not installed."""
        program = shutil.which("git")
        if program is None:
            raise GitFails
        return cls(os.path.abspath(program), folder)

    def ask(self, *question: str) -> bytes:
        """The answer. Raises `GitFails` if there is none."""
        try:
            answer = subprocess.run(
                self._command(question),
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_TIME_LIMIT,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as reason:
            raise GitFails from reason
        return answer.stdout

    def contents(self, blobs: Iterable[str]) -> Iterator[bytes | None]:
        """What these blobs hold, one for each, in order; `None` where it is not here or is no note any more."""
        with (
            suppress(BrokenPipeError),  # what was still to be asked when git ended
            subprocess.Popen(
                self._command(("cat-file", "--batch")),
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ) as process,
        ):
            try:
                yield from _answers(process, iter(blobs))
            finally:
                process.kill()

    def local_objects(self) -> frozenset[str]:
        """The names of all objects that are in this copy, without asking anyone for those that are not."""
        answer = self.ask("cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
        return frozenset(answer.decode("ascii").split())

    def _command(self, question: Iterable[str]) -> list[str]:
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        return [self.program, "--no-optional-locks", "--no-pager", "-C", os.fspath(self.folder), *settings, *question]


def _answers(process: subprocess.Popen[bytes], blobs: Iterator[str]) -> Iterator[bytes | None]:
    asked, answered = process.stdin, process.stdout
    if asked is None or answered is None:
        raise GitFails
    while batch := tuple(islice(blobs, _AT_ONCE)):
        try:
            asked.write("".join(f"{blob}\n" for blob in batch).encode("ascii"))
            asked.flush()
        except OSError:  # git has ended on a damaged object: what is left is not to be had
            yield from (None for _ in batch)
            continue
        for _ in batch:
            head = answered.readline().split()
            if len(head) != 3:
                yield None
                continue
            left = int(head[2])
            if left <= _LARGEST and head[1] == b"blob":
                yield answered.read(left)
            else:
                _skip(answered, left)
                yield None
            answered.read(1)


def _skip(answered: IO[bytes], left: int) -> None:
    while left > 0 and (piece := answered.read(min(left, 1 << 20))):
        left -= len(piece)


def environment() -> dict[str, str]:
    """The environment without what would lead git elsewhere, and with what keeps it at home and silent."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_") or name in _KEPT}
    return {
        **kept,
        "GIT_ALLOW_PROTOCOL": "none",  # stronger than protocol.ext.allow=always in the vault's own configuration
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }

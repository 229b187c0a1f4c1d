"""Real repositories in one line, and what is read from them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path

from vaultprune.model import History, NotePath
from vaultprune.reading.git import read_history

NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
LONG = "".join(f"Line {number} of a note that is long enough to be known again.\n" for number in range(12))


class Repository:
    """A real repository whose commits are made at the days that a test names."""

    def __init__(self, root: Path, **init: str) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *(f"--{name.replace('_', '-')}={value}" for name, value in init.items()))

    def git(self, *question: str, when: str = "2024-01-01", written: str | None = None) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        about = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always")
        answer = subprocess.run(
            ["git", *about, *question],
            cwd=self.root,
            check=True,
            capture_output=True,
            env={
                **kept,
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_COMMITTER_DATE": _moment(when),
                "GIT_AUTHOR_DATE": _moment(written or when),
            },
        )
        return answer.stdout.decode("utf-8", "replace").strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        for path, content in files.items():
            target = self.root / path
            if content is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, day: str, files: Mapping[str, str | bytes | None], written: str | None = None) -> None:
        self.write(files)
        self.git("add", "-A", when=day)
        self.git("commit", "-q", "--allow-empty", "-m", "x", when=day, written=written)

    def move(self, day: str, old: str, new: str) -> None:
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)
        self.commit(day, {})


def _moment(day: str) -> str:
    return day if "T" in day else f"{day}T12:00:00+0000"


def history_of(folder: Path, now: datetime = NOW) -> History:
    """The history of the notes that lie in this folder now."""
    root = os.fsencode(folder)
    notes = [
        NotePath(os.fsdecode(os.path.relpath(os.path.join(where, name), root)))
        for where, folders, names in os.walk(root)
        for name in names
        if name.endswith(b".md") and b"/.git" not in where
        if folders is not None
    ]
    return read_history(folder, notes, lambda note: (folder / note).read_bytes(), now)


def told(history: History, note: str) -> list[tuple[str, str]]:
    """A note's changes as (day, kind), oldest first."""
    return [
        (datetime.fromtimestamp(change.time, UTC).date().isoformat(), change.kind)
        for change in history.changes.get(NotePath(note), ())
    ]


def edited(history: History) -> Collection[str]:
    return sorted(history.edited_since)

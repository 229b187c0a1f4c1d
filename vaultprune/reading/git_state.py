"""A vault's folder in, in a few words the state of its repository out: as long as they are the same, so is its log."""

from __future__ import annotations

import os
from pathlib import Path

from vaultprune.reading.git_commands import Git, GitFails

NOT_INSTALLED = "git is not installed"
NO_HISTORY = "no git history here"
_MARKS = (".git", "HEAD")


def is_in_no_repository(folder: Path) -> bool:
    """Whether no folder from this one upward could be a repository, which git then need not be asked."""
    place = os.path.realpath(folder)
    while True:
        if any(os.path.lexists(os.path.join(place, mark)) for mark in _MARKS):
            return False
        above = os.path.dirname(place)
        if above == place:
            return True
        place = above


def state_of(git: Git) -> str | None:
    """The newest commit, where the vault lies below its repository, and whatever else the log depends on.

    None where that cannot be told for certain: in a shallow or partial copy, or with parts of the history replaced.
    """
    try:
        answer = git.ask("rev-parse", "--show-prefix", "--is-shallow-repository", "--git-common-dir", "HEAD^{commit}")
        lines = answer.decode("utf-8", "surrogateescape").split("\n")
        if len(lines) != 5 or lines[1] != "false":
            return None
        common = os.path.join(os.path.realpath(git.folder), lines[2])
        config = _bytes(common, "config")
        if b"promisor" in config or b"partialclone" in config.lower():
            return None
        replaced = b"refs/replace/" in _bytes(common, "packed-refs")
        if replaced or _any(common, "refs", "replace") or _any(common, "info", "grafts"):
            return None
    except (GitFails, OSError):
        return None
    return f"{lines[0]}\n{lines[3]}\n{config.decode('latin-1')}"


def _bytes(*place: str) -> bytes:
    try:
        with open(os.path.join(*place), "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""


def _any(*place: str) -> bool:
    """Whether there is such a file, or a folder that is not empty."""
    whole = os.path.join(*place)
    return bool(os.listdir(whole)) if os.path.isdir(whole) else os.path.lexists(whole)

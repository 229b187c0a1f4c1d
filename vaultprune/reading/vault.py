"""A vault's folder and the settings in, a Snapshot out: the walk, the parsing, the app's settings, git, decisions."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from vaultprune.config import Config
from vaultprune.errors import CannotStart
from vaultprune.model import FORGETFUL, File, History, Memory, NotePath, Problem, Snapshot
from vaultprune.notes import Files
from vaultprune.reading.app_settings import read_app_settings
from vaultprune.reading.contents import whole_bytes
from vaultprune.reading.decisions import read_decisions
from vaultprune.reading.places import outer_vault
from vaultprune.reading.remembered import Contents, read_contents
from vaultprune.reading.walk import Walked, walk
from vaultprune.words import safe

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def read_vault(
    folder: Path,
    config: Config,
    taken_at: datetime,
    progress: Progress | None = None,
    memory: Memory = FORGETFUL,
) -> Snapshot:
    """The vault as it lies on disk, whole. Nothing in it is changed, not even a time.

    Files come in path order. What is odd about single files stands in `problems`, in path order, and never ends the
    run; `CannotStart` is raised only if `folder` is no folder or cannot be listed. What `memory` knows of files that
    are as they were is not read again; the outcome is the same with any memory, and with none.
    """
    tell = progress or _silent
    name = os.path.basename(os.path.abspath(folder))
    if not os.path.isdir(folder):
        raise CannotStart(f'there is no folder "{safe(name)}" to read as a vault. Nothing has been changed.')
    walked = walk(os.fspath(folder))
    found = read_contents(os.fspath(folder), walked, memory, taken_at, tell)
    app, app_problems = read_app_settings(folder, found.notes.paths)
    decisions, decision_problems = read_decisions(folder)
    problems = [*walked.problems, *app_problems, *decision_problems]
    for row in found.notes.problems.known.values():
        problems.extend(row)
    for canvas in found.canvases:
        problems.extend(canvas.problems)
    for base in found.bases:
        problems.extend(base.problems)
    return Snapshot(
        name=name,
        taken_at=taken_at,
        files=walked.files,
        notes=found.notes,
        canvases=found.canvases,
        bases=found.bases,
        app=app,
        history=_history(folder, config, walked, found, memory, taken_at, tell),
        decisions=decisions,
        problems=tuple(sorted(problems, key=_by_place)),
        warnings=_warnings(folder),
        memory=memory,
        stamp=found.stamp,
        text_stamp=found.text_stamp,
        since=found.since,
    )


def _history(
    folder: Path, config: Config, walked: Walked, found: Contents, memory: Memory, taken_at: datetime, tell: Progress
) -> History:
    if "git" not in config.dates:
        return History(absent="git is not among the dates in the settings")
    from vaultprune.reading.git_recall import Recall, remembered_history

    recall = Recall(memory, found.stamp, found.before, found.read)
    known = remembered_history(folder, taken_at, recall)
    if known is not None:
        return known
    from vaultprune.reading.git import read_history  # heavy; a warm start does without

    files = Files.of(walked.files)
    linked = files.linked()
    here = frozenset(path for path, kind in zip(files.paths, files.kinds, strict=True) if kind == "note")

    def contents(path: NotePath) -> bytes | None:
        if path not in here or path in walked.not_here:
            return None
        return whole_bytes(os.fspath(folder), File(path, "note", 0, 0, path in linked))

    return read_history(folder, here, contents, taken_at, tell, recall)


def _warnings(folder: Path) -> tuple[str, ...]:
    outer = outer_vault(folder)
    if outer is None:
        return ()
    return (f'this vault lies inside another one, "{safe(outer.name)}": links from there are not seen',)


def _by_place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.what


def _silent(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody asked for."""

"""The table of rules against the package: files on disk in, links, tags, aliases and tasks as Obsidian reads them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from vaultprune.model import NotePath

from .case import Case
from .pipeline import read_by_package
from .rules import CASES


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_the_package_keeps_the_rule(case: Case, tmp_path: Path) -> None:
    vault = tmp_path / "Garden"
    case.write(vault)
    reading = read_by_package(vault)
    page = reading.pages[case.at]
    graph = reading.graph
    notes = tuple(note.path for note in reading.snapshot.notes)
    if case.links is not None:
        assert Counter(link[:3] for link in page.links) == Counter(case.links)
    if case.tags is not None:
        assert tuple(page.tags) == case.tags
    if case.aliases is not None:
        assert tuple(page.aliases) == case.aliases
    if case.open_tasks is not None:
        assert tuple(page.open_tasks) == case.open_tasks
    if case.notes is not None:
        assert notes == case.notes
    assert Counter(case.soft) <= Counter(reading.soft[case.at])
    for path, sources in case.backlinks.items():
        assert graph.backlinks(NotePath(path)) == sources
    if case.orphans is not None:
        assert tuple(path for path in notes if graph.is_orphan(path)) == case.orphans
    if case.dead_ends is not None:
        assert tuple(path for path in notes if graph.is_dead_end(path)) == case.dead_ends

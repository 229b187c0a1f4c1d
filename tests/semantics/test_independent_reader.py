"""The independent reader against the table of rules: two readings of the same page agree."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from .case import Case
from .independent_reader import Page, read
from .rules import CASES, RULES


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_the_independent_reader_keeps_the_rule(case: Case, tmp_path: Path) -> None:
    vault = tmp_path / "Garden"
    case.write(vault)
    pages = read(vault)
    page = pages[case.at]
    if case.links is not None:
        assert Counter(link[:3] for link in page.links) == Counter(case.links)
    if case.tags is not None:
        assert tuple(page.tags) == case.tags
    if case.aliases is not None:
        assert tuple(page.aliases) == case.aliases
    if case.open_tasks is not None:
        assert tuple(page.open_tasks) == case.open_tasks
    if case.notes is not None:
        assert tuple(path for path in pages if not path.endswith(".canvas")) == case.notes
    here = {path: {source for source, other in pages.items() if path in others(source, other)} for path in pages}
    for path, sources in case.backlinks.items():
        linking = {source for source, other in pages.items() if path in others(source, other)}
        assert sorted(linking) == sorted(sources)
    if case.orphans is not None:
        assert tuple(path for path in pages if path.endswith(".md") and not here[path]) == case.orphans
    if case.dead_ends is not None:
        assert tuple(p for p, page in pages.items() if p.endswith(".md") and not others(p, page)) == case.dead_ends


def others(source: str, page: Page) -> set[str]:
    """The other files that a page links to."""
    targets = {
        path for link in page.links for path in (link.target if isinstance(link.target, tuple) else [link.target])
    }
    return {path for path in targets if path is not None and path != source}


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {case.rule for case in CASES} == set(RULES)


def test_no_two_cases_have_the_same_name() -> None:
    assert [name for name, times in Counter(case.name for case in CASES).items() if times > 1] == []


def test_every_case_asks_something() -> None:
    silent = Case("", "", "")
    parts = ("links", "tags", "aliases", "open_tasks", "notes", "backlinks", "orphans", "dead_ends")
    assert [case.name for case in CASES if all(getattr(case, part) == getattr(silent, part) for part in parts)] == []
    assert len(CASES) >= 200

"""The page on the idea names code that does it; this checks that what it names is there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/synaptic-pruning.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(vaultprune/[\w/]+\.py)(?:: (\w+))?`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda part: part or "whole")
def test_what_the_page_names_is_there(file: str, name: str) -> None:
    assert (ROOT / file).is_file()
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert not name or hasattr(importlib.import_module(module), name)


def test_every_idea_names_its_code_or_says_that_there_is_none() -> None:
    table = PAGE.partition("## The ideas")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ") and not line.startswith(("| Idea", "| ---"))]

    assert len(rows) >= 8
    assert all("`vaultprune/" in row or "none: tried" in row for row in rows)


def test_what_was_tried_without_success_weighs_nothing() -> None:
    from vaultprune.signals import FROM_SNAPSHOT, WITH_LOG

    codes = {signal.code for rule in (WITH_LOG, FROM_SNAPSHOT) for signal in rule.signals}

    assert codes == {
        *(
            "edits",
            "recency",
            "traffic",
            "backlinks",
            "new-links",
            "folder",
            "arrival",
            "same-day",
            "folder-size",
            "dated",
        )
    }, "a new signal wants its figure in docs/synaptic-pruning.md"

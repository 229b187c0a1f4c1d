"""The app's own word: caches dumped by Obsidian for a sample vault, against both readers, counts included.

The repository of the Tasks plugin keeps them; it is expected, with its history, as `tasks` in the
folder that `VAULTPRUNE_CORPUS` names. The vault is taken from the commit that wrote the dumps.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .independent_reader import Page, read
from .pipeline import read_by_package

CORPUS = os.environ.get("VAULTPRUNE_CORPUS")
VAULT = "resources/sample_vaults/Tasks-Demo"
DUMPS = "tests/Obsidian/__test_data__"
RESOLVED = f"{DUMPS}/metadataCache/resolvedLinks.json"
UNRESOLVED = f"{DUMPS}/metadataCache/unresolvedLinks.json"


def git(repository: Path, *arguments: str) -> bytes | None:
    """What git says, or None where it does not know."""
    done = subprocess.run(["git", "-C", str(repository), *arguments], capture_output=True, check=False)
    return None if done.returncode else done.stdout


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's sample vault and dumps as they were when the dumps were written."""
    repository = Path(CORPUS or "") / "tasks"
    if not CORPUS or not (repository / RESOLVED).is_file():
        pytest.skip("VAULTPRUNE_CORPUS names no folder with the obsidian-tasks repository: no dumps to compare with")
    commit = (git(repository, "log", "-1", "--format=%H", "--", RESOLVED) or b"").decode().strip()
    if not commit:
        pytest.skip("the obsidian-tasks repository is without its history: the dumps' own vault is not known")
    folder = tmp_path_factory.mktemp("dumped")
    tree = git(repository, "ls-tree", "-r", "-z", commit, VAULT, DUMPS) or b""
    for line in filter(None, tree.decode().split("\0")):
        about, path = line.split("\t", 1)
        content = None if "/.obsidian/plugins/" in path else git(repository, "cat-file", "blob", about.split()[2])
        if content is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    return folder


@pytest.fixture(scope="module", params=["package", "independent reader"])
def pages(dumped: Path, request: pytest.FixtureRequest) -> dict[str, Page]:
    """The vault as one of the two readers has it."""
    return read_by_package(dumped / VAULT).pages if request.param == "package" else read(dumped / VAULT)


def load(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def notes(dumped: Path) -> list[dict[str, Any]]:
    """The dumps of single notes."""
    return [load(file) for file in sorted((dumped / DUMPS).glob("*.json"))]


def test_every_source_has_the_links_that_the_app_resolved(dumped: Path, pages: dict[str, Page]) -> None:
    found = {path: dict(Counter(link.target for link in page.links if link.target)) for path, page in pages.items()}
    app = load(dumped / RESOLVED)
    assert len(app) > 200
    assert found == app


def test_every_source_has_the_links_that_the_app_left_unresolved(dumped: Path, pages: dict[str, Page]) -> None:
    found = {path: dict(Counter(link.text for link in page.links if not link.target)) for path, page in pages.items()}
    assert found == load(dumped / UNRESOLVED)


def test_every_dumped_note_has_the_tags_that_the_app_read(dumped: Path, pages: dict[str, Page]) -> None:
    app: dict[str, list[str]] = {}
    for dump in notes(dumped):
        once: dict[str, str] = {}
        for tag in dump["getAllTags"] or []:
            once.setdefault(tag.lower(), tag.removeprefix("#"))
        app[dump["filePath"]] = list(once.values())
    assert len(app) > 80
    assert {path: pages[path].tags for path in app} == app


def test_every_dumped_note_has_the_open_tasks_that_the_app_read(dumped: Path, pages: dict[str, Page]) -> None:
    app = {
        dump["filePath"]: [
            item["position"]["start"]["line"] + 1
            for item in dump["cachedMetadata"].get("listItems", [])
            if item.get("task") == " "
        ]
        for dump in notes(dumped)
    }
    assert any(app.values())
    assert {path: pages[path].open_tasks for path in app} == app

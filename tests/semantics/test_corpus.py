"""Real vaults: the package and the independent reader agree on every link and tag of them.

`VAULTPRUNE_CORPUS` names a folder of vaults; without it there is nothing to compare.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from .independent_reader import Edge, Page, read
from .pipeline import read_by_package

CORPUS = os.environ.get("VAULTPRUNE_CORPUS")


def vaults() -> Iterator[Path]:
    """Every folder of the corpus, and every vault within one."""
    for folder in sorted(Path(CORPUS).iterdir()) if CORPUS else []:
        if folder.is_dir():
            yield folder
            for settings in sorted(folder.glob("*/**/.obsidian")):
                if not any(part.startswith(".") for part in settings.relative_to(folder).parts[:-1]):
                    yield settings.parent


def placed(path: str, page: Page) -> Counter[Edge]:
    """The page's links, with their lines where both readers tell them in the same way."""
    told = path.lower().endswith(".md")
    return Counter(link if told and link.kind != "property" else link._replace(line=0) for link in page.links)


def differences(package: dict[str, Page], independent: dict[str, Page]) -> Iterator[str]:
    """What one reading has and the other has not, source by source."""
    for path in sorted({*package, *independent}):
        if path not in package or path not in independent:
            yield f"{path}: read only by the {'package' if path in package else 'independent reader'}"
            continue
        ours, theirs = package[path], independent[path]
        ours_links, theirs_links = placed(path, ours), placed(path, theirs)
        for name, more in (("package", ours_links - theirs_links), ("independent reader", theirs_links - ours_links)):
            for link, times in more.items():
                yield f"{path}: {times} x {tuple(link)} only by the {name}"
        for what in ("tags", "aliases", "open_tasks"):
            if getattr(ours, what) != getattr(theirs, what):
                yield f"{path}: {what} {getattr(ours, what)} by the package, {getattr(theirs, what)} independently"


@pytest.mark.parametrize("vault", [pytest.param(vault, id=vault.name) for vault in vaults()] or [None])
def test_both_readers_agree_on_a_real_vault(vault: Path | None) -> None:
    if not CORPUS:
        pytest.skip("VAULTPRUNE_CORPUS is not set: no real vaults to compare the readers on")
    assert vault, f"there is no folder in {CORPUS}"
    found = list(differences(read_by_package(vault).pages, read(vault)))
    assert not found, f"{len(found)} differences in {vault}, the first of them:\n" + "\n".join(found[:20])

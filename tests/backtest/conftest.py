"""Gardens whose history is known, each made once and copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.backtest.worlds import garden, later
from tests.reading.repositories import Repository


@pytest.fixture(scope="session")
def _planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden(tmp_path_factory.mktemp("planted") / "Garden").root


@pytest.fixture
def repository(_planted: Path, tmp_path: Path) -> Repository:
    """The garden as it stood on the 31st of December, to go on with."""
    shutil.copytree(_planted, tmp_path / "Garden")
    return Repository(tmp_path / "Garden")


@pytest.fixture(scope="session")
def replayed(_planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The garden with what became of it."""
    root = tmp_path_factory.mktemp("replayed") / "Garden"
    shutil.copytree(_planted, root)
    later(Repository(root))
    return root

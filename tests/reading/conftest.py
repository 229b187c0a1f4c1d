"""What every test of reading may ask for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.reading.repositories import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository whose folder is a vault."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed here")
    return Repository(tmp_path / "vault")

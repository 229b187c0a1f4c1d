"""The formatter, the linter and the type checker are part of the tests: one command says whether all is well."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "format", "--check", "."], id="formatted"),
        pytest.param(["ruff", "check", "."], id="linted"),
        pytest.param(["mypy"], id="typed"),
    ],
)
def test_the_code_is_tidy(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", sorted((ROOT / "vaultprune").rglob("*.py")), ids=lambda file: file.name)
def test_no_file_is_long(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").split("\n")) <= 400


def test_only_the_command_line_asks_the_clock() -> None:
    asks = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(|datetime\.utcnow\(")
    found = [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "vaultprune").rglob("*.py"))
        if asks.search(file.read_text(encoding="utf-8"))
    ]

    assert [file for file in found if not file.startswith("vaultprune/cli/")] == []

"""What the pages show is what you get: their console blocks are run, and the README's two commands are CI's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ANYTHING = "[...]"
"""A line that stands for any number of lines in a console block."""


def _blocks() -> list[object]:
    found: list[object] = []
    for page in PAGES:
        for number, block in enumerate(re.findall(r"^```console\n(.*?)^```", page.read_text("utf-8"), re.S | re.M), 1):
            commands = re.split(r"^\$ ", block, flags=re.M)[1:]
            assert commands, f"{page.name}: a console block without a command"
            for each in commands:
                command, _, expected = each.partition("\n")
                found.append(pytest.param(command, expected, id=f"{page.name} {number}: {command[:50]}"))
    return found


def _fits(expected: str, shown: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in expected.split(ANYTHING + "\n"))
    return re.fullmatch(pattern, shown, re.S) is not None


@pytest.mark.parametrize(("command", "expected"), _blocks())
def test_a_console_block_shows_what_is_printed(command: str, expected: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "XDG_DATA_HOME": str(tmp_path),  # what this machine has seen of the sample vault is no part of it
        "NO_COLOR": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        command,
        shell=True,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    shown = done.stdout + done.stderr

    if ANYTHING in expected:
        assert _fits(expected, shown), shown
    else:
        assert shown == expected


def test_every_documented_report_sets_the_clock() -> None:
    for page in PAGES:
        for line in re.findall(r"^\$ (vaultprune (?:report|explain|links).*)$", page.read_text("utf-8"), re.M):
            assert "--now" in line or line.endswith("--help"), f"{page.name}: {line}"


def test_ci_runs_the_readmes_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    commands = re.findall(r"^python3 -m venv .*$", (ROOT / "README.md").read_text("utf-8"), re.M)

    assert len(commands) == 2
    assert "report sample_vault" in commands[0]
    assert commands[1].endswith("pytest")
    assert commands[1] in script


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in PAGES:
        prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.S | re.M)
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", prose):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"

"""Vaults on disk for the command line, with their dates as properties, and ways to run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.build import write_tree
from vaultprune.cli import run

NOW = "2026-11-20"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: its exit code, and what it put where."""

    code: int
    out: str
    err: str


class Tool:
    """The command line, run in this process, from a folder of its own."""

    def __init__(self, capture: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capture = capture
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: str | Path, here: Path | None = None) -> Ran:
        if here is not None:
            self._monkeypatch.chdir(here)
        self._capture.readouterr()
        code = run([str(each) for each in arguments])
        said = self._capture.readouterr()
        return Ran(code, said.out, said.err)


PROSE = "Some words about this and that, enough of them to be told by what was seen and not by how many there are here."


def a_note(body: str = PROSE, *, edited: str = "2023-09-02", **properties: str) -> str:
    """A note's text; its dates are properties, since git and copying keep no file times."""
    created = min("2019-05-04", edited)
    more = "".join(f"{key}: {value}\n" for key, value in properties.items())
    return f"---\ncreated: {created}\nmodified: {edited}\n{more}---\n{body}\n"


def garden(folder: Path, more: Mapping[str, str | bytes] | None = None, *, suggested: int = 3) -> Path:
    """A vault in which `suggested` notes are long quiet and unlinked, and forty others are alive."""
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": "{}",
        ".vaultprune/config.toml": 'dates = ["property"]\n',
    }
    for number in range(suggested):
        files[f"Ideas/Quiet {number + 1}.md"] = a_note(f"{PROSE} {number}", edited=f"2022-0{number % 9 + 1}-02")
    for number in range(40):
        linked = f"Written with [[Alive {(number + 1) % 40:02d}]] in mind."
        files[f"Work/Alive {number:02d}.md"] = a_note(linked, edited="2026-11-0" + str(number % 9 + 1))
    return write_tree(folder, {**files, **(more or {})})


def in_a_process(
    arguments: Sequence[str | Path], here: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own, its output in pipes."""
    return subprocess.run(
        [sys.executable, "-m", "vaultprune", *[os.fspath(each) for each in arguments]],
        cwd=here,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        timeout=120,
    )

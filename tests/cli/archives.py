"""Vaults to set notes aside in, the same looked at from all sides, and a terminal on which somebody answers."""

from __future__ import annotations

import codecs
import fcntl
import hashlib
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.worlds import ROOT, Tool, a_note, garden

MAP = "Maps/Map.md"
BOX = "Ideas/Leitner box.md"
WORLD: dict[str, str | bytes] = {
    BOX: a_note("Boxes. See [[Quiet 1]] and [pic](../assets/pic.png)."),
    MAP: a_note(
        "- [[Ideas/Leitner box|boxes]]\n- [[Leitner box]]\n- [b](../Ideas/Leitner%20box.md)\r\n", edited="2026-11-02"
    ),
    "Held.md": a_note("kept", tags="[keepme]", status="evergreen"),
    "Ideas/Task.md": a_note("- [ ] call them"),
    "assets/pic.png": b"\x89PNG",
    "Board.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "Ideas/Leitner box.md", "x": 0}], "edges": []}',
}

Facts = dict[str, tuple[object, ...]]


def boxes(folder: Path, more: Mapping[str, str | bytes] | None = None) -> Path:
    """A garden with a note that a map names in three ways and a canvas in one."""
    vault = garden(folder, {**WORLD, **(more or {})})
    for number, path in enumerate(sorted(vault.rglob("*.md"))):
        path.chmod(0o640 if number % 2 else 0o600)
        os.utime(path, ns=(1, 1_600_000_000_123_456_789 + number))
    return vault


def facts(vault: Path) -> Facts:
    """Everything that people have in a vault: paths, folders, bytes, modes, modified times."""
    found: Facts = {}
    for path in sorted(vault.rglob("*")):
        name = path.relative_to(vault).as_posix()
        if name.split("/")[0] in (".vaultprune", ".git"):
            continue
        status = path.lstat()
        if path.is_dir() and not path.is_symlink():
            found[name + "/"] = (status.st_mode,)
        elif path.is_file():
            found[name] = (status.st_mode, status.st_mtime_ns, path.read_bytes())
    return found


def plan_of(tool: Tool, *arguments: str | Path) -> dict[str, Any]:
    """The plan that a command would carry out."""
    done = tool(*arguments, "--dry-run", "--format", "json")
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def units(vault: Path) -> list[dict[str, Any]]:
    """The units in the journals, in the order in which they happened."""
    found = [json.loads(path.read_bytes())["unit"] for path in vault.glob(".vaultprune/journal/*/units/*.intent")]
    return sorted(found, key=lambda unit: (int(unit["unit"].split("-")[0]), unit["unit"]))


def as_planned(unit: Mapping[str, Any]) -> dict[str, object]:
    """A unit of the journal in the form of a plan's move."""
    return {"from": unit["from"], "to": unit["to"], "sha256": unit["note"]["sha256"], "bytes": unit["note"]["bytes"]}


def links(tool: Tool, vault: Path) -> dict[str, list[tuple[str, object]]]:
    """What every link of every file leads to."""
    done = tool("links", vault, "--format", "json")
    return {
        note["path"]: [(link["kind"], link["target"]) for link in note["links"]]
        for note in json.loads(done.out)["notes"]
    }


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answered:
    """What was seen on a terminal, and how it ended."""

    code: int
    seen: str


CTRL_C, CTRL_D, HANG_UP = "\x03", "\x04", "\x00"


def answering(arguments: Sequence[str | Path], here: Path, answers: Sequence[str], stop: bool = False) -> Answered:
    """Run a command on a terminal where somebody answers each question; `stop`: with Ctrl-C instead."""
    return dialogue(arguments, here, [CTRL_C] if stop else answers, asks="[y/N]")


def dialogue(
    arguments: Sequence[str | Path],
    here: Path,
    lines: Iterable[str],
    *,
    asks: str | tuple[str, ...],
    columns: int = 80,
    environment: Mapping[str, str] | None = None,
) -> Answered:
    """Run a command on a terminal where somebody types the next line each time that what is seen ends as in `asks`.

    `CTRL_C` and `CTRL_D` are typed as they are. With `HANG_UP`, or when there is no line left, the terminal goes away.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "vaultprune", *[os.fspath(each) for each in arguments]],
        cwd=here,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", **(environment or {})},
        start_new_session=True,
        preexec_fn=_take_the_terminal,
    )
    os.close(theirs)
    seen, waiting, until = "", iter(lines), time.monotonic() + 60
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while time.monotonic() < until:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                chunk = os.read(ours, 65536)
            except OSError:
                break
            if not chunk:
                break
            seen += decoder.decode(chunk)
        if seen.rstrip(" ").endswith(asks):
            line = next(waiting, HANG_UP)
            if line == HANG_UP:
                break
            os.write(ours, (line if line in (CTRL_C, CTRL_D) else line + "\n").encode("utf-8", "surrogateescape"))
            seen += "\0"  # until something comes that was not asked before
    os.close(ours)
    return Answered(process.wait(timeout=60), seen.replace("\0", "").replace("\r\n", "\n"))


def _take_the_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever started the tests in the background has it ignored
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

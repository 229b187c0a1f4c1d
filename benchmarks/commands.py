"""A vault in; the commands that are compared on it out: ours, the floors under it, and the peers that are installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

READ_ALL = """
import os, sys
notes = size = 0
folders = [sys.argv[1]]
while folders:
    with os.scandir(folders.pop()) as entries:
        for entry in entries:
            if entry.name[0] == ".":
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif entry.name[-3:].lower() == ".md":
                with open(entry.path, "rb", 0) as file:
                    size += len(file.read())
                notes += 1
print(notes, size)
"""

STAT_WALK = """
import os, sys
folders = ["."]
show = sys.stdout.write
while folders:
    with os.scandir(folders.pop()) as entries:
        for entry in entries:
            if entry.name[0] == ".":
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif entry.name[-3:].lower() == ".md":
                known = entry.stat()
                show(f"{entry.path} {known.st_mtime_ns} {known.st_size}\\n")
"""

FIND = ("find", ".", "-name", ".?*", "-prune", "-o", "-name", "*.md", "-printf", "%p %T@ %s\\n")

OBSIDIANTOOLS = """
import logging, pathlib, sys
logging.disable(logging.CRITICAL)
import obsidiantools.api as obsidiantools
print(len(obsidiantools.Vault(pathlib.Path(sys.argv[1])).connect().isolated_notes))
"""

DECLINED = """
import json, os, sys
try:
    from vaultprune.parse.lexer import lex_note
    from vaultprune.parse.text import decode
except ImportError as reason:
    sys.exit(f"the lexer is not where it was: {reason}")
notes = size = declined = declined_size = 0
for folder, folders, files in os.walk(sys.argv[1]):
    folders[:] = [each for each in folders if each[0] != "."]
    for name in files:
        if name[0] != "." and name[-3:].lower() == ".md":
            whole = os.path.join(folder, name)
            with open(whole, "rb") as file:
                data = file.read()
            path = os.path.relpath(whole, sys.argv[1]).replace(os.sep, "/")
            took = lex_note(path, decode(data)) is not None
            notes, size = notes + 1, size + len(data)
            if not took:
                declined, declined_size = declined + 1, declined_size + len(data)
print(json.dumps({"notes": notes, "bytes": size, "declined": declined, "declined_bytes": declined_size}))
"""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to run. `empties` is a folder made empty beforehand; `fine` are the exit codes of a good end."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: str | None = None
    fine: tuple[int, ...] = (0,)
    empties: str | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program that reads vaults; `at_most` notes keep a run of it within a minute or so."""

    name: str
    computes: str
    version: str
    at_most: int
    commands: tuple[tuple[str, tuple[str, ...]], ...]
    fine: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Program:
    """Our own program as it is to be called, and the folder below which it keeps what it remembers of each vault."""

    argv: tuple[str, ...]
    state: str
    env: Mapping[str, str] = field(default_factory=dict)

    def on(self, vault: str, folder: str) -> dict[str, Command]:
        """Cold and warm `links` and `report`; a cold one starts without a cache, a warm one has what ran before it."""
        env, place = self._env(vault), os.path.join(self.state, vault, "cache")
        commands = (
            Command("links cold", (*self.argv, "links", folder), env, empties=place),
            Command("links warm", (*self.argv, "links", folder), env),
            Command("links json warm", (*self.argv, "links", folder, "--format", "json"), env),
            Command("report cold", (*self.argv, "report", folder), env, empties=place),
            Command("report warm", (*self.argv, "report", folder), env),
            Command("report warm, another day", (*self.argv, "report", folder, "--now", "2040-01-01"), env),
        )
        return {command.name: command for command in commands}

    def starts(self) -> tuple[Command, ...]:
        """The calls that read no vault."""
        env = self._env("start")
        return tuple(Command(option, (*self.argv, option), env) for option in ("--version", "--help"))

    def _env(self, vault: str) -> dict[str, str]:
        # an installed program is compiled once and not anew at every start
        ours = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        base = {key: value for key, value in ours.items() if not key.startswith("VAULTPRUNE_")} | dict(self.env)
        for kind in ("cache", "data", "state", "config"):
            base[f"XDG_{kind.upper()}_HOME"] = place = os.path.join(self.state, vault, kind)
            os.makedirs(place, exist_ok=True)
        if sys.platform == "darwin":
            base["HOME"] = os.path.join(self.state, vault)
        return base


def floors(folder: str) -> tuple[Command, Command]:
    """Reading every byte of every note, and listing every note with its time and size."""
    env = dict(os.environ)
    walk = FIND if has_find() else (sys.executable, "-S", "-c", STAT_WALK)
    return (
        Command("read all", (sys.executable, "-S", "-c", READ_ALL, folder), env),
        Command("stat walk", walk, env, cwd=folder),
    )


@cache
def has_find() -> bool:
    """Whether there is a `find` that knows `-printf`."""
    try:
        probe = subprocess.run(["find", ".", "-maxdepth", "0", "-printf", ""], capture_output=True, check=False)
    except OSError:
        return False
    return probe.returncode == 0


def peers(obsidiantools_python: str | None, foam: str | None, rumdl: str | None) -> tuple[list[Peer], list[str]]:
    """The peers that can be run here, and a line on each that cannot."""
    found, missing = [], []
    asks = "import importlib.metadata as m; print('obsidiantools', m.version('obsidiantools'))"
    rules = ("check", "--no-config", "--silent", "--flavor", "obsidian", "--enable", "MD051,MD057")
    known = (
        (
            "obsidiantools",
            obsidiantools_python,
            ("-c", asks),
            "the link graph as a networkx graph plus text of every note; isolated notes",
            2_500,
            (("obsidiantools", ("-c", OBSIDIANTOOLS, "VAULT")),),
            (0,),
        ),
        (
            "foam-cli",
            foam,
            ("--version",),
            "its workspace graph with sections and tags; `list orphans`",
            12_000,
            (("foam-cli", ("list", "orphans", "--workspace", "VAULT")),),
            (0,),
        ),
        (
            "rumdl",
            rumdl,
            ("--version",),
            "a linter in Rust with two rules on, links to missing files and headings; no orphans, no link graph",
            12_000,
            (
                ("rumdl cold", (*rules, "--no-cache", "VAULT")),
                ("rumdl warm", (*rules, "--cache-dir", "CACHE", "VAULT")),
            ),
            (0, 1),
        ),
    )
    for name, program, asking, computes, at_most, commands, fine in known:
        if program is None:
            missing.append(f"{name}: not asked for")
        elif (version := answer([program, *asking])) is None:
            missing.append(f"{name}: `{os.path.basename(program)}` does not run here")
        else:
            calls = tuple((label, (program, *rest)) for label, rest in commands)
            found.append(Peer(name, computes, version, at_most, calls, fine))
    return found, missing


def peer_commands(peer: Peer, folder: str, state: str) -> list[Command]:
    """What a peer is asked to do on a vault. Nothing is written there, and nothing is sent anywhere."""
    env = {**os.environ, **QUIET, "FOAM_CONFIG_HOME": os.path.join(state, "foam")}
    places = {"VAULT": folder, "CACHE": os.path.join(state, "rumdl")}
    return [
        Command(name, tuple(places.get(part, part) for part in argv), env, cwd=state, fine=peer.fine)
        for name, argv in peer.commands
    ]


QUIET = {"FOAM_TELEMETRY": "0", "DO_NOT_TRACK": "1"}


def answer(argv: Sequence[str]) -> str | None:
    """The first line that a program prints, or None if it does not run or fails."""
    try:
        done = subprocess.run(
            argv, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, **QUIET}
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = done.stdout.strip().splitlines()
    return lines[0].strip() if done.returncode == 0 and lines else None

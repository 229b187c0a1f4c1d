"""Vaults and programs named in; tables of CPU ratios out, every pair taken side by side in one run.

    python benchmarks/run.py --generated 1000 10000 100000 --vault hub=~/vaults/obsidian-hub

Each round runs every command once as a whole process, those that are compared next to each other; a ratio is taken
within a round, and the median over the rounds is shown. Cold means without a cache, warm means with the one that the
run before left; the files themselves are always in the system's page cache. What is remembered goes to a temporary
folder, and no vault named here is written to: notes are changed in a copy. Nothing is judged; the exit code is 0.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from commands import DECLINED, Command, Peer, Program, answer, floors, has_find, peer_commands, peers
from measure import Failed, Run, load, machine, own_peak, run
from tables import Measured, as_json, declined_rows, ratio_rows, rows_table, scaling_rows, seconds_table, start_rows

HERE = os.path.dirname(os.path.abspath(__file__))
START_RUNS = 3
SETTLES = 3
"""Seconds after which a file is old enough to be gone by: what is read sooner is read once more by the next run."""


@dataclass(slots=True)
class Session:
    """The time there is, and where things lie while it lasts."""

    until: float
    limit: float
    place: str

    def over(self) -> bool:
        """Whether the time given is used up."""
        return time.monotonic() >= self.until

    def measure(self, vault: Measured, command: Command, name: str | None = None) -> None:
        """Run a command once and record it, unless it failed before or the time is up."""
        label = name or command.name
        if label in vault.failed or self.over():
            vault.record(label, None)
            return
        outcome = self.once(command)
        vault.record(label, None if isinstance(outcome, Failed) and self.over() else outcome)

    def once(self, command: Command) -> Run | Failed:
        """Run a command once, from an empty cache if it says so."""
        if command.empties:
            shutil.rmtree(command.empties, ignore_errors=True)
            os.makedirs(command.empties)
        limit = max(1.0, min(self.limit, self.until - time.monotonic()))
        return run(command.argv, env=command.env, cwd=command.cwd, fine=command.fine, limit=limit)


def main() -> None:
    options = _options()
    until = time.monotonic() + options.minutes * 60
    with tempfile.TemporaryDirectory(prefix="vaultprune-benchmark-") as place:
        session = Session(until, options.limit, place)
        program = Program(tuple(shlex.split(options.vaultprune)), os.path.join(place, "state"))
        known, missing = peers(options.obsidiantools_python, options.foam, options.rumdl)
        about = machine() | {"program": answer([*shlex.split(options.vaultprune), "--version"]) or "of unknown version"}
        vaults = list(_vaults(options, session))
        start = Measured("none", "", False)
        try:
            _prepare(session, program, vaults, options.python, missing)
            _rounds(session, program, vaults, known, start, options.rounds)
        except KeyboardInterrupt:
            missing.append("interrupted: the figures are those of the rounds before")
        if session.over():
            missing.append(f"what did not fit into {options.minutes:g} minutes")
        about["load at the end"] = load()
    _show(about, vaults, start, known, missing, options.json)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure vaultprune beside what bounds it and beside its peers.")
    parser.add_argument(
        "--vault", action="append", default=[], metavar="NAME=PATH", help="a vault of yours; repeatable"
    )
    parser.add_argument("--generated", type=int, nargs="*", metavar="NOTES", help="sizes of vaults to generate")
    parser.add_argument("--work", help="where generated vaults are kept for the next run; left out: a temporary folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-n", "--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one round, and 1,000 notes if no vault is named")
    parser.add_argument("--minutes", type=float, default=90, help="no run is begun after that, and none goes on")
    parser.add_argument("--limit", type=float, default=900, help="seconds after which a single process is stopped")
    parser.add_argument("--vaultprune", default=f"{shlex.quote(sys.executable)} -m vaultprune", metavar="COMMAND")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that can import vaultprune")
    parser.add_argument("--obsidiantools-python", metavar="PYTHON", help="an interpreter that can import obsidiantools")
    parser.add_argument("--foam", metavar="PROGRAM")
    parser.add_argument("--rumdl", metavar="PROGRAM")
    parser.add_argument("--json", metavar="FILE", help="every run and every figure")
    options = parser.parse_args()
    if options.quick:
        options.rounds = 1
    if options.generated is None:
        options.generated = [] if options.vault else [1000] if options.quick else [1000, 10_000]
    for each in options.vault:
        name, _, path = each.partition("=")
        if not name or not os.path.isdir(os.path.expanduser(path)):
            parser.error(f"--vault wants NAME=PATH of a folder, and got {each}")
    if options.rounds < 1 or any(each < 1 for each in options.generated):
        parser.error("rounds and sizes are at least 1")
    return options


def _vaults(options: argparse.Namespace, session: Session) -> Iterator[Measured]:
    for notes in sorted(options.generated):
        name = f"{notes // 1000}k" if notes % 1000 == 0 else str(notes)
        folder = os.path.join(os.path.abspath(options.work or session.place), f"vault-{notes}-{options.seed}")
        if not os.path.isdir(folder):
            _tell(f"generating {name}")
            half_done = folder + ".part"
            shutil.rmtree(half_done, ignore_errors=True)
            maker = [sys.executable, os.path.join(HERE, "make_vault.py"), "--out", half_done]
            maker += ["--notes", str(notes), "--seed", str(options.seed)]
            subprocess.run(maker, check=True, stdout=subprocess.DEVNULL)
            os.rename(half_done, folder)
        yield Measured(name, folder, True)
    for each in options.vault:
        name, _, path = each.partition("=")
        yield Measured(name, os.path.abspath(os.path.expanduser(path)), False)


def _prepare(session: Session, program: Program, vaults: list[Measured], python: str, missing: list[str]) -> None:
    """Untimed: count the notes, which also brings them into the page cache, and ask the lexer what it declines."""
    for vault in vaults:
        reading = floors(vault.folder)[0]
        counted = subprocess.run(reading.argv, capture_output=True, text=True, check=True).stdout.split()
        vault.notes, vault.size = int(counted[0]), int(counted[1])
    for vault in vaults:
        if session.over():
            break
        _tell(f"asking the lexer about {vault.name}")
        try:
            asked = subprocess.run(
                [python, "-c", DECLINED, vault.folder],
                capture_output=True,
                text=True,
                check=False,
                timeout=session.limit,
            )
        except (OSError, subprocess.TimeoutExpired) as reason:
            missing.append(f"notes declined by the lexer: {type(reason).__name__}")
            break
        if asked.returncode:
            missing.append(f"notes declined by the lexer: {(asked.stderr.strip().splitlines() or ['no answer'])[-1]}")
            break
        answer = json.loads(asked.stdout)
        vault.declined = answer["declined"] / max(1, answer["notes"])
    if vaults:
        smallest = min(vaults, key=lambda vault: vault.notes)
        for command in program.on(smallest.name, smallest.folder).values():
            session.once(command)


def _rounds(
    session: Session, program: Program, vaults: list[Measured], known: list[Peer], start: Measured, rounds: int
) -> None:
    plans = [(vault, _plan(session, program, vault, known)) for vault in vaults]
    empty = Command("python", (sys.executable, "-c", "pass"), dict(os.environ))
    for this in range(rounds):
        for vault, steps in plans:
            _tell(f"round {this + 1} of {rounds}: {vault.name}")
            for step in steps:
                step(this)
        for _ in range(START_RUNS):
            for command in (empty, *program.starts()):
                session.measure(start, command)


def _plan(session: Session, program: Program, vault: Measured, known: list[Peer]) -> list[Callable[[int], None]]:
    """What one round does on one vault, in an order that puts side by side what is compared."""
    read_all, stat_walk = floors(vault.folder)
    ours = program.on(vault.name, vault.folder)
    others = [
        command
        for peer in known
        if vault.notes <= peer.at_most
        for command in peer_commands(peer, vault.folder, _made(session.place, "peers", vault.name))
    ]
    order = [read_all, ours["links cold"], *others, stat_walk, ours["links warm"], ours["links json warm"]]
    order += [ours["report cold"], ours["report warm"], ours["report warm, another day"]]

    def timed(command: Command) -> Callable[[int], None]:
        return lambda _: session.measure(vault, command)

    steps = [timed(command) for command in order]
    for command in others:
        if command.name.endswith("warm"):
            session.once(command)
    if vault.generated and not session.over():
        steps.append(_changing(session, program, vault))
    return steps


def _changing(session: Session, program: Program, vault: Measured) -> Callable[[int], None]:
    """The warm report after every hundredth note was edited, in a copy of the vault that only this uses."""
    _tell(f"copying {vault.name} to change it")
    name = f"{vault.name}-changed"
    copy = os.path.join(session.place, name)
    shutil.copytree(vault.folder, copy)
    notes = sorted(
        os.path.join(folder, file)
        for folder, _, files in os.walk(copy)
        for file in files
        if file.endswith(".md") and f"{os.sep}." not in folder[len(copy) :]
    )
    report = program.on(name, copy)["report warm"]
    walk = floors(copy)[1]
    time.sleep(SETTLES)  # what was copied a moment ago would be read again by the first run that is measured
    session.once(report)

    def step(this: int) -> None:
        if session.over():
            return
        moment = int(time.time()) - 3600 + this
        for path in notes[this % 100 :: 100]:
            other = os.path.basename(notes[(len(path) * 7919 + this) % len(notes)]).removesuffix(".md")
            with open(path, "a", encoding="utf-8") as file:
                file.write(f"\nSeen again, with [[{other}]].\n")
            os.utime(path, (moment, moment))
        time.sleep(SETTLES)
        session.measure(vault, walk, "stat walk, 1 % changed")
        session.measure(vault, report, "report warm, 1 % changed")

    return step


def _show(
    about: dict[str, str],
    vaults: list[Measured],
    start: Measured,
    known: list[Peer],
    missing: list[str],
    to: str | None,
) -> None:
    ratios = [row for vault in vaults for row in ratio_rows(vault)]
    others = [*scaling_rows(vaults), *declined_rows(vaults), *start_rows(start)]
    print("Measured with: " + ", ".join(f"{key} {value}" for key, value in about.items()))
    print(f"\nSeconds, medians\n\n{seconds_table(vaults)}")
    print(f"\nCPU ratios, whole processes, taken within a round\n\n{rows_table(ratios)}")
    print(f"\nScaling, memory, start\n\n{rows_table(others)}\n")
    walk = "find -printf" if has_find() else "os.scandir with stat in Python, since there is no find -printf"
    notes = [
        "read all: every note's bytes in Python, open(path, 'rb', 0).read(), without site packages",
        f"stat walk: {walk}",
        "links and report: text output; report also reads the git history where the vault has one",
        f"peaks up to {own_peak() / 2**20:.0f} MiB mean that or less",
        *(f"{peer.name} ({peer.version}): {peer.computes}" for peer in known),
        *(f"left out: {each}" for each in missing),
        *(
            f"left out: {name} on {vault.name}: {why}"
            for vault in (*vaults, start)
            for name, why in vault.failed.items()
        ),
    ]
    for peer in known:
        notes += [f"left out: {peer.name} on {vault.name}: too long" for vault in vaults if vault.notes > peer.at_most]
    print("\n".join(f"- {each}" for each in notes))
    if to:
        document = {"machine": about, **as_json([*vaults, start], [*ratios, *others]), "notes": notes}
        with open(to, "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
            file.write("\n")


def _made(*parts: str) -> str:
    place = os.path.join(*parts)
    os.makedirs(place, exist_ok=True)
    return place


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

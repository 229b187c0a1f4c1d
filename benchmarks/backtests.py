"""Vaults with a git history in; how their suggestions of then fared, as a table with the totals, out.

    python benchmarks/backtests.py garden=PATH another=PATH [--windows 20] [-- --rule plain]

What stands behind `--` goes to `vaultprune backtest` as it is. A mirror (`git clone --mirror`) will do for a vault that
lies at the root of its repository. Each vault counts once in the means, however many suggestions it had; the intervals
are those of a bootstrap over the vaults.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

CHOSEN_BY = ("suggested", "oldest", "orphans", "random")
COLUMNS = ("vault", "days", "suggested", "needed again", "of the oldest", "no backlinks", "at random", "CPU s")
ROUNDS = 4000


def backtest(folder: str, windows: int, more: Sequence[str]) -> tuple[Mapping[str, Any] | None, float, str]:
    """What the command says of one vault, or None; the seconds of processor time it took; why it said nothing."""
    before = getrusage(RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "vaultprune", "backtest", folder, "--quiet", "--format", "json"]
    done = subprocess.run(
        [*command, "--windows", str(windows), *more], capture_output=True, text=True, check=False, env=os.environ
    )
    after = getrusage(RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (json.loads(done.stdout) if done.returncode == 0 else None), seconds, done.stderr.strip()


def bootstrap(values: Sequence[float]) -> str:
    """The mean of some values, and where 95 of 100 such means lie."""
    chance = Random(1)
    means = sorted(sum(chance.choices(values, k=len(values))) / len(values) for _ in range(ROUNDS))
    return f"{sum(values) / len(values):+.3f} [{means[ROUNDS // 40]:+.3f}, {means[-ROUNDS // 40]:+.3f}]"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("vaults", nargs="+", metavar="NAME=PATH")
    asked.add_argument("--windows", type=int, default=20)
    arguments = sys.argv[1:]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    options = asked.parse_args(arguments[:cut])
    shares: list[list[float]] = []
    totals, suggested, counted = [0.0] * len(CHOSEN_BY), 0, 0
    print(f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}")
    for each in options.vaults:
        name, _, folder = each.partition("=")
        found, seconds, why = backtest(folder, options.windows, arguments[cut + 1 :])
        if found is None:
            print(f"{name}: {why}", file=sys.stderr)
            continue
        summary = found["summary"]
        needed = [summary["needed"][kind] for kind in CHOSEN_BY]
        told = " | ".join([f"{needed[0]:.0f}", *(f"{value:.1f}" for value in needed[1:])])
        print(f"| {name} | {summary['counted']} | {summary['suggested']} | {told} | {seconds:.1f} |", flush=True)
        counted += summary["counted"]
        suggested += summary["suggested"]
        totals = [one + other for one, other in zip(totals, needed, strict=True)]
        if summary["suggested"]:
            shares.append([value / summary["suggested"] for value in needed])
    told = " | ".join([f"{totals[0]:.0f}", *(f"{value:.1f}" for value in totals[1:])])
    print(f"| together | {counted} | {suggested} | {told} | |\n")
    if not shares:
        return
    means = ", ".join(f"{kind} {sum(row[at] for row in shares) / len(shares):.3f}" for at, kind in enumerate(CHOSEN_BY))
    print(f"Needed again, mean of {len(shares)} vaults: {means}")
    for at, kind in enumerate(CHOSEN_BY[1:], 1):
        print(f"suggested minus {kind}: {bootstrap([row[0] - row[at] for row in shares])}")


if __name__ == "__main__":
    main()

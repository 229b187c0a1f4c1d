"""A process that looks at a vault again and again, edits it, and may be killed at any moment."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.ledger.worlds import PLAIN, at, text
from vaultprune.ledger import Ledger
from vaultprune.model import NotePath
from vaultprune.reading import read_vault


def main(vault: Path, home: Path, name: str, first: int, times: int) -> None:
    for number in range(first, first + times):
        (vault / f"{name}.md").write_text(text(name, number))
        ledger = Ledger(vault, folder=home)
        ledger.observe(read_vault(vault, PLAIN, at(number)))
        ledger.remember_round(at(number).toordinal(), [NotePath(f"{name}.md")], [])
        print(number, flush=True)


if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))

"""A run in a process of its own, to be killed: `python child.py VAULT archive|undo|recover`, says what came of it."""

from __future__ import annotations

import fcntl  # noqa: F401  (not in the middle of what is traced)
import json
import sys
from pathlib import Path

from tests.archiving.worlds import AT, DEVICE, TWO
from vaultprune.archiving.carry_out import carry_out
from vaultprune.archiving.files import get_ready
from vaultprune.archiving.recovery import recover
from vaultprune.archiving.returning import plan_return
from vaultprune.errors import VaultpruneError


def main(vault: Path, action: str) -> None:
    get_ready()
    try:
        plan = TWO.plan() if action == "archive" else plan_return(vault, batch="1") if action == "undo" else None
        if plan is None:
            recover(vault, device=DEVICE)
            said: dict[str, object] = {}
        else:
            run = carry_out(vault, plan, AT, device=DEVICE)
            said = {"done": [outcome.move.source for outcome in run.outcomes if outcome.what == "done"]}
            said["pending"] = run.pending
            said["warnings"] = list(plan.warnings)
    except (VaultpruneError, OSError) as error:
        said = {"stopped": str(error)}
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

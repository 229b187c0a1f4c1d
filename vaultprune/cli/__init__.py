"""A command line in, an exit code out: the one place where what went wrong becomes a line on stderr."""

from __future__ import annotations

import gc as garbage  # `vaultprune.cli.gc` is a command, and would take the name once it is imported
import sys
from collections.abc import Sequence
from typing import NoReturn

from vaultprune.errors import VaultpruneError

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line of this process."""
    # nearly all that is made here stays until the end: to look for garbage again and again is most of a second
    garbage.set_threshold(500_000, 50, 100)
    code = run(sys.argv[1:])
    garbage.freeze()  # what is left goes with the process: to look through it all once more is a tenth of a warm run
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. Whatever a person can put right is said in one line on stderr."""
    import typer  # not above, where looking for garbage would still slow it down

    try:
        from vaultprune.cli.app import app_for

        return int(app_for(arguments)(list(arguments), prog_name="vaultprune", standalone_mode=False) or 0)
    except VaultpruneError as error:
        _say(str(error))
        return error.exit_code
    except typer.TyperException as error:
        from vaultprune.cli.usage import in_our_words

        _say(in_our_words(error))
        return 2
    except (KeyboardInterrupt, typer.Abort):
        _say("interrupted.")
        return INTERRUPTED


def _say(message: str) -> None:
    data = f"vaultprune: {message}\n".encode("utf-8", "backslashreplace")
    try:
        sys.stderr.write(data.decode())
        sys.stderr.flush()
    except OSError:
        pass  # nobody is there to read it, and the exit code says the same


__all__ = ["main", "run"]

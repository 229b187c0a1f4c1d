"""A command line in, an exit code out: the one place where what went wrong becomes a line on stderr.

Little is imported up here: until the first line of `main` runs, Ctrl-C is told by Python itself, in its own manner.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # as type checkers know it; `typing` itself is imported later
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

INTERRUPTED = 130
_WRITER = "vaultprune.archiving.files"


def main() -> NoReturn:
    """Run the command line of this process."""
    try:
        # nearly all that is made here stays until the end: to look for garbage again and again is most of a second
        gc.set_threshold(2_000_000, 50, 100)
        code = run(sys.argv[1:])
        if code != INTERRUPTED:
            gc.freeze()  # what is left goes with the process: to look through it all is a tenth of a warm run
            _hear_no_more()
            sys.exit(code)
    except KeyboardInterrupt:  # once more, while it was said
        pass
    # the usual way out ends as if nobody had heard, where Ctrl-C came through an `exec`, as when a dataclass is made
    os._exit(INTERRUPTED)


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. Whatever a person can put right is said in one line on stderr."""
    before = 0
    try:
        before = _changes()
        return _answered(arguments)
    except KeyboardInterrupt:
        _say(f"interrupted. {_what_changed(before)}")
        return INTERRUPTED


def _answered(arguments: Sequence[str]) -> int:
    """The same, but for Ctrl-C, of which nothing is said yet."""
    import typer  # not above, where looking for garbage would still slow it down

    from vaultprune.errors import VaultpruneError

    try:
        from vaultprune.cli.app import app_for

        code = int(app_for(arguments)(list(arguments), prog_name="vaultprune", standalone_mode=False) or 0)
    except VaultpruneError as error:
        _say(str(error))
        return error.exit_code
    except typer.TyperException as error:
        from vaultprune.cli.usage import in_our_words

        _say(in_our_words(error))
        return 2
    except typer.Abort:
        raise KeyboardInterrupt from None
    if code == INTERRUPTED:  # what typer makes of Ctrl-C; no command ends with it by itself
        raise KeyboardInterrupt
    return code


def _changes() -> int:
    """How many changes of a vault this process asked for so far: none while what changes one was not even loaded."""
    writer = sys.modules.get(_WRITER)
    return 0 if writer is None else int(writer.Disk.changes)


def _what_changed(before: int) -> str:
    if _changes() == before:
        return "Nothing has been changed."
    return "What was changed until then is whole. Where things stand: vaultprune"


def _hear_no_more() -> None:
    """What is left is to end, which takes no time and must not be told as a mistake of the program."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _say(message: str) -> None:
    data = f"vaultprune: {message}\n".encode("utf-8", "backslashreplace")
    try:
        sys.stderr.write(data.decode())
        sys.stderr.flush()
    except OSError:
        pass  # nobody is there to read it, and the exit code says the same


__all__ = ["main", "run"]

"""A command line in, what the program answered out: the one function through which the system's programs are called."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

NOT_FOUND, TOOK_TOO_LONG = 127, 124
_PATIENCE = 60.0
"""Seconds; none of these programs takes one of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The exit code of a program, and what it said. A program that is not there ends with 127, as in a shell."""

    code: int
    out: str = ""
    err: str = ""

    @property
    def said(self) -> str:
        """Its complaint in one line; else how it ended."""
        lines = [line.strip() for line in (self.err or self.out).splitlines() if line.strip()]
        return lines[0] if lines else f"exit code {self.code}"


Run: TypeAlias = Callable[[Sequence[str], "str | None"], Answer]
"""Calls a program with its arguments and, where there is one, a text on stdin."""


def run_program(words: Sequence[str], text: str | None = None) -> Answer:
    """Call a program without a shell, and wait for it. Never raises for what the program does."""
    try:
        done = subprocess.run(
            list(words),
            input=None if text is None else text.encode("utf-8", "surrogateescape"),
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
            timeout=_PATIENCE,
        )
    except FileNotFoundError:
        return Answer(NOT_FOUND, err=f"{words[0]} is not installed")
    except OSError as error:
        return Answer(NOT_FOUND - 1, err=f"{words[0]} cannot be run: {error.strerror or error}")
    except subprocess.TimeoutExpired:
        return Answer(TOOK_TOO_LONG, err=f"{words[0]} did not answer")
    out, err = (stream.decode("utf-8", "surrogateescape") for stream in (done.stdout, done.stderr))
    return Answer(done.returncode, out, err)

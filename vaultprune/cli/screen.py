"""Warnings and progress in, lines on stderr out; and what the terminal can show."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

from vaultprune.reports.page import View
from vaultprune.words import safe

PATIENCE = 1.0
"""Seconds after which progress is shown."""
_REFRESH = 0.1


@dataclass(slots=True)
class Screen:
    """What is said beside the document. `quiet` leaves progress and warnings out, never errors."""

    quiet: bool = False
    _began: float = field(default_factory=time.monotonic)
    _shown: float = 0.0
    _width: int = 0

    def progress(self, what: str, done: int, of: int) -> None:
        """Tell how far the reading got: on a terminal, and only where it takes a while."""
        now = time.monotonic()
        if self.quiet or now - self._began < PATIENCE or now - self._shown < _REFRESH:
            return
        self._shown = now
        if not _is_terminal(sys.stderr):
            return
        line = f"{what}, {done:,} of {of:,}" if of > 1 else what
        tell(f"\r{line.ljust(self._width)}")
        self._width = len(line)

    def done(self) -> None:
        """Take the progress off the terminal again."""
        if self._width:
            tell("\r" + " " * self._width + "\r")
            self._width = 0

    def warn(self, message: str) -> None:
        """A line on stderr that is no error."""
        self.done()
        if not self.quiet:
            tell(f"vaultprune: {safe(message)}\n")


def tell(text: str) -> None:
    """Put a text on stderr, if somebody is still there to see it."""
    try:
        sys.stderr.write(text.encode("utf-8", "backslashreplace").decode())
        sys.stderr.flush()
    except OSError:
        pass  # the document matters, and goes elsewhere


def view(
    *, limit: int | None, named: str | None, no_color: bool, to_file: bool = False, on: TextIO | None = None
) -> View:
    """How a document looks where stdout leads, or `on` another stream: as wide as the terminal, or 80 columns."""
    stream = on or sys.stdout
    terminal = _is_terminal(stream) and not to_file
    columns = 80
    if terminal:
        try:
            columns = os.get_terminal_size(stream.fileno()).columns or 80
        except (OSError, ValueError):
            columns = 80
    colour = terminal and not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return View(columns=columns, colour=colour, limit=limit, named=named)


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False

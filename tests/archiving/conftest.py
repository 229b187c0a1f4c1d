from __future__ import annotations

import pytest

from tests.archiving.worlds import FIGURES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FIGURES:
        terminalreporter.section("what was tried")
        for line in FIGURES:
            terminalreporter.write_line(line)

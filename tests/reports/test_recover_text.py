"""What `recover` says of notes that were moved without others that have to move with them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vaultprune.model import NotePath
from vaultprune.reports.page import View
from vaultprune.reports.recover_text import interrupted_text

AT = datetime(2026, 11, 20, 18, 4, tzinfo=UTC)
A, B, C = ((NotePath(f"{name}.md"), NotePath(f"Archive/{name}.md")) for name in "ABC")


@pytest.mark.parametrize(
    ("moves", "row", "says"),
    [
        pytest.param((A,), (), ("at this note: A.md", "It goes back to where it was"), id="one note"),
        pytest.param((), (A, B), ("after these notes had moved: A.md", "They go back as well"), id="between two"),
        pytest.param((), (A,), ("after this note had moved: A.md", "It goes back as well"), id="after the first"),
        pytest.param(
            (C,), (A, B), ("at this note: C.md", "Before it moved these notes: A.md", "They go back"), id="at the third"
        ),
    ],
)
def test_what_was_interrupted_is_named_and_what_becomes_of_it(
    moves: tuple[tuple[NotePath, NotePath], ...], row: tuple[tuple[NotePath, NotePath], ...], says: tuple[str, ...]
) -> None:
    text = " ".join(interrupted_text(moves, AT, False, (), View(), row=row).split())

    for sentence in says:
        assert sentence in text


def test_nothing_interrupted_is_said_in_a_line() -> None:
    assert "there is nothing to put right" in interrupted_text((), None, False, (), View())

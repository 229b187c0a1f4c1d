from __future__ import annotations

from datetime import date

import pytest

from tests.build import TODAY, at
from vaultprune.model import Decision
from vaultprune.reports.decisions import besides_line

MAY, JUNE = date(2027, 5, 20), date(2027, 6, 20)


def keep(name: str, until: date | None = None) -> Decision:
    return Decision(at(TODAY), "keep", "note", name, until=until)


@pytest.mark.parametrize(
    ("decisions", "says"),
    [
        pytest.param([keep("A.md")], "1 note is kept.", id="one"),
        pytest.param([keep("A.md"), keep("B.md")], "2 notes are kept.", id="two"),
        pytest.param([keep("A.md", MAY)], "1 note is not suggested before 20 May 2027.", id="up to a day"),
        pytest.param(
            [keep("A.md", JUNE), keep("B.md"), keep("C.md", MAY), keep("D.md", MAY)],
            "1 note is kept, 2 notes are not suggested before 20 May 2027, 1 note is not suggested before 20 Jun 2027.",
            id="all sorts",
        ),
        pytest.param(
            [Decision(at(TODAY), "forget", "note", "Old name.md"), keep("A.md")],
            "1 note is kept.",
            id="what was said under an earlier name is withdrawn with it",
        ),
    ],
)
def test_what_is_written_down_along_with_a_plan_is_counted(decisions: list[Decision], says: str) -> None:
    assert besides_line(decisions) == says

"""Links of every style, before and after: only those that would lead elsewhere are rewritten, in their own style."""

from __future__ import annotations

import pytest

from tests.plan.cases import CASES, Case
from tests.plan.worlds import carried_out, differences, in_bytes, meanings, planned, snapshot, taken_back


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 120
    assert len({case.id for case in CASES}) == len(CASES)
    print(f"\n{len(CASES)} link cases")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_link_is_rewritten_in_its_own_style_or_not_at_all(case: Case) -> None:
    empty = dict.fromkeys((*case.moved, *case.others), b"")
    files = {**empty, **in_bytes({case.at: case.before})}
    wanted = case.after if isinstance(case.after, bytes) else case.after.encode()

    plan = planned(files, *case.moved)
    after = carried_out(files, plan)

    places = {move.source: move.target for move in plan.moves}
    assert plan.skipped == ()
    assert after[places.get(case.at, case.at)] == wanted  # type: ignore[call-overload]
    assert differences(meanings(snapshot(files)), meanings(snapshot(after)), plan) == []
    assert taken_back(after, plan) == files

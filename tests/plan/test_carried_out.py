"""Plans and the room that carries them out: it takes them as they are, on real folders, and gives everything back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import read_tree, write_tree
from tests.plan.cases import CASES, Case
from tests.plan.random_vaults import world
from tests.plan.worlds import AT, carried_out, in_bytes, planned
from vaultprune.archiving.carry_out import carry_out
from vaultprune.archiving.plan_form import plan_from_json, plan_to_json
from vaultprune.moving import plan_id


def _notes(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in read_tree(folder).items() if not path.startswith(".vaultprune/")}


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_is_carried_out_to_the_byte(seed: int, tmp_path: Path) -> None:
    made = world(seed)
    plan = planned(made.files, *made.chosen)
    write_tree(tmp_path, made.files)

    run = carry_out(tmp_path, plan, AT, device="0123abcd")

    assert [outcome.what for outcome in run.outcomes] == ["done"] * len(plan.moves), run.outcomes
    assert _notes(tmp_path) == carried_out(made.files, plan)


@pytest.mark.parametrize("case", CASES[::10], ids=lambda case: case.id)
def test_a_plan_survives_being_written_down(case: Case) -> None:
    files = {**dict.fromkeys((*case.moved, *case.others), b""), **in_bytes({case.at: case.before})}
    plan = planned(files, *case.moved)

    read = plan_from_json(plan_to_json(plan))

    assert plan.id == plan_id(plan.moves, plan.rewrites)
    assert read == plan


def test_what_belongs_together_is_written_down_too() -> None:
    plan = planned(in_bytes({"a/s.md": "[t](../b/t.md)", "b/t.md": "", "c/o.md": ""}), "a/s.md", "c/o.md", "b/t.md")

    assert plan.together == (("a/s.md", "b/t.md"),)
    assert plan_from_json(plan_to_json(plan)) == plan

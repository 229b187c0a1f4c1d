"""What the looks of a ledger add to the dates of a note, and which of its dates they contradict."""

from __future__ import annotations

from typing import Any

import pytest

from tests.evidence.worlds import CLONE, OLD, What, bare, crowd, day, log, looks, weighed
from vaultprune.model import Use

LOOKS = ("2026-01-01", "2026-06-01", "2026-11-01")


def use(world: dict[str, Any], **properties: str) -> Use:
    """What is known of A.md, in a folder of copied notes."""
    notes, mtimes = crowd(30)
    world = {**world, "mtimes": {**mtimes, "A": CLONE, **world.get("mtimes", {})}}
    return weighed(bare("A", {**properties}), *notes, **world)[1]["A.md"]


GIT = log(OLD, ("2024-05-01", [("A", "created", 0)]), ("2026-03-03", [("A", "body", 3)]))
LINTED = log(OLD, ("2024-05-01", [("A", "created", 0)]), ("2026-03-03", [("A", "format", 0)]))
UNCHANGED = looks(*LOOKS, same={"A": "2026-01-01"})
CHANGED = looks(*LOOKS, edited={"A": ("2026-01-01", "2026-06-01")})


@pytest.mark.parametrize(
    ("world", "properties", "last_used", "source"),
    [
        pytest.param({"observed": CHANGED}, {}, "2026-06-01", "ledger", id="words changed between two looks"),
        pytest.param(
            *({"observed": CHANGED, "mtimes": {"A": "2026-03-05"}}, {}, "2026-03-05", "ledger"),
            id="the file time says on which day",
        ),
        pytest.param(
            *({"observed": CHANGED, "mtimes": {"A": "2026-09-05"}}, {}, "2026-06-01", "ledger"),
            id="a later file time was a touch",
        ),
        pytest.param({"observed": CHANGED, "history": GIT}, {}, "2026-03-03", "git", id="git knows the day"),
        pytest.param(
            {"observed": CHANGED, "history": LINTED}, {}, "2024-05-01", "git", id="git knows that it was a program"
        ),
        pytest.param(
            *({"observed": looks(*LOOKS, edited={"A": ("2026-06-01", "2026-11-01")}), "history": GIT}, {}),
            *("2026-11-01", "ledger"),
            id="a change that git did not see",
        ),
        pytest.param(
            {"observed": UNCHANGED},
            {"modified": "2026-08-08"},
            "2026-01-01",
            "ledger",
            id="a property that a linter wrote",
        ),
        pytest.param(
            {"observed": UNCHANGED}, {"modified": "2025-08-08"}, "2025-08-08", "property", id="a property from before"
        ),
        pytest.param({"observed": UNCHANGED}, {}, "2026-01-01", "ledger", id="unchanged for three months and more"),
        pytest.param(
            {"observed": UNCHANGED, "mtimes": {"A": "2026-07-07"}},
            {},
            "2026-01-01",
            "ledger",
            id="a file that was touched",
        ),
        pytest.param(
            {"observed": UNCHANGED, "mtimes": {"A": "2025-07-07"}},
            {},
            "2025-07-07",
            "mtime",
            id="a file time from before",
        ),
        pytest.param(
            *({"observed": looks(*LOOKS, same={"A": "2026-01-01"}, opened={"A": "2026-10-10"})}, {}),
            *("2026-10-10", "ledger"),
            id="opened since",
        ),
    ],
)
def test_the_last_day_of_use(world: dict[str, Any], properties: dict[str, str], last_used: str, source: str) -> None:
    found = use(world, **properties)

    assert (day(found.last_used), found.last_used_from, found.trusted) == (last_used, source, True)


@pytest.mark.parametrize(
    ("world", "properties", "only"),
    [
        pytest.param({"observed": UNCHANGED}, {}, True, id="unchanged, and no other date"),
        pytest.param({"observed": CHANGED}, {}, True, id="changed, and no other date"),
        pytest.param({"observed": CHANGED}, {"modified": "2025-08-08"}, False, id="a property as well"),
        pytest.param(
            *({"observed": looks(*LOOKS, opened={"A": "2026-10-10"}), "history": GIT}, {}, False), id="git as well"
        ),
        pytest.param({"history": GIT}, {}, False, id="git alone"),
    ],
)
def test_whether_nothing_but_the_ledger_tells(world: dict[str, Any], properties: dict[str, str], only: bool) -> None:
    assert use(world, **properties).only_watched is only


def test_a_note_watched_for_less_than_three_months_is_in_doubt_and_says_since_when() -> None:
    found = use({"observed": looks("2026-09-01", same={"A": "2026-09-01"})})

    assert not found.trusted
    assert found.doubt == (
        "its file time was reset on 18 Nov 2026 and it carries no date, and it was seen unchanged only since 1 Sep 2026"
    )


def test_a_note_is_at_least_as_old_as_the_first_look_at_it() -> None:
    found = use({"observed": UNCHANGED})

    assert (day(found.created), found.created_from) == ("2026-01-01", "ledger")


def test_an_import_that_was_looked_at_stays_an_import() -> None:
    crowded: list[What] = [("A", "created", 0), *[(f"N{this}", "created", 0) for this in range(30)]]
    known = log(OLD, ("2026-03-31", [("Other", "body", 1)]), ("2026-04-01", crowded))

    found = use({"observed": looks("2026-05-01", same={"A": "2026-05-01"}), "history": known})

    assert (day(found.last_used), found.last_used_from, found.only_watched) == ("2026-04-01", "git", False)

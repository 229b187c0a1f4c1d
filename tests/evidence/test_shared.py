"""What is worked out once for many notes is what each of them would get alone."""

from __future__ import annotations

import random
from datetime import UTC

import pytest

from tests.build import snapshot
from tests.evidence.worlds import Commit, bare, log, looks
from vaultprune.config import Config
from vaultprune.evidence.dates import YEAR_FIRST, _day_of_match, days_in
from vaultprune.evidence.sources import gathered
from vaultprune.evidence.use import use_of, uses_of
from vaultprune.model import PropertyValue

DAYS = ("2021-03-04", "2022-05-06", "2023-07-08", "2024-09-10")


@pytest.mark.parametrize("seed", range(30))
def test_notes_of_which_all_sources_say_the_same_share_their_use(seed: int) -> None:
    chance = random.Random(seed)

    def said() -> dict[str, PropertyValue]:
        return {key: chance.choice(DAYS) for key in ("modified", "created") if chance.random() < 0.3}

    names = [f"{chance.choice(('', '', '2023-07-08 '))}N{number}" for number in range(60)]
    notes = [bare(name, said()) for name in names]
    some = chance.sample(names, 20)
    commits: list[Commit] = [(day, [(name, "body", 0) for name in chance.sample(some, 5)]) for day in DAYS]
    world = snapshot(
        *notes,
        mtimes={name: chance.choice(DAYS) for name in names},
        history=log(*commits, edited_since=chance.sample(names, 3)) if chance.random() < 0.6 else None,
        observed=looks(
            *DAYS[1:],
            same={name: chance.choice(DAYS) for name in chance.sample(names, 30)},
            edited=dict.fromkeys(chance.sample(names, 3), (DAYS[1], DAYS[2])),
            opened=dict.fromkeys(chance.sample(names, 3), DAYS[3]),
        ),
    )
    sources = gathered(world, Config())

    uses = uses_of(sources)

    assert uses == tuple(use_of(sources, number, path) for number, path in enumerate(sources.paths))
    assert len(set(map(id, uses))) < len(uses)


@pytest.mark.parametrize(
    "text",
    [
        *("2024-03-01", "2024-02-30", "1989-12-31", "2024-13-01", "2024-03-01T09:30", "2024-03-01 23:59:59"),
        *("2024-03-01t00:00", "0000-01-01", "2024-03-01T09:30:99"),
    ],
)
def test_a_date_in_the_usual_shape_is_read_as_by_the_wide_one(text: str) -> None:
    match = YEAR_FIRST.fullmatch(text.lower())
    assert match is not None
    day = _day_of_match(match, UTC)

    assert days_in(text, UTC) == (() if day is None else (day,))

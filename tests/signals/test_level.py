"""What the score of every note of a vault holds, whatever is known of the note."""

from __future__ import annotations

from math import log

import pytest

from tests.build import note, vault
from tests.signals.test_signals import logged
from vaultprune.signals import FROM_SNAPSHOT, PLAIN, WITH_LOG
from vaultprune.vault import Vault
from vaultprune.verdict import judge


def written(*days: str | None) -> Vault:
    """A vault without a log: for each day a note that was last edited on it, for None one without a date."""
    return vault(*(note(f"N{number:02d}", edited=day, created=day) for number, day in enumerate(days)))


@pytest.mark.parametrize(
    ("world", "days", "notes"),
    [
        pytest.param(written(), 0, 0, id="no notes"),
        pytest.param(written("2020-01-01"), 0, 1, id="long ago"),
        pytest.param(written("2026-08-22"), 1, 1, id="90 days ago"),
        pytest.param(written("2026-08-21"), 0, 1, id="91 days ago"),
        pytest.param(written("2026-11-20", "2026-11-19", "2026-11-18"), 3, 3, id="three days"),
        pytest.param(written("2026-11-20", "2026-11-20", "2026-11-18"), 2, 3, id="two notes on one day"),
        pytest.param(written("2026-11-20", None, None), 1, 1, id="a note without a date tells nothing"),
        pytest.param(
            vault(note("A", edited="2026-11-20"), note("Archive/B", edited="2020-01-01")),
            1,
            1,
            id="nor an archived one",
        ),
    ],
)
def test_how_busy_a_vault_is_is_drawn_towards_a_day_for_twenty_notes(world: Vault, days: int, notes: int) -> None:
    assert world.busy == pytest.approx(log((days + 2) / (notes + 40)))


def test_without_a_log_every_chance_is_higher_where_somebody_writes_often() -> None:
    busy = written("2026-11-18", *(f"2026-11-{day:02d}" for day in range(1, 18)))
    still = written("2026-11-18", *["2026-11-01"] * 17)

    assert FROM_SNAPSHOT.level(busy) - FROM_SNAPSHOT.level(still) == pytest.approx(0.3 * log(20 / 4))


def test_with_a_log_the_level_goes_by_it_alone() -> None:
    world = logged(A=("2024-01-01", "2026-11-18"), B=("2024-01-01",))

    assert WITH_LOG.level(world) == pytest.approx(-1.4 + 0.35 * world.own_rate - 0.2 * log(3))
    assert PLAIN.level(world) == 0.0


@pytest.mark.parametrize(
    "world",
    [
        pytest.param(written("2026-11-18", "2026-10-01", "2024-01-01", None), id="without a log"),
        pytest.param(logged(A=("2024-01-01", "2026-11-18"), B=("2024-01-01",)), id="with a log"),
    ],
)
def test_the_level_is_part_of_the_base_rate_so_that_the_weights_add_up(world: Vault) -> None:
    judgement = judge(world)
    typical = judgement.rule.slope * sum(judgement.typical)

    assert judgement.base == pytest.approx(judgement.rule.level(world) + typical, abs=1e-12)
    for verdict in judgement:
        assert [reason.weight for reason in verdict.reasons if reason.code == "base-rate"] == [judgement.base]
        assert sum(reason.weight for reason in verdict.reasons) == pytest.approx(verdict.score, abs=1e-9)

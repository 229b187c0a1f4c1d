"""A vault at its past moments in, oldest first, a Backtest out: each moment's suggestions, by what followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from vaultprune.backtest.chances import binned
from vaultprune.backtest.outcome import Outcome, outcome
from vaultprune.backtest.rankers import at_random, eligible, expected, oldest_first, without_backlinks_first
from vaultprune.backtest.values import Backtest, Needed, Suggestion, Window
from vaultprune.config import Config
from vaultprune.model import Past, Snapshot
from vaultprune.vault import open_vault
from vaultprune.verdict import Judgement, chance, judge


def replay(pasts: Iterable[Past], config: Config, taken_at: datetime) -> Backtest:
    """What would have been suggested at each moment but the last, and what the next moment knows to have followed.

    Each judgement is that of the report, by the settings of today, and is made before the moment after it is even
    read. File times of then are not known, so nothing goes by them.
    """
    config = replace(config, dates=tuple(source for source in config.dates if source != "mtime"))
    windows: list[Window] = []
    told: list[tuple[float, bool]] = []
    before: Judgement | None = None
    name, since, last = "", None, taken_at
    for past in pasts:
        name, last = past.snapshot.name, past.snapshot.taken_at
        since = _since(past.snapshot) or since
        vault = open_vault(past.snapshot, config)
        if before is not None:
            followed = outcome(before, vault, past.became)
            windows.append(_window(before, followed))
            if windows[-1].counts and _states_chances(before):
                told += [(chance(before.scores[number]), followed.needed[number]) for number in before.order]
        before = judge(vault) if past.snapshot.notes else None
    return Backtest(name, taken_at, config, since, last.date(), tuple(windows), binned(told))


def _window(judgement: Judgement, followed: Outcome) -> Window:
    vault, needed = judgement.vault, followed.needed
    chosen, pool = judgement.suggested(), eligible(judgement)
    many = len(chosen)
    suggestions = tuple(_suggestion(judgement, followed, number) for number in chosen)
    return Window(
        at=vault.snapshot.taken_at,
        until=followed.until,
        notes=len(judgement),
        eligible=len(pool),
        eligible_needed=sum(needed[number] for number in pool),
        suggestions=suggestions,
        needed=Needed(
            suggested=sum(each.needed for each in suggestions),
            oldest=expected(pool, needed, many, oldest_first(judgement)),
            orphans=expected(pool, needed, many, without_backlinks_first(judgement)),
            random=at_random(pool, needed, many),
        ),
        stated=sum(each.retention or 0.0 for each in suggestions) if _states_chances(judgement) else None,
        active_days=followed.active_days,
        abstains=vault.evidence.abstains,
        says=vault.evidence.says,
    )


def _suggestion(judgement: Judgement, followed: Outcome, number: int) -> Suggestion:
    return Suggestion(
        path=judgement.vault.notes.paths[number],
        rank=judgement.ranks[number],
        retention=chance(judgement.scores[number]),
        last_used=judgement.vault.uses[number].last_used,
        fate=followed.fates[number],
        edited=followed.edited.get(number),
        linked=followed.linked.get(number),
        now=followed.now.get(number),
    )


def _states_chances(judgement: Judgement) -> bool:
    """Whether the scores are chances: under the plain rule they are an order and no more."""
    return judgement.rule.name != "plain"


def _since(snapshot: Snapshot) -> date | None:
    """The day of the first commit that is known of."""
    times = snapshot.history.commit_times
    return datetime.fromtimestamp(times[0], UTC).astimezone(snapshot.taken_at.tzinfo).date() if times else None

"""A rate is told of the suggested notes where the vault's history bears one, and nowhere else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.build import snapshot
from tests.evidence.worlds import Commit, bare, log
from vaultprune.config import Config
from vaultprune.reports import REPORTS
from vaultprune.reports.explain_text import explain_text
from vaultprune.reports.figures import rate_line
from vaultprune.reports.page import View
from vaultprune.vault import open_vault
from vaultprune.verdict import Judgement, judge

TODAY = date(2026, 11, 20)


def diary(
    *, notes: int = 120, first: int = 500, edited: int = 20, lately: int = 100, rule: str = "balanced", git: bool = True
) -> Judgement:
    """A vault with a log: so many notes, ten a day from so many days ago on, some of them edited lately, one a day."""
    commits: dict[date, Commit] = {}
    for number in range(notes):
        day = TODAY - timedelta(days=first - number // 10)
        made = commits.get(day, (str(day), []))[1]
        commits[day] = (str(day), [*made, (f"N{number:03d}", "created", 0)])
    for number in range(edited):
        day = TODAY - timedelta(days=lately + number)
        commits[day] = (str(day), [(f"N{number:03d}", "body", number + 1)])
    history = log(*(commits[day] for day in sorted(commits))) if git else None
    spread = {f"N{number:03d}": str(TODAY - timedelta(days=100 + 3 * number)) for number in range(notes)}
    taken = snapshot(*(bare(f"N{number:03d}") for number in range(notes)), history=history, mtimes=spread)
    return judge(open_vault(taken, Config(rule=rule)))


@pytest.mark.parametrize(
    ("judgement", "bears"),
    [
        pytest.param(diary(), True, id="a log of a year, a hundred notes, few of them edited"),
        pytest.param(diary(first=365), True, id="just a year"),
        pytest.param(diary(first=364), False, id="less than a year"),
        pytest.param(diary(notes=100, edited=49), True, id="just a hundred notes, just fewer than half edited"),
        pytest.param(diary(notes=99), False, id="fewer than a hundred"),
        pytest.param(diary(notes=100, edited=50), False, id="half of them edited"),
        pytest.param(diary(lately=180), True, id="last written in half a year ago"),
        pytest.param(diary(lately=181), False, id="nobody has written for longer"),
        pytest.param(diary(git=False), False, id="no log"),
        pytest.param(diary(rule="plain"), False, id="the plain rule"),
    ],
)
def test_when_a_history_bears_a_rate(judgement: Judgement, bears: bool) -> None:
    assert judgement.bears_rate is bears
    assert (rate_line(judgement) is not None) == (bears and bool(judgement.suggested()))


def test_the_rate_is_told_below_the_suggestions_in_whole_notes_of_a_hundred() -> None:
    judgement = diary()
    stated = [judgement.of(number).retention for number in judgement.suggested()]
    many = round(100 * sum(stated) / len(stated))

    assert judgement.suggested()
    assert rate_line(judgement) == (
        f"Of 100 notes like these, about {many} are edited or linked to again within half a year. Reading leaves no "
        "trace and is not in this figure."
    )
    for form in ("text", "markdown"):
        assert "Of 100 notes like these, about" in " ".join(REPORTS[form](judgement, View()).split())


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_no_rate_is_guessed_where_none_is_borne(form: str) -> None:
    judgement = diary(git=False)

    assert judgement.suggested()
    assert "in 100" not in REPORTS[form](judgement, View())
    assert "Of 100" not in REPORTS[form](judgement, View())


@pytest.mark.parametrize(("git", "told"), [pytest.param(True, True, id="borne"), pytest.param(False, False, id="not")])
def test_explain_tells_a_rate_only_then(git: bool, told: bool) -> None:
    judgement = diary(git=git)
    page = explain_text(judgement, judgement.suggested()[0], lambda path, line: None, View())

    assert ("in 100 are edited or linked to again" in page) is told
    assert ("a typical note of this vault (about" in page) is told


def test_a_pause_of_the_whole_vault_lowers_every_chance() -> None:
    """The clock rests, and so the order stays; but a vault that nobody opens is one in which nothing is edited."""
    now, later = diary(edited=1), diary(edited=0)

    assert later.vault.quiet > now.vault.quiet
    assert later.base < now.base

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.backtest.worlds import ALIVE, LAST, LINKED, LONE, NOW, THEN, WORDS, alive, text
from tests.reading.repositories import Repository
from vaultprune.backtest import Backtest, Needed, Window, replay, share_within
from vaultprune.config import Budget, Config
from vaultprune.reading.past import read_past

FOUR = Config(budget=Budget(notes=4, chosen=True))


def backtest(folder: Path, config: Config = FOUR, windows: int = 1) -> Backtest:
    return replay(read_past(folder, config, NOW, windows), config, NOW)


def test_the_counts_are_those_worked_out_by_hand(replayed: Path) -> None:
    found = backtest(replayed)

    (window,) = found.windows
    # 32 notes; 24 were edited in December and are in their grace; the eight quiet ones could be suggested
    assert (window.at.date(), window.until.date()) == (THEN, LAST)
    assert (window.notes, window.eligible, window.eligible_needed) == (32, 8, 3)
    # four are: those that nothing links to. One of them was edited. Of the four oldest, those with links, two were;
    # chance would have met 4 x 3/8 of the needed ones
    assert {each.path for each in window.suggestions} == set(LONE)
    assert window.needed == Needed(suggested=1, oldest=2.0, orphans=1.0, random=1.5)
    assert found.needed == window.needed
    assert (found.since, found.until) == (THEN.replace(year=2023, month=1, day=2), LAST)


def test_what_became_of_each_is_told(replayed: Path) -> None:
    (window,) = backtest(replayed).windows
    fates = {each.path: (each.fate, each.now) for each in window.suggestions}

    assert fates == {
        LONE[0]: ("edited", LONE[0]),
        LONE[1]: ("gone", None),
        LONE[2]: ("set-aside", f"Archive/{LONE[2]}"),
        LONE[3]: ("quiet", LONE[3]),
    }
    (needed,) = [each for each in window.suggestions if each.needed]
    assert needed.edited == THEN.replace(year=2024, month=2, day=3).toordinal()
    assert needed.linked is None


def test_the_days_on_which_anything_was_edited_are_counted(replayed: Path) -> None:
    (window,) = backtest(replayed).windows

    # three edits of quiet notes, five of the others, and the last one
    assert window.active_days == 9
    assert window.counts


def test_the_stated_chances_are_added_up(replayed: Path) -> None:
    found = backtest(replayed)

    assert found.stated == pytest.approx(sum(each.retention or 0 for each in found.suggestions))
    (only,) = found.bins
    assert (only.notes, only.needed) == (32, 3 + 6)
    assert 0 < only.stated < 1
    assert only.observed == share_within(9, 32)


def test_under_the_plain_rule_no_chance_is_stated(replayed: Path) -> None:
    found = backtest(replayed, replace(FOUR, rule="plain"))

    assert {each.path for each in found.suggestions} == set(LONE)
    assert found.stated is None
    assert found.bins == ()


def test_a_quiet_half_year_is_told_and_not_counted(repository: Repository) -> None:
    repository.commit("2024-02-03", {LONE[0]: text(LONE[0], "Taken up again.")})
    repository.commit(str(LAST), {ALIVE[20]: alive(20, "The last word of these.")})

    found = backtest(repository.root)

    (window,) = found.windows
    assert window.active_days == 2
    assert window.needed.suggested == 1
    assert not window.counts
    assert (found.counted, found.suggestions, found.bins) == ((), (), ())


@pytest.mark.parametrize(
    ("then", "fate"),
    [
        pytest.param({LONE[3]: text(LONE[3], "More words.")}, "edited", id="words"),
        pytest.param({LONE[3]: f"---\na: 1\n---\n{text(LONE[3])}"}, "quiet", id="properties alone"),
        pytest.param({LONE[3]: text(LONE[3]).replace("\n", "  \n")}, "quiet", id="blanks alone"),
        pytest.param({ALIVE[9]: alive(9, "See [[Lone 3]].")}, "linked", id="a link from another note"),
        pytest.param({LONE[3]: text(LONE[3], "See [[Lone 3]].")}, "edited", id="a link from itself"),
        pytest.param({LONE[3]: None}, "gone", id="deleted"),
        pytest.param({LONE[3]: None, "New.md": text(LONE[3])}, "quiet", id="moved, and nothing more"),
        pytest.param({LONE[3]: None, "Archive/Lone 3.md": text(LONE[3])}, "set-aside", id="archived by hand"),
    ],
)
def test_the_fate_of_a_suggested_note(repository: Repository, then: dict[str, str | None], fate: str) -> None:
    repository.commit("2024-03-15", then)
    repository.commit(str(LAST), {ALIVE[20]: alive(20, "The last word of these.")})

    (window,) = backtest(repository.root).windows

    assert fate_of(window, LONE[3]) == fate


def test_an_edit_before_a_deletion_is_no_regret(repository: Repository) -> None:
    repository.commit("2024-03-15", {LONE[3]: text(LONE[3], "More words.")})
    repository.commit("2024-04-15", {LONE[3]: None})
    repository.commit(str(LAST), {ALIVE[20]: alive(20, "The last word of these.")})

    (window,) = backtest(repository.root).windows

    assert fate_of(window, LONE[3]) == "gone"
    assert window.needed.suggested == 0


def test_an_edit_under_a_new_name_is_found(repository: Repository) -> None:
    repository.move("2024-03-15", LONE[3], "Work/Found again.md")
    repository.commit("2024-04-15", {"Work/Found again.md": text(LONE[3], "More words.")})
    repository.commit(str(LAST), {ALIVE[20]: alive(20, "The last word of these.")})

    (window,) = backtest(repository.root).windows

    (needed,) = [each for each in window.suggestions if each.needed]
    assert (needed.path, needed.fate, needed.now) == (LONE[3], "edited", "Work/Found again.md")


def test_a_change_of_the_same_kind_in_many_notes_is_no_need(repository: Repository) -> None:
    footer = {path: text(path, "Written with love.") for path in (*LONE, *LINKED)}
    footer |= {path: alive(number, WORD_OF[number], "Written with love.") for number, path in enumerate(ALIVE)}
    repository.commit("2024-03-15", footer)
    repository.commit(str(LAST), {ALIVE[20]: alive(20, WORD_OF[20], "The last word of these.")})

    (window,) = backtest(repository.root).windows

    assert {each.fate for each in window.suggestions} == {"quiet"}


def test_with_more_windows_the_older_ones_stand_first(replayed: Path) -> None:
    found = backtest(replayed, windows=8)

    assert [window.at.date().isoformat() for window in found.windows] == ["2023-07-04", "2023-12-31"]
    assert found.windows[1] == backtest(replayed).windows[0]


def test_nothing_later_has_a_part_in_what_is_suggested(repository: Repository, replayed: Path) -> None:
    repository.commit(str(LAST), {ALIVE[20]: alive(20, "The last word of these.")})

    (quiet,) = backtest(repository.root).windows
    (busy,) = backtest(replayed).windows

    def said(window: Window) -> list[tuple[object, ...]]:
        return [(each.path, each.rank, each.retention, each.last_used) for each in window.suggestions]

    assert said(quiet) == said(busy)
    assert (quiet.notes, quiet.eligible, quiet.stated, quiet.says) == (
        busy.notes,
        busy.eligible,
        busy.stated,
        busy.says,
    )


WORD_OF = {number: WORDS[number // 4] for number in range(24)}


def fate_of(window: Window, path: str) -> str:
    return next(each.fate for each in window.suggestions if each.path == path)

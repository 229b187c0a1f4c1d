"""The log of the weekly runs: bounded, whole at every moment, and written by one run at a time."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vaultprune.errors import Locked
from vaultprune.schedule.log import KEPT, CannotLog, Log, WeeklyRun

WHEN = datetime(2026, 11, 15, 9, 7, tzinfo=UTC)
GOOD = WeeklyRun(WHEN, "done", 0, 812, 10)
BAD = WeeklyRun(WHEN + timedelta(days=7), "refused", 4, says='stopped, because "it" looks half there\u2028')


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Log(tmp_path / "Garden")


def test_what_is_written_down_is_read_again(log: Log) -> None:
    log.add(GOOD)
    log.add(BAD)

    assert log.runs() == (GOOD, BAD)
    assert log.last_success() == GOOD
    assert len(log.place.read_bytes().splitlines()) == 2
    assert stat.S_IMODE(log.place.stat().st_mode) == 0o600


def test_it_does_not_grow_and_the_last_run_that_went_well_stays(log: Log) -> None:
    log.add(GOOD)
    for number in range(KEPT + 20):
        log.add(WeeklyRun(BAD.at + timedelta(days=number), "failed", 2, says="x" * 10_000))

    assert len(log.runs()) == KEPT
    assert log.runs()[0] == GOOD
    assert log.place.stat().st_size < 100_000
    assert [each.name for each in log.place.parent.iterdir()] == [log.place.name]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"\n", id="empty"),
        pytest.param(b"nonsense\n", id="no JSON"),
        pytest.param(b"[]\n", id="no object"),
        pytest.param(b'{"at": "2026-11-15", "ended": "done", "code": 0}\n', id="a day without an offset"),
        pytest.param(b'{"at": 7, "ended": "done", "code": 0}\n', id="no time"),
        pytest.param(b'{"at": "2026-11-15T09:00:00+00:00", "ended": "well", "code": 0}\n', id="another ending"),
        pytest.param(b'{"at": "2026-11-15T09:00:00+00:00", "ended": "done", "code": true}\n', id="no code"),
        pytest.param(b'{"at": "2026-11-15T09:00:00+00:00", "ended": "done", "code": 0, "notes": "7"}\n', id="no count"),
        pytest.param(b"\xff\xfe\x00\n", id="bytes"),
        pytest.param(b"[" * 100_000 + b"\n", id="nested"),
    ],
)
def test_a_damaged_line_is_passed_over(log: Log, line: bytes) -> None:
    log.add(GOOD)
    log.place.write_bytes(line + log.place.read_bytes() + line)

    assert log.runs() == (GOOD,)
    log.add(BAD)
    assert log.runs() == (GOOD, BAD)


def test_whatever_is_no_log_is_none(log: Log) -> None:
    assert log.runs() == ()
    log.place.parent.mkdir(parents=True)
    os.mkfifo(log.place)
    assert log.runs() == ()
    log.place.unlink()
    log.place.write_bytes(b" " * 2_000_000)
    assert log.runs() == ()


def test_two_runs_do_not_go_on_at_once(log: Log, tmp_path: Path) -> None:
    with log.alone():
        with pytest.raises(Locked, match="another weekly run"), Log(tmp_path / "Garden").alone():
            pass
        with Log(tmp_path / "Other").alone():
            pass
    with log.alone():
        pass


def test_a_place_that_cannot_be_written_is_told_and_stops_no_run(log: Log) -> None:
    log.place.parent.parent.mkdir(parents=True)
    log.place.parent.write_text("a file where the folder should be")

    with log.alone(), pytest.raises(CannotLog):
        log.add(GOOD)


def test_a_vault_is_known_by_where_it_lies(log: Log, tmp_path: Path) -> None:
    (tmp_path / "Garden").mkdir()
    (tmp_path / "also").symlink_to("Garden")

    assert Log(tmp_path / "also").place == log.place

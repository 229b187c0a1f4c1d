"""What is to run and when: times of the week, names, and paths that no scheduler can be told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.schedule.worlds import PYTHON, SUNDAY, job
from vaultprune.errors import CannotStart
from vaultprune.schedule.job import Job, When
from vaultprune.schedule.places import key_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Sun 09:00", When(6, 9, 0)),
        ("sun 9:00", When(6, 9, 0)),
        ("Sunday 09:00", When(6, 9, 0)),
        (" MON   23:59 ", When(0, 23, 59)),
        ("wednesday 0:05", When(2, 0, 5)),
    ],
)
def test_a_time_of_the_week(typed: str, meant: When) -> None:
    assert When.of(typed) == meant
    assert When.of(str(meant)) == meant


NO_TIMES = """\
Sun|09:00|Sun 9|Sun 24:00|Sun 09:60|Su 09:00|Sund 09:00|Sonntag 09:00|Sun 09:00:00|Sun,Mon 09:00|daily|Sun -9:00|\
Sun 09:00 UTC|Sun 0\u0669:00|Sun 09:00\nOnCalendar=*|"""


@pytest.mark.parametrize("typed", NO_TIMES.split("|"))
def test_anything_else_is_refused_in_one_line(typed: str) -> None:
    with pytest.raises(CannotStart, match="--at") as refused:
        When.of(typed)

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-11-20T12:00", "2026-11-22T09:00"),
        ("2026-11-22T08:59", "2026-11-22T09:00"),
        ("2026-11-22T09:00", "2026-11-29T09:00"),
        ("2026-12-29T00:00", "2027-01-03T09:00"),
    ],
)
def test_the_next_time(now: str, following: str) -> None:
    assert SUNDAY.after(datetime.fromisoformat(now)) == datetime.fromisoformat(following)


@pytest.mark.parametrize("odd", ["a\nb", "a\rb", "a\tb", "a\0b", "a\x1bb", "a\x7fb", "a\udce9b"])
@pytest.mark.parametrize("where", ["vault", "program"])
def test_a_path_that_cannot_be_told_in_one_line_is_refused(odd: str, where: str) -> None:
    vault, program = (f"/home/{odd}", PYTHON) if where == "vault" else ("/home/Garden", f"/opt/{odd}/python")

    with pytest.raises(CannotStart, match="line break") as refused:
        Job(vault, program, SUNDAY)

    assert "\n" not in str(refused.value)


def test_folders_of_one_name_have_keys_of_their_own(tmp_path: Path) -> None:
    keys = {key_of(tmp_path / each) for each in ("a/Garden", "b/Garden", "a/Gar den", "a/Gar-den", "a/日本", "a/...")}

    assert len(keys) == 6
    assert all(key.isascii() and "/" not in key and " " not in key and not key.startswith((".", "-")) for key in keys)


def test_a_symlink_has_the_key_of_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "Garden").mkdir()
    (tmp_path / "also").symlink_to("Garden")

    assert key_of(tmp_path / "also") == key_of(tmp_path / "Garden")


def test_the_command_names_the_vault_and_takes_no_library_from_where_it_starts() -> None:
    assert job().words == (PYTHON, "-P", "-m", "vaultprune", "weekly", "--vault", "/home/ann/Garden")

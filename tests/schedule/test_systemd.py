"""The units, read again by systemd's own rules, and by systemd where it is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.schedule.worlds import AWKWARD, PYTHON, SUNDAY, job
from vaultprune.errors import CannotStart
from vaultprune.schedule.job import Job, Told, When
from vaultprune.schedule.systemd import SYSTEMD

ANALYZE = shutil.which("systemd-analyze")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"(?: |$)')


def units(of: Job) -> tuple[str, str]:
    service, timer = SYSTEMD.files(of)
    return service.text, timer.text


def setting(text: str, name: str) -> list[str]:
    return [line.removeprefix(f"{name}=") for line in text.splitlines() if line.startswith(f"{name}=")]


def as_systemd_reads(line: str, *, variables: bool) -> list[str]:
    """The words of a line: quotes and escapes first, then specifiers, then variables where they are replaced."""
    assert "".join(found[0] for found in _WORD.finditer(line)) == line, "something stands outside the quotes"
    words = [re.sub(r"\\(.)", r"\1", found[1]) for found in _WORD.finditer(line)]
    for word in words:
        assert "%" not in word.replace("%%", ""), "a specifier"
    words = [word.replace("%%", "%") for word in words]
    if variables:
        for word in words[1:]:
            assert "$" not in word.replace("$$", ""), "a variable"
        words = [words[0], *(word.replace("$$", "$") for word in words[1:])]
    return words


@pytest.mark.parametrize("vault", AWKWARD)
def test_systemd_reads_the_very_words(vault: str) -> None:
    service, _ = units(job(vault))
    (command,) = setting(service, "ExecStart")

    assert as_systemd_reads(command, variables=True) == list(job(vault).words)


@pytest.mark.parametrize("folder", AWKWARD)
def test_systemd_reads_the_very_environment(folder: str) -> None:
    service, _ = units(job(XDG_DATA_HOME=folder, XDG_CACHE_HOME="/c"))

    told = [as_systemd_reads(line, variables=False) for line in setting(service, "Environment")]
    assert told == [["XDG_CACHE_HOME=/c"], [f"XDG_DATA_HOME={folder}"]]


def test_the_service_is_modest_and_the_timer_makes_up_for_what_was_missed() -> None:
    service, timer = units(job())

    for line in ("Type=oneshot", "Nice=19", "IOSchedulingClass=idle", "NoNewPrivileges=true"):
        assert line in service.splitlines()
    for line in ("OnCalendar=Sun 09:00", "Persistent=true", "RandomizedDelaySec=15min", "WantedBy=timers.target"):
        assert line in timer.splitlines()


@pytest.mark.parametrize("vault", AWKWARD)
@pytest.mark.skipif(ANALYZE is None, reason="there is no systemd-analyze here")
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path, vault: str) -> None:
    of = Job(vault, sys.executable, SUNDAY, (("XDG_DATA_HOME", vault),))
    for file in SYSTEMD.files(of):
        (tmp_path / file.path.name).write_bytes(file.data)
    names = [str(tmp_path / file.path.name) for file in SYSTEMD.files(of)]

    done = subprocess.run(
        [str(ANALYZE), "--user", "verify", *names],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )

    # an unknown key is told on stderr, and no error
    about_us = [line for line in done.stderr.splitlines() if "vaultprune" in line]
    assert (done.returncode, about_us) == (0, [])


@pytest.mark.skipif(ANALYZE is None, reason="there is no systemd-analyze here")
@pytest.mark.parametrize("at", [When(day, 7 * day % 24, 59) for day in range(7)], ids=str)
def test_systemd_itself_knows_the_time(at: When) -> None:
    done = subprocess.run([str(ANALYZE), "calendar", str(at)], capture_output=True, check=False, text=True)

    assert done.returncode == 0
    assert f"{at.hour:02}:59:00" in done.stdout


@pytest.mark.parametrize("vault", AWKWARD)
def test_the_units_tell_when_and_with_what(vault: str) -> None:
    for program in (PYTHON, vault.replace("$", "") + "/bin/python"):
        of = Job(vault, program, When(2, 23, 5))
        assert SYSTEMD.told([file.data for file in SYSTEMD.files(of)]) == Told(When(2, 23, 5), program)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param([b""], Told(), id="nothing"),
        pytest.param([b"\xff\xfe\x00"], Told(), id="bytes"),
        pytest.param([b"[Timer]\nOnCalendar=daily\n"], Told(), id="another time"),
        pytest.param([b'ExecStart="/usr/bin/python3" -m x\n'], Told(None, "/usr/bin/python3"), id="the program alone"),
    ],
)
def test_units_that_somebody_changed_tell_what_they_can(data: list[bytes], told: Told) -> None:
    assert SYSTEMD.told(data) == told


def test_a_program_that_systemd_cannot_be_told_is_refused() -> None:
    with pytest.raises(CannotStart, match="systemd takes no program"):
        SYSTEMD.files(Job("/home/Garden", "/opt/$x/python", SUNDAY))

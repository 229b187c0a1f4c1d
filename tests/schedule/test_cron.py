"""The line for cron, run as two kinds of cron run it; and what becomes of the rest of a crontab."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.schedule.worlds import AWKWARD, PYTHON, SUNDAY, job
from vaultprune.errors import CannotStart
from vaultprune.schedule.cron import CRON
from vaultprune.schedule.job import Job, Told, When
from vaultprune.schedule.programs import Answer

MINE = "MAILTO=ann\n\n# mine\n5 4 * * *\techo 100\\% \n"


def line(of: Job) -> str:
    (file,) = CRON.files(of)
    return file.text.splitlines()[2]


def having(present: str) -> Answer:
    return Answer(0, out=present)


def entered(present: str | Answer, of: Job) -> str:
    answer = having(present) if isinstance(present, str) else present
    (call,) = CRON.enter(of, lambda words, text: answer)
    assert call.words == ("crontab", "-")
    assert call.text is not None
    return call.text


@pytest.mark.parametrize("vault", AWKWARD)
@pytest.mark.parametrize("reads_per_cent", [True, False], ids=["cronie", "busybox"])
def test_cron_runs_the_very_words(tmp_path: Path, vault: str, reads_per_cent: bool) -> None:
    program = tmp_path / "my venv" / "python"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nfor each in "$XDG_DATA_HOME" "$@"; do printf "%s\\n" "$each"; done\n')
    program.chmod(0o755)
    command = line(Job(vault, str(program), SUNDAY, (("XDG_DATA_HOME", vault),))).split(" ", 5)[5]
    if reads_per_cent:  # what follows the first one would be what the command is handed
        assert "%" not in command

    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == [vault, "-P", "-m", "vaultprune", "weekly", "--vault", vault, "--quiet"]


@pytest.mark.parametrize("vault", AWKWARD)
@pytest.mark.parametrize(("at", "fields"), [("Sun 09:00", "0 9 * * 0"), ("Mon 23:05", "5 23 * * 1")])
def test_the_line_tells_when_and_with_what(vault: str, at: str, fields: str) -> None:
    of = Job(vault, PYTHON, When.of(at), (("XDG_DATA_HOME", vault),))
    (file,) = CRON.files(of)

    assert line(of).startswith(f"{fields} ")
    assert CRON.told([file.data]) == Told(When.of(at), PYTHON)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", Told()),
        (b"\xff", Told()),
        (b"# only a comment", Told()),
        (b"0 9 * * 0 'open\n", Told(SUNDAY)),
        (b"0 25 * * 0 /usr/bin/python3 x\n", Told(None, "/usr/bin/python3")),
    ],
)
def test_lines_that_somebody_changed_tell_what_they_can(data: bytes, told: Told) -> None:
    assert CRON.told([data]) == told


@pytest.mark.parametrize(
    "present",
    [
        pytest.param("", id="empty"),
        pytest.param(MINE, id="with lines of mine"),
        pytest.param(MINE.rstrip("\n"), id="without a line end at its end"),
        pytest.param("\n\n", id="empty lines"),
        pytest.param("# caf\udce9\n", id="bytes that are no text"),
    ],
)
def test_all_other_lines_stay_as_they_are(present: str) -> None:
    whole = entered(present, job())
    assert whole.startswith(present)

    again = entered(whole, job())
    assert again == whole

    later = entered(whole + "# after\n", job(at=When(0, 7, 0)))
    assert later.endswith("# after\n")
    assert later.count("weekly --vault") == 1
    assert "\n0 7 * * 1 " in later

    (gone,) = CRON.leave(job().key, lambda words, text: having(later))
    assert gone.text == (present if not present or present.endswith("\n") else present + "\n") + "# after\n"
    assert CRON.leave(job().key, lambda words, text: having(present)) == ()


def test_each_vault_has_lines_of_its_own() -> None:
    both = entered(entered("", job("/a/Garden")), job("/b/Garden"))
    (gone,) = CRON.leave(job("/a/Garden").key, lambda words, text: having(both))

    assert gone.text == entered("", job("/b/Garden"))


@pytest.mark.parametrize(
    "said",
    ["no crontab for ann", "crontab: can't open 'ann': No such file or directory"],
    ids=["cronie", "busybox"],
)
def test_no_crontab_is_an_empty_one(said: str) -> None:
    assert entered(Answer(1, err=said), job()) == entered("", job())


def test_a_crontab_that_cannot_be_read_is_not_written_over() -> None:
    with pytest.raises(CannotStart, match="cannot be read: you are not allowed"):
        entered(Answer(1, err="you are not allowed to use this program"), job())


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda lines: lines[:-1], id="no end"),
        pytest.param(lambda lines: lines[1:], id="no beginning"),
        pytest.param(lambda lines: [*lines, *lines], id="twice"),
        pytest.param(lambda lines: lines[::-1], id="the wrong way round"),
    ],
)
def test_lines_that_do_not_stand_as_written_are_left_to_a_person(harm: object) -> None:
    lines: Sequence[str] = entered("", job()).splitlines()
    assert callable(harm)

    with pytest.raises(CannotStart, match="crontab -e"):
        entered("\n".join(harm(lines)) + "\n", job())

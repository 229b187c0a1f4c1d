"""The task, compared with a table of what the Task Scheduler expects, and its arguments read as Windows reads them."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.schedule.worlds import AWKWARD, PYTHON, SUNDAY, job
from vaultprune.errors import CannotStart
from vaultprune.schedule.job import DAYS, Job, Told, When
from vaultprune.schedule.windows import NAMESPACE, WINDOWS

EXPECTED = {
    "Triggers/CalendarTrigger/StartBoundary": "2026-01-11T09:00:00",
    "Triggers/CalendarTrigger/Enabled": "true",
    "Triggers/CalendarTrigger/RandomDelay": "PT15M",
    "Triggers/CalendarTrigger/ScheduleByWeek/WeeksInterval": "1",
    "Principals/Principal/LogonType": "InteractiveToken",
    "Principals/Principal/RunLevel": "LeastPrivilege",
    "Settings/MultipleInstancesPolicy": "IgnoreNew",
    "Settings/DisallowStartIfOnBatteries": "true",
    "Settings/StopIfGoingOnBatteries": "false",
    "Settings/StartWhenAvailable": "true",
    "Settings/RunOnlyIfNetworkAvailable": "false",
    "Settings/WakeToRun": "false",
    "Settings/ExecutionTimeLimit": "PT1H",
    "Actions/Exec/Command": PYTHON,
}
ORDER = {
    "": "RegistrationInfo Triggers Principals Settings Actions",
    "Triggers/CalendarTrigger": "StartBoundary Enabled RandomDelay ScheduleByWeek",
    "Triggers/CalendarTrigger/ScheduleByWeek": "DaysOfWeek WeeksInterval",
    "Principals/Principal": "LogonType RunLevel",
    "Actions/Exec": "Command Arguments",
}
"""The order of elements is part of the format."""


def task(of: Job) -> ElementTree.Element:
    (file,) = WINDOWS.files(of)
    return ElementTree.fromstring(file.data)


def at(root: ElementTree.Element, path: str) -> ElementTree.Element:
    found = root
    for name in path.split("/") if path else ():
        below = found.find(f"{{{NAMESPACE}}}{name}")
        assert below is not None, path
        found = below
    return found


def as_windows_reads(line: str) -> list[str]:
    """The words of a command line by the rules of CommandLineToArgvW."""
    words: list[str] = []
    word, inside, begun, place = "", False, False, 0
    while place < len(line):
        slashes = len(line) - place - len(line[place:].lstrip("\\"))
        following = line[place + slashes : place + slashes + 1]
        if slashes:
            half = following == '"'
            word += "\\" * (slashes // 2 if half else slashes)
            place, begun = place + slashes, True
            if half and slashes % 2:
                word, place = word + '"', place + 1
        elif following == '"':
            inside, begun, place = not inside, True, place + 1
        elif following in (" ", "\t") and not inside:
            words, word, begun, place = [*words, word] if begun else words, "", False, place + 1
        else:
            word, begun, place = word + following, True, place + 1
    return [*words, word] if begun else words


@pytest.mark.parametrize(("path", "text"), EXPECTED.items())
def test_what_the_task_says(path: str, text: str) -> None:
    assert at(task(job()), path).text == text


@pytest.mark.parametrize(("path", "names"), ORDER.items())
def test_the_elements_stand_in_their_order(path: str, names: str) -> None:
    assert [each.tag.partition("}")[2] for each in at(task(job()), path)] == names.split()


def test_it_is_utf_16_with_a_mark_and_windows_line_ends() -> None:
    (file,) = WINDOWS.files(job())

    assert file.data[:2] in (b"\xff\xfe", b"\xfe\xff")
    assert file.text.startswith('<?xml version="1.0" encoding="UTF-16"?>')
    assert file.text.count("\r\n") == file.text.count("\n")
    assert task(job()).get("version") == "1.2"


@pytest.mark.parametrize("vault", AWKWARD)
def test_windows_reads_the_very_words(vault: str) -> None:
    if vault.count("%") > 1:
        with pytest.raises(CannotStart, match="variable"):
            WINDOWS.files(job(vault))
        return
    root = task(job(vault))

    assert as_windows_reads(at(root, "Actions/Exec/Arguments").text or "") == list(job(vault).words[1:])


@pytest.mark.parametrize("day", range(7))
def test_each_day_of_the_week(day: int) -> None:
    when = When(day, 6, 5)
    (file,) = WINDOWS.files(job(at=when))
    (named,) = at(task(job(at=when)), "Triggers/CalendarTrigger/ScheduleByWeek/DaysOfWeek")

    assert named.tag == f"{{{NAMESPACE}}}{DAYS[day]}"
    assert WINDOWS.told([file.data]) == Told(when, PYTHON)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"<Task/>", "<Task".encode("utf-16")])
def test_a_task_that_somebody_changed_tells_nothing(data: bytes) -> None:
    assert WINDOWS.told([data]) == Told()


def test_one_per_cent_sign_is_none_too_many() -> None:
    assert as_windows_reads(at(task(Job("C:/100% mine", PYTHON, SUNDAY)), "Actions/Exec/Arguments").text or "")[-1] == (
        "C:/100% mine"
    )

"""The property list, read again by Python's own reader of such lists."""

from __future__ import annotations

import plistlib
from xml.etree import ElementTree

import pytest

from tests.schedule.worlds import AWKWARD, PYTHON, job
from vaultprune.schedule.job import Told, When
from vaultprune.schedule.launchd import LAUNCHD


@pytest.mark.parametrize("vault", AWKWARD)
def test_the_whole_list(vault: str) -> None:
    (file,) = LAUNCHD.files(job(vault, XDG_DATA_HOME=vault))

    assert plistlib.loads(file.data) == {
        "Label": f"vaultprune.{job(vault).key}",
        "ProgramArguments": [PYTHON, "-P", "-m", "vaultprune", "weekly", "--vault", vault],
        "StartCalendarInterval": {"Weekday": 0, "Hour": 9, "Minute": 0},
        "ProcessType": "Background",
        "LowPriorityIO": True,
        "Nice": 19,
        "EnvironmentVariables": {"XDG_DATA_HOME": vault},
    }
    ElementTree.fromstring(file.data)  # the comment at its head leaves it well formed
    assert file.path.name == f"vaultprune.{job(vault).key}.plist"


@pytest.mark.parametrize(
    ("day", "number"), [("Sun", 0), ("Mon", 1), ("Tue", 2), ("Wed", 3), ("Thu", 4), ("Fri", 5), ("Sat", 6)]
)
def test_its_week_begins_on_sunday(day: str, number: int) -> None:
    at = When.of(f"{day} 08:15")
    (file,) = LAUNCHD.files(job(at=at))

    assert plistlib.loads(file.data)["StartCalendarInterval"] == {"Weekday": number, "Hour": 8, "Minute": 15}
    assert LAUNCHD.told([file.data]) == Told(at, PYTHON)


@pytest.mark.parametrize(
    "data", [b"", b"<plist", b"\x00", plistlib.dumps([1]), plistlib.dumps({"ProgramArguments": []})]
)
def test_a_list_that_somebody_changed_tells_nothing(data: bytes) -> None:
    assert LAUNCHD.told([data]) == Told()

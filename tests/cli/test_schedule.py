"""`schedule`: what is written where, what is called, and that nothing but our own is ever taken away."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.build import read_tree
from tests.cli.archives import answering
from tests.cli.machines import Machine
from tests.cli.test_json import fits
from tests.cli.worlds import ROOT, Tool, garden, in_a_process
from tests.reading.folders import everything
from vaultprune.schedule.log import Log, WeeklyRun
from vaultprune.schedule.places import key_of

UNCHANGED = "Nothing has been changed.\n"
MINE = "MAILTO=ann\n5 4 * * * echo mine\n"
SCHEDULERS = ("systemd", "launchd", "windows", "cron")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return garden(tmp_path / "My Garden")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path / "bin", monkeypatch)


def units(home: Path) -> dict[str, bytes]:
    folder = home / "config/systemd/user"
    return read_tree(folder) if folder.exists() else {}


def timer(vault: Path) -> str:
    return f"vaultprune-{key_of(vault)}.timer"


@pytest.mark.parametrize("name", SCHEDULERS)
def test_show_prints_what_install_writes_and_does_nothing(
    tool: Tool, vault: Path, machine: Machine, home: Path, name: str
) -> None:
    for each in (machine.with_systemd, machine.with_launchd, machine.with_windows, machine.with_cron):
        each()
    before = read_tree(home), everything(vault)

    shown = tool("schedule", "show", vault, "--scheduler", name, "--at", "Mon 07:30")
    assert (shown.code, shown.err) == (0, "")
    assert (read_tree(home), everything(vault)) == before
    assert machine.calls() == []
    assert shown.out.endswith(UNCHANGED)

    done = tool("schedule", "install", vault, "--scheduler", name, "--at", "Mon 07:30", "--yes")
    assert done.code == 0, done.err
    written = {path: data for path, data in read_tree(home).items() if path not in before[0]}
    assert written
    for path, data in written.items():
        assert f"~/{path} would be written:" in " ".join(shown.out.split())
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
        assert "".join(f"  {line.expandtabs(2)}".rstrip() + "\n" for line in text.splitlines()) in shown.out
    assert everything(vault) == before[1]


@pytest.mark.parametrize("name", SCHEDULERS)
def test_a_schedule_comes_stands_and_goes(tool: Tool, vault: Path, machine: Machine, home: Path, name: str) -> None:
    state = getattr(machine, f"with_{name}")()
    before = read_tree(home)

    assert tool("schedule", "install", vault, "--scheduler", name, "--yes").code == 0
    first = read_tree(home)
    assert state.exists()

    again = tool("schedule", "install", vault)
    assert (again.code, again.out) == (0, f"My Garden is looked at each Sun 09:00 already. {UNCHANGED}")
    assert read_tree(home) == first

    assert tool("schedule", "install", vault, "--at", "Sat 18:15", "--yes").code == 0
    assert tool("schedule", "install", vault).out.startswith("My Garden is looked at each Sat 18:15 already.")
    status = tool("schedule", "status", vault).out
    assert "Sat 18:15, by " in status
    assert f"Runs with {sys.executable}" in status
    assert status.endswith(UNCHANGED)

    gone = tool("schedule", "remove", vault, "--yes")
    assert (gone.code, gone.err) == (0, "")
    assert read_tree(home) == before
    assert not state.exists() or state.read_text() == ""
    assert tool("schedule", "remove", vault).out == f"No weekly look at My Garden is scheduled. {UNCHANGED}"


def test_systemd_is_told_in_order(tool: Tool, vault: Path, machine: Machine, home: Path) -> None:
    machine.with_systemd()

    tool("schedule", "install", vault, "--yes")
    assert machine.calls() == [
        "systemctl --user show-environment",
        "systemctl --user daemon-reload",
        f"systemctl --user enable {timer(vault)}",
        f"systemctl --user restart {timer(vault)}",
    ]
    assert sorted(units(home)) == [timer(vault).replace(".timer", ".service"), timer(vault)]

    tool("schedule", "remove", vault, "--yes")
    assert machine.calls() == [
        f"systemctl --user disable --now {timer(vault)}",
        "systemctl --user daemon-reload",
    ]


def test_where_systemd_is_absent_cron_is_taken_and_other_lines_stay(tool: Tool, vault: Path, machine: Machine) -> None:
    crontab = machine.with_cron()
    crontab.write_text(MINE)

    assert "by cron" in tool("schedule", "install", vault, "--yes").out.lower()
    present = crontab.read_text()
    assert present.startswith(MINE)
    assert f"'{vault}' --quiet" in present

    tool("schedule", "remove", vault, "--yes")
    assert crontab.read_text() == MINE


@pytest.mark.parametrize("name", ["systemd", "launchd", "cron"])
def test_a_run_finds_what_earlier_ones_remembered_and_git(
    tool: Tool, vault: Path, machine: Machine, home: Path, name: str
) -> None:
    shown = tool("schedule", "show", vault, "--scheduler", name).out
    assert str(home / "data") in shown
    assert "PATH" not in shown
    (machine.folder / "git").write_text("#!/bin/sh\n")
    (machine.folder / "git").chmod(0o755)

    assert f"{machine.folder}:/usr/bin:/bin" in tool("schedule", "show", vault, "--scheduler", name).out


def test_a_crontab_that_somebody_changed_is_told_and_put_right(tool: Tool, vault: Path, machine: Machine) -> None:
    crontab = machine.with_cron()
    tool("schedule", "install", vault, "--yes")
    crontab.write_text(MINE + crontab.read_text().replace("0 9 * * 0", "0 9 * * *"))

    assert "cron does not know of it" in tool("schedule", "status", vault).out
    assert tool("schedule", "install", vault, "--yes").code == 0
    assert "0 9 * * 0" in crontab.read_text()
    assert crontab.read_text().startswith(MINE)
    assert "does not know" not in tool("schedule", "status", vault).out


def test_where_there_is_neither_it_says_what_to_do(tool: Tool, vault: Path, machine: Machine) -> None:
    os.environ["PATH"] = str(machine.folder)  # the fixture puts it back
    done = tool("schedule", "install", vault, "--yes")

    assert (done.code, done.out) == (2, "")
    assert "vaultprune weekly once a week" in done.err


def test_without_a_terminal_and_without_yes_nothing_happens(
    tool: Tool, vault: Path, machine: Machine, home: Path
) -> None:
    machine.with_systemd()
    for command, answer in (("install", 2), ("remove", 2)):
        before = read_tree(home)
        done = tool("schedule", command, vault)
        assert (done.code, read_tree(home)) == (answer, before)
        assert "there is nobody to ask" in done.err
        assert tool("schedule", command, vault, "--dry-run").out.endswith(UNCHANGED)
        assert read_tree(home) == before
        assert all("enable" not in call and "disable" not in call for call in machine.calls())
        tool("schedule", "install", vault, "--yes")  # so that there is something to remove
        machine.calls()


@pytest.mark.parametrize(("answer", "there"), [("y", 2), ("n", 0), ("", 0)])
def test_on_a_terminal_it_asks(vault: Path, machine: Machine, home: Path, answer: str, there: int) -> None:
    machine.with_systemd()

    done = answering(["schedule", "install"], vault, [answer])

    assert done.code == 0
    assert "Look at My Garden each Sun 09:00? [y/N]" in done.seen
    assert len(units(home)) == there
    assert ("Nothing has been changed." in done.seen) is not bool(there)


def test_two_vaults_have_a_schedule_each(tool: Tool, vault: Path, machine: Machine, home: Path, tmp_path: Path) -> None:
    machine.with_systemd()
    other = garden(tmp_path / "elsewhere" / "My Garden")
    tool("schedule", "install", vault, "--yes")
    tool("schedule", "install", other, "--yes")
    assert len(units(home)) == 4

    tool("schedule", "remove", vault, "--yes")
    assert sorted(units(home)) == [timer(other).replace(".timer", ".service"), timer(other)]


def test_a_file_of_somebody_elses_is_neither_replaced_nor_removed(
    tool: Tool, vault: Path, machine: Machine, home: Path
) -> None:
    machine.with_systemd()
    place = home / "config/systemd/user" / timer(vault)
    place.parent.mkdir(parents=True)
    place.write_text("[Timer]\nOnCalendar=daily\n")
    before = read_tree(home)

    for command in ("install", "remove"):
        done = tool("schedule", command, vault, "--yes")
        assert done.code == 4
        assert "guard: not-ours" in done.err
    assert read_tree(home) == before


def test_one_schedule_a_vault(tool: Tool, vault: Path, machine: Machine) -> None:
    machine.with_systemd()
    machine.with_cron()
    tool("schedule", "install", vault, "--yes")

    done = tool("schedule", "install", vault, "--scheduler", "cron", "--yes")

    assert done.code == 4
    assert "scheduled by systemd already (guard: other-scheduler)" in done.err


@pytest.mark.parametrize("before", [False, True], ids=["the first one", "in place of another"])
@pytest.mark.parametrize("name", ["systemd", "cron"])
def test_where_the_scheduler_fails_all_is_as_it_was(
    tool: Tool, vault: Path, machine: Machine, home: Path, name: str, before: bool
) -> None:
    getattr(machine, f"with_{name}")()
    if before:
        assert tool("schedule", "install", vault, "--scheduler", name, "--yes").code == 0
    present = read_tree(home)
    machine.fails.touch()

    done = tool("schedule", "install", vault, "--scheduler", name, "--at", "Mon 07:00", "--yes")

    assert done.code == 2
    assert "did not work: " in done.err
    assert done.err.endswith("The schedule is as it was before.\n")
    assert read_tree(home) == present
    if name == "systemd" and not before:  # what was done of it is undone
        assert machine.calls()[-2:] == [
            f"systemctl --user disable --now {timer(vault)}",
            "systemctl --user daemon-reload",
        ]
    machine.fails.unlink()
    if before:
        assert "Sun 09:00" in tool("schedule", "status", vault).out


def test_an_installation_that_is_interrupted_leaves_nothing(vault: Path, machine: Machine, home: Path) -> None:
    machine.with_systemd()
    slow = machine.folder / "systemctl"
    slow.write_text(slow.read_text().replace("*restart*)", "*enable*) kill -INT $PPID; sleep 1 ;; *restart*)"))

    done = subprocess.run(
        [sys.executable, "-m", "vaultprune", "schedule", "install", "--yes"],
        cwd=vault,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
        # whoever started the tests in the background has it ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )

    assert done.returncode == 130
    assert done.stderr.endswith("interrupted. The schedule is as it was before.\n")
    assert units(home) == {}


def test_what_is_shown_is_what_the_command_below_it_sets_up(tool: Tool, vault: Path, machine: Machine) -> None:
    machine.with_systemd()
    assert "vaultprune schedule install\n" in tool("schedule", "show", here=vault).out
    done = tool("schedule", "show", "--scheduler", "cron", "--at", "mon 7:30", here=vault)
    assert 'vaultprune schedule install --at "Mon 07:30" --scheduler cron\n' in done.out


def test_a_folder_that_no_scheduler_can_be_told_is_refused_in_one_line(
    tool: Tool, machine: Machine, tmp_path: Path
) -> None:
    machine.with_systemd()
    done = tool("schedule", "install", garden(tmp_path / "a\nb"), "--yes")

    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "line break" in done.err


# --- how it stands ------------------------------------------------------------------------------------


def test_where_none_is_scheduled_it_says_how(tool: Tool, vault: Path, machine: Machine) -> None:
    done = tool("schedule", "status", vault)

    assert done.out.startswith("My Garden\nNo weekly look is scheduled.\n")
    assert "vaultprune schedule install" in done.out
    assert machine.calls() == []


def test_the_next_run_and_the_last_one(tool: Tool, vault: Path, machine: Machine) -> None:
    machine.with_systemd()
    tool("schedule", "install", vault, "--yes")
    assert re.search(r"^Last run +none yet$", tool("schedule", "status", vault).out, re.M)

    assert tool("schedule", "run-now", vault).code == 0
    done = tool("schedule", "status", vault)
    assert re.search(r"^Last run +.*: looked; \d+ notes were suggested$", done.out, re.M)
    assert re.search(r"^Next run +Sun .* 09:00, or up to 15 minutes later$", done.out, re.M)
    assert "Put it right" not in done.out
    assert "Before that" not in done.out
    assert "Lingering is off for you" in done.out
    assert not any("enable-linger" in call for call in machine.calls())

    machine.with_systemd(linger="yes")
    assert "Lingering" not in tool("schedule", "status", vault).out


def test_a_run_that_did_not_go_well_is_told_with_the_one_before(tool: Tool, vault: Path, machine: Machine) -> None:
    machine.with_systemd()
    tool("schedule", "install", vault, "--yes")
    tool("weekly", vault)
    (vault / ".git").mkdir()
    (vault / ".git/MERGE_HEAD").touch()
    assert tool("weekly", vault).code == 4

    out = " ".join(tool("schedule", "status", vault).out.split())
    assert "Last run " in out
    assert "git is in the middle of a merge (guard: git-busy). Finish or abort it first. (exit 4)" in out
    assert "Before that " in out


def _no_vault(vault: Path, home: Path, machine: Machine) -> None:
    vault.rename(vault.with_name("Elsewhere"))


def _gone(vault: Path, home: Path, machine: Machine) -> None:
    service = home / "config/systemd/user" / timer(vault).replace(".timer", ".service")
    service.write_text(service.read_text().replace(sys.executable, "/gone/python"))


def _bare(vault: Path, home: Path, machine: Machine) -> None:
    bare = machine.folder / "python"
    bare.write_text("#!/bin/sh\nexit 1\n")
    bare.chmod(0o755)
    service = home / "config/systemd/user" / timer(vault).replace(".timer", ".service")
    service.write_text(service.read_text().replace(sys.executable, str(bare)))


def _missing(vault: Path, home: Path, machine: Machine) -> None:
    (home / "config/systemd/user" / timer(vault).replace(".timer", ".service")).unlink()


def _unknown(vault: Path, home: Path, machine: Machine) -> None:
    (machine.folder / "systemctl.state").unlink()


def _foreign(vault: Path, home: Path, machine: Machine) -> None:
    (home / "config/systemd/user" / timer(vault)).write_text("[Timer]\nOnCalendar=Sun 09:00\n")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        pytest.param(_no_vault, "The vault is gone.", id="the vault moved"),
        pytest.param(_gone, "Runs with /gone/python The Python it runs with is gone.", id="an upgrade took the Python"),
        pytest.param(_bare, "has no vaultprune any more", id="an upgrade took the program"),
        pytest.param(_missing, ".service is missing", id="a file was deleted"),
        pytest.param(_unknown, "systemd does not know of it", id="the timer was stopped"),
        pytest.param(_foreign, "does not say that vaultprune made it", id="a file was replaced"),
    ],
)
def test_what_keeps_it_from_running_is_told(
    tool: Tool, vault: Path, machine: Machine, home: Path, harm: object, told: str
) -> None:
    machine.with_systemd()
    tool("schedule", "install", vault, "--yes")
    assert callable(harm)
    harm(vault, home, machine)

    done = tool("schedule", "status", vault)

    assert told in " ".join(done.out.split())
    fits(json.loads(tool("schedule", "status", vault, "--format", "json").out), "schedule")
    if harm is _no_vault:
        assert "vaultprune schedule remove" in done.out
        assert tool("schedule", "remove", "--vault", vault, "--yes").code == 0
        assert units(home) == {}
        assert tool("schedule", "status", vault).code == 2
    else:
        assert "vaultprune schedule install" in done.out


def test_the_status_for_programs(tool: Tool, vault: Path, machine: Machine) -> None:
    machine.with_systemd()
    fits(json.loads(tool("schedule", "status", vault, "--format", "json").out), "schedule")
    tool("schedule", "install", vault, "--yes")
    tool("weekly", vault)

    document = tool("schedule", "status", vault, "--format", "json").out
    told = json.loads(document)

    fits(told, "schedule")
    assert str(vault.parent) not in document
    assert sys.executable not in document
    assert (told["scheduler"], told["at"], told["wrong"]) == ("systemd", "Sun 09:00", [])
    assert told["last_run"] == told["last_success"]
    assert told["last_run"]["result"] == "done"


@pytest.mark.parametrize(("name", "below"), [("systemd", "scheduler"), ("cron", "data")])
def test_the_doctor_knows_where_all_of_it_lies(
    tool: Tool, vault: Path, machine: Machine, home: Path, name: str, below: str
) -> None:
    getattr(machine, f"with_{name}")()
    before = read_tree(home).keys()
    tool("schedule", "install", vault, "--scheduler", name, "--yes")
    written = {path.rsplit("/", 1)[1] for path in read_tree(home).keys() - before}
    tool("weekly", vault)

    told = json.loads(tool("doctor", vault, "--places", "--format", "json").out)

    fits(told, "doctor-places")
    assert {place["path"] for place in told["places"] if name in place["what"]} == written
    assert {place["below"] for place in told["places"] if name in place["what"]} == {below}
    assert Log(vault).place.name in {place["path"] for place in told["places"] if place["below"] == "data"}


# --- a look that is late ------------------------------------------------------------------------------


def ran(vault: Path, days_ago: int) -> None:
    Log(vault).add(WeeklyRun(datetime.now().astimezone() - timedelta(days=days_ago), "done", 0, 43, 3))


@pytest.mark.parametrize("command", [("report",), ()], ids=["the report", "where things stand"])
def test_a_look_that_is_late_is_told_at_every_report(
    tool: Tool, vault: Path, machine: Machine, command: tuple[str, ...]
) -> None:
    machine.with_systemd()
    ran(vault, 19)
    words = (*command, "--vault", str(vault))
    assert "last weekly look" not in tool(*words).out  # nothing is scheduled

    tool("schedule", "install", vault, "--yes")
    assert "The last weekly look was 19 days ago.\n" in tool(*words).out
    assert "last weekly look" not in tool(*words, "--now", "2026-11-20").out

    ran(vault, 8)
    assert "last weekly look" not in tool(*words).out
    ran(vault, 9)
    assert "The last weekly look was 9 days ago." in tool(*words).out

    tool("weekly", vault)
    assert "last weekly look" not in tool(*words).out


def test_one_that_never_was_is_late_as_well(tool: Tool, vault: Path, machine: Machine, home: Path) -> None:
    machine.with_systemd()
    tool("schedule", "install", vault, "--yes")
    assert "weekly look" not in tool("report", vault).out

    long_ago = datetime.now().timestamp() - 10 * 86400
    os.utime(home / "config/systemd/user" / timer(vault), (long_ago, long_ago))
    assert "No weekly look was made yet, though one is scheduled for 10 days." in tool("report", vault).out


def test_data_for_programs_say_nothing_of_it(tool: Tool, vault: Path, machine: Machine) -> None:
    machine.with_systemd()
    tool("schedule", "install", vault, "--yes")
    ran(vault, 19)

    for form in ("json", "markdown", "csv"):
        assert "weekly" not in tool("report", vault, "--format", form).out


def test_a_report_of_a_vault_without_a_schedule_does_not_load_what_schedules(vault: Path, home: Path) -> None:
    asks = (
        "import sys; from vaultprune.cli import run; run(sys.argv[1:]); "
        "print(*[name for name in sys.modules if name.startswith('vaultprune.schedule.')], file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", asks, "report", str(vault)], capture_output=True, check=True, env=environment, text=True
    )

    assert done.stderr.split() == ["vaultprune.schedule.places"]


def test_run_now_is_weekly(vault: Path) -> None:
    done = in_a_process(["schedule", "run-now", "--quiet"], vault)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert Log(vault).last_success() is not None

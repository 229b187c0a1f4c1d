"""A schedule in a systemd of its own, which runs in a namespace and knows nothing of the machine's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.worlds import ROOT, garden

SYSTEMD = "/lib/systemd/systemd"
UNSHARE = ["unshare", "--mount", "--pid", "--fork", "--mount-proc"]
NAME = '100% %h $HOME ${HOME} "big" ann\'s \\x41\\ --a {0} `b` ü'
"""Whatever systemd takes for something else."""

INSIDE = """
mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system || exit 77
{systemd} --user --log-target=null &
manager=$!
for second in 1 2 3 4 5 6 7 8 9 10; do
  systemctl --user show-environment > "$HOME/environment" 2>&1 && break
  test $second = 10 && exit 77
  sleep 1
done
"$PYTHON" -m vaultprune schedule install --yes > "$HOME/install" 2>&1; echo "install $?"
timer=$(basename "$(ls "$HOME"/.config/systemd/user/*.timer)")
systemctl --user is-enabled "$timer"
systemctl --user show --property=TimersCalendar "$timer" | grep -o "OnCalendar=[^;]*"
systemctl --user start "${{timer%.timer}}.service" 2>> "$HOME/start"; echo "start $?"
"$PYTHON" -m vaultprune schedule status --format json > "$HOME/status.json"
"$PYTHON" -m vaultprune schedule install --at "Wed 17:30" --yes > "$HOME/again" 2>&1; echo "again $?"
systemctl --user show --property=TimersCalendar "$timer" | grep -o "OnCalendar=[^;]*"
"$PYTHON" -m vaultprune schedule remove --yes > "$HOME/remove" 2>&1; echo "remove $?"
systemctl --user list-unit-files --no-legend "$timer"
kill $manager
wait $manager
"""


def can_be_tried() -> bool:
    """Whether there is a systemd that can be started apart from the machine's."""
    if os.geteuid() or not os.access(SYSTEMD, os.X_OK) or shutil.which("unshare") is None:
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0


def test_systemd_runs_it_for_a_vault_of_any_name(tmp_path: Path) -> None:
    if not can_be_tried():
        pytest.skip("no systemd can be started in a namespace here")
    home, vault = tmp_path / "home", garden(tmp_path / NAME)
    (home / "run").mkdir(parents=True, mode=0o700)

    done = subprocess.run(
        [*UNSHARE, "sh", "-c", INSIDE.format(systemd=SYSTEMD)],
        cwd=vault,
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
        env={
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home / "run"),
            "PYTHONPATH": str(ROOT),
            "PYTHON": sys.executable,
            "LANG": "C.UTF-8",
        },
    )
    if done.returncode == 77:
        pytest.skip("systemd does not start in a namespace here")

    assert done.stdout.splitlines() == [
        "install 0",
        "enabled",
        "OnCalendar=Sun *-*-* 09:00:00 ",
        "start 0",
        "again 0",
        "OnCalendar=Wed *-*-* 17:30:00 ",
        "remove 0",
    ], done.stderr
    status = json.loads((home / "status.json").read_text(encoding="utf-8"))
    assert (status["scheduler"], status["at"], status["wrong"]) == ("systemd", "Sun 09:00", [])
    assert status["last_run"]["result"] == "done"
    assert status["last_run"]["notes"] == 43
    assert list((home / ".config/systemd/user").rglob("vaultprune*")) == []

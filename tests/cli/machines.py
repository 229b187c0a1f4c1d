"""Machines with a scheduler: small programs on PATH that write down how they were called, and answer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_RECORD = '#!/bin/sh\nprintf "%s" "$(basename "$0")" >> "{calls}"\nprintf " %s" "$@" >> "{calls}"\necho >> "{calls}"\n'

_SYSTEMCTL = """\
case "$*" in
  *show-environment*) exit {there} ;;
  *is-active*|*is-enabled*) test -e "{state}" ;;
  *restart*) if test -e "{fails}"; then echo "Failed to connect to bus" >&2; exit 1; fi; touch "{state}" ;;
  *disable*) rm -f "{state}" ;;
esac
"""
_CRONTAB = """\
case "$1" in
  -l) if test -e "{state}"; then cat "{state}"; else echo "no crontab for ann" >&2; exit 1; fi ;;
  -) if test -e "{fails}"; then cat > /dev/null; echo "no space left" >&2; exit 1; fi; cat > "{state}" ;;
esac
"""
_LAUNCHCTL = """\
case "$1" in
  print) test -e "{state}" ;;
  bootstrap) if test -e "{state}"; then exit 5; fi; touch "{state}" ;;
  bootout) if test -e "{state}"; then rm "{state}"; else exit 3; fi ;;
esac
"""
_SCHTASKS = """\
case "$1" in
  /Query) test -e "{state}" ;;
  /Create) touch "{state}" ;;
  /Delete) rm -f "{state}" ;;
esac
"""
_LOGINCTL = 'echo "Linger={linger}"\n'


class Machine:
    """What the programs of a machine were called with, and how they are to answer. `fails` makes the last one fail."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        folder.mkdir()
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
        self.fails = folder / "fails"
        self.with_systemd(False)

    def _program(self, name: str, answers: str, **how: object) -> Path:
        state = self.folder / f"{name}.state"
        values = {"calls": self.folder / "calls", "state": state, "fails": self.fails, **how}
        place = self.folder / name
        place.write_text((_RECORD + answers).format(**values))
        place.chmod(0o755)
        return state

    def with_systemd(self, there: bool = True, *, linger: str = "no") -> Path:
        self._program("loginctl", _LOGINCTL, linger=linger)
        return self._program("systemctl", _SYSTEMCTL, there=0 if there else 1)

    def with_cron(self) -> Path:
        return self._program("crontab", _CRONTAB)

    def with_launchd(self) -> Path:
        return self._program("launchctl", _LAUNCHCTL)

    def with_windows(self) -> Path:
        return self._program("schtasks", _SCHTASKS)

    def calls(self) -> list[str]:
        """How the programs were called since this was asked last."""
        place = self.folder / "calls"
        found = place.read_text().splitlines() if place.exists() else []
        place.unlink(missing_ok=True)
        return found

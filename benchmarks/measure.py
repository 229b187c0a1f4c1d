"""A command in; what it cost out: CPU seconds, wall seconds, peak memory, as the system itself counts them."""

from __future__ import annotations

import os
import platform
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process. `cpu` is user + system, with that of the processes it waited for (git, for one)."""

    cpu: float
    wall: float
    peak: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A process that did not end as it should, and why."""

    why: str


def run(
    argv: Sequence[str], *, env: Mapping[str, str], cwd: str | None = None, fine: tuple[int, ...] = (0,), limit: float
) -> Run | Failed:
    """Run a whole process with its output thrown away; stopped, with all it started, after `limit` seconds."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env=env,
                cwd=cwd,
                start_new_session=True,
            )
        except OSError as reason:
            return Failed(f"could not be started: {reason.strerror}")
        stop = threading.Timer(limit, _stop, (process.pid,))
        stop.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            _stop(process.pid)
            process.wait()
            raise
        finally:
            stop.cancel()
        wall = time.perf_counter() - start
        process.returncode = code = os.waitstatus_to_exitcode(status)
        if code in fine:
            return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * MAXRSS_UNIT)
        if code == -signal.SIGKILL and wall >= limit:
            return Failed(f"stopped after {limit:.0f} s")
        said.seek(0)
        lines = said.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return Failed(f"exit {code}" + (f": {lines[-1].strip()[:160]}" if lines else ""))


def _stop(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def median(values: Sequence[float]) -> float:
    """The middle value; nothing to go by is an error of the caller."""
    return statistics.median(values)


def own_peak() -> int:
    """The most memory this process has held, in bytes: Linux reports no smaller figure for a child."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT


def load() -> str:
    """The load average over 1, 5 and 15 minutes."""
    return " ".join(f"{each:.1f}" for each in os.getloadavg())


def machine() -> dict[str, str]:
    """Where and when this was measured."""
    return {
        "cpu": _cpu_model(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "load": load(),
    }


def _cpu_model() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith(("model name", "Model")):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()

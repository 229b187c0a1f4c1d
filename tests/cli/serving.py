"""A review that runs in a process of its own, and what it takes to ask it something."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from tests.cli.worlds import ROOT

FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Server:
    """The process, and where it answers."""

    process: subprocess.Popen[str]
    address: str
    port: int
    vault: Path

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> tuple[int, str]:
        """One request over the network of this machine."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        place = urlsplit(urljoin(self.address, path)).path
        connection.request(method, place, body, {"Sec-Fetch-Site": "same-origin", **named})
        answer = connection.getresponse()
        found = answer.status, answer.read().decode()
        connection.close()
        return found


@contextmanager
def serving(vault: Path, *options: str, **environment: str) -> Iterator[Server]:
    """The review of a vault, for as long as it is asked."""
    process = subprocess.Popen(
        [sys.executable, "-m", "vaultprune", "review", *options],
        cwd=vault,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        # whoever started the tests in the background has it ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/[\w-]{43}/$", said.strip())
        assert found is not None, said + process.stderr.read()
        assert process.stderr.readline() == "It stays on this machine. Done, or Ctrl-C here, ends it.\n"
        yield Server(process, found[0], int(found[1]), vault)
    finally:
        process.kill()
        process.communicate()

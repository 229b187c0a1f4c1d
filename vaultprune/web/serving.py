"""A review in, its pages on a port of this machine out, until somebody is done with them."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn

from vaultprune.errors import CannotStart
from vaultprune.web.app import app_of
from vaultprune.web.gate import HOST, Gate, Key
from vaultprune.web.shown import Review

CONNECTIONS = "/proc/net/tcp"
WAITING = 16
"""Connections that may wait for their turn."""


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A socket that only this machine reaches, on this port or with 0 on any free one. Raises `CannotStart`."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as found:
        if os.name == "posix":  # else a port that was in use a moment ago is refused
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((HOST, port))
            found.listen(WAITING)
        except OSError as error:
            says = (error.strerror or str(error)).lower()
            raise CannotStart(f"port {port} cannot be had: {says}. Nothing has been changed.") from None
        yield found


def serve(review: Review, at: socket.socket, begun: Callable[[str, str], None]) -> None:
    """Answer until somebody is done or presses Ctrl-C, one request after another, in this very thread.

    `begun` is told the address, and another that leads there once, for a browser's command line.
    """
    key, port = Key(), at.getsockname()[1]
    server: uvicorn.Server

    def finish() -> None:
        server.should_exit = True

    server = uvicorn.Server(
        uvicorn.Config(
            Gate(app_of(review, finish), key, port, lambda client: is_ours(client, port)),
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="error",  # a mistake of ours surfaces with its traceback; who knocks in the wrong words does not
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=10,
        )
    )
    begun(f"http://{HOST}:{port}/{key.secret}/", f"http://{HOST}:{port}/{key.ticket}")
    with suppress(KeyboardInterrupt):  # with which it hands on what it heard
        server.run(sockets=[at])


def is_ours(client: int, port: int, connections: str = CONNECTIONS) -> bool:
    """Whether the program that asks from this port runs for the same person; where nobody can tell, it is believed."""
    if not sys.platform.startswith("linux"):
        return True
    local, remote = f"0100007F:{client:04X}", f"0100007F:{port:04X}"
    try:
        with open(connections, encoding="ascii") as table:
            for line in table:
                row = line.split()
                if row[1:3] == [local, remote]:
                    return int(row[7]) == os.getuid()
    except (OSError, ValueError, IndexError):
        return True
    return True

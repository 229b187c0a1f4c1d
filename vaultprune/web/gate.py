"""A request in, the same handed on, or refused before any page sees it.

A page that is open in the same browser, another person on the same machine and a name that suddenly leads here
are all kept out: only who knows the address that was told gets in, and only from a page of our own anything is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from secrets import token_urlsafe

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
LONGEST = 16 * 1024
"""Bytes of what a form may send."""
HEADERS = (
    ("content-security-policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
     "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)  # fmt: skip
"""Nothing is fetched from elsewhere, run from elsewhere, sent elsewhere, kept or framed."""
_LENGTH = re.compile(r"\d{1,9}")
FORM = "application/x-www-form-urlencoded"


@dataclass
class Key:
    """The secret part of the address, and a ticket that leads there once: whoever lists processes sees that one."""

    secret: str = field(default_factory=lambda: token_urlsafe(32))
    ticket: str | None = field(default_factory=lambda: token_urlsafe(32))


class Gate:
    """Lets through what comes from the right address, in the right words, and takes the secret off the path.

    `is_ours` tells of the port of whoever asks whether it is a program of the same person.
    """

    def __init__(self, app: ASGIApp, key: Key, port: int, is_ours: Callable[[int], bool] = lambda port: True) -> None:
        self._app, self._key, self._is_ours = app, key, is_ours
        self._host = f"{HOST}:{port}"
        self._origin = f"http://{self._host}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        headers = _headers(scope)
        method, path = scope["method"], scope["path"]

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.encode(), value.encode()) for name, value in HEADERS]
                message = {**message, "headers": [*message.get("headers", ()), *own]}
            await send(message)

        if not self._may_ask(scope, headers):
            await _refuse(sent, 403)
        elif self._ticket(method, path):
            await _refuse(sent, 303, (b"location", f"/{self._key.secret}/".encode()))
        elif not (rest := self._behind_the_secret(path)):
            await _refuse(sent, 404)
        elif method not in ("GET", "HEAD", "POST"):
            await _refuse(sent, 405, (b"allow", b"GET, HEAD, POST"))
        elif method == "POST" and not self._may_send(headers):
            await _refuse(sent, 403)
        elif method == "POST" and not _is_short_form(headers):
            await _refuse(sent, 400)
        else:
            inner = {**scope, "path": rest, "raw_path": rest.encode("utf-8", "surrogateescape"), "root_path": ""}
            await self._app(inner, receive, sent)

    def _may_ask(self, scope: Scope, headers: dict[str, list[str]]) -> bool:
        """Whether it is asked for by our own name, from no foreign page and by nobody else's program."""
        client = scope.get("client")
        return (
            headers.get("host") == [self._host]
            and all(origin == self._origin for origin in headers.get("origin", ()))
            and all(site in ("none", "same-origin") for site in headers.get("sec-fetch-site", ()))
            and (client is None or (client[0] == HOST and self._is_ours(client[1])))
        )

    def _may_send(self, headers: dict[str, list[str]]) -> bool:
        """Whether a form comes from a page of our own. Browsers say so in one of two ways, and no page can feign it."""
        return headers.get("sec-fetch-site") == ["same-origin"] or (
            "sec-fetch-site" not in headers and headers.get("origin") == [self._origin]
        )

    def _ticket(self, method: str, path: str) -> bool:
        """Whether this is the one time that the ticket is shown."""
        if method != "GET" or self._key.ticket is None or not _same(path, f"/{self._key.ticket}"):
            return False
        self._key.ticket = None
        return True

    def _behind_the_secret(self, path: str) -> str:
        """What of the path stands behind the secret; "" where it does not begin with it."""
        secret, slash, rest = path[1:].partition("/")
        return f"/{rest}" if path[:1] == "/" and slash and _same(secret, self._key.secret) else ""


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same; how long that takes does not tell how far they agree."""
    return compare_digest(one.encode("utf-8", "surrogateescape"), other.encode())


def _is_short_form(headers: dict[str, list[str]]) -> bool:
    lengths = headers.get("content-length", [])
    kinds = [kind.partition(";")[0].strip().lower() for kind in headers.get("content-type", ())]
    return (
        kinds == [FORM]
        and len(lengths) == 1
        and _LENGTH.fullmatch(lengths[0]) is not None
        and int(lengths[0]) <= LONGEST
        and "transfer-encoding" not in headers
    )


async def _refuse(send: Send, status: int, *headers: tuple[bytes, bytes]) -> None:
    """An answer without a word: who was refused learns nothing."""
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0"), *headers]})
    await send({"type": "http.response.body", "body": b""})

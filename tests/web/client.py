"""A browser without a picture: asks a program for pages the way browsers do, and reads what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from starlette.types import ASGIApp, Message

HOST = "127.0.0.1:8765"
ORIGIN = f"http://{HOST}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str
    path: str


def ask(
    app: ASGIApp,
    method: str,
    path: str,
    headers: Iterable[tuple[str, str]],
    body: bytes = b"",
    client: tuple[str, int] | None = ("127.0.0.1", 50000),
) -> Answer:
    """One request, exactly as told."""
    place, _, query = path.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": place,
        "raw_path": place.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
        "client": client,
        "server": ("127.0.0.1", 8765),
    }
    sent: list[Message] = []
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(dict(message))

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    return Answer(sent[0]["status"], found, text, path)


@dataclass
class Browser:
    """Goes from page to page as a person does, by links and forms; `at` is the page that is shown."""

    app: ASGIApp
    path: str
    at: Answer = field(init=False)

    def __post_init__(self) -> None:
        self.go("./")

    def go(self, place: str) -> Answer:
        """Follow a link, and where that leads on to another page, that one."""
        self.path = urljoin(self.path, place)
        headers = [("Host", HOST), ("Sec-Fetch-Site", "same-origin")]
        self.at = self._followed(ask(self.app, "GET", self.path, headers))
        return self.at

    def send(self, address: str, /, **fields: str | int) -> Answer:
        """Send a form."""
        body = urlencode(fields).encode()
        headers = [
            ("Host", HOST),
            ("Origin", ORIGIN),
            ("Sec-Fetch-Site", "same-origin"),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", str(len(body))),
        ]
        self.at = self._followed(ask(self.app, "POST", urljoin(self.path, address), headers, body))
        return self.at

    def _followed(self, answer: Answer) -> Answer:
        if answer.status != 303:
            return answer
        self.path = urlsplit(urljoin(answer.path, answer.headers["location"])).path
        return self.go(urljoin(answer.path, answer.headers["location"]).partition("#")[0])


class Elements(HTMLParser):
    """Every element of a page with its attributes, and all of its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of this name."""
        return [attributes for name, attributes in self.found if name == tag]

    @property
    def text(self) -> str:
        """The words of the page, blanks as a browser shows them."""
        return " ".join("".join(self.words).split())

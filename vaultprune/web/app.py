"""A review in, the program that answers a browser out: which address shows what, and which button does what."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from vaultprune.errors import VaultpruneError
from vaultprune.review import ARCHIVE, KEEP, SNOOZES, UNDECIDED, Answer, snooze
from vaultprune.web.html import cards_page, message_page, plan_page
from vaultprune.web.shown import Review

STATIC: Mapping[str, str] = {"style.css": "text/css", "keys.js": "text/javascript", "icon.svg": "image/svg+xml"}
"""What is sent as it is, by name: nothing else of the disk is ever asked for."""
FIELDS = 8
LONGEST_REASON = 500
PATIENCE = 1.0
"""Seconds from the last page to the end: it asks for its looks."""
CONFLICT, BAD = 409, 400
UNCHANGED = "Nothing has been changed."

Form = Mapping[str, Sequence[str]]


class NotUnderstood(Exception):
    """A form that none of our pages sends."""


@dataclass
class Pages:
    """The pages of one review. `finish` is called when somebody is done."""

    review: Review
    finish: Callable[[], None]
    keys: bool = True

    async def cards(self, request: Request) -> Response:
        """The suggestions."""
        page = request.query_params.get("page", "1")
        number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
        return HTMLResponse(cards_page(self.review.shown(number), keys=self.keys))

    async def decide(self, request: Request) -> Response:
        """One answer on one card; next comes a card that nothing was said of."""
        form = await _form(request)
        look, place, answer = _number(form, "look"), _number(form, "place"), _answer(form)
        because = (_text(form, "because") or "").strip()[:LONGEST_REASON] or None
        self.review.decide(look, place, answer, because)
        return self._at_hand()

    async def undo(self, request: Request) -> Response:
        """The last answer is taken back."""
        self.review.undo()
        return self._at_hand()

    async def look(self, request: Request) -> Response:
        """The vault is read anew."""
        self.review.look_again()
        return _to("./")

    async def switch_keys(self, request: Request) -> Response:
        """The keys are switched off or on."""
        self.keys = _text(await _form(request), "keys") == "on"
        return _to("./#help")

    async def plan(self, request: Request) -> Response:
        """What would be carried out."""
        return HTMLResponse(plan_page(self.review.plan(), keys=self.keys))

    async def apply(self, request: Request) -> Response:
        """It is carried out, if it is what was shown; else what it is by now is shown."""
        form = await _form(request)
        if self.review.apply(_text(form, "plan") or "", frozenset(form.get("agreed", ()))):
            return _to("outcome")
        return HTMLResponse(plan_page(self.review.plan(), keys=self.keys), CONFLICT)

    async def outcome(self, request: Request) -> Response:
        """What came of it."""
        found = self.review.outcome()
        return _to("./") if found is None else HTMLResponse(plan_page(found, keys=self.keys))

    async def done(self, request: Request) -> Response:
        """Somebody is done: the server ends behind this answer."""
        asyncio.get_running_loop().call_later(PATIENCE, self.finish)
        lines = [*self.review.farewell(), "This page can be closed."]
        return HTMLResponse(message_page("The review has ended", lines, ended=True))

    def _at_hand(self) -> Response:
        place, page = self.review.at_hand()
        return _to(f"./?page={page}#card-{place}" if page > 1 else f"./#card-{place}")


def app_of(review: Review, finish: Callable[[], None]) -> Starlette:
    """The program behind the gate."""
    pages = Pages(review, finish)

    def route(path: str, answer: Callable[[Request], Awaitable[Response]], *methods: str) -> Route:
        return Route(path, answer, methods=list(methods or ("GET",)))

    made = Starlette(
        routes=[
            route("/", pages.cards),
            route("/decide", pages.decide, "POST"),
            route("/undo", pages.undo, "POST"),
            route("/look", pages.look, "POST"),
            route("/keys", pages.switch_keys, "POST"),
            route("/plan", pages.plan),
            route("/apply", pages.apply, "POST"),
            route("/outcome", pages.outcome),
            route("/done", pages.done, "POST"),
            *(route(f"/{name}", _sent(name, kind)) for name, kind in STATIC.items()),
        ],
        exception_handlers={VaultpruneError: _told, NotUnderstood: _not_understood},
    )
    made.router.redirect_slashes = False
    return made


def _sent(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    """What sends one file of ours, read once."""
    data = files("vaultprune.web").joinpath("static", name).read_bytes()

    async def sent(request: Request) -> Response:
        return Response(data, media_type=kind)

    return sent


async def _told(request: Request, error: Exception) -> Response:
    """What a person can put right, in the words of the command line."""
    said = str(error)
    return HTMLResponse(message_page("That could not be done", [f"{said[:1].upper()}{said[1:]}"]), CONFLICT)


async def _not_understood(request: Request, error: Exception) -> Response:
    return HTMLResponse(message_page("That was not understood", [UNCHANGED]), BAD)


def _to(place: str) -> Response:
    return RedirectResponse(place, 303)


async def _form(request: Request) -> Form:
    """What a form sent. Its length was looked at before."""
    try:
        text = (await request.body()).decode("ascii")
        return parse_qs(text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=FIELDS)
    except ValueError:
        raise NotUnderstood from None


def _text(form: Form, name: str) -> str | None:
    found = form.get(name, ())
    return found[0] if len(found) == 1 else None


def _number(form: Form, name: str) -> int:
    text = _text(form, name) or ""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotUnderstood
    return int(text)


def _answer(form: Form) -> Answer:
    """The answer that a button means; a snooze goes for the months chosen beside it."""
    meant = _text(form, "answer")
    if meant == "snooze":
        months = _number(form, "months")
        if months in SNOOZES:
            return snooze(months)
    plain = {"archive": ARCHIVE, "keep": KEEP, "undecided": UNDECIDED}
    if meant not in plain:
        raise NotUnderstood
    return plain[meant]

"""Who is let in: only who has the address, only from our own pages, only by our own name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests.web.client import HOST, ORIGIN, Answer, ask
from vaultprune.web.gate import HEADERS, LONGEST, Gate, Key
from vaultprune.web.serving import is_ours

SECRET = "s3cret"
FORM = "application/x-www-form-urlencoded"
GOOD = {
    "Host": HOST,
    "Origin": ORIGIN,
    "Sec-Fetch-Site": "same-origin",
    "Content-Type": FORM,
    "Content-Length": "3",
}


async def _inside(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(f"in: {scope['path']}")(scope, receive, send)


def gate(ours: bool = True) -> Gate:
    return Gate(_inside, Key(SECRET, "ticket"), 8765, lambda client: ours)


def get(
    path: str = f"/{SECRET}/",
    guarded: Gate | None = None,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    return ask(guarded or gate(), method, path, {"Host": HOST, **(headers or {})}.items())


def post(without: str = "", /, **changed: str) -> Answer:
    headers = {**GOOD, **{name.replace("_", "-"): value for name, value in changed.items()}}
    headers.pop(without, None)
    return ask(gate(), "POST", f"/{SECRET}/decide", headers.items(), b"a=b")


def test_who_has_the_address_gets_in() -> None:
    assert (get().status, get().text) == (200, "in: /")
    assert get(f"/{SECRET}/plan").text == "in: /plan"
    assert post().text == "in: /decide"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/favicon.ico",
        f"/{SECRET}",
        "/wrong/",
        f"/{SECRET}x/",
        f"/x{SECRET}/",
        f"//{SECRET}/",
        f"/{SECRET.upper()}/",
        "/../",
        "/\udcff/",
        f"{SECRET}/",
        f"/./{SECRET}/",
    ],
)
def test_without_the_secret_nothing_is_found(path: str) -> None:
    scope_path = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    assert (get(scope_path).status, get(scope_path).text) == (404, "")


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "localhost:8765"}, id="another name"),
        pytest.param({"Host": "evil.test"}, id="a name that was made to lead here"),
        pytest.param({"Host": "evil.test:8765"}, id="the same with our port"),
        pytest.param({"Host": "127.0.0.1"}, id="without the port"),
        pytest.param({"Host": "127.0.0.1:80"}, id="another port"),
        pytest.param({"Host": "127.0.0.1:8765.evil.test"}, id="a longer name"),
        pytest.param({"Host": ""}, id="none"),
        pytest.param({"Origin": "http://evil.test"}, id="from a foreign page"),
        pytest.param({"Origin": "null"}, id="from a page without an origin"),
        pytest.param({"Origin": "http://127.0.0.1:9999"}, id="from another port"),
        pytest.param({"Origin": "https://127.0.0.1:8765"}, id="from another scheme"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="followed from a foreign page"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="followed from another port"),
    ],
)
def test_whoever_comes_from_elsewhere_is_refused(headers: dict[str, str]) -> None:
    assert (get(headers=headers).status, get(headers=headers).text) == (403, "")
    named = {name.replace("-", "_"): value for name, value in headers.items()}
    assert (post(**named).status, post(**named).text) == (403, "")


def test_two_names_are_none() -> None:
    assert ask(gate(), "GET", f"/{SECRET}/", [("Host", HOST), ("Host", "evil.test")]).status == 403


def test_another_persons_program_is_refused_and_another_machine() -> None:
    assert get(guarded=gate(ours=False)).status == 403
    assert ask(gate(), "GET", f"/{SECRET}/", [("Host", HOST)], client=("10.0.0.7", 50000)).status == 403


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        pytest.param(post("Sec-Fetch-Site"), 200, id="an older browser, which names the origin"),
        pytest.param(post("Origin"), 200, id="no origin, but the browser says it is ours"),
        pytest.param(post("Origin", Sec_Fetch_Site="none"), 403, id="typed in, and not sent by a page"),
        pytest.param(
            ask(gate(), "POST", f"/{SECRET}/decide", [("Host", HOST), ("Content-Type", FORM), ("Content-Length", "3")]),
            403,
            id="nothing said of where it comes from",
        ),
        pytest.param(post("Content-Type"), 400, id="no kind"),
        pytest.param(post(Content_Type="text/plain"), 400, id="a kind that any page may send"),
        pytest.param(post(Content_Type="application/json"), 400, id="no form"),
        pytest.param(post(Content_Type=f"{FORM}; charset=utf-8"), 200, id="a form with a charset"),
        pytest.param(post("Content-Length"), 400, id="no length"),
        pytest.param(post(Content_Length=str(LONGEST + 1)), 400, id="too long"),
        pytest.param(post(Content_Length="-1"), 400, id="no number"),
        pytest.param(post(Transfer_Encoding="chunked"), 400, id="of a length that is not told"),
    ],
)
def test_a_form_is_taken_from_our_own_pages_only(answer: Answer, status: int) -> None:
    assert answer.status == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"])
def test_other_ways_to_ask_are_refused(method: str) -> None:
    assert get(method=method).status == 405


def test_the_ticket_leads_in_once() -> None:
    guarded = gate()

    first, second = get("/ticket", guarded), get("/ticket", guarded)

    assert (first.status, first.headers["location"]) == (303, f"/{SECRET}/")
    assert second.status == 404


def test_a_ticket_that_a_foreign_page_shows_is_no_ticket() -> None:
    guarded = gate()

    assert get("/ticket", guarded, headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert get("/ticket", guarded).status == 303


def test_every_answer_says_what_a_browser_may_do_with_it() -> None:
    for answer in (get(), get("/wrong"), get(headers={"Host": "evil.test"}), post(Content_Type="x")):
        for name, value in HEADERS:
            assert answer.headers[name] == value
    policy = dict(HEADERS)["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert dict(HEADERS)["cache-control"] == "no-store"


def test_secrets_are_long_and_never_the_same() -> None:
    keys = [Key() for _ in range(50)]

    assert len({key.secret for key in keys} | {key.ticket for key in keys}) == 100
    assert min(len(key.secret) for key in keys) >= 43


ROW = "   1: 0100007F:C350 0100007F:223D 01 00000000:00000000 00:00000000 00000000  {uid}        0 12345 1 0\n"


@pytest.mark.parametrize(
    ("table", "ours"),
    [
        pytest.param(ROW.format(uid=os.getuid()), True, id="a program of the same person"),
        pytest.param(ROW.format(uid=os.getuid() + 1), False, id="one of somebody else"),
        pytest.param("", True, id="nobody can tell"),
        pytest.param("nonsense\n", True, id="nothing that can be read"),
        pytest.param(
            ROW.format(uid=os.getuid() + 1).replace("C350", "C351") + ROW.format(uid=os.getuid()),
            True,
            id="the right row",
        ),
    ],
)
def test_whose_program_asks_is_told_by_the_system(tmp_path: Path, table: str, ours: bool) -> None:
    (tmp_path / "tcp").write_text("  sl  local_address rem_address st\n" + table, encoding="ascii")

    assert is_ours(50000, 8765, str(tmp_path / "tcp")) is ours
    assert is_ours(50000, 8765, str(tmp_path / "none"))

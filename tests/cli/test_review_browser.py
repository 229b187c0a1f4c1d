"""The local page in a real browser: by keyboard alone, without scripts, in light and dark, on a small screen."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Dialog, Error, Page, Response, expect, sync_playwright

from tests.cli.archives import WORLD, facts
from tests.cli.serving import Server, serving
from tests.cli.test_review import ago, quiet_garden
from tests.cli.worlds import a_note
from tests.web.payloads import PAYLOADS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="these want the browser chromium")

expect.set_options(timeout=60_000)  # long enough for a machine with much else to do
FLAGS = ["--disable-background-networking", "--host-resolver-rules=MAP evil.test 127.0.0.1"]
NARROW = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 450}
"""What of a screen of 1280 x 900 is left at 200 %."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *as_root])
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    more = {**WORLD, "Old.md": a_note("So [[Quiet 1]] is."), **alive(60)}
    with serving(quiet_garden(tmp_path / "Garden", more, suggested=7)) as found:
        yield found


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    with_watch = chromium.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    with_watch.on("request", lambda request: asked.append(request.url))
    with_watch.on("console", lambda message: complaints.append(message.text))  # a violated policy among them
    with_watch.on("pageerror", lambda error: complaints.append(str(error)))
    with_watch.goto(server.address)
    yield with_watch
    with_watch.close()
    assert [url for url in asked if not url.startswith(server.address)] == []
    assert [says for says in complaints if not says.startswith("Failed to load resource: ")] == []


def alive(many: int) -> dict[str, str | bytes]:
    """So many notes that were edited lately, so that a few others are no great part of the vault."""
    return {f"More/{number}.md": a_note("alive", edited=ago(number % 9 + 1)) for number in range(many)}


def tab_to(page: Page, place: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(200):
        if page.locator(place).evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{place} cannot be reached")


def written(vault: Path) -> list[tuple[str, str]]:
    files = sorted((vault / ".vaultprune/decisions").glob("*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [(line["what"], line["name"]) for line in lines]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def state(page: Page, place: int, wanted: str) -> None:
    """Wait until a card is in this state."""
    expect(page.locator(f"#card-{place}")).to_have_attribute("data-state", wanted)


def test_ten_notes_are_reviewed_and_set_aside_by_keyboard_alone(page: Page, server: Server) -> None:
    answers = ["archive", "keep", "snooze", "archive", "archive", "keep", "archive", "keep-6", "archive", "archive"]
    assert page.locator("article.card").count() == 10
    for place, answer in enumerate(answers, 1):
        page.keyboard.press("j") if place == 1 else None
        expect(page.locator(f"#card-{place}")).to_be_focused()
        page.keyboard.press({"archive": "e", "keep": "p"}.get(answer, "h"))
        state(page, place, answer.replace("snooze", "keep-6"))
    expect(page.locator("#counts")).to_have_text("6 notes to set aside, 2 kept, 2 snoozed, 0 undecided")
    said = [what for what, _ in written(server.vault)]
    assert said == ["archive" if answer == "archive" else "keep" for answer in answers]

    tab_to(page, "#plan")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Plan ")
    tab_to(page, "button.main")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("6 notes set aside")
    assert len(list((server.vault / "Archive").rglob("*.md"))) >= 6


def test_undo_brings_back_what_was_and_the_focus_with_it(page: Page, server: Server) -> None:
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#card-2")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("Press z to undo.")

    page.keyboard.press("z")

    state(page, 1, "undecided")
    expect(page.locator("#card-1")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("Taken back:")
    assert [what for what, _ in written(server.vault)] == ["archive", "forget"]


def test_the_keys_walk_the_cards_and_stop_at_the_ends(page: Page) -> None:
    for key, wanted in (("j", 1), ("j", 2), ("j", 3), ("k", 2), ("k", 1), ("k", 1)):
        page.keyboard.press(key)
        assert focused(page) == f"card-{wanted}"
        box = page.locator(f"#card-{wanted}").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 300


def test_letters_in_a_field_are_letters_and_with_ctrl_they_are_the_browsers(page: Page, server: Server) -> None:
    page.locator("#because-1").click()
    page.keyboard.type("jekphz?")

    assert page.locator("#because-1").input_value() == "jekphz?"
    page.locator("#card-1").focus()
    page.keyboard.press("Control+e")
    page.keyboard.press("Alt+p")
    assert written(server.vault) == []


def test_a_reason_goes_along_and_what_is_typed_on_other_cards_stays(page: Page, server: Server) -> None:
    page.locator("#because-2").fill("for later")
    page.locator("#because-1").fill("done with it")
    page.locator("#because-1").press("Enter")

    state(page, 1, "archive")
    expect(page.locator("#card-1")).to_contain_text("because: done with it")
    assert page.locator("#because-2").input_value() == "for later"


def test_switched_off_the_keys_do_nothing(page: Page, server: Server) -> None:
    page.keyboard.press("?")
    expect(page.locator("#help")).to_have_attribute("open", "")
    page.get_by_role("button", name="Switch the keys off").press("Enter")
    expect(page.locator("body")).to_have_attribute("data-keys", "off")

    for key in "jepz":
        page.keyboard.press(key)

    assert written(server.vault) == []
    assert not focused(page).startswith("card-")
    page.locator("#card-1").get_by_role("button", name="Keep").click()
    state(page, 1, "keep")


def test_a_review_that_has_ended_is_told(page: Page, server: Server) -> None:
    server.process.terminate()
    server.process.wait(timeout=60)
    page.keyboard.press("j")
    page.keyboard.press("e")

    expect(page.locator("#said")).to_contain_text("Nobody answers: this review has ended.")


def test_a_note_that_was_edited_meanwhile_is_told_and_not_decided_on(page: Page, server: Server) -> None:
    name = page.locator("#title-1").inner_text()
    [path] = list(server.vault.rglob(f"{name}.md"))
    path.write_text("another thought", encoding="utf-8")
    page.keyboard.press("j")
    page.keyboard.press("e")

    expect(page.locator("#said")).to_contain_text("was edited or moved since it was read: look again")
    assert written(server.vault) == []


def test_everything_works_without_scripts(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    before = facts(server.vault)
    page.goto(server.address)
    page.locator("#card-1").get_by_role("button", name="Archive").click()
    assert page.locator("#card-1").get_attribute("data-state") == "archive"
    assert page.url.endswith("#card-2")
    page.locator("#card-2").get_by_role("combobox").select_option("3")
    page.locator("#card-2").get_by_role("button", name="Snooze").click()
    assert page.locator("#card-2").get_attribute("data-state") == "keep-3"
    page.get_by_role("button", name="Undo last").click()
    assert page.locator("#card-2").get_attribute("data-state") == "undecided"
    assert facts(server.vault) == before
    page.get_by_role("link", name="See the plan").click()
    page.locator("button.main").click()
    assert "1 note set aside" in page.locator("h1").inner_text()
    page.get_by_role("link", name="Back to the suggestions").click()
    assert page.locator("article.card").count() >= 8
    page.get_by_role("button", name="Look again").click()
    page.get_by_role("button", name="Done").click()
    assert page.locator("h1").inner_text() == "The review has ended"
    context.close()
    assert server.process.wait(timeout=60) == 0


def _pages(page: Page, server: Server) -> Iterator[str]:
    """Every kind of page, one after another."""
    page.goto(server.address)
    yield "cards"
    page.locator("#card-1").get_by_role("button", name="Archive").click()
    state(page, 1, "archive")
    page.locator("#help summary").click()
    yield "decided, and the keys"
    page.goto(f"{server.address}plan")
    yield "plan"
    page.locator("button.main").click()
    expect(page.locator("h1")).to_contain_text("set aside")
    page.wait_for_load_state()
    yield "outcome"
    page.goto(f"{server.address}plan")
    yield "nothing waits"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(chromium: Browser, server: Server, scheme: Literal["light", "dark"]) -> None:
    page = chromium.new_page(color_scheme=scheme)
    for kind in _pages(page, server):
        found: dict[str, Any] = Axe().run(page).response
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == [], kind
        assert len(found["passes"]) > 10
    page.close()


@pytest.mark.parametrize("size", [pytest.param(NARROW, id="320 px"), pytest.param(ZOOMED, id="200 percent")])
def test_no_page_scrolls_sideways(chromium: Browser, tmp_path: Path, size: Any) -> None:
    long = {f"Ideas/{'long' * 40}.md": a_note(f"{'word' * 300}\n\n    {'code ' * 80}\n", edited="2020-01-01")}
    with serving(quiet_garden(tmp_path / "Garden", long)) as server:
        page = chromium.new_page(viewport=size, reduced_motion="reduce")
        for kind in _pages(page, server):
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], kind
        page.close()


def test_the_pages_follow_the_scheme_of_their_reader(chromium: Browser, server: Server) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        page = chromium.new_page(color_scheme=scheme)
        page.goto(server.address)
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.close()

    assert len(colours) == 2


def test_what_notes_hold_runs_nothing(chromium: Browser, tmp_path: Path) -> None:
    notes = dict[str, str | bytes]()
    for number, payload in enumerate(PAYLOADS):
        name = "".join(char for char in payload if char not in "/\0")
        notes[f"Ideas/{name} {number}.md"] = a_note(f"{payload}\n\n[[{payload}]] #{payload}", edited="2020-01-01")
        notes[f"Old/{number}.md"] = a_note(f"{payload} [[Ideas/{name} {number}]] {payload}", edited="2021-01-01")
    vault = quiet_garden(tmp_path / "Garden", {**notes, **alive(200)})
    (vault / ".vaultprune/config.toml").write_text('dates = ["property"]\nbudget = "100%"\n', encoding="utf-8")
    with serving(vault) as server:
        page = chromium.new_page()
        asked, ran = list[str](), list[str]()

        def dismissed(dialog: Dialog) -> None:
            ran.append(dialog.message)
            dialog.dismiss()

        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", dismissed)
        page.on("console", lambda message: ran.append(message.text))
        shown = 0
        page.goto(server.address)
        while True:
            shown += sum("alert(1)" in text for text in page.locator("article.card").all_inner_texts())
            page.keyboard.press("j")
            page.keyboard.press("e")
            expect(page.locator("#undo")).to_be_enabled()
            following = page.get_by_role("link", name="Next page").first
            if not following.count():
                break
            following.click()
        page.goto(f"{server.address}plan")
        assert page.locator("button.main").count() == 1
        page.close()

    assert shown > 20
    assert ran == []
    assert [url for url in asked if not url.startswith(server.address)] == []


# --- pages from elsewhere ---------------------------------------------------------------------------------


FIELDS = {"look": "1", "place": "1", "answer": "keep"}


@pytest.fixture
def elsewhere(server: Server) -> Iterator[str]:
    """A page of another program on this machine, which knows the address and sends a form there."""

    class Hostile(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fields = "".join(f'<input name="{name}" value="{value}">' for name, value in FIELDS.items())
            script = f"fetch('{server.address}').then(() => document.title = 'read', () => document.title = 'refused')"
            data = f"""<title>at work</title><a href="{server.address}">x</a><iframe src="{server.address}"></iframe>
                <form method="post" action="{server.address}decide">{fields}<button>x</button></form>
                <script>{script}</script>"""
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(data.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hostile) as other:
        thread = Thread(target=other.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{other.server_port}/"
        other.shutdown()
        thread.join()


@pytest.mark.parametrize("host", ["127.0.0.1", "evil.test"])
def test_a_page_elsewhere_can_neither_read_nor_send(
    chromium: Browser, server: Server, elsewhere: str, host: str
) -> None:
    def ours(response: Response) -> bool:
        return response.url.startswith(server.address)

    statuses = list[int]()
    for way in ("button", "a"):
        page = chromium.new_page()
        page.on("response", lambda response: statuses.append(response.status) if ours(response) else None)
        page.goto(elsewhere.replace("127.0.0.1", host))
        expect(page).to_have_title("refused")
        assert all("Garden" not in frame.content() for frame in page.frames)
        with page.expect_response(ours) as sent:
            page.locator(way).click()
        assert sent.value.status == 403
        page.close()

    assert set(statuses) == {403}
    assert written(server.vault) == []


def test_a_name_that_is_made_to_lead_here_is_refused(chromium: Browser, server: Server) -> None:
    page = chromium.new_page()
    with page.expect_response(lambda response: "evil.test" in response.url) as refused, suppress(Error):
        page.goto(server.address.replace("127.0.0.1", "evil.test"))  # an error, since there is nothing to show

    assert refused.value.status == 403
    page.close()

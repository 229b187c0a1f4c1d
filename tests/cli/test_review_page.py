"""The local page of a review: what it shows, what is written down, and that it carries out the very plan of `apply`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.routing import Route

from tests.cli.archives import BOX, WORLD, facts, plan_of
from tests.cli.held import SECRET, Held, held
from tests.cli.serving import FORM, Server, serving
from tests.cli.test_review import quiet_garden
from tests.cli.test_review_note import tick
from tests.cli.worlds import NOW, ROOT, Tool, a_note
from tests.web.client import HOST, Elements, ask
from vaultprune.archiving.files import Disk
from vaultprune.archiving.locking import locked
from vaultprune.cli.reviewing.on_page import PER_PAGE
from vaultprune.cli.reviewing.page import WITH_NOW
from vaultprune.web.app import app_of

QUIET = [f"Ideas/Quiet {number}.md" for number in (1, 2, 3)]


@pytest.fixture
def page(tmp_path: Path) -> Held:
    return held(quiet_garden(tmp_path / "Garden"))


def test_the_page_shows_a_card_for_each_suggestion(page: Held) -> None:
    elements = Elements(page.browser.at.text)

    assert page.browser.at.status == 200
    assert "3 of about 10 quiet notes, the clearest first." in elements.text
    assert [f"Quiet {number}" in page.card(number) for number in (1, 2, 3)] == [True] * 3
    assert "no other note links here" in page.card(1)
    assert "Some words about this and that" in page.card(1)
    assert "no other note becomes an orphan" in page.card(1)
    assert len(elements.of("h1")) == 1


def test_a_backlink_stands_there_with_its_sentence(tmp_path: Path) -> None:
    found = held(
        quiet_garden(tmp_path / "Garden", {"Old.md": a_note("So far [[Quiet 1]] holds.", edited="2022-01-01")})
    )

    assert "So far [[Quiet 1]] holds." in found.browser.at.text


@pytest.mark.parametrize(
    ("answer", "more", "what", "state", "told"),
    [
        ("archive", {}, "archive", "archive", "To be set aside"),
        ("keep", {}, "keep", "keep", "Kept"),
        ("snooze", {"months": 1}, "keep", "keep-1", "Put off until"),
        ("snooze", {"months": 12}, "keep", "keep-12", "Put off until"),
        ("archive", {"because": " for the exam "}, "archive", "archive", "To be set aside, because: for the exam"),
    ],
)
def test_an_answer_is_written_down_at_once(
    page: Held, answer: str, more: dict[str, str | int], what: str, state: str, told: str
) -> None:
    before = facts(page.vault)

    assert page.decide(2, answer, **more) == 200

    (written,) = page.written()
    assert (written["what"], written["name"]) == (what, QUIET[1])
    assert written.get("because") == (str(more["because"]).strip() if "because" in more else None)
    assert page.state(2) == state
    assert told in page.card(2)
    assert facts(page.vault) == before


def test_what_was_decided_can_be_undone_step_by_step(page: Held) -> None:
    for answer in ("archive", "keep", "undecided"):
        page.decide(1, answer)
    assert [line["what"] for line in page.written()] == ["archive", "keep", "forget"]

    states = []
    for _ in range(3):
        page.browser.send("undo")
        states.append(page.state(1))

    assert states == ["keep", "archive", "undecided"]
    assert [line["what"] for line in page.written()][3:] == ["keep", "archive", "forget"]
    assert "Taken back: Ideas/Quiet 1." in page.said
    assert page.browser.send("undo").status == 200
    assert len(page.written()) == 6


def test_what_was_decided_before_stands_on_the_card_and_can_be_withdrawn(page: Held) -> None:
    page.decide(1, "archive")

    again = held(page.vault)

    assert "as you decided on" in again.card(1)
    again.decide(1, "undecided")
    assert again.written()[-1]["what"] == "forget"


def test_the_next_card_is_one_that_nothing_was_said_of(page: Held) -> None:
    page.decide(2, "keep")
    assert page.browser.at.text.count('data-next="3"') == 1
    page.decide(3, "keep")
    assert page.browser.at.text.count('data-next="1"') == 1


def test_the_counts_are_those_of_the_decisions(page: Held) -> None:
    page.decide(1, "archive")
    page.decide(2, "snooze")

    assert "1 note to set aside, 0 kept, 1 snoozed, 1 undecided" in Elements(page.browser.at.text).text


def test_a_note_that_was_edited_meanwhile_is_not_decided_on(page: Held) -> None:
    (page.vault / QUIET[0]).write_text(a_note("another thought"), encoding="utf-8")

    assert page.decide(1, "archive") == 409
    assert "was edited or moved since it was read: look again before you decide" in page.browser.at.text
    assert "It was edited or moved since it was read for this page." in (page.browser.go("./"), page.card(1))[1]
    assert '<button name="answer"' not in page.card(1)
    assert page.written() == []
    page.browser.send("look")
    assert page.decide(1, "archive") == 200


def test_a_page_of_an_earlier_look_decides_nothing(page: Held) -> None:
    page.browser.send("look")

    assert page.browser.send("decide", look=1, place=1, answer="archive").status == 409
    assert page.written() == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"look": 1},
        {"look": 1, "place": 1},
        {"look": 1, "place": 1, "answer": "delete"},
        {"look": 1, "place": 1, "answer": "snooze", "months": 7},
        {"look": 1, "place": 1, "answer": "snooze"},
        {"look": 1, "place": "../../x", "answer": "archive"},
        {"look": 1, "place": "-1", "answer": "archive"},
        {"look": 1, "place": "٣", "answer": "archive"},
        {"look": 1, "place": "1" * 400, "answer": "archive"},
        {f"f{number}": 1 for number in range(20)},
    ],
)
def test_a_form_that_no_page_sends_does_nothing(page: Held, fields: dict[str, str | int]) -> None:
    assert page.browser.send("decide", **fields).status == 400
    assert page.written() == []


@pytest.mark.parametrize("place", [0, 4, 999_999_999])
def test_a_card_that_is_not_there_is_not_decided_on(page: Held, place: int) -> None:
    assert page.decide(place, "archive") == 409
    assert page.written() == []


def test_with_the_clock_set_nothing_can_be_decided(tmp_path: Path) -> None:
    found = held(quiet_garden(tmp_path / "Garden"), now=NOW, looking=WITH_NOW)

    assert "For looking only:" in found.browser.at.text
    assert 'action="decide"' not in found.browser.at.text
    assert [found.decide(1, "archive"), found.browser.send("undo").status] == [409, 409]
    assert [found.browser.go("plan").status, found.browser.send("apply", plan="x").status] == [409, 409]
    assert found.written() == []


def test_many_suggestions_come_on_several_pages(tmp_path: Path) -> None:
    found = held(quiet_garden(tmp_path / "Garden", suggested=120))

    assert found.browser.at.text.count('<article id="card-') == PER_PAGE
    assert "Page 1 of 2" in found.browser.at.text
    found.browser.go("?page=2")
    assert f'<article id="card-{PER_PAGE + 1}"' in found.browser.at.text
    found.decide(PER_PAGE, "keep")
    assert f'<article id="card-{PER_PAGE + 1}"' in found.browser.at.text
    assert [found.browser.go(f"?page={page}").status for page in ("0", "99", "x", "-1", "9" * 90)] == [200] * 5


def test_a_vault_without_suggestions_says_so(tmp_path: Path) -> None:
    found = held(quiet_garden(tmp_path / "Garden", suggested=0))

    assert "Nothing to suggest:" in Elements(found.browser.at.text).text


# --- the plan ---------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(tmp_path: Path) -> Held:
    """A review in which a note is to be set aside to which others link."""
    found = held(quiet_garden(tmp_path / "Garden", WORLD))
    (place,) = [place for place in range(1, 6) if "Leitner box" in found.card(place)[:400]]
    found.decide(place, "archive")
    return found


def test_the_plan_is_the_one_of_apply(tool: Tool, waiting: Held) -> None:
    plan = plan_of(tool, "apply", waiting.vault)
    told = Elements(waiting.browser.go("plan").text)

    assert f"Plan {plan['id']} for Garden" in told.text
    assert "1 note moves below Archive/" in told.text
    assert BOX in told.text
    assert "[b](../Ideas/Leitner%20box.md)" in told.text
    assert "-> [b](../Archive/Ideas/Leitner%20box.md)" in told.text
    assert "Nothing has been changed." in told.text
    assert [field["value"] for field in told.of("input") if field.get("name") == "plan"] == [plan["id"]]
    assert "Set 1 note aside, rewrite 3 links in" in told.text


def test_the_plan_that_was_shown_is_carried_out_and_can_be_taken_back(tool: Tool, waiting: Held) -> None:
    before = facts(waiting.vault)
    plan = plan_of(tool, "apply", waiting.vault)

    waiting.browser.go("plan")
    told = Elements(waiting.browser.send("apply", plan=plan["id"]).text)

    assert "1 note set aside, 3 links rewritten" in told.text
    assert "vaultprune undo" in told.text
    assert (waiting.vault / "Archive" / BOX).exists()
    assert waiting.written()[-1]["reason"] == "archived"
    assert "Leitner box" not in waiting.browser.go("./").text.partition("<main")[2]
    assert tool("undo", waiting.vault, "--yes").code == 0
    after = facts(waiting.vault)
    del before["Board.canvas"], after["Board.canvas"]  # it gets a fresh time, since sync lets the newest win
    assert after == before


def test_a_plan_that_is_another_by_now_is_shown_anew(tool: Tool, waiting: Held) -> None:
    plan = plan_of(tool, "apply", waiting.vault)
    with (waiting.vault / "Work/Alive 01.md").open("a", encoding="utf-8") as file:
        file.write("See [b](../Ideas/Leitner%20box.md).\n")
    before = facts(waiting.vault)

    answer = waiting.browser.send("apply", plan=plan["id"])

    assert answer.status == 409
    assert "The plan is another by now. Look at it again. Nothing has been changed." in answer.text
    assert plan_of(tool, "apply", waiting.vault)["id"] in answer.text
    assert facts(waiting.vault) == before


@pytest.mark.parametrize("plan", ["", "0", "../x"])
def test_only_a_plan_that_was_seen_is_carried_out(waiting: Held, plan: str) -> None:
    before = facts(waiting.vault)

    assert waiting.browser.send("apply", plan=plan).status == 409
    assert facts(waiting.vault) == before


def test_an_archive_folder_that_was_there_before_is_asked_about(tool: Tool, tmp_path: Path) -> None:
    found = held(quiet_garden(tmp_path / "Garden", {"Archive/Mine.md": a_note("from before")}))
    found.decide(1, "archive")
    before = facts(found.vault)

    told = Elements(found.browser.go("plan").text)
    plan = plan_of(tool, "apply", found.vault)
    (box,) = [field for field in told.of("input") if field.get("type") == "checkbox"]

    assert "required" in box
    assert found.browser.send("apply", plan=plan["id"]).status == 409
    assert facts(found.vault) == before
    assert found.browser.send("apply", plan=plan["id"], agreed=str(box["value"])).status == 200
    assert (found.vault / "Archive" / QUIET[0]).exists()


def test_a_guard_that_wants_an_approval_is_told_with_the_command(tool: Tool, tmp_path: Path) -> None:
    found = held(quiet_garden(tmp_path / "Garden", {".git/MERGE_HEAD": "0" * 40, ".git/HEAD": "ref: refs/heads/x\n"}))
    found.decide(1, "archive")
    before = facts(found.vault)

    told = Elements(found.browser.go("plan").text)
    plan = plan_of(tool, "apply", found.vault)

    assert f"vaultprune apply --approve {plan['id']}" in told.text or plan["guards"][0]["final"]
    assert "a merge" in told.text
    assert not [field for field in told.of("form") if field.get("action") == "apply"]
    assert found.browser.send("apply", plan=plan["id"]).status == 409
    assert facts(found.vault) == before


def test_what_is_ticked_in_the_checklist_note_is_part_of_the_plan(tool: Tool, tmp_path: Path) -> None:
    vault = quiet_garden(tmp_path / "Garden")
    assert tool("review", vault, "--note").code == 0
    tick(vault, 1)
    tick(vault, 2, "keep")
    found = held(vault)
    assert 'id="plan" href="plan">' in found.browser.at.text
    told = Elements(found.browser.go("plan").text)
    (plan,) = [field["value"] for field in told.of("input") if field.get("name") == "plan"]
    assert "1 note is kept." in told.text
    tick(vault, 3, "keep")
    assert found.browser.send("apply", plan=str(plan)).status == 409
    (plan,) = [field["value"] for field in Elements(found.browser.at.text).of("input") if field.get("name") == "plan"]

    done = Elements(found.browser.send("apply", plan=str(plan)).text)

    assert "1 note set aside" in done.text
    assert "2 notes are kept." in done.text
    assert [line["what"] for line in found.written() if line["what"] == "keep"] == ["keep", "keep"]
    assert len(list((vault / "Archive/Ideas").glob("*.md"))) == 1


def test_ticks_that_move_nothing_are_written_down_all_the_same(tool: Tool, tmp_path: Path) -> None:
    vault = quiet_garden(tmp_path / "Garden")
    assert tool("review", vault, "--note").code == 0
    tick(vault, 1, "keep")
    found = held(vault)
    told = Elements(found.browser.go("plan").text)
    (plan,) = [field["value"] for field in told.of("input") if field.get("name") == "plan"]

    assert "Write that down" in told.text
    assert "No note was moved." in Elements(found.browser.send("apply", plan=str(plan)).text).text
    assert [line["what"] for line in found.written()] == ["keep"]


def test_nothing_waiting_is_no_plan(page: Held) -> None:
    told = Elements(page.browser.go("plan").text)

    assert "Nothing that you decided waits to be carried out." in told.text
    assert page.browser.go("outcome").status == 200


def test_a_vault_in_which_another_run_is_at_work_is_left_alone(tool: Tool, waiting: Held) -> None:
    plan = plan_of(tool, "apply", waiting.vault)
    with locked(Disk(waiting.vault)):
        answer = waiting.browser.send("apply", plan=plan["id"])

    assert answer.status == 409
    assert "That could not be done" in answer.text
    assert waiting.browser.send("apply", plan=plan["id"]).status == 200


def test_decisions_that_cannot_be_written_are_told(page: Held) -> None:
    (page.vault / ".vaultprune/decisions").write_text("in the way", encoding="utf-8")

    assert page.decide(1, "keep") == 409
    assert "That could not be done" in page.browser.at.text
    page.browser.go("./")
    assert page.state(1) == "undecided"


# --- the pages themselves ---------------------------------------------------------------------------------


def test_no_other_address_leads_anywhere(page: Held) -> None:
    for place in ("x", "static/style.css", "../../etc/passwd", "style.css/", "decide", "apply", "%2e%2e/x", "keys"):
        assert page.browser.go(f"/{SECRET}/{place}").status in (404, 405)


@pytest.mark.parametrize("name", ["style.css", "keys.js", "icon.svg"])
def test_what_the_pages_need_is_there(page: Held, name: str) -> None:
    assert page.browser.go(name).status == 200


def test_every_address_wants_the_secret(page: Held) -> None:
    routes = [route for route in app_of(page.review, lambda: None).routes if isinstance(route, Route)]

    assert len(routes) > 10
    for route in routes:
        for prefix in ("", "/wrong", f"/{SECRET}x"):
            for method in sorted(route.methods or ()):
                assert ask(page.browser.app, method, prefix + route.path, [("Host", HOST)]).status in (403, 404)


def test_nothing_on_a_page_comes_from_elsewhere(waiting: Held) -> None:
    pages = [waiting.browser.go(place).text for place in ("./", "plan", "icon.svg", "style.css", "keys.js")]

    for text in pages[:2]:
        for _, attributes in Elements(text).found:
            for name, value in attributes.items():
                assert name not in ("style", "srcset", "ping")
                assert not name.startswith("on")
                if name in ("href", "src", "action"):
                    assert value is not None
                    assert value.split("?")[0] in {
                        *("icon.svg", "style.css", "keys.js", "./", "plan", "decide", "undo", "look", "keys", "done"),
                        "apply",
                    }
        assert "<style" not in text
        assert text.count("<script") == text.count('<script src="keys.js"') == 1
    for text in pages[2:]:
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
        assert "url(" not in text
        assert "@import" not in text


def test_the_keys_can_be_switched_off(page: Held) -> None:
    assert 'data-keys="on"' in page.browser.at.text
    assert 'data-keys="off"' in page.browser.send("keys", keys="off").text
    assert 'data-keys="on"' in page.browser.send("keys", keys="on").text


def test_at_the_end_it_says_what_was_decided_and_what_comes_next(page: Held) -> None:
    page.decide(1, "archive")
    page.decide(2, "keep")

    assert list(page.review.farewell()) == [
        "Decided: 1 to be set aside, 1 kept.",
        "1 note waits to be set aside: vaultprune apply",
        "No note was moved.",
    ]


# --- the command ------------------------------------------------------------------------------------------

WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, *rest):
        if name.split(".")[0] == {library!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing())
from vaultprune.cli import run
sys.exit(run(["review", *sys.argv[1:]]))
"""


@pytest.mark.parametrize("library", ["jinja2", "starlette", "uvicorn"])
def test_without_the_libraries_it_says_what_to_install(tmp_path: Path, library: str) -> None:
    vault = quiet_garden(tmp_path / "Garden")

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(library=library), vault],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    assert done.returncode == 2
    assert f"{library} is not installed: pip install jinja2 starlette uvicorn" in done.stderr
    assert "review --tty and review --note go without" in done.stderr
    assert done.stderr.endswith("Nothing has been changed.\n")


def test_a_port_that_is_taken_is_told(tool: Tool, tmp_path: Path) -> None:
    vault = quiet_garden(tmp_path / "Garden")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = tool("review", vault, "--port", str(port))

    assert done.code == 2
    assert f"port {port} cannot be had: address already in use. Nothing has been changed." in done.err


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(quiet_garden(tmp_path / "Garden")) as found:
        yield found


def test_the_command_serves_the_page_until_somebody_is_done(server: Server) -> None:
    assert server.ask("./")[0] == 200
    assert server.ask("decide", "POST", "look=1&place=1&answer=keep", **FORM)[0] == 303
    status, text = server.ask("done", "POST", **FORM)

    assert status == 200
    assert "This page can be closed." in text
    out, err = server.process.communicate(timeout=60)
    assert server.process.returncode == 0
    assert out == ""
    assert err == "\nDecided: 1 kept.\nNo note was moved.\n"


LEADS_IN = """#!{python}
import http.client, sys, urllib.parse
place = urllib.parse.urlsplit(sys.argv[1])
for _ in range(2):
    asked = http.client.HTTPConnection(place.netloc, timeout=60)
    asked.request("GET", place.path)
    answer = asked.getresponse()
    print(place.path, answer.status, answer.getheader("location"), file=open({said!r}, "a"))
"""


def test_a_browser_is_opened_where_it_is_asked_for_with_a_ticket_that_leads_in_once(tmp_path: Path) -> None:
    browser, said = tmp_path / "browser", tmp_path / "said"
    browser.write_text(LEADS_IN.format(python=sys.executable, said=str(said)), encoding="utf-8")
    browser.chmod(0o755)
    with serving(quiet_garden(tmp_path / "Garden"), "--open", BROWSER=f"{browser} %s") as server:
        deadline = time.monotonic() + 60
        while not (said.exists() and said.read_text("utf-8").count("\n") == 2) and time.monotonic() < deadline:
            time.sleep(0.05)
        first, second = said.read_text("utf-8").splitlines()
        secret = urlsplit(server.address).path

    assert first.split()[1:] == ["303", secret]
    assert second.split()[1:] == ["404", "None"]
    assert secret.strip("/") not in first.split()[0]


def test_ctrl_c_while_notes_move_is_heard_after_the_note_at_hand(
    page: Held, tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tool("archive", page.vault, "Alive 07", "--yes").code == 0  # the first time, it is rehearsed
    page.decide(1, "archive")
    page.decide(2, "archive")
    plan = plan_of(tool, "apply", page.vault)
    before = Disk.before

    def interrupting(disk: Disk, call: str) -> None:
        if call == "move":
            signal.raise_signal(signal.SIGINT)
        before(disk, call)

    monkeypatch.setattr(Disk, "before", interrupting)
    with pytest.raises(KeyboardInterrupt):  # which the server hears, and ends
        page.review.apply(plan["id"], ())
    monkeypatch.undo()

    told = page.review.outcome()
    assert told is not None
    assert told.title == "1 note set aside, 1 note left alone"
    assert "1 note set aside, 1 note left alone. Take it back: vaultprune undo" in page.review.farewell()
    assert tool("undo", page.vault, "--yes").code == 0


def test_ctrl_c_ends_it_and_nothing_is_left(server: Server) -> None:
    assert server.ask("./")[0] == 200
    server.process.send_signal(signal.SIGINT)

    _, err = server.process.communicate(timeout=60)

    assert server.process.returncode == 0
    assert err.endswith("\nNothing was decided.\nNo note was moved.\n")


def test_the_server_itself_refuses_what_the_gate_refuses(server: Server) -> None:
    assert server.ask("./", Host=f"localhost:{server.port}")[0] == 403
    assert server.ask("./", Origin="http://evil.test")[0] == 403
    assert server.ask("/")[0] == 404
    assert server.ask("decide", "POST", "look=1&place=1&answer=keep")[0] == 400
    assert server.ask("decide", "POST", "x" * 100_000, **FORM)[0] == 400
    assert server.ask("./" + "x" * 1000)[0] == 404
    assert server.ask("./")[0] == 200


def test_whoever_knocks_in_the_wrong_words_leaves_no_trace_on_the_terminal(server: Server) -> None:
    for words in (
        b"\x16\x03\x01\x00\xee\x01\x00",
        b"HELO there\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST " + b"x" * 99_999,
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as knocking:
            knocking.sendall(words)
            knocking.shutdown(socket.SHUT_WR)
            with suppress(ConnectionError):
                while knocking.recv(4096):
                    pass
    assert server.ask("./")[0] == 200
    server.process.send_signal(signal.SIGINT)

    assert server.process.communicate(timeout=60)[1] == "\nNothing was decided.\nNo note was moved.\n"


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="only root can become another user to try")
def test_another_user_of_the_machine_is_refused_even_with_the_address(server: Server) -> None:
    child = os.fork()
    if not child:  # in a process of its own: who became another user does not come back
        os.setuid(65534)
        os._exit(0 if server.ask("./")[0] == 403 else 1)

    assert os.waitpid(child, 0)[1] == 0
    assert server.ask("./")[0] == 200


def test_it_listens_on_this_machine_only(server: Server) -> None:
    listening = Path("/proc/net/tcp")
    if not listening.exists():
        pytest.skip("only Linux tells who listens where")
    at = [line.split()[1] for line in listening.read_text("ascii").splitlines()[1:] if line.split()[3] == "0A"]

    assert [each for each in at if each.endswith(f":{server.port:04X}")] == [f"0100007F:{server.port:04X}"]

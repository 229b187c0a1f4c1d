from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.build import TODAY, at
from tests.review.test_session import after, archive, card, three
from vaultprune.model import Decision, NotePath
from vaultprune.reports import View
from vaultprune.review import Card, Quotation
from vaultprune.review.session import Session
from vaultprune.review.text import BAR, card_text, closing, help_text, keys_text, question, rows, whereabouts
from vaultprune.words import width

PLAIN = View()
AGAIN = ("vaultprune", "review", "--tty")
BELOW = "If it were set aside:\n  no other note becomes an orphan\n"


def shown(one: Card, view: View = PLAIN) -> str:
    return card_text(Session.of([one]), view)


def test_a_card_says_all_that_is_known_in_lines_that_can_be_read_aloud() -> None:
    full = replace(
        card("Learning/Interleaving (2019).md", archive("Learning/Interleaving (2019).md")),
        against=("linked from 1 place", "one of 12 notes in Learning/"),
        rate="about 4 in 100",
        words=212,
        created=date(2019, 5, 4).toordinal(),
        opening=("# Interleaving", "", "- mix the [[topics]]"),
        longer=3,
        backlinks=(
            Quotation(NotePath("Maps/Plan.md"), 12, "  compare [[Interleaving]] with\tspacing", "Interleaving"),
        ),
        more_backlinks=2,
        if_archived=("the link in Plan goes on working, unchanged", "no other note becomes an orphan"),
    )

    assert shown(full) == (
        "\n"
        "1 of 1  Interleaving (2019)\n"
        "In Learning/, 212 words, created 4 May 2019.\n"
        "Not edited for 38 months; no other note links here.\n"
        "What speaks for keeping it: linked from 1 place; one of 12 notes in Learning/.\n"
        "Of notes like this one, about 4 in 100 are edited or linked to again within half\n"
        "a year.\n"
        "| # Interleaving\n"
        "|\n"
        "| - mix the [[topics]]\n"
        "    ... and more: v\n"
        "What links here:\n"
        "  Maps/Plan, line 12\n"
        '     "compare [[Interleaving]] with spacing"\n'
        "  ... and 2 more\n"
        "If it were set aside:\n"
        "  the link in Plan goes on working, unchanged\n"
        "  no other note becomes an orphan\n"
        "Decided on 15 Nov 2026: to be set aside.\n"
    )


@pytest.mark.parametrize(
    ("one", "text"),
    [
        pytest.param(replace(card(), opening=()), "", id="an empty note"),
        pytest.param(replace(card(), opening=(), file_digest=None), "It cannot be read now.\n", id="one that is gone"),
        pytest.param(replace(card(), opening=("\tone", "two  ")), "|     one\n| two\n", id="tabs and blanks"),
        pytest.param(
            replace(card(), opening=("word " * 300,)), f"| {('word ' * 15).rstrip()}\n" * 8 + "    ... and more: v\n",
            id="a long line",
        ),
        pytest.param(
            replace(card(), opening=tuple("12345678")), "".join(f"| {line}\n" for line in "12345678"), id="eight lines"
        ),
    ],
)  # fmt: skip
def test_a_card_shows_how_the_note_begins(one: Card, text: str) -> None:
    assert shown(one).partition("links here.\n")[2] == text + BELOW


@pytest.mark.parametrize(
    ("decided", "says"),
    [
        pytest.param(archive("A.md"), "to be set aside.", id="set aside"),
        pytest.param(Decision(at(TODAY), "keep", "note", "A.md"), "kept.", id="keep"),
        pytest.param(
            Decision(at(TODAY), "keep", "note", "A.md", date(2027, 5, 20), "for\x1b[31m it"),
            "put off until 20 May 2027, because: for\\x1b[31m it.",
            id="snooze",
        ),
    ],
)
def test_a_card_says_what_was_decided_before(decided: Decision, says: str) -> None:
    assert shown(card("A.md", decided)).rstrip("\n").endswith(f"Nov 2026: {says}")


@pytest.mark.parametrize("columns", [40, 80, 100])
@pytest.mark.parametrize(
    "nasty",
    [
        pytest.param("\x1b[31mred\x1b]0;title\x07 \x9b31m", id="escape sequences"),
        pytest.param("right\u202eleft\u2066 \u2028 \x0b\x0c\r", id="what reorders or breaks a line"),
        pytest.param("語" * 300, id="wide letters"),
        pytest.param("x" * 9000, id="no blanks"),
        pytest.param("1 of 3 [a,k,s,n,b,o,v,w,u,q,?] a", id="what we would say"),
    ],
)
def test_nothing_in_a_vault_moves_the_cursor_is_too_wide_or_passes_for_ours(nasty: str, columns: int) -> None:
    view = View(columns=columns)
    link = Quotation(NotePath(f"{nasty}/{nasty}.md"), 3, f"see {nasty} there", nasty)
    one = replace(card(f"{nasty}/{nasty}.md"), opening=(nasty, nasty), backlinks=(link,))
    decided = replace(one, decided=Decision(at(TODAY), "keep", "note", one.path, because=nasty))

    for page in (shown(one, view), shown(decided, view), closing(Session.of([decided]), view, AGAIN)):
        lines = page.split("\n")
        assert max(width(line) for line in lines) <= columns
        assert all(line.isprintable() for line in lines)
        assert not any(line.startswith(nasty) for line in lines)


def test_a_line_that_is_a_whole_picture_is_wrapped_piece_by_piece() -> None:
    line = "é" * 200_000

    first = next(rows(line, PLAIN))

    assert first == BAR + "é" * 78


@pytest.mark.parametrize(
    ("path", "vault", "folder", "app", "on_disk"),
    [
        pytest.param(
            "Ideas/Leitner box.md",
            "Garden",
            "/home/me/Garden",
            "obsidian://open?vault=Garden&file=Ideas%2FLeitner%20box.md",
            '"/home/me/Garden/Ideas/Leitner box.md"',
            id="with a blank",
        ),
        pytest.param(
            "Ü&b.md",
            "A b",
            "/v",
            "obsidian://open?vault=A%20b&file=%C3%9C%26b.md",
            '"/v/Ü&b.md"',
            id="with other letters",
        ),
        pytest.param(
            "\x1b\udcff.md", "V", "/v", "obsidian://open?vault=V&file=%1B%FF.md", "'/v/\\x1b\\udcff.md'", id="nasty"
        ),
    ],
)
def test_it_tells_where_a_note_is(path: str, vault: str, folder: str, app: str, on_disk: str) -> None:
    assert whereabouts(card(path), vault, folder) == f"\n{app}\n{on_disk}\n"


@pytest.mark.parametrize(
    ("lines", "asks"),
    [
        pytest.param([], "1 of 3 [a,k,s,n,b,o,v,w,u,q,?] ", id="a card"),
        pytest.param(["s"], "After how many months? [1,3,6,12] ", id="months"),
        pytest.param(["n", "n", "n"], "[b,u,q,?] ", id="the end"),
    ],
)
def test_a_question_fits_a_narrow_terminal(lines: list[str], asks: str) -> None:
    session = after(three(), *lines)[0].session if lines else three()

    assert question(session) == asks
    assert len(asks) <= 40


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        pytest.param(
            ["q"],
            "Nothing was decided.\n3 notes are undecided and will come up again.\n\nGo on vaultprune review --tty\n",
            id="nothing",
        ),
        pytest.param(
            ["a", "a", "k"],
            "Decided: 2 to be set aside, 1 kept.\n\n"
            "Carry it out  vaultprune apply\nSee decisions vaultprune keep --list\n",
            id="everything",
        ),
        pytest.param(
            ["s6", "k"],
            "Decided: 1 kept, 1 put off.\n1 note is undecided and will come up again.\n\n"
            "See decisions vaultprune keep --list\nGo on         vaultprune review --tty\n",
            id="nothing waits",
        ),
        pytest.param(
            ["a", "u", "q"],
            "Nothing was decided.\n3 notes are undecided and will come up again.\n\nGo on vaultprune review --tty\n",
            id="taken back",
        ),
    ],
)
def test_at_the_end_it_says_what_was_decided_and_what_is_next(lines: list[str], says: str) -> None:
    session = after(three(), *lines)[0].session

    assert closing(session, PLAIN, AGAIN) == f"\n{says}\nNothing has been moved.\n"


def test_at_the_end_it_says_what_was_withdrawn() -> None:
    session = after(three(0, 1, 2), "w", "n", "k", "b", "w")[0].session

    assert closing(session, PLAIN, AGAIN).startswith("\nWithdrawn: 2 earlier decisions.\n2 notes are undecided")
    assert "Carry it out vaultprune apply\n" in closing(session, PLAIN, AGAIN)


def test_the_help_has_a_line_for_each_key() -> None:
    lines = help_text(PLAIN).split("\n")

    assert [line.split()[0] for line in lines if line.startswith("  ")] == list("aksnbovwuq?")
    assert keys_text(PLAIN) == (
        "a archive, k keep, s snooze, n next, b back, o open, v view, w withdraw, u undo,\n"
        "q quit, ? help. Press Enter behind a key.\n"
    )

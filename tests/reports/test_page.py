from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultprune.reports.page import Page, View, command
from vaultprune.words import GLUE, ordinal, quoted, width, wrapped


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", [""], id="nothing"),
        pytest.param("one two", ["one two"], id="fits"),
        pytest.param("one two three four", ["one two", "three four"], id="at a blank"),
        pytest.param("abcdefghijklm", ["abcdefghij", "klm"], id="a word that is too long"),
        pytest.param("one abcdefghijklm", ["one", "abcdefghij", "klm"], id="such a word begins a line"),
        pytest.param("one two" + GLUE + "three", ["one", "two three"], id="not where it is glued"),
        pytest.param("語語語語語語", ["語語語語語", "語"], id="wide letters take two columns"),
    ],
)
def test_a_text_is_wrapped(text: str, lines: list[str]) -> None:
    assert wrapped(text, 10) == lines


@given(st.text(alphabet="ab 語Ü\u0301 -"), st.integers(8, 40))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text: str, columns: int) -> None:
    lines = wrapped(text, columns, "  ", "    ")

    assert max(width(line) for line in lines) <= columns or not text.strip()
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("name", ["plain", "it's", 'a "b"', "$HOME", "`id`", "now!", "back\\slash", "it's $5!"])
def test_a_quoted_name_reaches_a_command_as_it_is(name: str) -> None:
    assert shlex.split(f"vaultprune explain {quoted(name)}") == ["vaultprune", "explain", name]


def test_a_name_with_an_exclamation_mark_is_safe_from_the_shells_history() -> None:
    assert quoted("now!") == "'now!'"


@pytest.mark.parametrize(
    ("number", "says"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (1022, "1,022nd")]
)
def test_a_place_in_a_row_is_said(number: int, says: str) -> None:
    assert ordinal(number) == says


def test_commands_stand_below_one_another_and_below_the_figures() -> None:
    page = Page(View())
    page.labelled([("61 are watched", "beyond"), ("96 are protected", "daily")])
    page.commands([("Ask why", command(View(), "explain", note="X"))], 17)

    assert page.lines == [
        "61 are watched   beyond",
        "96 are protected daily",
        'Ask why          vaultprune explain "X"',
    ]


def test_a_command_that_is_too_long_is_broken_as_a_shell_wants_it() -> None:
    view = View(columns=60, named="/home/somebody/Documents/My vaults/Garden")
    page = Page(view)
    page.commands([("Ask why", command(view, "explain", note="A note with a rather long name"))])

    assert page.lines[0] == "Ask why"
    pasted = "\n".join(line for line in page.lines[1:])
    assert shlex.split(pasted.replace("\\\n", "")) == [
        "vaultprune",
        "explain",
        "A note with a rather long name",
        "--vault",
        "/home/somebody/Documents/My vaults/Garden",
    ]
    assert max(map(len, page.lines)) <= 60


def test_a_home_folder_stays_outside_quotes_where_the_shell_reads_it() -> None:
    assert command(View(named="~/Garden"), "report")[-1] == "--vault ~/Garden"
    assert command(View(named="My Garden"), "report")[-1] == '--vault "My Garden"'


def test_labels_that_are_too_long_stand_above_their_text() -> None:
    page = Page(View(columns=40))
    page.labelled([("a label that takes more than half a line", "its text")])

    assert page.lines == ["a label that takes more than half a line", "  its text"]

"""How things are said."""

from __future__ import annotations

from datetime import date

import pytest

from vaultprune import words


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (14, "14 days"),
        (15, "2 weeks"),
        (98, "14 weeks"),
        (99, "3 months"),
        (1174, "38 months"),
        (1491, "48 months"),
        (1500, "4 years"),
        (3653, "10 years"),
    ],
)
def test_ages_in_the_unit_that_people_would_use(days: int, said: str) -> None:
    assert words.age(days) == said


@pytest.mark.parametrize(
    ("chance", "said"),
    [(0.0, "fewer than 1 in 100"), (0.0386, "about 4 in 100"), (0.5, "about 50 in 100"), (1.0, "about 99 in 100")],
)
def test_a_chance_in_one_digit(chance: float, said: str) -> None:
    assert words.in_hundred(chance) == said


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31mred\x1b[0m",
        "\x1b]52;c;ZXZpbA==\x07",
        "line\nbreak",
        "carriage\rreturn",
        "tab\tstop",
        "null\x00byte",
        "bell\x07",
        "delete\x7f",
        "c1 \x9b31m",
        "bidi \u202edm.exe",
        "isolate \u2066x\u2069",
        "zero\u200bwidth",
        "line sep\u2028arator",
        "bom\ufeff",
        "private \ue000",
        "undecodable \udcff",
        "tag \U000e0041",
        "\u200dleading joiner",
    ],
)
def test_nothing_from_a_vault_can_drive_a_terminal(text: str) -> None:
    shown = words.safe(text)

    assert all(char.isprintable() for char in shown)
    assert "\\" in shown
    assert shown.encode("utf-8")


@pytest.mark.parametrize("text", ["Übung 🎻", "日本語", "👩‍🔬 lab", "☂️", "plain", "naïve café", ""])
def test_the_owners_own_letters_stay(text: str) -> None:
    assert words.safe(text) == text


@pytest.mark.parametrize(("text", "columns"), [("a" * 100, 20), ("日本語" * 20, 21), ("Übung 🎻 " * 9, 30)])
def test_long_titles_are_cut_in_the_middle(text: str, columns: int) -> None:
    cut = words.shortened(text, columns)

    assert words.width(cut) <= columns
    assert "..." in cut
    assert cut[0] == text[0]
    assert cut[-1] == text[-1]
    assert words.shortened("short", 20) == "short"


def test_dates_counts_and_lists() -> None:
    assert words.day(date(2023, 9, 2)) == "2 Sep 2023"
    assert words.day(date(2023, 9, 2).toordinal()) == "2 Sep 2023"
    assert words.weekday(date(2026, 11, 20)) == "Fri 20 Nov 2026"
    assert words.count(1, "note") == "1 note"
    assert words.count(2140, "link") == "2,140 links"
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"], "or") == "a, b or c"
    assert words.listed([]) == ""


def test_names_as_people_see_them() -> None:
    assert words.title("Ideas/Old.md") == "Ideas/Old"
    assert words.title("Ideas/Board.canvas") == "Ideas/Board.canvas"
    assert words.name("Ideas/Old.MD") == "Old"

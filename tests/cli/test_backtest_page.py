"""The page for a browser: it fetches nothing, runs nothing, and no name in a vault can change that."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from tests.backtest.worlds import ALIVE, LAST, THEN, alive, garden, text
from tests.cli.pages import holds_for_every_page, root
from tests.cli.worlds import Tool
from vaultprune.reports.svg import ticks_up_to

ODD = "Ideas/<script>alert(1)</script> & \"x\" 'y' \u202e.md"
OPTIONS = ("--budget", "5", "--windows", "1", "--now", "2024-07-15", "--format", "html")


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A garden with a note of a wicked name, which is edited after it would have been suggested."""
    folder = tmp_path_factory.mktemp("page") / "<b>Garden"
    repository = garden(folder)
    (folder / "Ideas/<script>alert(1)<").mkdir(parents=True)
    repository.commit("2023-02-20", {ODD: text("Odd")})
    for month, number in enumerate((10, 11, 12, 13, 14), 1):
        repository.commit(f"2024-0{month}-20", {ALIVE[number]: alive(number, f"Word {month} of its own {number}.")})
    repository.commit(str(THEN + timedelta(days=60)), {ODD: text("Odd", "Taken up again.")})
    repository.commit(str(LAST), {ALIVE[20]: alive(20, "The last word of these.")})
    return folder


@pytest.fixture
def page(tool: Tool, vault: Path) -> str:
    done = tool("backtest", vault, *OPTIONS)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_a_name_in_the_vault_is_shown_and_never_heeded(page: str) -> None:
    names = [element.text for element in root(page).iter("b")]

    assert ODD.removesuffix(".md").replace("\u202e", "\\u202e") in names
    assert "<script" not in page
    assert "\u202e" not in page
    assert root(page).findtext(".//h1") == "<b>Garden, replayed from its git history"


def test_it_is_whole_needs_nothing_and_can_be_read(page: str) -> None:
    holds_for_every_page(page)


def test_every_picture_says_in_words_what_it_shows(page: str) -> None:
    pictures = list(root(page).iter("svg"))

    assert len(pictures) == 2
    for picture in pictures:
        known = {element.attrib["id"]: element for element in picture.iter() if "id" in element.attrib}
        told = [known[name].text or "" for name in picture.attrib["aria-labelledby"].split()]
        assert picture.attrib["role"] == "img"
        assert all(told)
    assert "31 Dec 2023: 33 notes, 5 suggested, 1 needed again" in (pictures[0].findtext("desc") or "")


def test_the_bars_stand_for_the_counts(page: str) -> None:
    (picture, _) = root(page).iter("svg")
    bars = [(bar.attrib["class"], float(bar.attrib["height"])) for bar in picture.iter("rect")]
    top = max(height for _, height in bars)

    assert [kind for kind, _ in bars] == ["suggested", "oldest", "orphans", "random"]
    # of five: one of the suggested and of those without backlinks, none of the oldest, 5 x 1/9 by chance
    assert [round(height / top, 2) for _, height in bars] == [1, 0, 1, 0.56]


def test_it_says_what_the_terminal_says(tool: Tool, vault: Path, page: str) -> None:
    out = " ".join(tool("backtest", vault, *OPTIONS[:-2]).out.split())
    body = unescape(re.sub(r"<[^>]+>", " ", page.partition("<main>")[2]))

    for sentence in ("Reading leaves no trace and is in none of these figures.", "Nothing has been changed."):
        assert sentence in out
        assert sentence in body
    (rate,) = re.findall(r"From a count such as .*?\.", out)
    assert rate in body


def test_without_suggestions_there_is_still_a_page(tool: Tool, vault: Path) -> None:
    page = tool("backtest", vault, "--now", "2024-07-15", "--budget", "0", "--format", "html").out

    assert "Nothing would have been suggested on any day that counts" in page
    assert root(page).findtext(".//h1")


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (0.4, [0, 1]),
        (3, [0, 1, 2, 3]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6, [0, 2, 4, 6]),
        (40, [0, 10, 20, 30, 40]),
        (250, [0, 50, 100, 150, 200, 250]),
    ],
)
def test_the_ticks_are_round_and_few(most: float, ticks: list[float]) -> None:
    assert ticks_up_to(most) == ticks

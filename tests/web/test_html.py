"""What a note holds is shown, and never becomes a part of the page."""

from __future__ import annotations

import unicodedata
from importlib.resources import files

import pytest

from tests.web.client import Elements
from tests.web.payloads import PAYLOADS
from vaultprune.model import NotePath
from vaultprune.review import ARCHIVE, Answer, Card, Quotation
from vaultprune.web import Counts, Heading, PlanPart, PlanShown, Shown, Told
from vaultprune.web.html import TEMPLATES, cards_page, message_page, plan_page
from vaultprune.words import safe


def card(text: str) -> Card:
    """A card on which everything that comes from a vault is this text."""
    return Card(
        number=0,
        path=NotePath(f"{text}/{text}.md"),
        says=text,
        against=(text, text),
        rate="about 4 in 100",
        words=3,
        created=738000,
        last_used=738000,
        opening=(text, text, ""),
        longer=2,
        backlinks=(Quotation(NotePath(f"{text}.md"), 1, text, text), Quotation(NotePath("B.md"), 2, None, text)),
        more_backlinks=1,
        if_archived=(text,),
        body_digest="",
        file_digest=None,
        outgoing=(NotePath(f"{text}.md"),),
        more_outgoing=2,
    )


def shown(text: str, answer: Answer = ARCHIVE, edited: bool = False, looking: str = "") -> str:
    told = Told(1, card(text), answer, f"To be set aside, because: {text}", edited)
    heading = Heading(text, (text,), "18:04")
    return cards_page(Shown(1, heading, (told,), Counts(1, 1), said=text, looking=looking), keys=True)


def every_page(text: str) -> tuple[str, ...]:
    plan = PlanShown(
        text,
        (PlanPart(text, ((text, text),), text),),
        text,
        "7f3a91c2",
        text,
        ((text, text),),
        (text,),
        ((text, text),),
    )
    return (
        shown(text),
        shown(text, edited=True),
        shown(text, looking=text),
        plan_page(plan, keys=True),
        message_page(text, [text, text]),
    )


def outline(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page and the names of their attributes: all of it that is not text."""
    return [(name, tuple(attributes)) for name, attributes in Elements(page).found]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_whatever_a_note_holds_a_page_is_built_the_same(payload: str) -> None:
    for page, plain in zip(every_page(payload), every_page("plain"), strict=True):
        assert outline(page) == outline(plain)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_what_a_note_holds_is_shown_as_it_is_written(payload: str) -> None:
    for page in every_page(payload):
        assert " ".join(safe(payload).split()) in Elements(page).text


def test_characters_that_turn_or_hide_text_are_told() -> None:
    odd = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x200B, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
    for page in every_page(f"a{odd}\ud800z"):
        left = {char for char in page if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}
        assert left == set()
        assert page.encode("utf-8")


def test_a_title_that_reads_from_right_to_left_says_so_itself() -> None:
    (title,) = Elements(shown("x")).of("h2")

    assert title["dir"] == "auto"


def test_a_line_that_is_a_whole_picture_is_cut() -> None:
    assert "x" * 501 not in shown("x" * 100_000).partition("How it begins")[2].partition("</section>")[0]


def test_every_button_has_a_name_and_every_field_a_label() -> None:
    page = Elements(shown("x"))
    labelled = {attributes.get("for") for attributes in page.of("label")}

    for attributes in page.of("input"):
        assert attributes.get("type") == "hidden" or attributes.get("id") in labelled
    assert len({each["id"] for _, each in page.found if "id" in each}) == sum("id" in each for _, each in page.found)


def test_a_snooze_is_shown_with_its_months() -> None:
    page = Elements(shown("x", Answer("keep", 3)))

    assert [each["value"] for each in page.of("option") if "selected" in each] == ["3"]
    assert [each["aria-pressed"] for each in page.of("button") if "aria-pressed" in each] == ["false", "false", "true"]


def test_the_templates_are_those_that_are_listed() -> None:
    there = {file.name for file in files("vaultprune.web").joinpath("templates").iterdir()}

    assert there == {f"{name}.html" for name in TEMPLATES}

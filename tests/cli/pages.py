"""What holds for every page that the program writes for a browser, and what is needed to look into one."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
EMPTY = frozenset({"meta"})
"""Elements that have no end."""


def root(page: str) -> ET.Element:
    """The page as a tree. It is written so that a strict reader takes it too."""
    whole = re.sub(r"<(meta)([^>]*)>", r"<\1\2/>", page.removeprefix("<!doctype html>\n"))
    return ET.fromstring(whole)


def words_of(element: ET.Element) -> str:
    """All that stands in an element, in one line."""
    return " ".join("".join(element.itertext()).split())


def holds_for_every_page(page: str) -> None:
    """It is well formed, needs nothing beside it, runs nothing, and can be read in light and dark."""
    _Stack().whole(page)
    needs_nothing_beside_it(page)
    can_be_read_in_light_and_dark(page)


class _Stack(HTMLParser):
    """Reads a page as a browser does, and sees to it that every element ends where it should."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def whole(self, page: str) -> None:
        self.feed(page)
        self.close()
        assert self.open == []
        assert page.startswith("<!doctype html>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open, f"<{tag}/> ends nothing in HTML"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def needs_nothing_beside_it(page: str) -> None:
    """Nothing is fetched or run; the only addresses are those that open a note in the app."""
    elements = list(root(page).iter())
    tags = {element.tag for element in elements}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form", "input", "base"})
    for element in elements:
        assert not {name for name in element.attrib if name in ("src", "style", "srcset") or name.startswith("on")}
        address = element.attrib.get("href")
        assert address is None or (element.tag == "a" and address.startswith("obsidian://open?vault="))
    style = root(page).findtext(".//style") or ""
    assert "url(" not in style
    assert "@import" not in style
    assert re.findall(r"https?://", page) == []
    (policy,) = root(page).findall(".//meta[@http-equiv='Content-Security-Policy']")
    assert policy.attrib["content"] == POLICY


def can_be_read_in_light_and_dark(page: str) -> None:
    """Ink on paper is as readable as text should be, in either scheme."""
    style = root(page).findtext(".//style") or ""
    assert "color-scheme: light dark" in style
    assert "prefers-color-scheme: dark" in style
    papers = re.findall(r"--paper: #(\w{6})", style)
    assert len(papers) == 2
    for name, least in (("ink", 7), ("quiet", 4.5), ("mark", 4.5)):
        for colour, paper in zip(re.findall(rf"--{name}: #(\w{{6}})", style), papers, strict=True):
            assert contrast(colour, paper) >= least


def contrast(one: str, other: str) -> float:
    """The ratio by which readability is told: 4.5 is enough for text, 7 is good."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)

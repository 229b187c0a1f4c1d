"""The local page of a review of a real vault, asked without a network."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.web.client import Browser
from vaultprune.cli.places import Place
from vaultprune.cli.reviewing.on_page import OnPage
from vaultprune.cli.reviewing.sought import Sought
from vaultprune.cli.screen import Screen
from vaultprune.cli.start import Asked, Recall
from vaultprune.reports.page import View
from vaultprune.web.app import app_of
from vaultprune.web.gate import Gate, Key

SECRET = "s3cret"


@dataclass
class Held:
    """A review that is held in a browser."""

    vault: Path
    review: OnPage
    browser: Browser
    ended: list[bool]

    def card(self, place: int) -> str:
        """The part of the page that shows one card."""
        (found,) = re.findall(rf'<article id="card-{place}".*?</article>', self.browser.at.text, re.S)
        return str(found)

    def state(self, place: int) -> str:
        """What is decided of a card: `undecided`, `archive`, `keep`, `keep-6`."""
        return str(re.findall(r'data-state="([^"]*)"', self.card(place))[0])

    def decide(self, place: int, answer: str, **more: str | int) -> int:
        """Press a button on a card; the status of the answer."""
        look = re.findall(r'data-look="(\d+)"', self.browser.go("./").text)[0]
        return self.browser.send("decide", look=look, place=place, answer=answer, **{"months": 6, **more}).status

    @property
    def said(self) -> str:
        """What was done last, as the page tells it."""
        return str(re.findall(r'id="said"[^>]*>([^<]*)<', self.browser.at.text)[0])

    def written(self) -> list[dict[str, Any]]:
        """The decisions in the vault."""
        files = sorted((self.vault / ".vaultprune/decisions").glob("*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def held(vault: Path, *, budget: str | None = None, now: str | None = None, looking: str = "") -> Held:
    """A review of a vault, its first page in a browser."""
    sought = Sought(Place(vault), Asked(budget=budget), Recall.asked(no_cache=False, now=now), None, Screen(True), now)
    review, ended = OnPage(sought, View(), looking), list[bool]()
    app = Gate(app_of(review, lambda: ended.append(True)), Key(SECRET), 8765)
    return Held(vault, review, Browser(app, f"/{SECRET}/"), ended)

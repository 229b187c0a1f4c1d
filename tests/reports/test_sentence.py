from __future__ import annotations

import pytest

from tests.build import link, note, vault
from vaultprune.model import Canvas, NotePath
from vaultprune.reports.sentence import sentence
from vaultprune.vault import Vault
from vaultprune.verdict import judge


def says(world: Vault, path: str = "Alpha.md") -> str:
    return sentence(world, judge(world).of(world.ids[NotePath(path)]))


@pytest.mark.parametrize(
    ("world", "said"),
    [
        pytest.param(
            vault(note("Alpha", words=0)), "Empty since 2 Sep 2023; no other note links here.", id="an empty note"
        ),
        pytest.param(
            vault(note("Alpha", words=9)),
            "9 words, not edited since 2 Sep 2023; no other note links here.",
            id="a few words",
        ),
        pytest.param(
            vault(note("Alpha", words=212)), "Not edited since 2 Sep 2023; no other note links here.", id="an orphan"
        ),
        pytest.param(
            vault(note("Alpha"), note("Plan", links=["Alpha"], edited="2024-03-14")),
            "Not edited for 38 months; its one backlink is from a note quiet since 14 Mar 2024.",
            id="a backlink from a quiet note",
        ),
        pytest.param(
            vault(note("Alpha"), *(note(f"P{n}", links=["Alpha"], edited=f"2024-0{n}-14") for n in (1, 2, 3))),
            "Not edited for 38 months; the liveliest of its 3 backlinks is from a note quiet since 14 Mar 2024.",
            id="several of them",
        ),
        pytest.param(
            vault(note("Alpha"), note("Plan", links=["Alpha"], edited="2026-10-30")),
            "Not edited for 38 months; its one backlink is from Plan, written to 3 weeks ago.",
            id="a backlink from a live note",
        ),
        pytest.param(
            vault(note("Alpha"), note("Plan", links=["Alpha"], edited="2026-11-20")),
            "Not edited for 38 months; its one backlink is from Plan, written to on this day.",
            id="a backlink from today",
        ),
        pytest.param(
            vault(note("Alpha"), canvases=[Canvas(NotePath("B.canvas"), (link("Alpha.md", "canvas"),))]),
            "Not edited for 38 months; a canvas links here.",
            id="a canvas",
        ),
        pytest.param(
            vault(note("Alpha", edited="2026-11-01")),
            "Edited on 1 Nov 2026; no other note links here.",
            id="edited lately",
        ),
        pytest.param(
            vault(note("Alpha", edited=None, created=None)),
            "No date to go by; no other note links here.",
            id="without a date",
        ),
        pytest.param(
            vault(note("Alpha", text="same"), note("Templates/Idea", text="same")),
            "Not edited since 2 Sep 2023; still identical to its template, Idea; no other note links here.",
            id="a template never filled in",
        ),
    ],
)
def test_a_sentence_says_what_was_seen(world: Vault, said: str) -> None:
    assert says(world) == said

"""No pattern of the package can be made to backtrack: each meets seventeen hostile texts of 100 kB."""

import importlib
import pkgutil
import re
import time

import pytest

import vaultprune

LENGTH = 100_000
SLOWEST = 0.5

ATTACKS = {
    "one letter": "a",
    "blanks": " ",
    "newlines": "\n",
    "opening brackets": "[",
    "closing brackets": "]",
    "wikilinks never closed": "[[a",
    "wikilinks half closed": "[[a]",
    "links never closed": "[a](b",
    "titles never closed": '[a](b "',
    "angle brackets": "<a b",
    "comments never closed": "<!-- ",
    "attributes": '<a href="',
    "backslashes": "\\[",
    "dollars": "$a",
    "tags": "#a/",
    "percents": "%a0",
    "addresses": "obsidian://(",
}


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern at the top of a module, by its name."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(vaultprune.__path__, "vaultprune."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    found[f"{module.name}.{name}"] = value
    return found


PATTERNS = patterns()


def test_there_are_patterns_to_try() -> None:
    assert len(ATTACKS) == 17
    assert any(name.startswith("vaultprune.syntax.wikilink.") for name in PATTERNS)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_is_quick_whatever_the_text(name: str) -> None:
    pattern = PATTERNS[name]
    slow = []
    for attack, piece in ATTACKS.items():
        text = (piece * LENGTH)[:LENGTH]
        start = time.process_time()
        for _ in pattern.finditer(text):
            pass
        pattern.match(text)
        pattern.fullmatch(text)
        if time.process_time() - start >= SLOWEST:
            slow.append(attack)

    assert not slow

"""No pattern of the package can be made to backtrack: each meets seventeen hostile texts of 100 kB."""

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from itertools import product

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
    """Every compiled pattern at the top of a module, by its name, and those that are compiled when they are needed."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(vaultprune.__path__, "vaultprune."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    found[f"{module.name}.{name}"] = value
                elif hasattr(value, "cache_info"):
                    found |= {f"{module.name}.{name}{given}": made for given, made in later(value)}
    return found


def later(make: Callable[..., object]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """What a cached function gives that asks for nothing but yes or no, if that is a pattern."""
    asks = inspect.signature(make)
    if asks.return_annotation == "re.Pattern[str]" and all(of.annotation == "bool" for of in asks.parameters.values()):
        for answers in product((False, True), repeat=len(asks.parameters)):
            given = dict(zip(asks.parameters, answers, strict=True))
            made = make(**given)
            assert isinstance(made, re.Pattern)
            yield str(given), made


PATTERNS = patterns()


def test_there_are_patterns_to_try() -> None:
    assert len(ATTACKS) == 17
    assert any(name.startswith("vaultprune.syntax.wikilink.") for name in PATTERNS)
    assert sum(name.startswith("vaultprune.parse.lexer.events.") for name in PATTERNS) == 6


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

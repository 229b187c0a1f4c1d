"""Against the app itself: published dumps of its own cache. `VAULTPRUNE_CORPUS` names a folder that holds them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from vaultprune.model import NotePath
from vaultprune.parse import parse_note

DUMPS = "tasks/tests/Obsidian/__test_data__"


def dumps() -> list[Path]:
    corpus = os.environ.get("VAULTPRUNE_CORPUS")
    return sorted((Path(corpus) / DUMPS).glob("*.json")) if corpus else []


def body_links(cache: dict[str, Any]) -> list[tuple[int, str, bool]]:
    found = [(item, False) for item in cache.get("links") or []] + [(item, True) for item in cache.get("embeds") or []]
    found.sort(key=lambda pair: pair[0]["position"]["start"]["offset"])
    return [(item["position"]["start"]["line"] + 1, item["link"].partition("#")[0], embed) for item, embed in found]


def test_the_dumps_of_the_app_say_the_same() -> None:
    found = dumps()
    if not found:
        pytest.skip(f"set VAULTPRUNE_CORPUS to a folder holding {DUMPS} to compare with the app's own cache")
    differences = [difference for dump in found for difference in compared(json.loads(dump.read_text("utf-8")))]

    assert not differences


def compared(dump: dict[str, Any]) -> list[str]:
    """Every way in which one note was read otherwise than the app read it."""
    cache = dump["cachedMetadata"]
    note = parse_note(NotePath(dump["filePath"]), dump["fileContents"].encode())
    pairs = {
        "links": (
            [
                (link.line, link.path, link.kind in ("embed", "image"))
                for link in note.links
                if link.counts and link.kind != "property"
            ],
            body_links(cache),
        ),
        "property links": (
            [link.path for link in note.links if link.kind == "property"],
            [item["link"].partition("#")[0] for item in cache.get("frontmatterLinks") or []],
        ),
        "tags": (
            [name.lower() for name in note.tags],
            list(dict.fromkeys(name.removeprefix("#").lower() for name in dump["getAllTags"] or [])),
        ),
        "open tasks": (
            list(note.open_tasks),
            [item["position"]["start"]["line"] + 1 for item in cache.get("listItems") or [] if item.get("task") == " "],
        ),
        "properties": (
            plain(note.properties.items),
            [pair for pair in flat("", cache.get("frontmatter") or {}) if pair[1] != []],
        ),
    }
    return [
        f"{dump['filePath']}: {name}: {ours} is not {theirs}"
        for name, (ours, theirs) in pairs.items()
        if ours != theirs
    ]


def plain(items: Any) -> list[tuple[str, Any]]:
    return sorted((key, list(value) if isinstance(value, tuple) else value) for key, value in items if value != ())


def flat(prefix: str, value: Any) -> list[tuple[str, Any]]:
    """A property as the app has it, flattened as ours are: a mapping within a list is `a.0.b`."""
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        value = {str(number): item for number, item in enumerate(value)}
    if isinstance(value, dict):
        return sorted(
            pair for key, inner in value.items() for pair in flat(f"{prefix}.{key}" if prefix else key, inner)
        )
    return [(prefix, value)]

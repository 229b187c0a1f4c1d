"""A block of YAML in, its tree out: read from events and behind a guard, so that no block can hurt.

Dates stay text, only `true` and `false` are booleans, nothing is expanded, and every value knows its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from vaultprune.parse.tree import Items, Leaf, Mapping, Node, Unreadable, plain_value

LARGEST = 64 * 1024
DEEPEST = 64
MOST_EVENTS = 20_000


def read(block: str) -> Node | None:
    """The tree of a block, None if there is nothing in it. Raises `Unreadable`, whatever the block holds."""
    if len(block) > LARGEST:
        raise Unreadable("properties are too long to read (over 64 KiB)")
    try:
        events = list(_guarded(block))
        return _tree(iter(events))
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        raise Unreadable("properties are not valid YAML", mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, ValueError, RecursionError) as reason:
        if isinstance(reason, Unreadable):
            raise
        raise Unreadable("properties are not valid YAML") from None


def _guarded(block: str) -> Iterator[Any]:
    """The events of a block, up to the first that bodes ill."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = documents = 0
    for number, event in enumerate(yaml.parse(block, Loader=loader)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if number >= MOST_EVENTS:
            raise Unreadable("properties are too many to read", line)
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable("properties refer to each other, which is not read", line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise Unreadable("properties are nested too deeply to read", line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Unreadable("properties are not valid YAML", line)
        yield event


def _tree(events: Iterator[Any]) -> Node | None:
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _node(event, events)
    return None


def _node(event: Any, events: Iterator[Any]) -> Node:
    line = event.start_mark.line + 1
    if isinstance(event, yaml.ScalarEvent):
        plain = event.implicit[0] and not event.style
        literal = event.style in ("|", ">")
        return Leaf(plain_value(event.value) if plain else event.value, event.value, line + literal)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            items.append(_node(inner, events))
        return Items(tuple(items), line, bool(event.flow_style))
    pairs: list[tuple[str, Node]] = []
    while not isinstance(inner := next(events), yaml.MappingEndEvent):
        key = _node(inner, events)
        value = _node(next(events), events)
        if isinstance(key, Leaf):  # a list or mapping as a key, `{{date}}` in a template, has no name to go by
            pairs.append((key.written, value))
    return Mapping(tuple(pairs), line)

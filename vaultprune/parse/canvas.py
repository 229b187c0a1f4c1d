"""The path and bytes of a canvas in, its links out: those of file cards and those in text cards."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from vaultprune.model import Canvas, Link, NotePath, Problem
from vaultprune.parse import plain
from vaultprune.parse.body import Body
from vaultprune.parse.text import decode, line_finder

_PAIR = re.compile(r'"(file|text)"\s{0,99}:\s{0,99}("(?:[^"\\]++|\\[\s\S])*")')


def read(path: NotePath, data: bytes, read_body: Callable[[str, int], Body]) -> Canvas:
    """The links of a canvas, by line. One that is no JSON has none and says so; an empty file is an empty canvas."""
    decoded = decode(data)
    problems = [Problem(path, decoded.problem)] if decoded.problem else []
    text = decoded.text
    if decoded.plain:
        return Canvas(path, plain.read(text, 1).links, tuple(problems))
    if not text.strip():
        return Canvas(path, (), tuple(problems))
    try:
        tree = json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError) as reason:
        line = reason.lineno if isinstance(reason, json.JSONDecodeError) else None
        return Canvas(path, (), (*problems, Problem(path, "not valid JSON, so its links are not seen", line)))
    nodes = tree.get("nodes") if isinstance(tree, dict) else None
    place = _places(text)
    links: list[Link] = []
    for node in nodes if isinstance(nodes, list) else ():
        links.extend(_links(node, place, read_body))
    links.sort(key=lambda link: link.line)
    return Canvas(path, tuple(links), tuple(problems))


def _links(node: Any, place: Callable[[str, str], int], read_body: Callable[[str, int], Body]) -> list[Link]:
    kind = node.get("type") if isinstance(node, dict) else None
    if kind != "file" and kind != "text":
        return []
    value = node.get(kind)
    if not isinstance(value, str) or not value:
        return []
    line = place(kind, value)
    value = value.encode("utf-8", "replace").decode("utf-8")  # JSON can spell half a character
    if kind == "file":
        return [Link(value, "canvas", line, value)]
    card = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return [Link(link.text, link.kind, line, link.path) for link in read_body(card, 1).links]


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _places(text: str) -> Callable[[str, str], int]:
    """A function that tells on which line the next card with a value stands; 1 if it cannot be found."""
    line = line_finder(text)
    waiting: dict[tuple[str, str], list[int]] = {}
    for pair in _PAIR.finditer(text):
        try:
            value = json.loads(pair[2])
        except ValueError:
            continue
        waiting.setdefault((pair[1], value), []).append(line(pair.start()))

    def place(key: str, value: str) -> int:
        lines = waiting.get((key, value))
        if not lines:
            return 1
        return lines.pop(0) if len(lines) > 1 else lines[0]

    return place

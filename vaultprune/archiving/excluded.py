"""The bytes of Obsidian's `app.json` in, the same with one excluded folder more or less out; nothing else is touched.

The file is edited where the entry stands and never written anew from its parsed values: order, indentation, line ends
and everything that the app or a person put there stay as they are, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

KEY = "userIgnoreFilters"
"""Where the app keeps the list that it calls excluded files."""

_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"


class NotEditable(ValueError):
    """The file is not what the app writes; the message says what is odd about it."""


@dataclass(frozen=True, slots=True)
class _Value:
    """A value in the text: where it starts and ends, and what it is."""

    start: int
    end: int
    value: object


def with_entry(data: bytes | None, entry: str) -> bytes | None:
    """The file with an entry at the end of the list; None if it is in the list already. No file: one with it alone.

    Raises `NotEditable` for a file that is not what the app writes.
    """
    if data is None:
        return f'{{\n  "{KEY}": [\n    {json.dumps(entry)}\n  ]\n}}'.encode()
    text = _text(data)
    members, opens, closes = _members(text)
    listed = _listed(members)
    if listed is None:
        after = _with_member(text, members, opens, closes, entry)
    else:
        items = list(_items(text, listed))
        if any(_same(item.value, entry) for item in items):
            return None
        after = _with_item(text, listed, items, opens, entry)
    return _checked(text, after, [*_entries(text), entry]).encode()


def without_entry(data: bytes, entry: str) -> bytes | None:
    """The file without an entry, the last one of that name; None if it is not in the list. Raises as above."""
    text = _text(data)
    listed = _listed(_members(text)[0])
    if listed is None:
        return None
    items = list(_items(text, listed))
    number = next((n for n in reversed(range(len(items))) if items[n].value == entry), None)
    if number is None:
        return None
    if number:
        start, end = items[number - 1].end, items[number].end
    elif len(items) > 1:
        start, end = items[0].start, items[1].start
    else:
        start, end = listed.start + 1, listed.end - 1
    left = [item.value for n, item in enumerate(items) if n != number]
    return _checked(text, text[:start] + text[end:], left).encode()


def _text(data: bytes) -> str:
    try:
        text = data.decode()
        whole = json.loads(text.removeprefix("\ufeff"))
    except UnicodeDecodeError:
        raise NotEditable("it is not UTF-8") from None
    except (ValueError, RecursionError):
        raise NotEditable("it is not valid JSON") from None
    if not isinstance(whole, dict):
        raise NotEditable("it is no JSON object")
    return text


def _listed(members: dict[str, _Value]) -> _Value | None:
    found = members.get(KEY)
    if found is not None and not isinstance(found.value, list | None):
        raise NotEditable(f'"{KEY}" in it is no list')
    return found


def _entries(text: str) -> list[object]:
    return list(json.loads(text.removeprefix("\ufeff")).get(KEY) or ())


def _same(value: object, entry: str) -> bool:
    """Whether an entry stands for the same folder: the app takes `Archive` and `Archive/` for one."""
    return isinstance(value, str) and value.rstrip("/").lower() == entry.rstrip("/").lower()


# --- where things stand in the text -------------------------------------------------------------------


def _members(text: str) -> tuple[dict[str, _Value], int, int]:
    """The members of the outermost object, of equal names the last as in the app, and where its braces stand."""
    opens = text.index("{")
    found: dict[str, _Value] = {}
    at = _skip(text, opens + 1)
    while text[at] != "}":
        name = _value(text, at)
        value = _value(text, _skip(text, _skip(text, name.end) + 1))
        found[str(name.value)] = value
        at = _next(text, value.end)
    return found, opens, at


def _items(text: str, listed: _Value) -> Iterator[_Value]:
    at = _skip(text, listed.start + 1)
    while listed.value and text[at] != "]":
        item = _value(text, at)
        yield item
        at = _next(text, item.end)


def _value(text: str, at: int) -> _Value:
    value, end = _DECODER.raw_decode(text, at)
    return _Value(at, end, value)


def _next(text: str, at: int) -> int:
    """Where the next value begins, or the bracket that closes; that the text is valid is known by now."""
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in _BLANK:
        at += 1
    return at


# --- what is put in -----------------------------------------------------------------------------------


def _with_item(text: str, listed: _Value, items: list[_Value], opens: int, entry: str) -> str:
    if items:
        blank = text[listed.start + 1 : items[0].start]
        end = items[-1].end
        return f"{text[:end]},{blank or ' '}{json.dumps(entry)}{text[end:]}"
    inner, outer = _indents(text, opens)
    return f"{text[: listed.start]}[{inner}{json.dumps(entry)}{outer}]{text[listed.end :]}"


def _with_member(text: str, members: dict[str, _Value], opens: int, closes: int, entry: str) -> str:
    inner, outer = _indents(text, opens) if members else ("\n    ", "\n  ")
    member = f'"{KEY}": [{inner}{json.dumps(entry)}{outer}]'
    if not members:
        return f"{text[: opens + 1]}\n  {member}\n{text[closes:]}"
    end = max(value.end for value in members.values())
    return f"{text[:end]},{outer or ' '}{member}{text[end:]}"


def _indents(text: str, opens: int) -> tuple[str, str]:
    """The blanks before an entry of a list and before a member of the object, as this file has them."""
    outer = text[opens + 1 : _skip(text, opens + 1)]
    line_end, _, indent = outer.rpartition("\n")
    return (f"{line_end}\n{indent}{indent}" if "\n" in outer else outer), outer


def _checked(before: str, after: str, entries: list[object]) -> str:
    """The text after, once it is sure that it says what the text before says, and this list. Else `NotEditable`."""
    try:
        was, now = (json.loads(text.removeprefix("\ufeff")) for text in (before, after))
    except ValueError:
        raise NotEditable("it cannot be changed in its place") from None
    if now.pop(KEY, None) != entries or now != {key: value for key, value in was.items() if key != KEY}:
        raise NotEditable("it cannot be changed in its place")
    return after

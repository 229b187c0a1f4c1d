"""How things are said: dates, ages, counts, names made safe to show. The one voice of every room."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
GLUE = "\x1f"
"""A blank at which `wrapped` does not break a line. Nothing that was made `safe` holds it."""
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")


def safe(text: str) -> str:
    r"""A text from a vault, fit for a terminal: control, bidi and unassigned characters become `\\xNN`, `\\uNNNN`.

    Joiners and variation selectors stay where they stand behind something visible: emoji are made of them.
    """
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    for char in text:
        category = unicodedata.category(char)
        if char in _JOINERS and shown and not shown[-1].startswith("\\"):
            shown.append(char)
        elif category[0] == "C" or category in ("Zl", "Zp"):
            point = ord(char)
            shown.append(
                f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
            )
        else:
            shown.append(char)
    return "".join(shown)


def width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    total = 0
    for char in text:
        if unicodedata.combining(char) or char in _JOINERS:
            continue
        total += 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
    return total


def shortened(text: str, columns: int) -> str:
    """`text` in at most `columns` columns, cut in the middle: names differ at their ends."""
    if width(text) <= columns:
        return text
    head = (columns - 3) // 2
    tail = columns - 3 - head
    start, end = "", ""
    for char in text:
        if width(start + char) > head:
            break
        start += char
    for char in reversed(text):
        if width(char + end) > tail:
            break
        end = char + end
    return f"{start}...{end}"


def title(path: str) -> str:
    """A note's path as people see it: without `.md`, made safe."""
    return safe(path[:-3] if path.lower().endswith(".md") else path)


def name(path: str) -> str:
    """A note's own name, without folder and `.md`, made safe."""
    return title(path.rsplit("/", 1)[-1])


def day(when: date | int) -> str:
    """`2 Sep 2023`."""
    when = date.fromordinal(when) if isinstance(when, int) else when
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def weekday(when: date) -> str:
    """`Fri 20 Nov 2026`."""
    return f"{WEEKDAYS[when.weekday()]} {day(when)}"


def age(days: int) -> str:
    """Days to 14, weeks to 14, months to 48, then years: `38 months`."""
    if days <= 14:
        return count(days, "day")
    if days <= 98:
        return count(days // 7, "week")
    months = int(days / 30.4375)
    return count(months, "month") if months <= 48 else count(int(days / 365.25), "year")


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 note`, `2,140 links`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number:,}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def listed(items: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def in_hundred(chance: float) -> str:
    """`about 4 in 100`: one digit is all that the evidence bears."""
    of_hundred = chance * 100
    return "fewer than 1 in 100" if of_hundred < 0.5 else f"about {min(99, round(of_hundred))} in 100"


def quoted(text: str) -> str:
    """A note's name in quotes, ready to paste into a shell: double ones, or single ones where those would not hold."""
    if any(char in '"\\$`!' for char in text):
        return "'" + text.replace("'", "'\\''") + "'"
    return f'"{text}"'


def wrapped(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    """`text` in lines of at most `columns` columns; `first` stands before the first line, `rest` before the others.

    Broken at spaces, and within a word only where it alone is wider than a line.
    """
    lines: list[str] = []
    line, used, empty = first, width(first), True
    for word in text.split(" "):
        room = columns - used - (0 if empty else 1)
        if width(word) > room and not empty:
            lines.append(line)
            line, used, empty = rest, width(rest), True
            room = columns - used
        while width(word) > room > 1:
            head, word = _split(word, room)
            lines.append(line + head)
            line, used = rest, width(rest)
            room = columns - used
        line += word if empty else " " + word
        used = width(line)
        empty = False
    lines.append(line)
    return [line.replace(GLUE, " ") for line in lines]


def _split(word: str, columns: int) -> tuple[str, str]:
    """The start of a word that fits, and what is left of it."""
    used = 0
    for at, char in enumerate(word):
        used += width(char)
        if used > columns:
            return word[:at], word[at:]
    return word, ""

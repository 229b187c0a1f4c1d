"""Daily and periodic notes hold themselves: a journal is not pruned page by page."""

from __future__ import annotations

import re
from functools import lru_cache

from vaultprune.model import DailyNotes
from vaultprune.protections.protection import Protection
from vaultprune.vault import Vault, within

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_WEEKDAY = r"(?:[ ,_-]{1,3}[^\W\d_]{2,12}\.?)?"
DATE_SHAPED = re.compile(
    rf"{_YEAR}[-_. ]?{_MONTH}[-_. ]?{_DAY}{_WEEKDAY}"  # 2024-07-21, 20240721, 2024-07-21 Sunday
    rf"|{_DAY}[-_.]{_MONTH}[-_.]{_YEAR}{_WEEKDAY}"  # 21-07-2024
    rf"|{_YEAR}[-_. ]?[WwKk][WwVv]?[ -]?\d{{1,2}}"  # 2024-W29, 2024-KW29
    rf"|{_YEAR}[-_.]{_MONTH}"  # 2024-07
    rf"|{_YEAR}[-_. ]?[Qq][1-4]"  # 2024-Q3
    rf"|{_YEAR}"  # 2024
)
"""A whole name that is a day, a week, a month, a quarter or a year, in the spellings people use."""

_TOKENS: tuple[tuple[str, str], ...] = (
    ("YYYY", r"\d{4}"),
    ("GGGG", r"\d{4}"),
    ("gggg", r"\d{4}"),
    ("YY", r"\d\d"),
    ("GG", r"\d\d"),
    ("gg", r"\d\d"),
    ("Qo", r"[1-4]\w{0,4}"),
    ("Q", r"[1-4]"),
    ("MMMM", r"[^\W\d_]{3,20}"),
    ("MMM", r"[^\W\d_]{2,10}\.?"),
    ("Mo", r"\d{1,2}\w{0,4}"),
    ("MM", _MONTH),
    ("M", r"(?:0?[1-9]|1[0-2])"),
    ("DDDD", r"\d{3}"),
    ("DDD", r"\d{1,3}"),
    ("Do", r"\d{1,2}\w{0,4}"),
    ("DD", _DAY),
    ("D", r"(?:0?[1-9]|[12]\d|3[01])"),
    ("dddd", r"[^\W\d_]{2,20}"),
    ("ddd", r"[^\W\d_]{1,10}\.?"),
    ("dd", r"[^\W\d_]{1,6}"),
    ("do", r"\d\w{0,4}"),
    ("d", r"\d"),
    ("E", r"\d"),
    ("e", r"\d"),
    ("WW", r"\d\d"),
    ("Wo", r"\d{1,2}\w{0,4}"),
    ("W", r"\d{1,2}"),
    ("ww", r"\d\d"),
    ("wo", r"\d{1,2}\w{0,4}"),
    ("w", r"\d{1,2}"),
    ("HH", r"\d\d"),
    ("H", r"\d{1,2}"),
    ("hh", r"\d\d"),
    ("h", r"\d{1,2}"),
    ("mm", r"\d\d"),
    ("m", r"\d{1,2}"),
    ("ss", r"\d\d"),
    ("s", r"\d{1,2}"),
    ("A", r"[AaPp][Mm]"),
    ("a", r"[AaPp][Mm]"),
)
"""The moment.js tokens that make sense in a file name; longer ones first where one begins another."""


@lru_cache(maxsize=64)
def moment_pattern(form: str) -> re.Pattern[str]:
    """A regex for the names that a moment.js format gives; `[literal]` parts are taken as they stand."""
    pattern, at = "", 0
    while at < len(form):
        if form[at] == "[" and "]" in form[at:]:
            end = form.index("]", at)
            pattern += re.escape(form[at + 1 : end])
            at = end + 1
            continue
        for token, shape in _TOKENS:
            if form.startswith(token, at):
                pattern += shape
                at += len(token)
                break
        else:
            pattern += re.escape(form[at])
            at += 1
    return re.compile(pattern, re.IGNORECASE)


def _pages(dated: DailyNotes) -> tuple[str, re.Pattern[str]]:
    """Where such notes lie, "" for anywhere, and how their names look from there."""
    return dated.folder.strip("/"), moment_pattern(dated.format.strip("/") or "YYYY-MM-DD")


def _holds(vault: Vault) -> dict[int, str]:
    if not vault.config.protect_daily:
        return {}
    paths, end = vault.notes.paths, len(".md")
    dates = [
        number
        for number in vault.notes.led_by_digit
        if DATE_SHAPED.fullmatch(path := paths[number], path.rfind("/") + 1, len(path) - end) and vault.judges(number)
    ]
    held = dict.fromkeys(dates, "a daily or periodic note: its name is a date")
    for folder, shape in map(_pages, vault.snapshot.app.dated):
        begin = len(folder) + 1 if folder else 0
        for number in vault.judged:
            path = paths[number]
            if shape.fullmatch(path, begin, len(path) - end) and (not folder or within(path, folder)):
                held.setdefault(number, "a daily or periodic note, by the app's settings")
    return held


DAILY = Protection("daily", _holds, lambda _: "daily notes")

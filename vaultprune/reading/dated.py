"""The daily-notes settings and those of two plugins in, the places where dated notes go out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from vaultprune.model import DailyNotes
from vaultprune.reading.app_files import AppFiles
from vaultprune.reading.plugins import Plugins

Period: TypeAlias = Literal["day", "week", "month", "quarter", "year"]

_FORMATS: dict[Period, str] = {
    "day": "YYYY-MM-DD",
    "week": "gggg-[W]ww",
    "month": "YYYY-MM",
    "quarter": "YYYY-[Q]Q",
    "year": "YYYY",
}
_PERIODIC_KEYS: tuple[tuple[str, Period], ...] = (
    ("daily", "day"),
    ("weekly", "week"),
    ("monthly", "month"),
    ("quarterly", "quarter"),
    ("yearly", "year"),
)
_CORE = "daily-notes.json"


def dated_notes(files: AppFiles, plugins: Plugins) -> tuple[DailyNotes, ...]:
    """Every place for dated notes: the app's own daily notes first, then what the plugins add, each place once."""
    places: list[DailyNotes] = []
    if plugins.core_is_on("daily-notes"):
        places.append(_place(files, _CORE, files.mapping(_CORE), "day"))
    if plugins.is_on("periodic-notes"):
        places.extend(_periodic(files, plugins))
    if plugins.is_on("calendar"):
        places.extend(_calendar(files, plugins))
    return tuple(dict.fromkeys(places))


def _place(files: AppFiles, name: str, said: Mapping[str, object], period: Period) -> DailyNotes:
    template = files.text(name, said, "template") or files.text(name, said, "templatePath")
    return DailyNotes(
        period=period,
        folder=files.text(name, said, "folder").strip("/"),
        format=files.text(name, said, "format") or _FORMATS[period],
        template=template or None,
    )


def _periodic(files: AppFiles, plugins: Plugins) -> Iterator[DailyNotes]:
    """The periodic-notes plugin, in the form of its releases and in that of its betas (sets of calendars)."""
    name, said = plugins.data("periodic-notes")
    for key, period in _PERIODIC_KEYS:
        kept = files.inner(name, said, key)
        if files.flag(name, kept, "enabled", default=False):
            yield _place(files, name, kept, period)
    for calendar in files.items(name, said, "calendarSets"):
        if not isinstance(calendar, dict):
            files.not_as_expected(name, "calendarSets")
            continue
        for _, period in _PERIODIC_KEYS:
            kept = files.inner(name, calendar, period)
            if files.flag(name, kept, "enabled", default=False):
                yield _place(files, name, kept, period)


def _calendar(files: AppFiles, plugins: Plugins) -> Iterator[DailyNotes]:
    """The calendar plugin's weekly notes, which it had before periodic-notes took them over."""
    name, said = plugins.data("calendar")
    if files.flag(name, said, "showWeeklyNote", default=False):
        yield DailyNotes(
            period="week",
            folder=files.text(name, said, "weeklyNoteFolder").strip("/"),
            format=files.text(name, said, "weeklyNoteFormat") or _FORMATS["week"],
            template=files.text(name, said, "weeklyNoteTemplate") or None,
        )

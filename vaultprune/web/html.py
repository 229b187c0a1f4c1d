"""Values in, pages out. All that a page says is escaped and made safe on its way in, whatever a template forgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from markupsafe import Markup

from vaultprune.reports.explain_text import around
from vaultprune.review import ARCHIVE, KEEP, SNOOZES, UNDECIDED
from vaultprune.web.shown import PlanShown, Shown
from vaultprune.words import count, day, safe

TEMPLATES = ("base", "cards", "card", "plan", "message")
TAB = 4
LONGEST = 500
"""Characters of a line that are shown."""


def cards_page(shown: Shown, *, keys: bool) -> str:
    """The suggestions, each with what a person wants to see before deciding."""
    return _render("cards", shown=shown, keys=keys)


def plan_page(plan: PlanShown, *, keys: bool) -> str:
    """What would be carried out, or what was."""
    return _render("plan", plan=plan, keys=keys)


def message_page(title: str, lines: Sequence[str], *, ended: bool = False) -> str:
    """A few sentences: that something could not be done, or that the review has ended."""
    return _render("message", title=title, lines=lines, ended=ended, keys=False)


def _render(name: str, **values: object) -> str:
    return _environment().get_template(name).render(**values)


class _Loader(BaseLoader):
    """Templates by name, out of the package."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        if template not in TEMPLATES:
            raise TemplateNotFound(template)
        source = files("vaultprune.web").joinpath("templates", f"{template}.html").read_text(encoding="utf-8")
        return source, template, lambda: True


@cache
def _environment() -> Environment:
    made = Environment(
        loader=_Loader(),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(_words())
    return made


def _words() -> Mapping[str, object]:
    """What templates may ask for."""
    return {
        "count": count,
        "day": day,
        "name": lambda path: _without_md(path).rpartition("/")[2],
        "folder": lambda path: path.rpartition("/")[0],
        "whole": _without_md,
        "value": value_of,
        "opening": _opening,
        "around": around,
        "archive": ARCHIVE,
        "keep": KEEP,
        "undecided": UNDECIDED,
        "snoozes": SNOOZES,
    }


def value_of(answer: Any) -> str:
    """An answer as a form has it: `archive`, `keep`, `keep-6` for six months, `undecided`."""
    return answer.what if answer.months is None else f"{answer.what}-{answer.months}"


def _opening(lines: Sequence[str]) -> Sequence[str]:
    """The first lines of a note without blank ones at their end; some lines are whole pictures, and are cut."""
    shown = [line if len(line) <= LONGEST else f"{line[:LONGEST]}..." for line in lines]
    while shown and not shown[-1].strip():
        shown.pop()
    return shown


def _without_md(path: str) -> str:
    return path[:-3] if path.lower().endswith(".md") else path


def _shown(value: object) -> object:
    """What is put into a page: control, bidi and unassigned characters of a text are told instead of sent."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return safe(value.expandtabs(TAB))
    return value

"""What setting up would write in, the page that shows it out; and what it did, or took back."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from vaultprune.reports.page import Command, Page, View
from vaultprune.words import safe

APP_FILE = ".obsidian/app.json"
CONFIG_FILE = ".vaultprune/config.toml"


def init_text(
    heading: str,
    view: View,
    *,
    there: Sequence[str],
    config: str | None,
    app: tuple[bytes, bytes] | None,
    entry: str,
    remarks: Sequence[str] = (),
    then: Sequence[tuple[str, Command]] = (),
    changed: str = "",
) -> str:
    """What is there already, and the very lines that would be written. `app` is Obsidian's file before and after."""
    page = Page(view)
    page.heading(heading)
    for line in there:
        page.say(line)
    if config is not None:
        page.gap()
        page.say(f"{CONFIG_FILE} would be written, with everything but a name for this vault as a comment:")
        page.lines += [f"  {safe(line)}".rstrip() for line in config.rstrip("\n").split("\n")]
    if app is not None:
        page.gap()
        page.say(
            f"{safe(entry)} would be added to Obsidian's excluded files, so that archived notes leave search and "
            f"graph. In {APP_FILE} these lines change, and no other:"
        )
        page.lines += difference(*app)
    _end(page, remarks, then, changed)
    return page.text()


def undo_text(
    heading: str,
    view: View,
    *,
    app: tuple[bytes, bytes],
    entry: str,
    exact: bool,
    remarks: Sequence[str] = (),
    then: Sequence[tuple[str, Command]] = (),
    changed: str = "",
) -> str:
    """What would be taken back of Obsidian's settings."""
    page = Page(view)
    page.heading(heading)
    if exact:
        page.say(f"{APP_FILE} is as it was left, and would get back the bytes that it had before:")
    else:
        page.say(f"{APP_FILE} was changed since, so that only {safe(entry)} would be taken out of the excluded files:")
    page.lines += difference(*app)
    _end(page, remarks, then, changed)
    return page.text()


def _end(page: Page, remarks: Sequence[str], then: Sequence[tuple[str, Command]], changed: str) -> None:
    for remark in remarks:
        page.gap()
        page.say(remark)
    page.gap()
    if then:
        page.commands(then)
        page.gap()
    if changed:
        page.say(changed)


def difference(before: bytes, after: bytes) -> list[str]:
    """The lines that differ, those from before with a minus and those after with a plus."""
    one, other = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    found = difflib.unified_diff(one, other, n=0, lineterm="")
    return [
        f"  {line[0]} {safe(line[1:].expandtabs(4))}" for line in found if not line.startswith(("---", "+++", "@@"))
    ]


def done_text(lines: Sequence[str], view: View, then: Sequence[tuple[str, Command]] = ()) -> str:
    """What was done, a sentence each, and what comes next."""
    page = Page(view)
    page.gap()
    for line in lines:
        page.say(line)
    if then:
        page.commands(then)
    return page.text()

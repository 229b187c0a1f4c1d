"""What came of a rehearsal, of reading a vault twice, of looking for all that is stored in, a page about it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vaultprune.parse.comparing import Compared
from vaultprune.reports.data import SCHEMA, as_json
from vaultprune.reports.page import UNCHANGED, Page, View, command, inline
from vaultprune.words import count, safe, shortened, title

SHOWN = 20


def rehearsal_text(vault: str, kind: str, seconds: float, view: View) -> str:
    """That a file system keeps the promise, and how that was seen."""
    page = Page(view)
    page.heading(safe(vault))
    page.say(
        "Three throw-away notes were made in .vaultprune/rehearsal/. Two of them were set aside, the links to them "
        "rewritten, and all was put back and compared; then the same again, interrupted in the middle and taken back. "
        f"That took {max(seconds, 0.01):.2f} seconds."
    )
    on = f" ({safe(kind)})" if kind else ""
    page.say(
        f"This file system{on} keeps the promise: what is set aside comes back with its bytes, name, mode, attributes "
        "and times, and no file is ever replaced by another."
    )
    page.gap()
    page.say("The throw-away notes are gone again. None of your notes was touched.")
    return page.text()


def rehearsal_json(vault: str, kind: str, seconds: float, failures: Sequence[str]) -> str:
    """The same for programs, told of one that fails as well."""
    return as_json(
        {
            "schema": SCHEMA,
            "vault": vault,
            "file_system": kind or None,
            "seconds": round(seconds, 3),
            "keeps_the_promise": not failures,
            "failures": list(failures),
        }
    )


def verify_text(vault: str, compared: Compared, view: View) -> str:
    """How many notes were read twice, and where the two readings differ."""
    page = Page(view)
    page.heading(safe(vault))
    page.say(
        f"{count(compared.notes, 'note')} read twice, quickly and in full: {count(compared.links, 'link')}, "
        f"{count(compared.tags, 'tag')}, {count(compared.tasks, 'open task')}, "
        f"{count(compared.properties, 'property', 'properties')}."
    )
    share = 100 * compared.declined / compared.notes if compared.notes else 0.0
    page.say(f"The quick reading left {count(compared.declined, 'note')} ({share:.1f} %) to the full one.")
    if compared.unread:
        page.say(f"{count(len(compared.unread), 'note')} could not be read: {title(compared.unread[0])}, for one.")
    page.gap()
    found = compared.differences
    if not found:
        page.say("Both readings say the same of every note.")
    else:
        notes = len({each.path for each in found})
        page.say(f"They differ in {count(len(found), 'place')} of {count(notes, 'note')}.")
        for each in found[: page.view.shown(SHOWN)]:
            at = "" if each.line is None else f", line {each.line}"
            page.say(f"{safe(each.path)}{at}: {each.what}", "  ", "    ")
            page.say(f"quick: {shortened(safe(each.quick), 200)}", "     ", "       ")
            page.say(f"full:  {shortened(safe(each.full), 200)}", "     ", "       ")
        if len(found) > page.view.shown(SHOWN):
            page.lines.append(f"  ... and {len(found) - page.view.shown(SHOWN):,} more: --limit {len(found)}")
        page.say("That is a mistake in vaultprune. Please tell its authors, with these lines.")
    page.gap()
    page.say(UNCHANGED)
    return page.text()


def verify_json(vault: str, compared: Compared) -> str:
    """The same for programs."""
    return as_json(
        {
            "schema": SCHEMA,
            "vault": vault,
            "notes": compared.notes,
            "declined": compared.declined,
            "links": compared.links,
            "tags": compared.tags,
            "open_tasks": compared.tasks,
            "properties": compared.properties,
            "unread": list(compared.unread),
            "differences": [
                {"path": each.path, "line": each.line, "what": each.what, "quick": each.quick, "full": each.full}
                for each in compared.differences
            ],
        }
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """One place where something is stored. `below` says which folder `path` is relative to; `whole` is for people."""

    below: str
    path: str
    whole: str
    what: str
    files: int
    size: int
    may_go: str


def places_text(vault: str, kept: Sequence[Kept], view: View) -> str:
    """Every place with how much is there and what happens without it, those in the vault first."""
    page = Page(view)
    page.heading(safe(vault))
    groups = ((True, "In the vault"), (False, "Outside the vault, in your own folders"))
    for inside, heading in groups:
        found = [each for each in kept if (each.below == "vault") == inside]
        page.gap()
        page.heading(heading)
        if not found:
            page.say("nothing", "  ")
        for each in found:
            page.say(f"{safe(each.whole)}, {count(each.files, 'file')}, {size_told(each.size)}", "  ", "    ")
            page.say(f"{each.what}. {each.may_go}", "     ")
    page.gap()
    page.say(f"What is kept of one note goes by: {inline(command(view, 'forget', note='NOTE'))}")
    page.gap()
    page.say(UNCHANGED)
    return page.text()


def places_json(vault: str, kept: Sequence[Kept]) -> str:
    """The same for programs; no absolute path stands in it."""
    return as_json(
        {
            "schema": SCHEMA,
            "vault": vault,
            "places": [
                {
                    "below": each.below,
                    "path": each.path,
                    "what": each.what,
                    "files": each.files,
                    "bytes": each.size,
                    "may_be_deleted": each.may_go,
                }
                for each in kept
            ],
        }
    )


def size_told(size: int) -> str:
    """`12 kB`, `3.4 MB`."""
    if size < 1000:
        return count(size, "byte")
    return f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"

"""A plan in, what it says out, in parts: a sentence and the entries that it is about, the same on every surface."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from vaultprune.model import NotePath, Plan, Rewrite, Span
from vaultprune.moving import key
from vaultprune.plan.changes import NEVER_REWRITTEN, Moved
from vaultprune.vault import Vault
from vaultprune.words import count, safe

NEWLINE = b"\n"

Contents = Callable[[NotePath], bytes | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A note or link that a part is about, all made safe: a path, and what stands `below` it.

    Below is where a note goes, if that is not where one would look for it; how a link reads before and after; or why
    a note stays. `behind` is said behind the place, or behind the path of a note with a link.
    """

    path: str
    behind: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What moves, which links are rewritten, what stays, what somebody should look at: a sentence and its entries.

    `then` is a sentence behind the entries. Where there is nothing to say of a thing, there is no part.
    """

    what: Literal["moves", "links", "stays", "look"]
    says: str
    entries: tuple[Entry, ...] = ()
    then: str = ""


def plan_told(plan: Plan, vault: Vault, contents: Contents) -> tuple[Part, ...]:
    """All that a plan does and leaves, in the order in which it is told."""
    return tuple(
        part for part in (_moves(plan, vault), _links(plan, vault, contents), _stays(plan), _look(plan)) if part
    )


def _moves(plan: Plan, vault: Vault) -> Part:
    if not plan.moves:
        return Part("moves", "No note moves.")
    folder = vault.config.archive_folder.strip("/")
    many = len(plan.moves)
    keeping = "keeping its folder, name and dates" if many == 1 else "keeping their folders, names and dates"
    says = f"{count(many, 'note')} {'moves' if many == 1 else 'move'} below {safe(folder)}/, {keeping}:"
    entries = []
    for move in plan.moves:
        elsewhere = key(move.target) != key(f"{folder}/{move.source}")
        below = (safe(move.target),) if elsewhere else ()
        entries.append(Entry(safe(move.source), ", as its place there is taken" if elsewhere else "", below))
    then = ""
    if plan.together:
        some = sum(map(len, plan.together))
        which = f"{some:,} of them" if len(plan.together) == 1 else f"Of them {len(plan.together):,} groups"
        then = f"{which} belong together, all or none: between them, a link would lead elsewhere."
    return Part("moves", says, tuple(entries), then)


def _links(plan: Plan, vault: Vault, contents: Contents) -> Part | None:
    many = sum(len(rewrite.spans) for rewrite in plan.rewrites)
    says, entries = "", tuple[Entry, ...]()
    if many:
        them = "it would no longer lead where it does" if many == 1 else "they would no longer lead where they do"
        where = "" if len(plan.rewrites) == 1 else f" in {len(plan.rewrites):,} files"
        only = "that file" if len(plan.rewrites) == 1 else "those files"
        are = "is" if many == 1 else "are"
        says = f"{count(many, 'link')}{where} {are} rewritten, because {them}. Nothing else in {only} changes:"
        entries = tuple(entry for each in plan.rewrites for entry in _spans(each, contents(each.path)))
    kept, by_name = _kept(plan, vault)
    then = ""
    if kept:
        them = "to it " if len(plan.moves) == 1 else "to them "
        which = "by name alone " if by_name else them if not many else ""
        other = "other " if many and not by_name else ""
        goes = "goes" if kept == 1 else "go"
        then = f"{kept:,} {other}{'link' if kept == 1 else 'links'} {which}{goes} on working, unchanged."
    return Part("links", says, entries, then) if says or then else None


def _kept(plan: Plan, vault: Vault) -> tuple[int, bool]:
    """How many links to the notes that move stay as they are, and whether all of them name no folder.

    Those in our own notes are left out: nobody wrote them.
    """
    moved = Moved(vault.graph, {move.source: move.target for move in plan.moves})
    changed = {change.position for change in moved.changes()}
    occurrences = vault.graph.occurrences
    staying = set(moved.arriving()) - changed
    links = [occurrences.link(position) for position in staying if occurrences.source(position) not in vault.own]
    kept = [link for link in links if link.kind not in NEVER_REWRITTEN and link.path]
    return len(kept), all("/" not in link.path for link in kept)


def _spans(rewrite: Rewrite, data: bytes | None) -> Iterator[Entry]:
    for span in rewrite.spans:
        line = "" if data is None else f", line {data.count(NEWLINE, 0, span.start) + 1:,}"
        before, after = _around(data, span)
        changed = (_shown(before + span.before + after), _shown(before + span.after + after))
        yield Entry(safe(rewrite.path), line, changed)


def _around(data: bytes | None, span: Span) -> tuple[bytes, bytes]:
    """What of the link stands before and behind the bytes that change, as far as it is on the same line."""
    if data is None:
        return b"", b""
    left = data[data.rfind(b"\n", 0, span.start) + 1 : span.start]
    line_end = data.find(b"\n", span.end)
    right = data[span.end : line_end if line_end >= 0 else len(data)]
    if left.endswith(b"[["):
        close = right.find(b"]]")
        return (b"![[" if left.endswith(b"![[") else b"[["), right[: close + 2] if close >= 0 else b""
    opened = left.rfind(b"](")
    if opened >= 0 and left[opened + 2 :].strip(b" <") == b"":
        label = max(0, left.rfind(b"[", 0, opened))
        image = label > 0 and left[label - 1 : label] == b"!"
        close = right.find(b")")
        return left[label - image :], right[: close + 1] if close >= 0 else b""
    return b"", b""


def _shown(text: bytes) -> str:
    return safe(text.decode("utf-8", "surrogateescape"))


def _stays(plan: Plan) -> Part | None:
    if not plan.skipped:
        return None
    many = len(plan.skipped)
    says = "1 note stays where it is:" if many == 1 else f"{many:,} notes stay where they are:"
    return Part("stays", says, tuple(Entry(safe(skipped.path), "", (skipped.why,)) for skipped in plan.skipped))


def _look(plan: Plan) -> Part | None:
    if not plan.warnings:
        return None
    return Part("look", "Left alone, for you to look at:", tuple(Entry(warning) for warning in plan.warnings))

"""Small worlds in one line: a note, a vault, a folder on disk written as a dict."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from vaultprune.config import Config
from vaultprune.model import (
    AppSettings,
    Base,
    Canvas,
    Decision,
    File,
    History,
    Link,
    LinkKind,
    Note,
    NotePath,
    Observed,
    Properties,
    PropertyValue,
    Query,
    Snapshot,
)
from vaultprune.vault import Vault, open_vault

TODAY = "2026-11-20"
LONG_AGO = "2023-09-02"


def at(day: str) -> datetime:
    """The evening of a day, UTC."""
    return datetime.combine(date.fromisoformat(day), time(20, 0), UTC)


def link(text: str, kind: LinkKind = "wikilink", line: int = 1) -> Link:
    return Link(text, kind, line, text)


def note(
    path: str,
    *,
    links: Iterable[str | Link] = (),
    tags: Sequence[str] = (),
    edited: str | None = LONG_AGO,
    created: str | None = "2019-05-04",
    words: int = 40,
    text: str | None = None,
    open_tasks: Sequence[int] = (),
    queries: Sequence[Query] = (),
    unreadable: str | None = None,
    more: Mapping[str, PropertyValue] | None = None,
    **properties: PropertyValue,
) -> Note:
    """A note with its dates as properties; `text` makes two notes' bodies equal. `vaultprune="keep"` sets that one.

    `more` are properties whose names are no Python names.
    """
    dates: dict[str, PropertyValue] = {}
    if edited is not None:
        dates["modified"] = edited
    if created is not None:
        dates["created"] = min(created, edited) if edited else created
    body = text if text is not None else path
    return Note(
        path=NotePath(path if path.lower().endswith(".md") else path + ".md"),
        links=tuple(item if isinstance(item, Link) else link(item) for item in links),
        tags=tuple(tags),
        properties=Properties(tuple({**dates, **properties, **(more or {})}.items())),
        words=words,
        open_tasks=tuple(open_tasks),
        queries=tuple(queries),
        body_digest=hashlib.sha256(body.encode()).hexdigest()[:16],
        unreadable=unreadable,
    )


def filler(number: int = 20, *, edited: str = "2026-11-01") -> tuple[Note, ...]:
    """Notes that are nobody's concern: edited lately, one each day back from `edited`, each linked from the next."""
    last = date.fromisoformat(edited)
    return tuple(
        note(f"Filler/F{this:02d}", links=[f"F{(this + 1) % number:02d}"], edited=str(last - timedelta(days=this)))
        for this in range(number)
    )


def snapshot(
    *notes: Note,
    today: str = TODAY,
    app: AppSettings | None = None,
    canvases: Sequence[Canvas] = (),
    bases: Sequence[Base] = (),
    attachments: Sequence[str] = (),
    decisions: Sequence[Decision] = (),
    history: History | None = None,
    observed: Observed | None = None,
    symlinked: Sequence[str] = (),
    mtimes: Mapping[str, str] | None = None,
) -> Snapshot:
    """A snapshot of these notes as if read from disk; file times are `today` unless `mtimes` says otherwise."""
    ordered = tuple(sorted(notes, key=lambda each: each.path))
    times = {path if path.endswith(".md") else path + ".md": when for path, when in (mtimes or {}).items()}

    def file(path: NotePath, kind: Any) -> File:
        when = at(times.get(path, today))
        return File(path, kind, 100, int(when.timestamp()) * 10**9, path in symlinked)

    files = [
        *(file(each.path, "note") for each in ordered),
        *(file(canvas.path, "canvas") for canvas in canvases),
        *(file(base.path, "base") for base in bases),
        *(file(NotePath(path), "attachment") for path in attachments),
    ]
    return Snapshot(
        name="Garden",
        taken_at=at(today),
        files=tuple(sorted(files, key=lambda each: each.path)),
        notes=ordered,
        canvases=tuple(canvases),
        bases=tuple(bases),
        app=app or AppSettings(),
        history=history or History(absent="no git history here"),
        observed=observed or Observed(absent="nobody has looked yet"),
        decisions=tuple(decisions),
    )


def vault(*notes: Note, config: Config | None = None, **world: Any) -> Vault:
    """A vault of these notes, linked and weighed; `world` as for `snapshot`."""
    return open_vault(snapshot(*notes, **world), config or Config(dates=("property",)))


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a folder from a dict of relative paths; text as UTF-8."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its relative path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }

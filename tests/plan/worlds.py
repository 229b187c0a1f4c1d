"""Vaults in a dict: read without a disk, planned for, carried out by hand and read again."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from vaultprune.archiving.spans import applied, inverse
from vaultprune.config import Config
from vaultprune.graph import FileIndex
from vaultprune.model import AppSettings, Canvas, File, FileKind, Link, Note, NotePath, Plan, Snapshot
from vaultprune.parse import parse_base, parse_canvas, parse_note
from vaultprune.plan import make_plan
from vaultprune.vault import Vault, open_vault

AT = datetime(2026, 11, 20, 18, 4, tzinfo=UTC)

Files = Mapping[str, bytes]


def in_bytes(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}


def kind_of(path: str) -> FileKind:
    ending = path.lower().rpartition(".")[2]
    return {"md": "note", "canvas": "canvas", "base": "base"}.get(ending, "attachment")  # type: ignore[return-value]


def snapshot(files: Files, *, app: AppSettings | None = None, symlinked: Iterable[str] = ()) -> Snapshot:
    """What reading these files would give."""
    ordered = sorted(NotePath(path) for path in files)
    return Snapshot(
        name="Garden",
        taken_at=AT,
        files=tuple(File(path, kind_of(path), len(files[path]), 0, path in set(symlinked)) for path in ordered),
        notes=tuple(parse_note(path, files[path]) for path in ordered if kind_of(path) == "note"),
        canvases=tuple(parse_canvas(path, files[path]) for path in ordered if kind_of(path) == "canvas"),
        bases=tuple(parse_base(path, files[path]) for path in ordered if kind_of(path) == "base"),
        app=app or AppSettings(),
    )


def garden(files: Files, *, config: Config | None = None, **world: Any) -> Vault:
    return open_vault(snapshot(files, **world), config or Config(dates=("property",)))


def planned(files: Files, *chosen: str, vault: Vault | None = None, **how: Any) -> Plan:
    """The plan for some notes, protected ones too unless told otherwise."""
    vault = vault or garden(files)
    how.setdefault("even_protected", True)
    return make_plan(vault, [NotePath(path) for path in chosen], lambda path: files.get(path), **how)


def carried_out(files: Files, plan: Plan) -> dict[str, bytes]:
    """The files as they are once the plan was carried out, by the span arithmetic of the room that does it."""
    after = dict(files)
    for rewrite in plan.rewrites:
        assert hashlib.sha256(files[rewrite.path]).hexdigest() == rewrite.sha256
        after[rewrite.path] = applied(files[rewrite.path], rewrite.spans)
    moving = {move.source: after.pop(move.source) for move in plan.moves}
    for move in plan.moves:
        assert hashlib.sha256(files[move.source]).hexdigest() == move.sha256
        assert len(files[move.source]) == move.size
        assert unicodedata.normalize("NFC", move.target).casefold() not in {
            unicodedata.normalize("NFC", path).casefold() for path in after
        }
        after[move.target] = moving[move.source]
    return after


def taken_back(after: Files, plan: Plan) -> dict[str, bytes]:
    """The files once the plan was undone: moved back, and every span put back."""
    places = {move.target: move.source for move in plan.moves}
    files = {places.get(NotePath(path), path): data for path, data in after.items()}
    for rewrite in plan.rewrites:
        files[rewrite.path] = applied(files[rewrite.path], inverse(rewrite.spans))
    return files


Meanings = dict[str, list[tuple[Link, frozenset[str]]]]


def meanings(read: Snapshot) -> Meanings:
    """What every link of every source means, looked up one by one."""
    index = FileIndex(file.path for file in read.files)
    sources: list[Note | Canvas] = [*read.notes, *read.canvases]
    return {
        source.path: [
            (
                link,
                frozenset(
                    index.resolve_file(link.path) if link.kind == "canvas" else index.resolve(link.path, source.path)
                ),
            )
            for link in source.links
        ]
        for source in sources
    }


def differences(before: Meanings, after: Meanings, plan: Plan) -> list[str]:
    """The links that meant a file and do not mean it any more, in words. Links nobody can rewrite are left out."""
    places = {str(move.source): str(move.target) for move in plan.moves}
    found: list[str] = []
    for path, links in before.items():
        now = after[places.get(path, path)]
        if len(links) != len(now):
            found.append(f"{path}: {len(links)} links, and then {len(now)}")
            continue
        for (link, means), (link_now, means_now) in zip(links, now, strict=True):
            if (link.kind, link.line) != (link_now.kind, link_now.line):
                found.append(f"{path}: {link} is now {link_now}")
            wanted = {places.get(target, target) for target in means}
            if means and link.kind not in ("uri", "html") and means_now != wanted:
                found.append(f"{path}: {link} meant {sorted(means)}, and {link_now} means {sorted(means_now)}")
    return found

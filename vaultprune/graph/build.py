"""A snapshot in, its `LinkGraph` out: every link of every source looked up once, and only anew where need be."""

from __future__ import annotations

from array import array
from collections.abc import Collection

from vaultprune.graph.kept import dumped, loaded
from vaultprune.graph.link_graph import LinkGraph
from vaultprune.graph.lookup import Lookup, Parts, Ties
from vaultprune.graph.occurrences import Occurrences
from vaultprune.graph.resolve import FileIndex
from vaultprune.graph.resolved import Resolved
from vaultprune.graph.rows import turned
from vaultprune.graph.update import renumbering, updated
from vaultprune.model import NotePath, Snapshot
from vaultprune.notes import Files, Links, Notes, RowsBuilder


def build_graph(snapshot: Snapshot, *, silent: Collection[NotePath] = ()) -> LinkGraph:
    """The links of a vault. Those of `silent` sources are resolved and listed, and keep nothing alive."""
    notes = Notes.of(snapshot.notes)
    sources = (*notes.paths, *[canvas.path for canvas in snapshot.canvases])
    ids = dict(zip(sources, range(len(sources)), strict=True))
    every = Files.of(snapshot.files)
    others = {path: kind for path, kind in zip(every.paths, every.kinds, strict=True) if path not in ids}
    files = (*sources, *sorted(others))
    ids.update(zip(files[len(sources) :], range(len(sources), len(files)), strict=True))
    muted = frozenset(ids[source] for source in silent if source in ids)
    index = FileIndex(files)

    def links() -> Parts:
        return notes.links, Links.of([canvas.links for canvas in snapshot.canvases])

    resolved = _known(snapshot, snapshot.text_stamp, len(sources), len(files))
    if resolved is None or resolved.silent != muted:
        lookup = Lookup(links(), sources, ids, index)
        key = f"{snapshot.text_stamp} {sorted(muted)}"
        resolved = _brought_up(snapshot, lookup, others, muted, key) or resolve_all(lookup, muted, key)
        kept = resolved
        if snapshot.text_stamp:
            snapshot.memory.keep("graph", snapshot.text_stamp, lambda: dumped(kept))
        index.forget()
    return LinkGraph(
        notes=len(notes),
        sources=sources,
        files=files,
        ids=ids,
        kinds=others,
        silent=muted,
        index=index,
        occurrences=Occurrences(links, resolved.starts, resolved.targets, resolved.ties, len(files)),
        resolved=resolved,
        memory=snapshot.memory,
        key=resolved.edges if snapshot.text_stamp else "",
    )


def _known(snapshot: Snapshot, stamp: str, sources: int, files: int) -> Resolved | None:
    return loaded(snapshot.memory.recall("graph", stamp), sources, files) if stamp else None


def _brought_up(
    snapshot: Snapshot, lookup: Lookup, others: Collection[NotePath], muted: frozenset[int], key: str
) -> Resolved | None:
    """What was known of the vault as it was before, brought up to now, if it is known."""
    since = snapshot.since
    if since is None:
        return None
    numbers = renumbering(lookup, since, others)
    before = _known(snapshot, since.text_stamp, numbers.sources, numbers.files)
    return None if before is None else updated(before, since, lookup, numbers, muted, key)


def resolve_all(lookup: Lookup, muted: frozenset[int], key: str) -> Resolved:
    """The links of all sources, looked up one after another."""
    targets, missing = array("i"), array("I")
    starts, forward = array("I", (0,)), RowsBuilder()
    weak: dict[int, list[int]] = {}
    ties = Ties()
    number = 0
    for part in lookup.parts:
        look = lookup.looking(part, ties)
        for row in range(len(part)):
            found = look(row, number)
            targets.extend(found.targets)
            starts.append(len(targets))
            forward.add(found.linked)
            missing.append(found.missing)
            if found.mentioned and number not in muted:
                for other in found.mentioned:
                    weak.setdefault(other, []).append(number)
            number += 1
    rows = forward.rows()
    backward = turned(rows, len(lookup.ids), muted)
    return Resolved(starts, targets, ties.tuples(), rows, backward, missing, weak, muted, key)

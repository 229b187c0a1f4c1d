"""A snapshot in, its `LinkGraph` out: every link of every source looked up once."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping

from vaultprune.graph.kept import dumped, loaded
from vaultprune.graph.link_graph import LinkGraph
from vaultprune.graph.occurrences import UNRESOLVED, Occurrences
from vaultprune.graph.resolve import FileIndex, lookup_key
from vaultprune.graph.resolved import Resolved
from vaultprune.graph.rows import turned
from vaultprune.model import NotePath, Snapshot
from vaultprune.notes import COUNTED, KINDS, Files, Links, Notes, Rows

_VARIES = -(1 << 31)
"""Stands for a target until it is looked up from its source: which file is meant depends on that."""

_CANVAS = KINDS.index("canvas")


def build_graph(snapshot: Snapshot, *, silent: Collection[NotePath] = ()) -> LinkGraph:
    """The links of a vault. Those of `silent` sources are resolved and listed, and keep nothing alive."""
    notes = Notes.of(snapshot.notes)
    sources = (*notes.paths, *[canvas.path for canvas in snapshot.canvases])
    known = set(sources)
    every = Files.of(snapshot.files)
    others = {path: kind for path, kind in zip(every.paths, every.kinds, strict=True) if path not in known}
    files = (*sources, *sorted(others))
    ids = {path: number for number, path in enumerate(files)}
    index = FileIndex(files)
    muted = frozenset(ids[source] for source in silent if source in ids)

    def links() -> tuple[Links, ...]:
        return notes.links, Links.of([canvas.links for canvas in snapshot.canvases])

    key = f"{snapshot.text_stamp} {sorted(muted)}"
    resolved = loaded(snapshot.memory.recall("graph", key), len(sources), len(files)) if snapshot.text_stamp else None
    if resolved is None:
        resolved = _resolved(links(), sources, files, ids, index, muted)
        kept = resolved
        snapshot.memory.keep("graph", key, lambda: dumped(kept))
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
        key=key if snapshot.text_stamp else "",
    )


def _resolved(
    parts: tuple[Links, ...],
    sources: tuple[NotePath, ...],
    files: tuple[NotePath, ...],
    ids: Mapping[NotePath, int],
    index: FileIndex,
    muted: frozenset[int],
) -> Resolved:
    ties: dict[tuple[int, ...], int] = {}

    def target(found: Collection[NotePath]) -> int:
        meant = tuple([ids[path] for path in found])
        if not meant:
            return UNRESOLVED
        return meant[0] if len(meant) == 1 else -2 - ties.setdefault(meant, len(ties))

    starts, targets = array("I", (0,)), array("i")
    forward_starts, forward = array("I", (0,)), array("I")
    missing = array("I")
    weak: dict[int, list[int]] = {}
    number = 0
    for links in parts:
        texts, kinds, paths, shift = links.texts, links.kind, links.path, len(targets)
        # a text is looked up where it first stands, so that ties are numbered in the order in which they occur
        fixed: dict[int, int] = {}
        tied: list[tuple[int, ...]] = []
        for row in range(len(links)):
            source = sources[number]
            counted: set[int] = set()
            mentioned: set[int] = set()
            unresolved: set[int] = set()
            for position in range(links.starts[row], links.starts[row + 1]):
                kind, text = kinds[position], paths[position]
                if kind == _CANVAS:
                    meant = target(index.resolve_file(texts[text]))
                else:
                    known = fixed.get(text)
                    if known is None:
                        everywhere = index.everywhere(texts[text])
                        known = fixed[text] = _VARIES if everywhere is None else target(everywhere)
                    meant = known if known != _VARIES else target(index.resolve(texts[text], source))
                targets.append(meant)
                if meant >= 0:
                    (counted if kind < COUNTED else mentioned).add(meant)
                elif meant == UNRESOLVED:
                    if kind < COUNTED:
                        unresolved.add(text)
                else:
                    if len(tied) < len(ties):
                        tied = list(ties)
                    (counted if kind < COUNTED else mentioned).update(tied[-2 - meant])
            counted.discard(number)
            forward.extend(sorted(counted))
            forward_starts.append(len(forward))
            many = len(unresolved)
            missing.append(len({lookup_key(texts[text]) for text in unresolved}) if many > 1 else many)
            if mentioned and number not in muted:
                for other in mentioned - counted - {number}:
                    weak.setdefault(other, []).append(number)
            number += 1
        starts.extend([start + shift for start in links.starts[1:]])
    index.forget()
    rows = Rows(forward_starts, forward)

    def heard() -> Iterator[tuple[int, int]]:
        return ((source, other) for source in range(len(sources)) if source not in muted for other in rows[source])

    return Resolved(starts, targets, tuple(ties), rows, turned(heard, len(files)), missing, weak)

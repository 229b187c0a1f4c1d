"""A note that may be set aside in, what that would do to the others out: the move simulated, its links compared."""

from __future__ import annotations

from collections.abc import Iterator

from vaultprune.graph.link_graph import LinkGraph
from vaultprune.graph.resolve import folded, spelt
from vaultprune.model import Consequences, LinkKind, NotePath

_LEFT_AS_THEY_ARE: frozenset[LinkKind] = frozenset({"uri", "html"})
"""Nothing rewrites these: they are told of, and do not add to the rewrites."""


def if_archived(graph: LinkGraph, path: NotePath, archive_folder: str) -> Consequences:
    """What moving one note into the archive folder, its path mirrored, would do.

    `orphans` are the notes that nothing else keeps from being one. `unresolved_in` are all sources, silent ones
    and the note itself among them, with a link that would mean nothing or something else than it does now;
    `rewrites` is the number of those links that could be rewritten. A link that goes nowhere today cannot break.
    """
    new = _free_place(graph, path, archive_folder)
    after = graph.index.moved(path, new)
    own = graph.ids[path]

    changed: set[NotePath] = set()
    rewrites = 0
    for position in {*graph.occurrences.of(own), *graph.occurrences.to(own), *_drawn(graph, path, new)}:
        before = graph.occurrences.meant(position)
        if not before:
            continue
        number = graph.occurrences.source(position)
        link = graph.occurrences.link(position)
        source = new if number == own else graph.sources[number]
        found = after.resolve_file(link.path) if link.kind == "canvas" else after.resolve(link.path, source)
        if set(found) != {new if file == own else graph.files[file] for file in before}:
            changed.add(graph.sources[number])
            rewrites += link.kind not in _LEFT_AS_THEY_ARE
    return Consequences(_new_orphans(graph, path), tuple(sorted(changed)), rewrites)


def _drawn(graph: LinkGraph, path: NotePath, new: NotePath) -> Iterator[int]:
    """The positions of links to files of the same name that might mean the note once it lies in its new place.

    Its new path is longer than the old one and ends with it. So it wins nothing by being short, and what beat it
    before beats it still, save for three: sources that share its new folder, texts too long to have meant it
    where it was, and links to a file that has the very path but for case or a second `.md`. Where the place was
    taken, the new path ends differently, and every text is looked at.
    """
    folder = new.rpartition("/")[0]
    reach = len(folded(spelt(path))) - len(".md") if new.endswith("/" + path) else -1
    for namesake in graph.index.namesakes(path):
        if namesake == path:
            continue
        same_place = folded(spelt(namesake)).rpartition("/")[0] == folded(spelt(folder))
        for position in graph.occurrences.to(graph.ids[namesake]):
            source = graph.sources[graph.occurrences.source(position)]
            if (
                same_place
                or source.rpartition("/")[0] == folder
                or len(folded(spelt(graph.occurrences.link(position).path))) > reach
            ):
                yield position


def _new_orphans(graph: LinkGraph, path: NotePath) -> tuple[NotePath, ...]:
    own = graph.ids[path]
    return tuple(
        target
        for target in graph.note_targets(path)
        if graph.ids[target] not in graph.silent and list(graph.backlink_ids(graph.ids[target])) == [own]
    )


def _free_place(graph: LinkGraph, path: NotePath, archive_folder: str) -> NotePath:
    """Where the note would lie: a place that is taken changes the folder and never the name, which links go by."""
    folder, slash, name = f"{archive_folder.strip('/')}/{path}".rpartition("/")
    while folder + slash + name in graph.ids:
        folder += " (archived)"
    return NotePath(folder + slash + name)

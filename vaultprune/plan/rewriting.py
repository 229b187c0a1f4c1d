"""A file and the links in it that a plan would change in, the spans that keep them right out, checked by reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vaultprune.model import Canvas, Link, Note, NotePath, Properties, Rewrite, Span
from vaultprune.plan.changes import NEVER_REWRITTEN, Change, Moved, Settled, looked_up
from vaultprune.plan.sites import Site, exchanged, find_sites, requoted, written
from vaultprune.plan.spelling import Rewriting, Way, ways
from vaultprune.words import safe

Source = Note | Canvas

Written = tuple[Rewrite, dict[int, Settled]]
"""What changes in a file, and what becomes of each of its links that change, by position."""

ONLY_SEARCHED = "only looked for"
"""What the problem of a file says whose links may stand in code just as well."""


class CannotRewrite(Exception):
    """Links that cannot be kept right; `because` are the moves that would break them."""

    def __init__(self, why: str, because: Sequence[NotePath]) -> None:
        super().__init__(why)
        self.because = tuple(because)


@dataclass(frozen=True, slots=True)
class Opened:
    """A note or canvas as it was read for the vault, and its bytes now."""

    source: Source
    data: bytes

    @property
    def path(self) -> NotePath:
        """Where it lies now."""
        return self.source.path

    @property
    def digest(self) -> str:
        """What its bytes are known by."""
        return hashlib.sha256(self.data).hexdigest()

    def read(self, data: bytes) -> Source:
        """What other bytes would say in its place."""
        from vaultprune.parse import parse_canvas, parse_note  # heavy; most plans rewrite nothing

        return (parse_canvas if isinstance(self.source, Canvas) else parse_note)(self.path, data)

    def links(self, data: bytes) -> tuple[Link, ...]:
        """The links that other bytes would hold."""
        return self.read(data).links


@dataclass(frozen=True, slots=True)
class _Edit:
    """One place and the path that will stand there."""

    site: Site
    way: Way
    because: tuple[NotePath, ...]

    def exchange(self) -> tuple[int, int, bytes]:
        return self.site.start, self.site.end, written(self.site, self.way.text)


def rewrite(file: Opened, changes: Sequence[Change], moved: Moved) -> Written:
    """What has to change in a file so that these links, all of them in it, mean what they meant.

    With what becomes of each link, by its position.

    The links are clear (`refuse_unclear`). Raises `CannotRewrite` if it cannot be done with certainty: then nothing in
    the file may be touched.
    """
    numbers = [change.number for change in changes]
    canvas = isinstance(file.source, Canvas)
    sites = find_sites(file.data, file.source.links, numbers, file.links, canvas=canvas)
    new: dict[int, Way] = {}
    edits: dict[int, _Edit] = {}
    for change in changes:
        site = sites.get(change.number)
        way = _way(change, site, moved) if site else None
        if site is None or way is None:
            raise CannotRewrite(_inexact(file.path, change.link), moved.because(change, None))
        new[change.number] = way
        edits[site.start] = _Edit(site, way, moved.because(change, way.path))
    ordered = _quoted_rightly(file, [edits[start] for start in sorted(edits)], sites, new)
    if ordered is None or not _as_intended(file, ordered, new, moved):
        concerned = [path for change in changes for path in moved.concerned(change.source, change.means)]
        raise CannotRewrite(_inexact(file.path), tuple(dict.fromkeys(concerned)))
    spans = tuple(_span(file.data, edit) for edit in ordered)
    settled = {
        change.position: Settled(new[change.number].path, edits[sites[change.number].start].because)
        for change in changes
    }
    return Rewrite(file.path, file.digest, spans), settled


def refuse_unclear(source: Source, changes: Iterable[Change], moved: Moved) -> None:
    """Raises `CannotRewrite` for links that somebody would have to guess at, before anything is worked out."""
    path = safe(source.path)
    for change in changes:
        if any(ONLY_SEARCHED in problem.what for problem in source.problems):
            why = f"{path}, whose links would change, could only be read in part"
            raise CannotRewrite(why, moved.because(change, None))
        if len(change.means) > 1:
            why = f"a link in {path}, line {change.link.line}, may mean this note or another"
            raise CannotRewrite(why, moved.because(change, None))


def _inexact(path: NotePath, link: Link | None = None) -> str:
    where = f"{safe(path)}, line {link.line}," if link else safe(path)
    return f"the links in {where} could not be rewritten exactly"


def _way(change: Change, site: Site, moved: Moved) -> Way | None:
    """The first way to write the link after which it means what it meant."""
    target = change.means[0]
    now = moved.now(target)
    wanted = Rewriting(change.link, site.form, change.source, moved.now(change.source), target, now)
    return next((way for way in ways(wanted) if moved.means(change.link, change.source, way.path) == {now}), None)


def _quoted_rightly(
    file: Opened, edits: Sequence[_Edit], sites: Mapping[int, Site], new: Mapping[int, Way]
) -> list[_Edit] | None:
    """The edits with their paths escaped as the place asks for: where it does not tell, each way is tried alone."""
    found: list[_Edit] = []
    for edit in edits:
        tries = [replace(edit, site=site) for site in requoted(edit.site, edit.way.text)]
        if len(tries) > 1:
            alone = {number: new[number] for number, site in sites.items() if site == edit.site}
            tries = [one for one in tries if _read_back(file, [one]) == _expected(file, alone)]
        if not tries:
            return None
        found.append(tries[0])
    return found


def _read_back(file: Opened, edits: Sequence[_Edit]) -> tuple[Link, ...]:
    return file.links(exchanged(file.data, [edit.exchange() for edit in edits]))


def _expected(file: Opened, new: Mapping[int, Way]) -> tuple[Link, ...]:
    """The links of the file with those paths exchanged."""
    return tuple(
        link._replace(text=new[number].text, path=new[number].path) if number in new else link
        for number, link in enumerate(file.source.links)
    )


def _as_intended(file: Opened, edits: Sequence[_Edit], new: Mapping[int, Way], moved: Moved) -> bool:
    """Whether nothing but those paths changes, and every link then means what it meant, by a new reading."""
    exchanges = [edit.exchange() for edit in edits]
    data = exchanged(file.data, exchanges)
    if _without(data, _shifted(exchanges)) != _without(file.data, [(start, end) for start, end, _ in exchanges]):
        return False
    after = file.read(data)
    if after.links != _expected(file, new) or _apart_from_links(after) != _apart_from_links(file.source):
        return False
    graph = moved.graph
    for link, old, position in zip(
        after.links, file.source.links, graph.occurrences.of(graph.ids[file.path]), strict=True
    ):
        before = graph.occurrences.meant(position)
        if before and old.kind not in NEVER_REWRITTEN:
            means = looked_up(moved.index, link, moved.now(file.path))
            if means != {moved.now(graph.files[each]) for each in before}:
                return False
    return True


def _apart_from_links(source: Source) -> Source:
    """What must not change at all. A link may stand in a property or an alias, and words may be counted in it.

    What is odd about a file stays odd, though perhaps at another byte.
    """
    problems = tuple(problem._replace(what="") for problem in source.problems)
    if isinstance(source, Note):
        bare = source._replace(links=(), aliases=(), properties=Properties(), words=0, body_digest="")
        return bare._replace(problems=problems)
    return source._replace(links=(), problems=problems)


def _without(data: bytes, places: Sequence[tuple[int, int]]) -> list[bytes]:
    """What lies between the places."""
    ends = [0, *(end for _, end in places)]
    starts = [*(start for start, _ in places), len(data)]
    return [data[end:start] for end, start in zip(ends, starts, strict=True)]


def _shifted(exchanges: Sequence[tuple[int, int, bytes]]) -> list[tuple[int, int]]:
    """Where the new bytes stand afterwards."""
    grown, found = 0, []
    for start, end, new in exchanges:
        found.append((start + grown, start + grown + len(new)))
        grown += len(new) - (end - start)
    return found


def _span(data: bytes, edit: _Edit) -> Span:
    start, end, new = edit.exchange()
    return Span(start, end, data[start:end], new, edit.because)

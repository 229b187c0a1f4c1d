"""What every link meant before and what changed since in, what every link means now out.

What a link means depends on its text, on the folder of its source, and on the files whose name it could look for.
So the links to look up again are those of the sources that were read again, and those whose text looks for the
name of a file that came or went; what all others mean stays as it was, in new numbers where files came or went.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from vaultprune.graph.lookup import Found, Lookup, Ties
from vaultprune.graph.occurrences import UNRESOLVED
from vaultprune.graph.resolve import looking_for
from vaultprune.graph.resolved import Resolved
from vaultprune.graph.rows import turned
from vaultprune.model import NotePath, Since
from vaultprune.notes import Rows, RowsBuilder

_GONE = 0xFFFFFFFF


class Renumbering(NamedTuple):
    """What became of the numbers of the files: `new` by the old one, None where all are as they were.

    `sources` and `files` are how many there were. `old` has the old number of every source, -1 where there is none.
    """

    sources: int
    files: int
    old: Sequence[int]
    new: array[int] | None = None

    def of(self, numbers: Sequence[int]) -> Sequence[int]:
        """The numbers of today for those of old; `_GONE` for files that are no more."""
        new = self.new
        return numbers if new is None else array("I", [new[number] for number in numbers])


def renumbering(lookup: Lookup, since: Since, others: Collection[NotePath]) -> Renumbering:
    """How files were numbered before, from the order in which they always come."""
    many = len(lookup.sources)
    if not since.gained and not since.lost:
        return Renumbering(many, len(lookup.ids), range(many))
    notes = len(lookup.parts[0])
    before: list[NotePath] = []
    ends: list[int] = []
    for paths, kinds in (
        (lookup.sources[:notes], ("note",)),
        (lookup.sources[notes:], ("canvas",)),
        (others, ("base", "attachment")),
    ):
        kept = [path for path in paths if path not in since.gained]
        before += sorted([*kept, *(path for path, kind in since.lost.items() if kind in kinds)])
        ends.append(len(before))
    new = array("I", [lookup.ids.get(path, _GONE) for path in before])
    old = [-1] * many
    for number, now in enumerate(new):
        if now < many:
            old[now] = number
    return Renumbering(ends[1], ends[2], old, new)


def updated(
    before: Resolved, since: Since, lookup: Lookup, numbers: Renumbering, muted: frozenset[int], key: str
) -> Resolved | None:
    """What every link means now; None if that cannot be told from what it meant before."""
    anew = _to_look_up(lookup, since)
    if {*numbers.of(sorted(before.silent))} - anew - {_GONE} != muted - anew:
        return None
    ties = Ties(tuple(numbers.of(group)) for group in before.ties)
    old_targets, new = before.targets, numbers.new
    if new is not None:
        old_targets = array("i", [new[each] if each >= 0 and new[each] != _GONE else each for each in old_targets])
    old_targets_rows = Rows(before.starts, old_targets)
    old_forward = Rows(before.forward.starts, array("I", numbers.of(before.forward.items)))
    targets, forward, missing = RowsBuilder("i"), RowsBuilder(), array("I")
    weak: defaultdict[int, list[int]] = defaultdict(list)
    for target, of in before.weak.items():
        (now,) = numbers.of((target,))
        if now != _GONE:
            weak[now] += [source for source in numbers.of(of) if source not in anew and source != _GONE]
    look = _looking(lookup, ties)
    for first, after, source in _stretches(numbers.old, anew):
        if source is None:
            targets.take(old_targets_rows, first, after)
            forward.take(old_forward, first, after)
            missing.extend(before.missing[first:after])
            continue
        found = look(source)
        targets.add(found.targets)
        forward.add(found.linked)
        missing.append(found.missing)
        for other in found.mentioned if source not in muted else ():
            weak[other].append(source)
    rows = forward.rows()
    if max(rows.items, default=-1) >= len(lookup.ids):
        return None
    same = new is None and before.silent == muted and rows.items == before.forward.items
    if same and rows.starts == before.forward.starts:
        backward, key = before.backward, before.edges
    elif new is None and before.silent == muted:
        backward = _turned_anew(before, rows, anew - muted)
    else:
        backward = turned(rows, len(lookup.ids), muted)
    groups = _used(targets.items, ties.tuples())
    mentions = {target: sorted(of) for target, of in weak.items() if of}
    return Resolved(targets.starts, targets.items, groups, rows, backward, missing, mentions, muted, key)


def _looking(lookup: Lookup, ties: Ties) -> Callable[[int], Found]:
    """What gives the links of one source by its number."""
    notes, canvases = (lookup.looking(part, ties) for part in lookup.parts)
    many = len(lookup.parts[0])
    return lambda source: notes(source, source) if source < many else canvases(source - many, source)


def _to_look_up(lookup: Lookup, since: Since) -> set[int]:
    """The sources with a link that may mean something else than it did."""
    many = len(lookup.sources)
    anew = {lookup.ids[path] for path in (*since.read, *since.gained) if path in lookup.ids}
    anew = {number for number in anew if number < many}
    files = (*since.gained, *since.lost)
    base = 0
    for part in lookup.parts if files else ():
        texts = looking_for(part.texts, files)
        for position in [at for at, text in enumerate(part.path) if text in texts] if texts else ():
            anew.add(base + bisect_right(part.starts, position) - 1)
        base += len(part)
    return anew


def _stretches(old: Sequence[int], anew: Collection[int]) -> Iterator[tuple[int, int, int | None]]:
    """Every source in order: one to look up, or a stretch of old numbers that stand for what follows."""
    first = after = 0
    for source, number in enumerate(old):
        if source not in anew and number == after:
            after += 1
            continue
        if first < after:
            yield first, after, None
        if source in anew:
            yield 0, 0, source
            first = after = number + 1
        else:
            first, after = number, number + 1
    if first < after:
        yield first, after, None


def _turned_anew(before: Resolved, forward: Rows, heard: Collection[int]) -> Rows:
    """The sources that are heard to link to each file, where only the links of these changed."""
    gained: defaultdict[int, set[int]] = defaultdict(set)
    lost: defaultdict[int, set[int]] = defaultdict(set)
    for source in heard:
        old, new = set(before.forward[source]), set(forward[source])
        for target in new - old:
            gained[target].add(source)
        for target in old - new:
            lost[target].add(source)
    return before.backward.replaced(
        {target: sorted((set(before.backward[target]) - lost[target]) | gained[target]) for target in {*gained, *lost}}
    )


def _used(targets: array[int], groups: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """The groups of files that some link still may mean; the targets get their new numbers."""
    named = sorted({target for target in targets if target < UNRESOLVED}, reverse=True) if groups else []
    if len(named) == len(groups):
        return groups
    numbers = {old: -2 - place for place, old in enumerate(named)}
    for position, target in enumerate(targets):
        if target < UNRESOLVED:
            targets[position] = numbers[target]
    return tuple([groups[-2 - old] for old in named])

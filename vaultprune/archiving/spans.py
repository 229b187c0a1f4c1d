"""Bytes and spans in, bytes with those spans exchanged out; and spans found again in bytes that changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from vaultprune.model import Span

_ENDS = frozenset((b"", *(bytes((code,)) for code in b"]|#^)>\"'\\ \t\r\n,")))
"""What can follow the path in a link, of whatever kind."""


def applied(data: bytes, spans: Iterable[Span]) -> bytes:
    """The bytes with every span exchanged. `ValueError` if one does not stand where it says, or two overlap.

    What lies between the spans is the same on both sides; that is checked here and not merely intended.
    """
    spans = sorted(spans, key=lambda span: span.start)
    pieces: list[bytes] = []
    at = 0
    for span in spans:
        if not at <= span.start < span.end <= len(data) or data[span.start : span.end] != span.before:
            raise ValueError("a link does not stand where it stood")
        pieces += (data[at : span.start], span.after)
        at = span.end
    pieces.append(data[at:])
    result = b"".join(pieces)
    if _without(result, inverse(spans)) != _without(data, spans):
        raise ValueError("more than the links would change")
    return result


def inverse(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans that take these back, counted in the bytes afterwards."""
    grown = 0
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        start = span.start + grown
        found.append(replace(span, start=start, end=start + len(span.after), before=span.after, after=span.before))
        grown += len(span.after) - len(span.before)
    return tuple(found)


def shifted(spans: Iterable[Span], earlier: Sequence[Span]) -> tuple[Span, ...]:
    """Spans counted in some bytes, counted in those bytes after other, earlier spans were exchanged."""
    found = []
    for span in spans:
        grown = sum(len(done.after) - len(done.before) for done in earlier if done.start < span.start)
        found.append(replace(span, start=span.start + grown, end=span.end + grown))
    return tuple(found)


def unshifted(spans: Iterable[Span], earlier: Sequence[Span]) -> tuple[Span, ...]:
    """The other way round: spans counted after the earlier ones, counted before them. Those within one are left out."""
    after = inverse(earlier)
    found = []
    for span in spans:
        if any(done.start < span.end and span.start < done.end for done in after):
            continue
        grown = sum(len(done.after) - len(done.before) for done in after if done.end <= span.start)
        found.append(replace(span, start=span.start + grown, end=span.end + grown))
    return tuple(found)


def found_again(written: bytes, spans: Sequence[Span], now: bytes) -> tuple[tuple[Span, ...], int]:
    """The spans of `written` (whose `before` stands there) in `now`, what a person made of it; and how many are lost.

    A link is known by its own bytes and what stands around them. Where `written` holds the same link also in places
    that are none of the spans, only those places count that lie in lines nobody touched. A link that was deleted
    stays deleted; what was lost is left as it is.
    """
    exact = {(span.start, span.end) for span in spans}
    found: dict[int, Span] = {}
    lost = 0
    for group in _alike(written, spans):
        like = group[0]
        lead = _lead(written, like)
        ends = _ENDS | {written[like.end : like.end + 1]}
        here = _places(now, lead, like.before, ends)
        if all((place, place + len(like.before)) in exact for place in _places(written, lead, like.before, ends)):
            found.update((place, _at(like, place)) for place in here)
            lost += max(0, len(group) - len(here))
        else:
            kept = _in_untouched_lines(written, now, group)
            found.update((span.start, span) for span in kept)
            lost += len(group) - len(kept)
    ordered = sorted(found.values(), key=lambda span: span.start)
    apart = [span for n, span in enumerate(ordered) if n == 0 or ordered[n - 1].end <= span.start]
    return tuple(apart), lost + len(ordered) - len(apart)


def _at(span: Span, start: int) -> Span:
    return replace(span, start=start, end=start + len(span.before))


def _alike(written: bytes, spans: Sequence[Span]) -> list[list[Span]]:
    groups: dict[tuple[bytes, bytes, bytes], list[Span]] = {}
    for span in spans:
        groups.setdefault((_lead(written, span), span.before, span.after), []).append(span)
    return list(groups.values())


def _lead(written: bytes, span: Span) -> bytes:
    """What a link is told by from the same words in running text: `[[` or `](`; in JSON the quotation mark."""
    one = written[max(0, span.start - 1) : span.start]
    return one if one in (b'"', b"'") else written[max(0, span.start - 2) : span.start]


def _places(data: bytes, lead: bytes, text: bytes, ends: Collection[bytes]) -> list[int]:
    """Where the text begins, led in like that, and is not the beginning of a longer one."""
    places = []
    at = data.find(lead + text)
    while at >= 0:
        start = at + len(lead)
        if data[start + len(text) : start + len(text) + 1] in ends:
            places.append(start)
        at = data.find(lead + text, at + 1)
    return places


def _in_untouched_lines(written: bytes, now: bytes, spans: Sequence[Span]) -> list[Span]:
    import difflib

    old, new = written.splitlines(keepends=True), now.splitlines(keepends=True)
    old_starts, new_starts = _starts(old), _starts(new)
    found = []
    for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        start, end = old_starts[block.a], old_starts[block.a + block.size]
        by = new_starts[block.b] - start
        found += [_at(span, span.start + by) for span in spans if start <= span.start and span.end <= end]
    return found


def _starts(lines: Sequence[bytes]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _without(data: bytes, spans: Iterable[Span]) -> list[bytes]:
    """What lies between the spans."""
    pieces = []
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        pieces.append(data[at : span.start])
        at = span.end
    pieces.append(data[at:])
    return pieces

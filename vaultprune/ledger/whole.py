"""The records and rounds of a ledger in, what is known of the vault as a whole out, notes that are gone among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vaultprune.ledger.records import Record, Round
from vaultprune.model import Counts, Lived, Watched


def whole(looks: Iterable[int], records: Iterable[tuple[int, Record]], rounds: Mapping[int, Round]) -> Watched:
    """All that looks and reports left known of a vault."""
    counts = {round_.counts[0]: Counts(*round_.counts[1:]) for round_ in rounds.values() if _counted(round_)}
    suggested: dict[int, set[int]] = {day: set() for day in counts}
    for round_ in rounds.values():
        for number, (first, _) in round_.shown.items():
            suggested.setdefault(first, set()).add(number)
    return Watched(
        looks=tuple(looks),
        notes={number: _lived(record) for number, record in records},
        suggested={day: frozenset(numbers) for day, numbers in suggested.items()},
        counts=counts,
    )


def _counted(round_: Round) -> bool:
    return len(round_.counts) == 1 + len(Counts._fields)


def _lived(record: Record) -> Lived:
    edits = tuple([by for _, by in record.edits])
    return Lived(record.path, record.first, record.gone, edits, record.linked, record.formerly)
